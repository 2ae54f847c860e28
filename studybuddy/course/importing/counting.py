"""How much a lesson holds, by the names of the command line's contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studybuddy.course.importing.model import (
    Challenge,
    Counts,
    Derivation,
    Output,
    PartKind,
    Question,
    Task,
    Think,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studybuddy.course.importing.model import Part

_NO_SECTIONS = (PartKind.CLOSING, PartKind.INTRODUCTION)


def count(parts: Sequence[Part]) -> Counts:
    """The counts of some parts."""
    items = [item for part in parts for item in part.items]
    steps = [step for item in items if isinstance(item, Derivation) for step in item.steps]
    return Counts(
        sections=sum(part.kind not in _NO_SECTIONS for part in parts),
        symbols=sum(len(part.symbols) for part in parts),
        think=sum(isinstance(item, Think) for item in items),
        code_blocks=sum(len(part.programs) for part in parts),
        output_lines=sum(len(item.lines) for item in items if isinstance(item, Output)),
        interview=sum(isinstance(item, Question) for item in items),
        steps=len(steps),
        blanks=sum(step.blank for step in steps),
        tasks=sum(isinstance(item, Task) for item in items),
        challenges=sum(isinstance(item, Challenge) for item in items),
    )
