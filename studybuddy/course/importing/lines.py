"""The lines of a file, each with the place it came from: the one thing all front ends hand on."""

from __future__ import annotations

from dataclasses import dataclass, field

from studybuddy.course.importing.findings import Place


@dataclass(slots=True)
class Lines:
    """Lines without their ends. `origins` has cell and line for each where the file is a notebook."""

    texts: list[str]
    origins: list[tuple[int, int]] = field(default_factory=list)

    def place(self, at: int, column: int = 1) -> Place:
        """Where the line number `at` (from 0) stands in the file."""
        if not self.origins:
            return Place(min(max(0, at), max(0, len(self.texts) - 1)) + 1, max(1, column))
        cell, line = self.origins[min(max(0, at), len(self.origins) - 1)]
        return Place(line, max(1, column), cell)


_SPACES = str.maketrans({"\u00a0": " ", "\u3000": " "})


def spaced(line: str) -> str:
    """A line of prose with every space an ordinary one; as long as before, so that columns stay."""
    return line if line.isascii() else line.translate(_SPACES)


def without_edges(lines: list[str]) -> tuple[int, list[str]]:
    """The lines without blank ones at both ends, and how many were taken away at the front."""
    first, last = 0, len(lines)
    while first < last and not lines[first].strip():
        first += 1
    while last > first and not lines[last - 1].strip():
        last -= 1
    return first, lines[first:last]
