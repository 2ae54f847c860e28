"""What a new version of a lesson brings: items added, changed and removed, by kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

KINDS = ("card", "question", "think", "derivation", "step", "exercise", "symbol", "checklist", "section")
"""Kinds that are told, in their order; other pieces (the title, minutes) are not."""


@dataclass(frozen=True, slots=True)
class Change:
    """The items of one kind that are not as they were, by their ids."""

    kind: str
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


Marks = Mapping[str, Mapping[str, str]]
"""Digests of pieces by their names, of each file by its path."""


def differences(old: Marks, new: Marks) -> tuple[Change, ...]:
    """What the second version has and has not of the first. An item is told once, wherever it stands."""
    before, now = _items(old), _items(new)
    found = []
    for kind in KINDS:
        here = {name: marks for (which, name), marks in before.items() if which == kind}
        there = {name: marks for (which, name), marks in now.items() if which == kind}
        change = Change(
            kind,
            tuple(name for name in there if name not in here),
            tuple(name for name in there if name in here and here[name] != there[name]),
            tuple(name for name in here if name not in there),
        )
        if change.added or change.changed or change.removed:
            found.append(change)
    return tuple(found)


def _items(marks: Marks) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Where the pieces of each item stand, and their digests."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for path, kind, name, mark in _named(marks):
        told = kind if kind != "section" or path.endswith(".md") else "minutes"
        found.setdefault((told, name), []).append((path, mark))
    return found


def _named(marks: Marks) -> Iterator[tuple[str, str, str, str]]:
    for path, pieces in marks.items():
        for key, mark in pieces.items():
            kind, _, rest = key.partition(" ")
            yield path, kind, rest.rpartition(" ")[0], mark
