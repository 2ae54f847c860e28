"""The derivation desk: answers to steps, judged by the checker, or by the learner where nothing is declared.

Each answer that could be read is an event. One that could not is none: it costs nothing. `judge_step` of
`checking` judges and may run in any thread; `keep` records what it said.
"""

from __future__ import annotations

from typing import NamedTuple

from studybuddy.core.derivation import Judgement
from studybuddy.core.event import EventKind
from studybuddy.study.checking import StepVerdict, judge_step
from studybuddy.study.derivations import Derivations
from studybuddy.study.desk import Desk
from studybuddy.study.reading import LONGEST_ANSWER
from studybuddy.study.step_help import Help, Helps
from studybuddy.study.step_log import CHECKER, LEARNER, Standing, StepResult, StepTry, standing, tries

__all__ = ["DerivationDesk", "Kept", "StepResult"]

LONGEST_MS = 60 * 60 * 1000
"""Time at a step counts up to here."""


class Kept(NamedTuple):
    """What became of an answer in the log."""

    result: StepResult
    cards: tuple[str, ...] = ()
    """Cards that became new with it."""
    later: int = 0
    """How many of them wait for the next study day: what was just derived is not asked at once."""


class DerivationDesk:
    """Keeps drafts, answers and the help taken."""

    def __init__(self, desk: Desk, derivations: Derivations) -> None:
        self._desk = desk
        self._derivations = derivations
        self._helps = Helps(desk)

    # ---- answers

    def submit(
        self, derivation: str, step: str, typed: str, hints: int = 0, elapsed_ms: int = 0
    ) -> StepVerdict:
        """Judge an answer and keep it. Takes up to half a second: a screen judges in a thread of its own.

        Raises:
            UnknownIdError: there is no such step.
            ContentError: nothing is declared for it; the learner judges.
        """
        found = self._derivations.get(derivation)
        asked = self._derivations.step(found, step)
        verdict = judge_step(found, asked, typed)
        self.keep(asked.id, typed, verdict, hints, elapsed_ms)
        return verdict

    def keep(
        self, step: str, typed: str, verdict: StepVerdict, hints: int = 0, elapsed_ms: int = 0
    ) -> Kept | None:
        """Record a judged answer; None for one that could not be read, and for one sent twice.

        Args:
            step: full id.
            typed: the answer.
            verdict: what `judge_step` said of it.
            hints: help taken in this attempt, where the caller counts it; else what was noted here counts.
            elapsed_ms: time at the step since the last answer.
        """
        self.save_draft(step, typed)
        if verdict.judgement is Judgement.UNREADABLE:
            return None
        found, now = self._helps.of(step), self.standing(step)
        if self._sent_twice(step, typed[:LONGEST_ANSWER], verdict, found):
            return None
        helped = max(hints, found.taken)
        result = StepResult.MISSED
        if verdict.right:
            alone = not helped and not self._helps.copied(found, now.accepted_ms)
            result = StepResult.UNAIDED if alone else StepResult.AIDED
        body: dict[str, object] = {
            "answer": typed[:LONGEST_ANSWER],
            "result": result.value,
            "by": CHECKER,
            "verdict": verdict.judgement.value,
            "hints": helped,
            "stuck": found.stuck,
            "revealed": found.revealed,
            "attempts": now.wrong + 1,
            "elapsed_ms": min(max(0, elapsed_ms), LONGEST_MS),
        }
        cards: list[str] = []
        later = 0
        if verdict.right:
            rest = self._desk.catalogue.cards_of_step(step)
            body["cards"] = listed = list(dict.fromkeys([*rest, *self._of_items(step, result)]))
            body["rest"] = rest
            cards = self._desk.unseen(listed)
            later = len(set(cards).intersection(rest))
        self._desk.record(EventKind.STEP, step, body)
        return Kept(result, tuple(cards), later)

    def judge(self, step: str, answer: str, result: StepResult, hints: int = 0) -> None:
        """Record the learner's own judgement of their step; hints taken make it aided."""
        hints = max(hints, self._helps.of(step).taken)
        if hints and result is StepResult.UNAIDED:
            result = StepResult.AIDED
        own: dict[str, object] = {"answer": answer[:LONGEST_ANSWER], "result": result.value, "by": LEARNER}
        self._desk.record(EventKind.STEP, step, own | {"hints": hints})

    def history(self, step: str) -> list[StepTry]:
        """Every answer to a step with what came of it, newest first."""
        return [*tries(self._desk.store.log, step)][::-1]

    def standing(self, step: str) -> Standing:
        """How the learner stands with a step."""
        return standing(self._desk.store.log, step)

    def result(self, step: str) -> StepResult | None:
        """How a step came out, None while it is open."""
        return self.standing(step).result

    def _sent_twice(self, step: str, answer: str, verdict: StepVerdict, found: Help) -> bool:
        """Whether the newest answer is sent once more: Enter was pressed again, nothing was tried."""
        newest = self._desk.store.log.latest(EventKind.STEP, step)
        if newest is None or newest.day != self._desk.day():
            return False
        same = (newest.body.get("answer"), newest.body.get("verdict")) == (answer, verdict.judgement.value)
        return same and (not verdict.right or newest.wall_ms > found.begun_ms)

    def _of_items(self, step: str, result: StepResult) -> list[str]:
        """The cards of the checklist items that an unaided answer completes."""
        if result is not StepResult.UNAIDED or step.split("/", 1)[0] not in self._desk.catalogue.lesson_ids:
            return []
        log = self._desk.store.log
        cards: list[str] = []
        for item in self._desk.catalogue.lesson_of(step).checklist:
            if step in item.targets:
                others = [standing(log, target) for target in item.targets if target != step]
                if all(one.checked and one.result is StepResult.UNAIDED for one in others):
                    cards += self._desk.catalogue.cards_of_item(item.id)
        return cards

    # ---- help

    def help(self, step: str) -> Help:
        """The help taken in the present attempt."""
        return self._helps.of(step)

    def take_hint(self, step: str, number: int) -> Help:
        """Take note that the hint of this number, from 1, was shown."""
        return self._helps.hint(step, number)

    def take_advice(self, step: str) -> Help:
        """Take note that it was told what to change in a wrong answer."""
        return self._helps.advise(step)

    def take_way_out(self, step: str) -> Help:
        """Take note that the step was worked out with small numbers."""
        return self._helps.stuck(step)

    def reveal(self, step: str) -> Help:
        """Take note that the course's answer was shown."""
        return self._helps.reveal(step)

    def again(self, step: str) -> Help:
        """Begin a new attempt: help counts from nothing; an answer seen a moment ago still counts."""
        return self._helps.again(step, self.standing(step).accepted_ms)

    # ---- drafts

    def answer(self, step: str) -> str:
        """What the learner last wrote for a step: the draft, else the newest answer."""
        draft = self._desk.store.draft(step)
        if draft is not None:
            return draft
        event = self._desk.store.log.latest(EventKind.STEP, step)
        return "" if event is None else str(event.body.get("answer", ""))

    def save_draft(self, step: str, text: str) -> None:
        """Keep what is being typed."""
        self._desk.store.save_draft(step, text[:LONGEST_ANSWER], self._desk.now())
