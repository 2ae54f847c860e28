"""Help at a step: hints, small numbers, the course's answer, and what was answered before."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from studybuddy.core.derivation import Judgement
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, _
from studybuddy.study.derivation import StepResult
from studybuddy.study.undoing import undo
from studybuddy.tui.modals.confirm import ConfirmModal
from studybuddy.tui.modals.small_numbers import SmallNumbersModal
from studybuddy.tui.modals.step_history import StepHistoryModal, past_tries
from studybuddy.tui.screens.derivation_check import DerivationCheck
from studybuddy.tui.widgets.read_as import Read

if TYPE_CHECKING:
    from studybuddy.core.block import Blocks
    from studybuddy.core.lesson import Derivation, DerivationStep
    from studybuddy.study.wiring import Study
    from studybuddy.tui.derivation_state import DerivationState


class DerivationHelp(DerivationCheck):
    """Gives help and counts it."""

    @property
    def _secret(self) -> bool:
        """Whether the checker knows what to change, and has not told."""
        outcome = self._bench.outcome
        return (
            outcome is not None
            and outcome.verdict.judgement is Judgement.WRONG
            and outcome.verdict.hint is not None
            and not outcome.advice
            and outcome.answer == self._desk.editor.text
        )

    @property
    def _help_left(self) -> bool:
        """Whether there is a hint that was not shown yet."""
        state, step = self._state, self._step
        more = state is not None and step is not None and state.help(step).hints < len(step.hints)
        return more or self._secret

    def action_hint(self) -> None:
        """One hint more: what to change in a wrong answer, else the next of the course's."""
        bench = self._bench
        if self._secret and bench.outcome is not None:
            bench.outcome = bench.outcome._replace(advice=True)
            self.perform(self._take_advice())
            self._draw()
            self._bring_up("#verdict", top=False)
        else:
            self.perform(self._take_hint())

    action_hint_while_typing = action_hint

    async def _take_advice(self) -> None:
        step = self._step
        if step is not None:
            await self.ask(lambda study: study.derivation.take_advice(step.id))
            await self._reload()

    async def _take_hint(self) -> None:
        state, step = self._state, self._step
        if state is None or step is None or state.help(step).hints >= len(step.hints):
            return
        number = state.help(step).hints + 1
        await self.ask(lambda study: study.derivation.take_hint(step.id, number))
        await self._reload()
        self._draw()
        self._bring_up("#prompt")

    def action_stuck(self) -> None:
        """The step in small numbers: beside it where there is room, else in front of it."""
        self.perform(self._work_out())

    async def _work_out(self) -> None:
        state, step, bench = self._state, self._step, self._bench
        if state is None or step is None:
            return
        if not bench.numbers:
            bench.numbers = await asyncio.to_thread(_worked_out, state.derivation, step)
            if not self._revealed:
                await self.ask(lambda study: study.derivation.take_way_out(step.id))
                await self._reload()
                self.say(Phrase(N_("in small numbers: this counts as help")))
        self._draw()
        if self.has_class("-wide"):
            self.call_after_refresh(
                self.call_after_refresh, self.query_one("#numbers").scroll_visible, top=True
            )
        else:
            await self.inquire(SmallNumbersModal(bench.numbers))

    async def _reword(self, before: DerivationState, after: DerivationState) -> None:
        """Small numbers stand between words."""
        await super()._reword(before, after)
        for step in after.steps:
            bench = self._benches.get(step.id)
            if bench is not None and bench.numbers:
                bench.numbers = await asyncio.to_thread(_worked_out, after.derivation, step)
        front = self.app.screen
        if isinstance(front, SmallNumbersModal):
            front.show(self._bench.numbers)

    def action_reveal(self) -> None:
        """Give up, after a question."""
        self.perform(self._reveal(), group="reveal")

    async def _reveal(self) -> None:
        step, bench = self._step, self._bench
        question = _("See the course's answer? The step then counts as missed. You can write it again later.")
        if step is None or not await self.inquire(ConfirmModal(question)):
            return
        text = self._desk.editor.text

        def give_up(study: Study) -> None:
            study.derivation.reveal(step.id)
            study.derivation.judge(step.id, text, StepResult.MISSED)

        await self.ask(give_up)
        bench.revealed, bench.hidden, bench.outcome = True, False, None
        self._undoable = True
        await self._reload()
        self.set_focus(None)
        if self._desk.reading.read.reason is not None:
            self._desk.reading.read = Read()
        self.say(Phrase(N_("missed for now: e writes it again")))
        self._draw()
        self._bring_up("#solution")

    # ---- answers of before

    def action_history(self) -> None:
        """The answers given to this step."""
        self.perform(self._look_back(), group="history")

    async def _look_back(self) -> None:
        step = self._step
        if step is None:
            return
        tries = await self.ask(lambda study: past_tries(study, step.id))
        answer = await self.inquire(StepHistoryModal(tries))
        if answer is not None and self._step is not None and self._step.id == step.id:
            if self._revealed:
                await self._begin_again()
            self._desk.editor.put(answer)
            self._desk.editor.focus()

    def action_again(self) -> None:
        """Hide the answer and write it once more; one seen a moment ago still counts as help."""
        self.perform(self._begin_again())

    async def _begin_again(self) -> None:
        state, step, bench = self._state, self._step, self._bench
        if state is None or step is None:
            return
        solved = state.checked(step) and state.result(step) in (StepResult.UNAIDED, StepResult.AIDED)
        if state.checked(step):
            await self.ask(lambda study: study.derivation.again(step.id))
        else:
            await self.ask(lambda study: study.derivation.reveal(step.id))
        bench.revealed, bench.hidden, bench.outcome = False, True, None
        self.say(None)
        await self._reload()
        self._draw()
        self._desk.editor.focus()
        if solved:
            self._desk.editor.put("")

    def action_undo(self) -> None:
        """Take the verdict back."""
        self._undoable = False
        self.perform(self._undo())

    async def _undo(self) -> None:
        taken_back = await self.ask(undo)
        bench = self._bench
        bench.outcome, bench.revealed = None, False
        await self._reload()
        self.say(taken_back)
        self._draw()
        self._show_reading()


def _worked_out(derivation: Derivation, step: DerivationStep) -> Blocks:
    from studybuddy.study.derivation_stuck import small_numbers

    return small_numbers(derivation, step)
