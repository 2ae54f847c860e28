"""The drills, a line each: what is asked, and how far the learner is."""

from __future__ import annotations

from typing import NamedTuple

from textual.content import Content

from studybuddy.i18n import _
from studybuddy.study.derivation import StepResult
from studybuddy.study.wiring import Study
from studybuddy.text import clean_line
from studybuddy.tui.agenda import Entry, EntryKind
from studybuddy.tui.derivation_state import SIGNS, WORDS, StepState
from studybuddy.tui.widgets.row_pane import Row, RowPane, columns


class DrillPlan(NamedTuple):
    """A drill and how the learner stands with each of its steps."""

    id: str
    title: str
    steps: tuple[StepState, ...]

    @property
    def done(self) -> int:
        """Steps that were derived, alone or with help."""
        return sum(step in (StepState.UNAIDED, StepState.AIDED) for step in self.steps)

    @property
    def state(self) -> StepState:
        """The drill as a whole: as good as its weakest step."""
        order = [StepState.TRIED, StepState.MISSED, StepState.OPEN, StepState.AIDED, StepState.UNAIDED]
        if set(self.steps) <= {StepState.OPEN}:
            return StepState.OPEN
        return min(self.steps, key=order.index)


def drill_plans(study: Study) -> tuple[DrillPlan, ...]:
    """The drills in their order, asked on the study's thread."""
    return tuple(
        DrillPlan(drill.id, drill.title, tuple(_state(study, step.id) for step in drill.steps))
        for drill in study.derivations.drills()
    )


def _state(study: Study, step: str) -> StepState:
    found = study.derivation.standing(step)
    if found.result is not None:
        return StepState(StepResult(found.result).value)
    return StepState.TRIED if found.wrong else StepState.OPEN


class DrillsPane(RowPane):
    """Title on the left; steps and the best result on the right."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.drills: tuple[DrillPlan, ...] | None = None

    def show(self, drills: tuple[DrillPlan, ...]) -> None:
        """Show how the drills stand."""
        self.drills = drills
        self.refresh(layout=True)

    def rows(self, width: int) -> list[Row]:
        """The drills in the course's order."""
        if self.drills is None:
            return [Row(Content.styled(_("reading…"), "$text-muted"))]
        if not self.drills:
            return [Row(Content(_("The course holds no drill.")))]
        lefts = [
            Content.assemble((f"{number:>2}  ", "$text-muted"), clean_line(drill.title, 200))
            for number, drill in enumerate(self.drills, 1)
        ]
        lines = columns(lefts, [_standing(drill) for drill in self.drills], width)
        return [
            Row(line, Entry(EntryKind.DRILL, drill.id))
            for drill, line in zip(self.drills, lines, strict=True)
        ]


_TONES = {
    StepState.UNAIDED: "$text-success",
    StepState.AIDED: "$text-warning",
    StepState.TRIED: "$text-warning",
}


def _standing(drill: DrillPlan) -> Content:
    state = drill.state
    tone = _TONES.get(state, "$text-muted")
    said = (f"{SIGNS[state]} {_(WORDS[state])}", tone)
    if len(drill.steps) == 1:
        return Content.assemble(said)
    steps = _("{done} of {total} steps", done=drill.done, total=len(drill.steps))
    return Content.assemble((steps + "   ", "$text-muted"), said)
