"""The answers of `cases`: none that is wrong is accepted, at most one in a hundred that is right is not."""

from __future__ import annotations

from collections import Counter

import pytest

from studybuddy.core.derivation import Judgement
from studybuddy.derivation.check import check
from tests.derivation.answers import answers, by_step, exercise, last_side, steps
from tests.derivation.loops_same import same

RIGHT, WRONG = by_step("right"), by_step("wrong")


@pytest.mark.parametrize("step", RIGHT)
def test_right_answers_are_right(step: str) -> None:
    verdicts = {typed: check(exercise(step), typed, hint=False) for typed in RIGHT[step]}
    refused = {typed: v.reason for typed, v in verdicts.items() if v.judgement is not Judgement.RIGHT}
    assert not refused


@pytest.mark.parametrize("step", WRONG)
def test_no_wrong_answer_is_accepted(step: str) -> None:
    verdicts = {typed: check(exercise(step), typed, hint=False) for typed in WRONG[step]}
    accepted = [typed for typed, v in verdicts.items() if v.judgement is Judgement.RIGHT]
    assert not accepted


def test_what_is_right_but_not_read_is_never_charged_and_rare() -> None:
    unread = answers("unread")
    judged = [check(exercise(answer.step), answer.typed, hint=False).judgement for answer in unread]
    assert set(judged) == {Judgement.UNREADABLE}
    assert len(unread) <= 0.01 * (len(answers("right")) + len(unread))


def test_few_wrong_answers_are_called_unreadable() -> None:
    wrong = answers("wrong")
    judged = [check(exercise(answer.step), answer.typed, hint=False).judgement for answer in wrong]
    assert judged.count(Judgement.UNREADABLE) <= 0.02 * len(wrong)


def test_every_step_of_the_course_has_answers_in_every_notation() -> None:
    count = Counter(answer.step for answer in answers("right"))
    assert len(count) == 16
    assert set(count) <= set(steps())
    assert len(answers("right")) >= 600
    assert len(answers("wrong")) >= 500
    for step, typed in RIGHT.items():
        assert any("\\" in one for one in typed), step
        assert any("\\" not in one and ("." in one or "[" in one or "sum_" in one) for one in typed), step
        assert len(typed) >= 15, step


@pytest.mark.parametrize("step", RIGHT)
def test_what_is_accepted_is_equal_by_plain_loops(step: str) -> None:
    for side in {last_side(step, typed) for typed in RIGHT[step]}:
        assert same(exercise(step), side), side


@pytest.mark.parametrize("step", RIGHT)
def test_the_reference_answer_of_each_step_is_right(step: str) -> None:
    asked = steps()[step][1]
    assert asked.answer
    assert check(exercise(step), asked.answer).judgement is Judgement.RIGHT


@pytest.mark.parametrize("step", [step for step, (_, asked) in steps().items() if asked.goal])
def test_declared_misconceptions_are_wrong(step: str) -> None:
    goal = steps()[step][1].goal
    assert goal is not None
    for misconception in goal.misconceptions:
        assert check(exercise(step), misconception.answer, hint=False).judgement is Judgement.WRONG
