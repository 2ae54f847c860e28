"""Checking a step: judged in a thread of its own, kept in the log, told to the learner."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from functools import partial

from textual.worker import WorkType

from studybuddy.core.derivation import Judgement
from studybuddy.core.lesson import DerivationStep
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.study.checking import StepVerdict, judge_step
from studybuddy.study.derivation import StepResult
from studybuddy.study.live_reading import TOO_DEEP
from studybuddy.tui.derivation_state import DerivationState, Outcome, keep_answer
from studybuddy.tui.screens.derivation_table import Bench, DerivationTable

PATIENCE_S = 0.2
"""Time after which it is said that an answer is being checked."""


class DerivationCheck(DerivationTable):
    """Checks what is typed. One check at a time: a new one takes the place of the one under way."""

    def __init__(self, derivation_id: str) -> None:
        super().__init__(derivation_id)
        self._checking = ""
        """The answer that is being checked."""
        self._undoable = False

    def action_check(self) -> None:
        """Check the answer."""
        step, text = self._step, self._desk.editor.text
        if step is None or self._state is None or (text and text == self._checking):
            return
        if not text.strip():
            self.say(Phrase(N_("nothing is written yet")), "warn")
            return
        self._checking = text
        work: WorkType[None] = partial(
            self._check, step, text
        )  # not yet called: the next may take its place before
        self.run_worker(work, group="check", exclusive=True, exit_on_error=False)

    action_check_line = action_check_lines = action_check

    async def _check(self, step: DerivationStep, text: str) -> None:
        state, bench = self._state, self._bench
        if state is None:
            return
        waiting = self.set_timer(PATIENCE_S, lambda: self.say(Phrase(N_("checking …"))))
        try:
            verdict = await asyncio.to_thread(_judged, state, step, text)
            hints = (self._state or state).help(step).taken
            spent_ms = int((time.monotonic() - bench.since) * 1000)
            found = await self.ask(lambda study: keep_answer(study, step.id, verdict, text, hints, spent_ms))
        finally:
            waiting.stop()
            if self._checking == text:
                self._checking = ""
        self._take(bench, found)
        await self._reload()
        self._told(step, found)

    def _take(self, bench: Bench, found: Outcome) -> None:
        """Take note of a verdict."""
        bench.since = time.monotonic()
        bench.outcome = found
        if found.verdict.right:
            bench.hidden = False
        self._undoable = self._undoable or found.kept is not None

    def _told(self, step: DerivationStep, found: Outcome) -> None:
        """Show a verdict, if its step still lies in front."""
        here = self._step
        if here is None or here.id != step.id or found.answer != self._desk.editor.text:
            self._draw()
            return
        if self._draft is not None:
            self._draft.open(found.answer)  # on disk with the verdict
        self.say(None)
        if found.verdict.right:
            self.set_focus(None)
        self._show_reading()
        self._draw()
        self._bring_up("#verdict", top=False)

    async def _reword(self, before: DerivationState, after: DerivationState) -> None:
        """The words of known slips come from the course's own files."""
        for step, fresh in zip(before.steps, after.steps, strict=True):
            if bench := self._benches.get(step.id):
                bench.outcome = _reworded(bench.outcome, step, fresh)

    # ---- where the learner is the judge

    def action_compare(self) -> None:
        """Show the course's answer beside one's own, which stands from now on."""
        bench = self._bench
        bench.revealed, bench.hidden = True, False
        self.say(None)
        self.set_focus(None)
        self._draw()
        self._bring_up("FormulaEditor")

    def action_judge(self, result: str) -> None:
        """Keep the learner's judgement."""
        self.perform(self._keep(StepResult(result)))

    async def _keep(self, result: StepResult) -> None:
        step, text = self._step, self._desk.editor.text
        if step is None:
            return
        await self.ask(lambda study: study.derivation.judge(step.id, text, result))
        state = await self._reload()
        self._undoable = True
        kept = state.result(step)
        self.say(Phrase(_KEPT[kept]) if kept is not None and not state.finished else _ALL_KEPT, "good")
        self._draw()


def _judged(state: DerivationState, step: DerivationStep, text: str) -> StepVerdict:
    """Judge an answer; one that nests deeper than Python goes could not be read."""
    try:
        return judge_step(state.derivation, step, text)
    except RecursionError:
        return StepVerdict(Judgement.UNREADABLE, TOO_DEEP, span=(0, 1))


def _reworded(found: Outcome | None, old: DerivationStep, new: DerivationStep) -> Outcome | None:
    """A verdict with the known slip in the words of the language in use."""
    if found is None or not found.verdict.slip or old.goal is None or new.goal is None:
        return found
    pairs = zip(old.goal.misconceptions, new.goal.misconceptions, strict=True)
    words = next((its.words for mine, its in pairs if mine.words == found.verdict.slip), found.verdict.slip)
    return found._replace(verdict=replace(found.verdict, slip=words))


_ALL_KEPT = Phrase(N_("kept: that was the last step"))
_KEPT = {
    StepResult.UNAIDED: N_("kept: unaided · Enter goes to the next step"),
    StepResult.AIDED: N_("kept: with help · Enter goes to the next step"),
    StepResult.MISSED: N_("kept: missed · Enter goes to the next step"),
}
