"""The mock interview: a question, the learner's answer, its grade, and the question's next review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from studybuddy.core.answered import answered
from studybuddy.core.card import CardMemory, CardState, Outcome, Rating
from studybuddy.core.event import EventKind
from studybuddy.study.desk import Desk
from studybuddy.study.reading import LONGEST_ANSWER
from studybuddy.study.step_help import lately
from studybuddy.study.terms import Terms

_SHOWN = "#reference"
"""What the draft is called, after the question, that says when its reference answer was shown."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the learner did with a question."""

    text: str
    """As typed; empty when answered aloud."""
    thought_ms: int
    """From question to reveal."""
    rating: Rating
    key_points: tuple[int, ...] = ()
    """Indices of the key points the learner says they made."""
    wrong_point: bool = False
    """Whether they say they made the wrong point, which caps the grade at Hard."""
    seen_before: bool = False
    """Whether the reference was shown before they answered, today or a moment ago."""
    heard: tuple[int, ...] = ()
    """Indices of the key points that were found in the text."""
    heard_wrong: bool = False
    """Whether the wrong point was."""


class Interview:
    """Asks the questions of a lesson and grades them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._opened: dict[str, date] = {}

    def grade(self, question: str, answer: Answer) -> Outcome:
        """Record an answered question; the question comes back as a review."""
        desk = self._desk
        rating = min(answer.rating, Rating.HARD) if answer.wrong_point else answer.rating
        memory = desk.store.queue.memory(question) or CardMemory(question, CardState.NEW)
        terms = Terms(desk, memory)
        outcome = terms.outcome(rating)
        body = terms.body(outcome, answer.thought_ms) | {
            "answer": answer.text[:LONGEST_ANSWER],
            "thought_ms": max(0, answer.thought_ms),
            "key_points": list(answer.key_points),
            "wrong_point": answer.wrong_point,
            "heard": list(answer.heard),
            "heard_wrong": answer.heard_wrong,
            "seen_before": answer.seen_before,
        }
        if rating >= Rating.GOOD:
            body["cards"] = desk.cards_evidenced_by(question)
        terms.record(EventKind.INTERVIEW, body, outcome)
        return outcome

    def last_grade(self, question: str) -> Rating | None:
        """The newest grade of a question, None before the first."""
        event = self._desk.store.log.latest(EventKind.INTERVIEW, question)
        said = None if event is None else answered(event.day, event.subject, event.body)
        return None if said is None else Rating(said.rating)

    def open_reference(self, question: str) -> bool:
        """Take note that a reference answer is shown; returns whether it was before.

        Before is today in this session, or in any other within the last ten minutes.
        """
        desk, subject = self._desk, question + _SHOWN
        now_ms, shown = int(desk.now().timestamp() * 1000), desk.store.draft(subject) or ""
        a_moment_ago = shown.isdecimal() and lately(now_ms, int(shown))
        before = a_moment_ago or self._opened.get(question) == desk.day()
        self._opened[question] = desk.day()
        desk.store.save_draft(subject, str(now_ms), desk.now())
        return before

    def draft(self, question: str) -> str:
        """What was typed for a question and not graded yet."""
        return self._desk.store.draft(question) or ""

    def save_draft(self, question: str, text: str) -> None:
        """Keep what is being typed."""
        self._desk.store.save_draft(question, text[:LONGEST_ANSWER], self._desk.now())
