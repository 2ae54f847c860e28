"""The summary: the day's checklist, its boxes in whatever form."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studybuddy.course.importing.blocks import BlockKind
from studybuddy.course.importing.parts import PartReader
from studybuddy.course.importing.tasks import read_loose_task

if TYPE_CHECKING:
    from studybuddy.course.importing.blocks import Block


class SummaryReader(PartReader):
    """Reads a summary section."""

    def paragraph(self, block: Block) -> None:
        """Take a paragraph: lines with a box are items of the checklist."""
        if not self._loose(block):
            super().paragraph(block)

    def other(self, block: Block) -> None:
        """Take a list in the same way."""
        if block.kind is not BlockKind.LIST or not self._loose(block):
            super().other(block)

    def _loose(self, block: Block) -> bool:
        """Take the lines with a box out of a block, and keep the others; False where none has one."""
        tasks = [
            read_loose_task(line, number, self._lines, self.findings) if len(line) < 4000 else None
            for number, line in enumerate(block.lines, block.at)
        ]
        if not any(tasks):
            return False
        kept: list[str] = []
        for number, (line, task) in enumerate(zip(block.lines, tasks, strict=True)):
            if task is None:
                kept.append(line)
                continue
            self._keep(block, number, kept)
            self.items.append(task)
        self._keep(block, len(block.lines), kept)
        return True

    def _keep(self, block: Block, end: int, kept: list[str]) -> None:
        if kept:
            self.prose(replace(block, at=block.at + end - len(kept), lines=list(kept)))
            kept.clear()
