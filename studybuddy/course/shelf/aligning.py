"""Which paragraph of a version is which of the one before: they have no names, and their numbers shift."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from studybuddy.course.shelf.pieces import Key, Pieces, piece_digest

ANONYMOUS = "section"
"""The kind of pieces that bear the name of their section alone; all others have one of their own."""
NEW = "+"
"""How the parts begin that the version before has not."""
MANY = 1_000
"""Paragraphs from which on those that are there again and again are not looked for everywhere."""


def aligned(before: Mapping[str, str], pieces: Pieces) -> Pieces:
    """The paragraphs of sections with their parts named as before; an inserted one is named by what it says.

    Args:
        before: the digests of the pieces of the version before, by their names, in their order.
        pieces: a version made from it.
    """
    old: dict[str, list[str]] = {}
    for name, mark in before.items():
        kind, _, rest = name.partition(" ")
        if kind == ANONYMOUS:
            old.setdefault(rest.rpartition(" ")[0], []).append(mark)
    now: dict[str, list[str]] = {}
    for key, words in pieces.items():
        if key.kind == ANONYMOUS:
            now.setdefault(key.id, []).append(piece_digest(words))
    names = {name: iter(_parts(old.get(name, []), marks)) for name, marks in now.items()}
    found: Pieces = {}
    for key, words in pieces.items():
        part = next(names[key.id]) if key.kind == ANONYMOUS else key.part
        while Key(key.kind, key.id, part) in found:
            part += NEW
        found[Key(key.kind, key.id, part)] = words
    return found


def _parts(old: Sequence[str], now: Sequence[str]) -> list[str]:
    """A part for each digest: that of the old one it is, or was made of by an edit in its place."""
    parts = [NEW + mark for mark in now]
    many = len(now) > MANY
    for what, start, end, first, last in SequenceMatcher(None, old, now, autojunk=many).get_opcodes():
        if what in ("equal", "replace"):
            for offset in range(min(end - start, last - first)):
                parts[first + offset] = str(start + offset)
    return parts
