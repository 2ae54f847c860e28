"""The checklist ticks itself on evidence, and only on evidence."""

from __future__ import annotations

from datetime import timedelta

import pytest

from studybuddy.core.card import Rating
from studybuddy.core.checklist import TickedBy, TickState
from studybuddy.core.exercise import Exercise
from studybuddy.core.verdict import CaseResult, JudgeResult, Verdict
from studybuddy.study.derivation import StepResult
from studybuddy.study.evidence import weigh
from studybuddy.study.interview import Answer, Interview
from studybuddy.study.wiring import Study
from tests.study.conftest import DAY_ONE, set_clock

WHY = "s3w10d1/card/why-transpose"
LOSSES = ((0, 2.6e7), (100, 830.0), (400, 0.003))


def state(study: Study, label: str) -> tuple[TickState, TickedBy]:
    lesson = study.desk.catalogue.lessons[0]
    status = next(s for s in study.checklist.statuses(lesson) if s.id.endswith(label))
    return status.state, status.by


def attempt(study: Study, exercise: Exercise, source: str, verdict: Verdict, **facts: object) -> None:
    passed = tuple(CaseResult(case.name, Verdict.AC) for case in exercise.cases if case.public)
    if verdict is Verdict.AC:
        passed = tuple(CaseResult(case.name, Verdict.AC) for case in exercise.cases)
    result = JudgeResult(exercise.id, verdict, cases=passed, **facts)  # type: ignore[arg-type]
    study.lab.record(exercise, source, result)


def test_the_loop_is_ticked_by_right_gradients_in_own_code(study: Study) -> None:
    exercise = study.library.exercise("s3w10d1/training-loop")
    own = exercise.reference + "\nprint('mine')\n"
    attempt(study, exercise, own, Verdict.WA, ran_to_end=True, loss_fell=True, losses=LOSSES)
    assert state(study, "/code") == (TickState.PARTIAL, TickedBy.EVIDENCE)
    attempt(study, exercise, own, Verdict.AC, ran_to_end=True, loss_fell=True, losses=LOSSES)
    assert state(study, "/code") == (TickState.AUTO, TickedBy.EVIDENCE)


def test_the_untouched_starter_is_nobodys_work(study: Study) -> None:
    exercise = study.library.exercise("s3w10d1/max-depth")
    attempt(study, exercise, "# mine\n" + exercise.starter, Verdict.AC)
    assert state(study, "/algo") == (TickState.NONE, TickedBy.NONE)


def test_a_copied_reference_is_no_evidence_but_the_same_program_from_memory_is(study: Study) -> None:
    exercise = study.library.exercise("s3w10d1/max-depth")
    study.lab.reveal_reference(exercise.id)
    attempt(study, exercise, "# my own comment\n" + exercise.reference, Verdict.AC)
    assert state(study, "/algo") == (TickState.NONE, TickedBy.NONE)
    assert not study.lab.passed(exercise.id)


def test_the_reference_program_written_from_memory_counts(study: Study) -> None:
    exercise = study.library.exercise("s3w10d1/max-depth")
    attempt(study, exercise, exercise.reference, Verdict.AC)
    assert state(study, "/algo") == (TickState.AUTO, TickedBy.EVIDENCE)
    study.lab.reveal_reference(exercise.id)
    assert not study.lab.reference_revealed(exercise.id)


def test_a_function_has_cases_and_no_loss_under_the_rule_code_too(study: Study) -> None:
    exercise = study.library.exercise("s3w10d1/max-depth")
    attempt(study, exercise, exercise.reference, Verdict.AC)
    algo = next(item for item in study.desk.catalogue.lessons[0].checklist if item.rule == "algo")
    found = weigh(algo._replace(rule="code"), study.desk.store.log)
    assert found == weigh(algo, study.desk.store.log)
    assert found.state is TickState.AUTO


def test_a_program_run_just_after_the_reference_was_shown_is_partial_and_counts_ten_minutes_later(
    study: Study,
) -> None:
    depth = study.library.exercise("s3w10d1/max-depth")
    loop = study.library.exercise("s3w10d1/training-loop")
    for exercise in (depth, loop):
        renamed = exercise.reference + "\nx = 1\n"
        label = "/algo" if exercise is depth else "/code"
        set_clock(study, DAY_ONE)
        study.lab.reveal_reference(exercise.id)
        attempt(study, exercise, renamed, Verdict.AC, losses=LOSSES)
        assert state(study, label) == (TickState.PARTIAL, TickedBy.EVIDENCE)
        set_clock(study, DAY_ONE + timedelta(minutes=9))
        study.lab.reveal_reference(exercise.id)
        set_clock(study, DAY_ONE + timedelta(minutes=11))
        attempt(study, exercise, renamed, Verdict.AC, losses=LOSSES)
        assert state(study, label)[0] is TickState.PARTIAL, "it was shown again"
        set_clock(study, DAY_ONE + timedelta(minutes=20))
        attempt(study, exercise, exercise.reference, Verdict.AC, losses=LOSSES)
        assert state(study, label)[0] is TickState.AUTO, "the only way to write it, from memory"


def test_a_reference_answer_stays_seen_for_ten_minutes_and_for_the_day_of_the_session(study: Study) -> None:
    question = "s3w10d1/q1"
    assert not study.interview.open_reference(question)
    other = Interview(study.desk)
    assert other.open_reference(question), "begun anew a moment later"
    set_clock(study, DAY_ONE + timedelta(minutes=11))
    assert study.interview.open_reference(question), "the same session"
    set_clock(study, DAY_ONE + timedelta(minutes=22))
    assert not Interview(study.desk).open_reference(question)
    set_clock(study, DAY_ONE + timedelta(days=1))
    assert not study.interview.open_reference(question), "a session that stays open over night"


def test_a_key_point_counts_once(study: Study) -> None:
    answer = Answer("both gradients contain a factor of zero", 2000, Rating.GOOD, (1, 1, 1))
    study.interview.grade("s3w10d1/q1", answer)
    assert state(study, "/interview")[0] is TickState.PARTIAL


def test_public_cases_alone_are_partial(study: Study) -> None:
    exercise = study.library.exercise("s3w10d1/max-depth")
    attempt(study, exercise, exercise.reference + "\nx = 1\n", Verdict.WA)
    assert state(study, "/algo") == (TickState.PARTIAL, TickedBy.EVIDENCE)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer("both gradients contain a factor of zero", 2000, Rating.GOOD, (0, 1)), TickState.AUTO),
        (Answer("", 16_000, Rating.EASY, (0, 1, 2)), TickState.AUTO),
        (Answer("", 3000, Rating.GOOD, (0, 1)), TickState.PARTIAL),
        (Answer("both gradients contain a factor of zero", 2000, Rating.GOOD, (0,)), TickState.PARTIAL),
        (Answer("both gradients contain a factor of zero", 2000, Rating.HARD, (0,)), TickState.PARTIAL),
        (Answer("it becomes a linear model, I think", 2000, Rating.EASY, (0, 1), True), TickState.PARTIAL),
        (
            Answer("read it just now, word by word", 2000, Rating.GOOD, (0, 1), seen_before=True),
            TickState.PARTIAL,
        ),
        (Answer("no idea", 2000, Rating.AGAIN), TickState.NONE),
    ],
)
def test_the_interview_item_wants_an_answer_from_memory(
    study: Study, answer: Answer, expected: TickState
) -> None:
    study.interview.grade("s3w10d1/q1", answer)
    assert state(study, "/interview")[0] is expected


def test_the_wrong_point_caps_the_grade_at_hard(study: Study) -> None:
    outcome = study.interview.grade("s3w10d1/q1", Answer("linear", 1, Rating.EASY, (), True))
    assert outcome.rating is Rating.HARD
    assert study.interview.last_grade("s3w10d1/q1") is Rating.HARD


def test_another_question_is_no_evidence(study: Study) -> None:
    study.interview.grade("s3w10d1/q2", Answer("x" * 40, 20_000, Rating.EASY, (0, 1, 2)))
    assert state(study, "/interview")[0] is TickState.NONE


def test_own_judgement_of_steps_is_partial_only(study: Study) -> None:
    for step in study.desk.catalogue.lessons[0].derivations[0].steps:
        study.derivation.judge(step, "X_{ik}", StepResult.UNAIDED)
    assert state(study, "/math") == (TickState.PARTIAL, TickedBy.EVIDENCE)


def test_a_step_with_a_hint_was_not_unaided(study: Study) -> None:
    step = study.desk.catalogue.lessons[0].derivations[0].steps[0]
    study.derivation.judge(step, "X_{ik}", StepResult.UNAIDED, hints=1)
    assert study.derivation.result(step) is StepResult.AIDED
    assert state(study, "/math")[0] is TickState.NONE


STEPS = {
    "local": "X_{ik}",
    "element": "sum_i X_ik dZ_ij",
    "dw": "X.T @ dZ",
    "dx": "dZ @ W.T",
    "db": "dZ.sum(axis=0)",
}


def derive(study: Study, *steps: str) -> None:
    for step in steps:
        assert study.derivation.submit("linear-backward", step, STEPS[step]).right


def evidence_of_math(study: Study) -> str:
    item = study.desk.catalogue.lessons[0].checklist[0]
    phrase = study.checklist.status(item).evidence
    return phrase.english() if phrase else ""


def test_the_math_item_wants_every_step_derived_unaided(study: Study) -> None:
    study.derivation.submit("linear-backward", "dw", "X @ dZ")
    assert state(study, "/math")[0] is TickState.NONE, "a wrong answer is no evidence"
    derive(study, "local", "element")
    assert state(study, "/math") == (TickState.PARTIAL, TickedBy.EVIDENCE)
    assert evidence_of_math(study) == "2 of 5 steps derived"
    study.derivation.take_hint("s3w10d1/linear-backward/dw", 1)
    derive(study, "dw", "dx", "db")
    assert state(study, "/math")[0] is TickState.PARTIAL
    assert evidence_of_math(study) == "5 of 5 steps derived, with help: dw"
    study.derivation.again("s3w10d1/linear-backward/dw")
    set_clock(study, DAY_ONE + timedelta(minutes=15))
    derive(study, "dw")
    assert state(study, "/math") == (TickState.PARTIAL, TickedBy.EVIDENCE)
    untold = (
        "derived unaided; the reason is still to be told: card why-transpose or interview Q3, key point 2"
    )
    assert evidence_of_math(study) == untold
    study.review.answer(WHY, Rating.HARD)
    assert evidence_of_math(study) == untold
    study.review.answer(WHY, Rating.GOOD)
    assert state(study, "/math") == (TickState.AUTO, TickedBy.EVIDENCE)
    assert evidence_of_math(study) == "derived unaided and explained"
    study.derivation.submit("linear-backward", "dw", "X @ dZ")
    assert state(study, "/math")[0] is TickState.AUTO, "a later lapse takes no tick away"


def test_help_is_not_shaken_off_by_beginning_again_or_by_setting_the_clock_back(study: Study) -> None:
    step = "s3w10d1/linear-backward/dw"
    study.derivation.take_hint(step, 1)
    study.derivation.again(step)
    derive(study, "dw")
    assert study.derivation.result(step) is StepResult.AIDED
    study.derivation.again(step)
    study.derivation.take_hint(step, 1)
    set_clock(study, DAY_ONE - timedelta(days=1))
    assert study.derivation.submit("linear-backward", "dw", " X.T @ dZ").right
    assert study.derivation.result(step) is StepResult.AIDED
    study.lab.reveal_reference("s3w10d1/max-depth")
    set_clock(study, DAY_ONE - timedelta(days=1, hours=1))
    depth = study.library.exercise("s3w10d1/max-depth")
    attempt(study, depth, depth.reference + "\nx = 1\n", Verdict.AC)
    assert state(study, "/algo")[0] is TickState.PARTIAL


def test_steps_that_were_checked_and_steps_that_were_not_are_told_apart(study: Study) -> None:
    derive(study, "local")
    study.derivation.judge("s3w10d1/linear-backward/dw", "?", StepResult.UNAIDED)
    assert evidence_of_math(study) == "1 of 5 steps derived, 1 more by your own judgement"


def test_the_reason_is_told_by_a_key_point_too(study: Study) -> None:
    derive(study, *STEPS)
    words = "the sample index is summed"
    for answer in (
        Answer("the shapes", 20_000, Rating.GOOD, (0, 2)),
        Answer(words, 20_000, Rating.HARD, (1,)),
        Answer(words, 20_000, Rating.EASY, (1,), wrong_point=True),
        Answer(words, 20_000, Rating.GOOD, (1,), seen_before=True),
    ):
        study.interview.grade("s3w10d1/q3", answer)
        assert state(study, "/math")[0] is TickState.PARTIAL, answer
    study.interview.grade("s3w10d1/q3", Answer(words, 20_000, Rating.GOOD, (1,)))
    assert state(study, "/math")[0] is TickState.AUTO


def test_a_card_that_is_still_known_is_no_newer_evidence(study: Study) -> None:
    study.review.answer(WHY, Rating.GOOD)
    derive(study, *STEPS)
    set_clock(study, DAY_ONE + timedelta(days=1))
    study.checklist.untick("math")
    set_clock(study, DAY_ONE + timedelta(days=2))
    study.review.answer(WHY, Rating.EASY)
    assert state(study, "/math") == (TickState.UNTICKED, TickedBy.LEARNER)
    study.interview.grade("s3w10d1/q3", Answer("over the samples", 20_000, Rating.GOOD, (1,)))
    assert state(study, "/math") == (TickState.AUTO, TickedBy.EVIDENCE)


def test_a_lapse_after_the_tick_shows_and_takes_nothing_away(study: Study) -> None:
    study.checklist.tick("math", "on paper")
    study.review.answer(WHY, Rating.GOOD)
    item = study.desk.catalogue.lessons[0].checklist[0]
    assert not study.checklist.status(item).fading
    set_clock(study, DAY_ONE + timedelta(days=3))
    study.review.answer(WHY, Rating.AGAIN)
    faded = study.checklist.status(item)
    assert (faded.state, faded.fading, faded.when) == (TickState.MANUAL, True, "2026-11-22")
    study.review.answer(WHY, Rating.GOOD)
    assert not study.checklist.status(item).fading
    study.review.answer(WHY, Rating.AGAIN)
    study.checklist.untick("math")
    assert not study.checklist.status(item).fading, "there is no tick to fade"


def test_thresholds_change_and_history_does_not(study: Study) -> None:
    study.interview.grade("s3w10d1/q1", Answer("x" * 30, 20_000, Rating.GOOD, (0, 1)))
    item = study.desk.catalogue.lessons[0].checklist[2]
    log = study.desk.store.log
    assert weigh(item, log).state is TickState.AUTO
    assert weigh(item._replace(needs={"points": 3}), log).state is TickState.PARTIAL
    assert weigh(item._replace(needs={"grade": 4}), log).state is TickState.PARTIAL
    assert weigh(item._replace(needs={"seconds": 60, "characters": 31}), log).state is TickState.PARTIAL
    assert weigh(item._replace(rule="hand"), log).state is TickState.NONE


SEEDS = {
    "math": "local-derivative sum-to-matrix dw why-transpose shape-dw dx db",
    "code": "relu-backward mask-less-than mask-less-equal code-grad-w2 code-grad-h-relu code-grad-w1",
    "interview": "zero-init constant-init zero-second-layer break-symmetry ../q1 ../q2 ../q3 ../q6",
    "algo": "depth-recursion freeze-level-size",
}


def test_a_tick_brings_its_cards(study: Study) -> None:
    for item, seeds in SEEDS.items():
        wanted = {f"s3w10d1/card/{name}".replace("card/../", "") for name in seeds.split()}
        study.checklist.tick(item)
        assert wanted <= study.desk.store.queue.ids()


def test_an_untick_of_math_holds_until_a_step_is_derived_once_more(study: Study) -> None:
    study.review.answer(WHY, Rating.GOOD)
    derive(study, *STEPS)
    set_clock(study, DAY_ONE + timedelta(minutes=1))
    study.checklist.untick("math", "looked it up")
    assert state(study, "/math") == (TickState.UNTICKED, TickedBy.LEARNER)
    set_clock(study, DAY_ONE + timedelta(minutes=2))
    study.derivation.submit("linear-backward", "dw", "X @ dZ")
    assert state(study, "/math")[0] is TickState.UNTICKED
    study.derivation.submit("drill/mse", "gradient", "2(Z-Y)/N")
    assert state(study, "/math")[0] is TickState.UNTICKED
    set_clock(study, DAY_ONE + timedelta(minutes=20))
    study.derivation.again("s3w10d1/linear-backward/dw")
    set_clock(study, DAY_ONE + timedelta(minutes=40))
    derive(study, "dw")
    assert state(study, "/math") == (TickState.AUTO, TickedBy.EVIDENCE)


def test_the_last_unaided_step_brings_the_cards_of_the_item(study: Study) -> None:
    derive(study, "local", "element", "dw", "dx")
    item = set(study.desk.catalogue.cards_of_item("s3w10d1/math"))
    assert not item <= study.desk.store.queue.ids()
    derive(study, "db")
    assert item <= study.desk.store.queue.ids()


def test_an_untick_holds_until_newer_evidence(study: Study) -> None:
    exercise = study.library.exercise("s3w10d1/max-depth")
    attempt(study, exercise, exercise.reference, Verdict.AC)
    set_clock(study, DAY_ONE + timedelta(minutes=1))
    assert study.checklist.untick("algo", "copied it").state is TickState.UNTICKED
    assert state(study, "/algo") == (TickState.UNTICKED, TickedBy.LEARNER)
    set_clock(study, DAY_ONE + timedelta(minutes=2))
    attempt(study, exercise, exercise.reference, Verdict.AC)
    assert state(study, "/algo") == (TickState.AUTO, TickedBy.EVIDENCE)


def test_a_tick_by_hand_gives_way_to_evidence_and_stays_without(study: Study) -> None:
    assert study.checklist.tick("algo").by is TickedBy.LEARNER
    exercise = study.library.exercise("s3w10d1/max-depth")
    attempt(study, exercise, exercise.reference, Verdict.RTE)
    assert state(study, "/algo") == (TickState.MANUAL, TickedBy.LEARNER)
    attempt(study, exercise, exercise.reference, Verdict.AC)
    assert state(study, "/algo") == (TickState.AUTO, TickedBy.EVIDENCE)


def test_evidence_brings_the_items_cards(study: Study) -> None:
    exercise = study.library.exercise("s3w10d1/max-depth")
    attempt(study, exercise, exercise.reference, Verdict.AC)
    catalogue = study.desk.catalogue
    brought = {*catalogue.cards_of_item("s3w10d1/algo"), *catalogue.cards_of_exercise(exercise.id)}
    assert study.desk.store.queue.ids() == brought


def test_ticks_by_evidence_and_by_hand_are_counted_apart(study: Study) -> None:
    assert study.checklist.tally() == (0, 0, 4)
    exercise = study.library.exercise("s3w10d1/max-depth")
    attempt(study, exercise, exercise.reference, Verdict.AC)
    study.checklist.tick("math")
    study.checklist.tick("code")
    study.checklist.untick("code")
    assert study.checklist.tally() == (1, 1, 4)
