"""Two programs line by line: what was added, what was removed, and the lines around."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import NamedTuple

AROUND = 3
"""Unchanged lines that are shown beside a change."""
MOST_LINES = 4000
"""Lines of a program that are compared; a lesson's programs have a hundredth of that."""


class Line(NamedTuple):
    """A line of a comparison. `sign`: `+` added, `-` removed, a space the same, `…` lines left out."""

    sign: str
    text: str = ""
    old: int = 0
    """Its number in the old program, from 1; 0 where it has none."""
    new: int = 0
    """Its number in the new program."""
    skipped: int = 0
    """How many lines `…` stands for."""


class Difference(NamedTuple):
    """A comparison: its lines and how many were added and removed."""

    lines: tuple[Line, ...]
    added: int
    removed: int

    @property
    def same(self) -> bool:
        """Whether the programs are equal line by line."""
        return not self.added and not self.removed


def compare(old: str, new: str) -> Difference:
    """What was done to `old` to make `new`. Line ends and a last empty line do not count."""
    before, after = _lines(old), _lines(new)
    matcher = difflib.SequenceMatcher(None, before, after)
    lines = tuple(_marked(matcher, before, after))
    return Difference(
        lines=lines,
        added=sum(line.sign == "+" for line in lines),
        removed=sum(line.sign == "-" for line in lines),
    )


def _lines(source: str) -> list[str]:
    return source.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")[:MOST_LINES]


def _marked(matcher: difflib.SequenceMatcher[str], before: list[str], after: list[str]) -> Iterator[Line]:
    shown_to = 0
    for group in matcher.get_grouped_opcodes(AROUND):
        start = group[0][1]
        if start > shown_to:
            yield Line("…", skipped=start - shown_to)
        for _tag, i1, i2, j1, j2 in group:
            if before[i1:i2] == after[j1:j2]:
                yield from (Line(" ", before[i], i + 1, j1 + i - i1 + 1) for i in range(i1, i2))
                continue
            yield from (Line("-", before[i], old=i + 1) for i in range(i1, i2))
            yield from (Line("+", after[j], new=j + 1) for j in range(j1, j2))
        shown_to = group[-1][2]
    if 0 < shown_to < len(before):
        yield Line("…", skipped=len(before) - shown_to)
