"""Slips of the keyboard in English words: a letter missing, twice, too much or changed with its neighbour.

A wrong letter is no slip: `simple` is not `sample`.
"""

from __future__ import annotations

SHORTEST = 6
"""Letters of a word that may hold a slip; shorter words are too near one another."""


def slipped(meant: str, typed: str, *, prefix: bool = False) -> bool:
    """Whether one slip made `typed` of `meant`, or of a word that begins so. The first letter is right."""
    if len(meant) < SHORTEST or typed[:1] != meant[0] or not (meant.isascii() and meant.isalpha()):
        return False
    same = next((n for n, pair in enumerate(zip(meant, typed, strict=False)) if pair[0] != pair[1]), None)
    if same is None:
        same = min(len(meant), len(typed))
    rest, left = meant[same:], typed[same:]
    swapped = rest[1:2] + rest[:1] + rest[2:] if len(rest) > 1 else None
    ends = (rest[1:] if rest else None, swapped)
    if prefix:
        return any(end is not None and left.startswith(end) for end in ends) or left[1:].startswith(rest)
    return any(left == end for end in ends) or left[1:] == rest
