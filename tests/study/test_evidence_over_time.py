"""The checklist over any deeds: a tick never without evidence, a word never overruled by the past."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from studybuddy.core.card import Rating
from studybuddy.core.checklist import ItemStatus, TickedBy, TickState
from studybuddy.core.event import Event, EventKind
from studybuddy.core.exercise import Exercise
from studybuddy.core.verdict import CaseResult, JudgeResult, Verdict
from studybuddy.study.derivation import StepResult
from studybuddy.study.interview import Answer
from studybuddy.study.launch import Launch
from studybuddy.study.wiring import Study
from tests.study.conftest import DAY_ONE, set_clock

ITEMS = ("math", "code", "interview", "algo")
STEPS = {
    "local": "X_{ik}",
    "element": "sum_i X_ik dZ_ij",
    "dw": "X.T @ dZ",
    "dx": "dZ @ W.T",
    "db": "dZ.sum(axis=0)",
}
LESSON = "s3w10d1"
WHY = f"{LESSON}/card/why-transpose"


class Learner:
    """Does things at random, and remembers nothing: what holds is read off the log."""

    def __init__(self, study: Study, seed: int) -> None:
        self.study = study
        self.random = Random(seed)
        self.minutes = 0
        self.programs = {
            name: study.library.exercise(f"{LESSON}/{name}") for name in ("training-loop", "max-depth")
        }

    def act(self) -> None:
        """One deed, some time after the last."""
        self.minutes += self.random.choice((1, 11, 300, 1440))
        set_clock(self.study, DAY_ONE + timedelta(minutes=self.minutes))
        deeds = (self._run, self._run, self._answer, self._derive, self._derive, self._tick, self._untick)
        self.random.choice((*deeds, self._review, self.study.review.undo, self._derive_all))()

    def _run(self) -> None:
        exercise: Exercise = self.random.choice(list(self.programs.values()))
        verdict = self.random.choice((Verdict.AC, Verdict.AC, Verdict.WA, Verdict.RTE))
        source = self.random.choice((exercise.starter, exercise.reference, exercise.reference + "\nx = 1\n"))
        cases = tuple(CaseResult(case.name, Verdict.AC) for case in exercise.cases)
        last = self.random.choice((0.003, 2.0e6))
        result = JudgeResult(
            exercise.id,
            verdict,
            cases=cases if verdict is Verdict.AC else cases[:1],
            ran_to_end=self.random.random() < 0.5,
            loss_fell=self.random.random() < 0.5,
            losses=((0, 2.6e7), (400, last)),
        )
        self.study.lab.record(exercise, source, result, reference=self.random.random() < 0.2)

    def _answer(self) -> None:
        question = self.random.choice((f"{LESSON}/q1", f"{LESSON}/q1", f"{LESSON}/q3"))
        points = tuple(n for n in range(3) if self.random.random() < 0.6)
        answer = Answer(
            self.random.choice(("", "both gradients contain a factor of zero")),
            self.random.choice((1000, 20_000)),
            self.random.choice(list(Rating)),
            points,
            wrong_point=self.random.random() < 0.2,
            seen_before=self.random.random() < 0.2,
        )
        self.study.interview.grade(question, answer)

    def _derive(self) -> None:
        name = self.random.choice(list(STEPS))
        step = f"{LESSON}/linear-backward/{name}"
        match self.random.randrange(5):
            case 0:
                self.study.derivation.submit("linear-backward", name, "W")
            case 1:
                self.study.derivation.judge(step, "?", StepResult.UNAIDED)
            case 2:
                self.study.derivation.take_hint(step, 1)
            case _:
                self.study.derivation.again(step)
                self.study.derivation.submit("linear-backward", name, STEPS[name])

    def _derive_all(self) -> None:
        for name, answer in STEPS.items():
            self.study.derivation.submit("linear-backward", name, answer)

    def _tick(self) -> None:
        self.study.checklist.tick(self.random.choice(ITEMS), "on paper")

    def _untick(self) -> None:
        self.study.checklist.untick(self.random.choice(ITEMS))

    def _review(self) -> None:
        self.study.review.answer(WHY, self.random.choice(list(Rating)))


@contextmanager
def a_study() -> Iterator[Study]:
    with TemporaryDirectory() as folder:
        opened = Study(Launch(str(Path(folder)), "en"), writer="test")
        try:
            set_clock(opened, DAY_ONE)
            yield opened
        finally:
            opened.close()


def statuses(study: Study) -> dict[str, ItemStatus]:
    found = study.checklist.statuses(study.desk.catalogue.lessons[0])
    return {status.id.split("/")[1]: status for status in found}


def standing_events(study: Study) -> list[Event]:
    """What happened and was not taken back, oldest first."""
    log = study.desk.store.log
    kinds = (EventKind.ATTEMPT, EventKind.INTERVIEW, EventKind.STEP, EventKind.REVIEW)
    events = [event for kind in (*kinds, EventKind.TICK, EventKind.UNTICK) for event in log.events(kind)]
    return sorted(events, key=lambda event: event.at_ms)


def proof(events: list[Event], item: str) -> list[int]:
    """The instants at which all that an item asks for was there once more: the rules, said a second time."""
    found = []
    derived: dict[str, int] = {}
    told = card_told = 0
    for event in events:
        body, name, before = event.body, event.subject.rsplit("/", 1)[-1], len(derived)
        own = body.get("edited") and not body.get("reference") and body.get("verdict") == "AC"
        if item == "code" and name == "training-loop" and own and body["losses"][-1][1] <= 26:
            found.append(event.at_ms)
        if item == "algo" and name == "max-depth" and own:
            found.append(event.at_ms)
        if item == "interview" and event.kind is EventKind.INTERVIEW and name == "q1":
            recalled = len(body["answer"]) >= 20 or body["thought_ms"] >= 15_000
            good = body["rating"] >= 3 and len(body["key_points"]) >= 2
            found += [event.at_ms] if recalled and good and not body["seen_before"] else []
        if item != "math":
            continue
        if event.kind is EventKind.STEP and body["by"] == "checker" and body["result"] == "unaided":
            derived[name] = told_now = event.at_ms
        elif event.kind is EventKind.INTERVIEW and name == "q3" and body["rating"] >= 3:
            told_now = event.at_ms if 1 in body["key_points"] and not body["seen_before"] else 0
            told = told_now or told
        elif event.subject == WHY and body.get("rating", 0) >= 3 and not card_told:
            told = card_told = told_now = event.at_ms
        else:
            told_now = 0
        if told and len(derived.keys() & STEPS.keys()) == len(STEPS) and (told_now or before < len(derived)):
            found.append(event.at_ms)
    return found


@pytest.mark.parametrize("seed", range(4))
def test_ticks_follow_the_evidence_whatever_is_done(seed: int) -> None:
    seen: set[TickState] = set()
    with a_study() as study:
        learner = Learner(study, seed)
        for number in range(40):
            learner.act()
            if number % 3 == 0:
                seen |= check(study)
        final = statuses(study)
        study.desk.store.rebuild()
        assert statuses(study) == final, "read off the log alone"
    assert {TickState.MANUAL, TickState.UNTICKED} & seen


def check(study: Study) -> set[TickState]:
    events = standing_events(study)
    lesson = study.desk.catalogue.lessons[0]
    found = statuses(study)
    for item, status in found.items():
        proofs = proof(events, item)
        words = [e for e in events if e.subject == f"{LESSON}/{item}"]
        word = words[-1] if words else None
        newest = max(proofs, default=0)
        if status.state is TickState.AUTO:
            assert proofs, (item, "a tick has its evidence")
            assert word is None or newest > word.at_ms, (item, "nothing is ticked again by what is old")
            assert status.by is TickedBy.EVIDENCE
            assert status.evidence is not None
        elif proofs:
            assert word is not None, (item, "what is proved is ticked until the learner says otherwise")
            assert word.at_ms > newest
        if status.state is TickState.MANUAL:
            assert word is not None
            assert word.kind is EventKind.TICK
            assert status.by is TickedBy.LEARNER
        if status.state is TickState.UNTICKED:
            assert word is not None
            assert word.kind is EventKind.UNTICK
        assert status.ticked == (status.state in (TickState.AUTO, TickState.MANUAL))
        assert not status.fading or status.ticked
    assert study.checklist.complete(lesson) == all(status.ticked for status in found.values())
    days = {e.day for e in events if e.kind not in (EventKind.TICK, EventKind.UNTICK)}
    today = study.desk.day()
    assert (study.desk.store.days.streak(today) > 0) == bool(days & {today, today - timedelta(days=1)})
    return {status.state for status in found.values()}


def test_ticking_alone_is_no_streak_and_undo_takes_the_last_word_back() -> None:
    with a_study() as study:
        for item in ITEMS:
            study.checklist.tick(item)
        assert study.checklist.complete(study.desk.catalogue.lessons[0])
        assert study.day.plan().streak == 0
        study.checklist.untick("math")
        study.review.undo()
        assert statuses(study)["math"].state is TickState.MANUAL
        study.review.undo()
        assert statuses(study)["algo"].state is TickState.NONE


def test_the_order_of_unrelated_deeds_does_not_matter() -> None:
    def run(study: Study) -> None:
        exercise = study.library.exercise(f"{LESSON}/max-depth")
        cases = tuple(CaseResult(case.name, Verdict.AC) for case in exercise.cases)
        study.lab.record(exercise, exercise.reference, JudgeResult(exercise.id, Verdict.AC, cases=cases))

    def answer(study: Study) -> None:
        study.interview.grade(f"{LESSON}/q1", Answer("x" * 30, 20_000, Rating.GOOD, (0, 1)))

    def explain(study: Study) -> None:
        study.interview.grade(f"{LESSON}/q3", Answer("x" * 30, 20_000, Rating.GOOD, (1,)))

    def derive(study: Study) -> None:
        for name, typed in STEPS.items():
            study.derivation.submit("linear-backward", name, typed)

    deeds = [run, answer, explain, derive]
    ends = []
    for seed in range(3):
        with a_study() as study:
            Random(seed).shuffle(deeds)
            for deed in deeds:
                deed(study)
            ends.append([status.state for status in statuses(study).values()])
    wanted = [TickState.AUTO, TickState.NONE, TickState.AUTO, TickState.AUTO]
    assert ends == [wanted] * 3
