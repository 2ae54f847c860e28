"""A mock interview as it goes: the questions, the parts of an answer, and one attempt at a question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from studybuddy.core.block import Blocks, Callout, Emphasis, Heading, Inlines, Paragraph, Text
from studybuddy.core.card import Rating
from studybuddy.core.heard import Heard, hear
from studybuddy.core.lesson import InterviewQuestion, Lesson
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, _
from studybuddy.study.interview import Answer
from studybuddy.study.outcome_words import RATING_WORDS
from studybuddy.study.spans import interval_phrase
from studybuddy.study.wiring import Study
from studybuddy.text import clean_line

KEYS = "abcdef"
"""Keys that tick the key points."""
WRONG_KEY = "w"
LONGEST_QUOTE = 60
"""Characters of the learner's own words that are shown."""


class Part(IntEnum):
    """What is shown of a question, from the question alone to the last part."""

    QUESTION = 0
    EXAM_POINT = 1
    REFERENCE = 2
    COMMON_WRONG = 3
    FOLLOW_UP = 4
    FOLLOW_UP_ANSWER = 5


def sign_words() -> tuple[tuple[str, str], ...]:
    """What the signs of questions mean, in the language in use."""
    good = f"{_(RATING_WORDS[Rating.GOOD])} / {_(RATING_WORDS[Rating.EASY])}"
    return (
        ("·", _("to do")),
        ("✓", good),
        ("~", _(RATING_WORDS[Rating.HARD])),
        ("✗", _(RATING_WORDS[Rating.AGAIN])),
    )


@dataclass
class Attempt:
    """One go at a question. `shown_at`: seconds of a clock that never runs backwards."""

    shown_at: float
    thought_ms: int = 0
    part: Part = Part.QUESTION
    ticked: frozenset[str] = frozenset()
    seen_before: bool = False
    graded: Rating | None = None
    warned: bool = False
    """Whether the learner was told that a good grade has no key point to stand on."""
    promises: Mapping[Rating, Phrase] = field(default_factory=dict)
    comes_back: Phrase | None = None
    heard: Heard = field(default_factory=lambda: Heard(()))
    """What was found in the typed answer."""

    def listen(self, question: InterviewQuestion, text: str) -> None:
        """Tick what is found in the typed answer; the learner may untick it."""
        self.heard = hear(text, question.cues, question.wrong_cues)
        wrong = {WRONG_KEY} if self.heard.wrong else set()
        self.ticked = frozenset(wrong | {KEYS[number] for number in self.heard.made if number < len(KEYS)})

    @property
    def wrong_point(self) -> bool:
        """Whether the learner says they made the wrong point."""
        return WRONG_KEY in self.ticked

    @property
    def kept_promises(self) -> Mapping[Rating, Phrase]:
        """When the question really comes back after each button: a wrong point allows Hard at most."""
        best = Rating.HARD if self.wrong_point else Rating.EASY
        return {rating: self.promises[min(rating, best)] for rating in self.promises}

    def answer(self, text: str, rating: Rating) -> Answer:
        """What goes into the log."""
        points = tuple(KEYS.index(key) for key in sorted(self.ticked - {WRONG_KEY}))
        return Answer(
            text,
            self.thought_ms,
            rating,
            points,
            self.wrong_point,
            self.seen_before,
            self.heard.made,
            bool(self.heard.wrong),
        )


@dataclass(frozen=True, slots=True)
class InterviewState:
    """The questions of a lesson, and the newest grade of each one answered."""

    lesson: Lesson
    grades: Mapping[str, Rating]

    @property
    def questions(self) -> tuple[InterviewQuestion, ...]:
        """The questions in order."""
        return self.lesson.questions

    def sign(self, question: InterviewQuestion) -> str:
        """A question's state in one cell."""
        signs = {Rating.AGAIN: "✗", Rating.HARD: "~", Rating.GOOD: "✓", Rating.EASY: "✓"}
        return signs[self.grades[question.id]] if question.id in self.grades else "·"

    def next_open(self, index: int) -> int | None:
        """The first question after `index` without a grade, else the first of all, None if all have one."""
        order = [*range(index + 1, len(self.questions)), *range(index + 1)]
        return next((n for n in order if self.questions[n].id not in self.grades), None)


def load_interview(study: Study, lesson_id: str) -> InterviewState:
    """Everything the interview's screen shows."""
    lesson = study.library.lesson(lesson_id)
    grades = {q.id: grade for q in lesson.questions if (grade := study.interview.last_grade(q.id))}
    return InterviewState(lesson, grades)


class Graded(NamedTuple):
    """A grade on disk, and when the question comes back."""

    rating: Rating
    comes_back: Phrase


def keep_grade(study: Study, question_id: str, answer: Answer) -> Graded:
    """Record an answered question; its draft is done with."""
    outcome = study.interview.grade(question_id, answer)
    study.interview.save_draft(question_id, "")
    return Graded(outcome.rating, interval_phrase(outcome, study.desk.now()))


def promises(study: Study, question_id: str) -> Mapping[Rating, Phrase]:
    """When the question would come back after each grade."""
    now = study.desk.now()
    outcomes = study.review.turn_of(question_id).outcomes
    return {rating: interval_phrase(outcome, now) for rating, outcome in outcomes.items()}


def question_page(state: InterviewState, index: int) -> Blocks:
    """The question."""
    title = _("Question {n} of {total}", n=index + 1, total=len(state.questions))
    question = state.questions[index]
    if question.id in state.grades:
        title += f" · {state.sign(question)} {_(RATING_WORDS[state.grades[question.id]])}"
    return (Heading(3, (Text(title),)), Paragraph(question.question))


def part_page(question: InterviewQuestion, part: Part) -> Blocks:
    """A part of the answer behind its label; empty where the lesson has none."""
    pages: dict[Part, tuple[str, Blocks]] = {
        Part.EXAM_POINT: (_("Exam point"), _sentence(question.exam_point)),
        Part.REFERENCE: (_("Reference answer"), question.reference),
        Part.COMMON_WRONG: (_("Common wrong answer"), _sentence(question.common_wrong)),
        Part.FOLLOW_UP: (_("Follow-up"), question.follow_up[:1]),
        Part.FOLLOW_UP_ANSWER: (_("Answer"), question.follow_up[1:]),
    }
    label, blocks = pages[part]
    return (Callout(label, blocks),) if blocks else ()


NEXT: Mapping[Part, str] = {
    Part.EXAM_POINT: N_("^r shows what the question looks for"),
    Part.REFERENCE: N_("^r shows the reference answer"),
    Part.COMMON_WRONG: N_("^r shows a common wrong answer"),
    Part.FOLLOW_UP: N_("^r asks the follow-up question"),
    Part.FOLLOW_UP_ANSWER: N_("^r answers the follow-up question"),
}
"""What the next press brings."""


def statements(question: InterviewQuestion, heard: Heard) -> list[tuple[str, Inlines]]:
    """The key points, which can be ticked, each with the words that say it in the typed answer."""
    found = dict(enumerate(heard.points))
    return [
        (key, (*point, *_quoted(found.get(number, ()))))
        for number, (key, point) in enumerate(zip(KEYS, question.key_points, strict=False))
    ]


def wrong_statements(question: InterviewQuestion, heard: Heard) -> list[tuple[str, Inlines]]:
    """The wrong point to admit, if there is one. It stands after what explains it."""
    if not question.wrong_point:
        return []
    said = (Text(_("I made this mistake: ")), *question.wrong_point, *_quoted(heard.wrong))
    return [(WRONG_KEY, said)]


def _quoted(words: tuple[str, ...]) -> Inlines:
    """The learner's own words behind a statement."""
    if not words:
        return ()
    quoted = ", ".join(_("“{words}”", words=clean_line(said, LONGEST_QUOTE)) for said in words)
    return (Text(" "), Emphasis((Text(_("(you wrote {quoted})", quoted=quoted)),)))


def open_keys(question: InterviewQuestion, part: Part, heard: Heard) -> frozenset[str]:
    """Keys of what can be ticked once a part is open. A mistake that was found is told with the reference."""
    rows = statements(question, heard) if part >= Part.REFERENCE else []
    explained = Part.REFERENCE if heard.wrong else _explains(question)
    rows += wrong_statements(question, heard) if part >= explained else []
    return frozenset(key for key, _statement in rows)


def _explains(question: InterviewQuestion) -> Part:
    """The part that tells why the wrong point is wrong."""
    return Part.COMMON_WRONG if question.common_wrong else Part.REFERENCE


def _sentence(inlines: Inlines) -> Blocks:
    return (Paragraph(inlines),) if inlines else ()
