from __future__ import annotations

import math

import pytest

from studybuddy.core.checklist import TickState
from studybuddy.core.errors import UnknownIdError, UsageError
from studybuddy.core.event import EventKind
from studybuddy.core.experiment import Outcome
from studybuddy.core.verdict import JudgeResult, Verdict
from studybuddy.study.curves import KEPT_LOSSES, changed_settings, run_curve, some_of
from studybuddy.study.experiments import Made
from studybuddy.study.wiring import Study

LOOP = "s3w10d1/training-loop"
ACCEPTED = JudgeResult(LOOP, Verdict.AC, losses=((0, 2.6e7), (499, 7e-5)), ran_to_end=True, loss_fell=True)


def test_every_experiment_of_the_course_does_what_the_course_says(study: Study) -> None:
    exercise = study.library.exercise(LOOP)
    outcomes = {}
    for offer in study.experiments.offers(LOOP):
        assert not offer.own
        made = study.experiments.make(exercise, offer)
        assert made.result.verdict is Verdict.AC, made.result
        outcomes[offer.experiment.id] = made.outcome
        assert len(made.losses) > 50, "enough for a curve"
    assert outcomes == {e.id: e.outcome for e in exercise.experiments}
    assert {"zero-weights", "zero-second-layer", "constant-weights", "lr-2e-6"} <= set(outcomes)
    assert set(outcomes.values()) == set(Outcome)


def test_an_experiment_is_remembered_and_is_no_submission(study: Study) -> None:
    exercise = study.library.exercise(LOOP)
    offer = study.experiments.offer(LOOP, "lr-4e-6")
    made = study.experiments.make(exercise, offer)
    study.experiments.record(LOOP, offer, Outcome.STAYS, made)

    trial = study.experiments.offer(LOOP, "lr-4e-6").trial
    assert trial is not None
    assert (trial.prediction, trial.outcome, trial.own) == (Outcome.STAYS, Outcome.EXPLODES, False)
    assert len(trial.losses) <= KEPT_LOSSES
    curve = study.experiments.offer(LOOP, "lr-4e-6").curve
    assert curve is not None
    assert curve.broken_at == 9
    assert study.lab.history(LOOP) == []
    assert not study.lab.passed(LOOP)
    items = study.desk.catalogue.lesson_of(LOOP).checklist
    assert all(study.checklist.status(item).state is TickState.NONE for item in items)
    assert study.desk.store.check() == []


def test_the_learners_accepted_program_is_changed_where_it_can_be(study: Study) -> None:
    exercise = study.library.exercise(LOOP)
    own = exercise.reference.replace("(h > 0)", "(h_relu > 0)").replace("# forward", "# vorwärts")
    study.lab.record(exercise, own, ACCEPTED)
    offers = {offer.experiment.id: offer for offer in study.experiments.offers(LOOP)}
    assert offers["lr-2e-6"].own
    assert "# vorwärts" in offers["lr-2e-6"].source
    assert "learning_rate = 2e-6" in offers["lr-2e-6"].source
    assert not offers["zero-first-layer-open"].own
    assert offers["zero-first-layer-open"].declined
    assert "# vorwärts" not in offers["zero-first-layer-open"].source
    assert {offer.mark for offer in offers.values()} == set("abcdefghi")


def test_a_program_that_fails_has_no_outcome(study: Study) -> None:
    made = Made(JudgeResult(LOOP, Verdict.TLE), ((0, 1.0), (1, math.inf)))
    assert made.outcome is None
    study.experiments.record(LOOP, study.experiments.offer(LOOP, "lr-2e-6"), None, made)
    trial = study.experiments.offer(LOOP, "lr-2e-6").trial
    assert trial is not None
    assert trial.outcome is None
    assert math.isinf(trial.losses[1][1])


def test_experiments_that_are_not_there_are_said(study: Study) -> None:
    with pytest.raises(UnknownIdError) as caught:
        study.experiments.offer(LOOP, "lr-2e6")
    assert "lr-2e-6" in caught.value.nearest
    with pytest.raises(UsageError):
        study.experiments.watch(study.library.exercise("s3w10d1/max-depth"))
    assert study.experiments.offers("s3w10d1/max-depth") == []


def test_submissions_have_curves_named_by_what_they_set(study: Study) -> None:
    exercise = study.library.exercise(LOOP)
    faster = exercise.reference.replace("1e-6", "2e-6").replace("w1 = rng.randn(D_in, H)", "w1 = 0")
    study.lab.record(exercise, exercise.reference, ACCEPTED)
    study.lab.record(exercise, "x = 1", JudgeResult(LOOP, Verdict.WA))
    study.lab.record(exercise, faster, ACCEPTED)
    plain, other = study.experiments.run_curves(LOOP)
    assert (plain.mark, plain.note) == ("1", "")
    assert (other.mark, other.note) == ("3", "learning_rate = 2e-06; w1 = 0")
    assert run_curve(12, "((", exercise.starter, ()).note == ""
    assert changed_settings("a = 1\na = 2\nb = 3", "a = ...\nb = 4") == ["b = 3"]


def test_the_losses_that_are_kept_have_both_ends_and_the_first_that_broke() -> None:
    losses = [(n, 1.0 if n < 123 else math.nan) for n in range(1000)]
    kept = some_of(losses)
    assert len(kept) == KEPT_LOSSES
    assert kept[0] == losses[0]
    assert kept[-1] is losses[-1]
    assert losses[123] in kept
    assert kept == sorted(kept)
    assert some_of(losses[:3]) == losses[:3]


def test_hints_count_until_the_exercise_is_solved(study: Study) -> None:
    exercise = study.library.exercise(LOOP)
    hints = study.lab.hints
    assert hints.taken(LOOP) == 0
    hints.take(LOOP, 2)
    hints.take(LOOP, 1)
    assert hints.taken(LOOP) == 2
    study.lab.record(exercise, "x = 1", JudgeResult(LOOP, Verdict.WA))
    assert hints.taken(LOOP) == 2
    study.lab.reveal_reference(LOOP)
    study.lab.record(exercise, exercise.reference + "\nprint(1)\n", ACCEPTED)
    assert hints.taken(LOOP) == 0, "a new round"
    study.lab.record(exercise, exercise.reference, ACCEPTED)
    wrong, right, copied = study.lab.history(LOOP)
    assert (wrong.number, wrong.hints, wrong.revealed, wrong.verdict) == (1, 2, False, Verdict.WA)
    assert (right.hints, right.revealed, right.reference) == (2, True, False)
    assert copied.reference
    assert right.source.endswith("print(1)\n")
    bodies = [event.body for event in study.desk.store.log.events(EventKind.ATTEMPT, LOOP)]
    assert [body["hints"] for body in bodies] == [2, 2, 0]
