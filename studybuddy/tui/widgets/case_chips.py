"""The cases of an exercise as a row of signs, one of which is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from studybuddy.core.verdict import CaseResult, Verdict

CHIP = 3
"""Cells of a chip."""


def sign(verdict: Verdict | None) -> str:
    """The sign of a verdict: passed, failed, or not decided (stopped, not run)."""
    if verdict in (None, Verdict.STOP):
        return "·"
    return "✓" if verdict is Verdict.AC else "✗"


def colour(verdict: Verdict | None) -> str:
    """The colour that goes with the sign."""
    return {"✓": "$text-success", "✗": "$text-error", "·": "$text-muted"}[sign(verdict)]


class CaseChips(Widget, can_focus=True):
    """`✓ ✓ ✗ ·`: a sign for each case. Left and right, or a click, open one.

    | key | does |
    | --- | --- |
    | left | the case before |
    | right | the next case |
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
    ]
    DEFAULT_CSS = """
    CaseChips { height: auto; width: 1fr; }
    """

    cases: reactive[tuple[CaseResult, ...]] = reactive((), layout=True)
    """The cases, in their order."""
    selected: reactive[int] = reactive(0)
    """Index of the open case."""

    @dataclass
    class Selected(Message):
        """Another case was opened."""

        index: int
        """Its index in `cases`."""

    def show(self, cases: tuple[CaseResult, ...]) -> None:
        """Take new cases and open the first that failed, else the first."""
        self.cases = cases
        failed = (i for i, case in enumerate(cases) if sign(case.verdict) == "✗")
        self.selected = next(failed, 0)

    def action_step(self, by: int) -> None:
        """Open the next case or the one before; the ends meet."""
        if self.cases:
            self.selected = (self.selected + by) % len(self.cases)
            self.post_message(self.Selected(self.selected))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Lines that the chips need."""
        return max(1, -(-len(self.cases) // self._in_a_line(width)))

    def render(self) -> Content:
        """The signs; the open case stands in brackets."""
        chips = [self._chip(index, case) for index, case in enumerate(self.cases)]
        step = self._in_a_line(self.size.width)
        lines = [Content("").join(chips[start : start + step]) for start in range(0, len(chips), step)]
        return Content("\n").join(lines)

    def _chip(self, index: int, case: CaseResult) -> Content:
        if index != self.selected:
            return Content.styled(f" {sign(case.verdict)} ", colour(case.verdict))
        style = f"bold {colour(case.verdict)}" + (" reverse" if self.has_focus else "")
        return Content.styled(f"[{sign(case.verdict)}]", style)

    @staticmethod
    def _in_a_line(width: int) -> int:
        return max(1, width // CHIP)

    async def _on_click(self, event: events.Click) -> None:
        index = event.y * self._in_a_line(self.size.width) + event.x // CHIP
        if 0 <= index < len(self.cases):
            self.selected = index
            self.post_message(self.Selected(index))
