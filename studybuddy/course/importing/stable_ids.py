"""Ids for what a file gives none: they outlive a rewording, an insertion and a removal.

An id is the kind and a number, given in the order of the file when the lesson is first imported (`q1`,
`think-1`). At a second import an item keeps the id of the one with the same text; of what is left, that of
the one at its place; what is new gets a number that nobody had.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from hashlib import blake2b
from typing import NamedTuple

from studybuddy.course.ids import is_slug

MOST_FORMER = 10_000


class KnownItem(NamedTuple):
    """An item of a lesson as it was imported: enough to find it again in the next version of the file."""

    id: str
    kind: str
    ordinal: int
    """From 1, among those of its kind; 0 for one that the lesson has no longer."""
    fingerprint: str


class Wanted(NamedTuple):
    """An item that needs an id. `id` is the file's own, empty where it gives none."""

    text: str
    id: str = ""


def fingerprint(text: str) -> str:
    """Sixteen digits for a text, the same however its blanks and line ends fall."""
    return blake2b(" ".join(text.split()).encode(errors="replace"), digest_size=8).hexdigest()


class Ids:
    """Gives the ids of one lesson; `known` is what it had when it was imported before."""

    def __init__(self, known: Iterable[KnownItem] = ()) -> None:
        self._known = tuple(known)
        self._once: set[tuple[str, str]] = {(_scope(item.kind), item.id) for item in self._known}
        self._given: set[tuple[str, str]] = set()
        self.items: list[KnownItem] = []

    def give(
        self, kind: str, prefix: str, wanted: Sequence[Wanted], reserved: Container[str] = ()
    ) -> list[str]:
        """An id for each item of a kind, in their order; none of the `reserved` ones."""
        scope = _scope(kind)
        ids: list[str] = []
        for item in wanted:
            word = item.id if is_slug(item.id) and item.id not in reserved else ""
            ids.append("" if (scope, word) in self._given or word in ids else word)
        old = [item for item in self._known if item.kind == kind and (scope, item.id) not in self._given]
        prints = [fingerprint(item.text) for item in wanted]
        _match(ids, prints, [item.fingerprint for item in old], old)
        _match(ids, range(1, len(ids) + 1), [item.ordinal for item in old], old)
        for number, word in enumerate(ids):
            found = word or self._new(scope, prefix, number + 1)
            ids[number] = found
            self._given.add((scope, found))
            self.items.append(KnownItem(found, kind, number + 1, prints[number]))
        return ids

    def _new(self, scope: str, prefix: str, number: int) -> str:
        while (scope, f"{prefix}{number}") in self._given or (scope, f"{prefix}{number}") in self._once:
            number += 1
        return f"{prefix}{number}"


def with_former(items: Sequence[KnownItem], before: Sequence[KnownItem]) -> tuple[KnownItem, ...]:
    """The items of a lesson, and those it had once: their ids are given to nothing else.

    One that comes back with the same text gets its id again; by its place, which is 0, none is found.
    """
    here = {(_scope(item.kind), item.id) for item in items}
    gone = [item._replace(ordinal=0) for item in before if (_scope(item.kind), item.id) not in here]
    return (*items, *gone[:MOST_FORMER])


def _scope(kind: str) -> str:
    """Within what the ids of a kind are told apart: steps in their derivation, cards among the cards."""
    return kind if kind.startswith("step/") or kind == "symbol" else ""


def _match(ids: list[str], here: Iterable[object], there: Iterable[object], old: Sequence[KnownItem]) -> None:
    """Give the items without an id that of the old one which is equal in one respect."""
    used = set(ids)
    free: dict[object, list[str]] = {}
    for key, item in zip(there, old, strict=True):
        if item.id not in used:
            free.setdefault(key, []).append(item.id)
    for number, key in enumerate(here):
        if not ids[number] and free.get(key):
            ids[number] = free[key].pop(0)
