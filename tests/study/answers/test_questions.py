"""A typed answer to an interview question, as a review hears it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studybuddy.core.card import Rating
from studybuddy.core.lesson import InterviewQuestion
from studybuddy.course.finder import content_root
from studybuddy.course.reader import read_lesson
from studybuddy.study.answers.judged import Mark
from studybuddy.study.answers.proposal import Answer, propose_rating
from studybuddy.study.answers.questions import judge_question
from studybuddy.study.answers.rows import plain_rows

ALL = "h = 0, both gradients are zero; the loss never changes; random weights break the symmetry"


@pytest.fixture(scope="module")
def question() -> InterviewQuestion:
    lesson = read_lesson(content_root() / "s3w10d1", "en").lesson
    assert lesson is not None
    return lesson.questions[0]


@pytest.mark.parametrize(
    ("typed", "mark", "proposed", "told"),
    [
        (ALL, Mark.RIGHT, Rating.GOOD, "3 of 3 key points: 1 “h = 0”"),
        ("参数不动，损失不变", Mark.CLOSE, Rating.HARD, "1 of 3 key points: 2 “参数不动”"),
        (ALL + ". So it is a linear model", Mark.CLOSE, Rating.HARD, "wrong answer: “linear model” · 3 of 3"),
        ("网络退化成线性模型", Mark.WRONG, Rating.AGAIN, "wrong answer: “线性模型” · 0 of 3 key points: -"),
        (ALL + ", not a linear model", Mark.RIGHT, Rating.GOOD, "3 of 3"),
        ("no idea \x1b[2J[b]", Mark.UNKNOWN, None, "compare it yourself"),
    ],
)
def test_what_is_found_proposes_a_grade(
    question: InterviewQuestion, typed: str, mark: Mark, proposed: Rating | None, told: str
) -> None:
    judged = judge_question(question, typed)
    assert judged is not None
    assert judged.mark is mark
    said = judged.remark or judged.reason
    assert said is not None
    assert told in said.english()
    grade = propose_rating(Answer(judged, elapsed_ms=9000))
    assert (grade[0] if grade else None) == proposed
    assert "\x1b" not in plain_rows(judged)


def test_nothing_typed_and_nothing_to_look_for_are_not_judged(question: InterviewQuestion) -> None:
    assert judge_question(question, " \n") is None
    assert judge_question(replace(question, cues=()), ALL) is None
