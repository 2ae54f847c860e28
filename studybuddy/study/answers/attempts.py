"""The tries at one card before it is turned.

What is close, or could not be read, is said without turning the card: the learner may put it right. The same
text sent once more, or an answer that is right or wrong, is final.
"""

from __future__ import annotations

from studybuddy.core.card_content import CardContent
from studybuddy.study.answers.judged import Judged, Mark
from studybuddy.study.answers.judges import judge
from studybuddy.study.answers.proposal import Answer


class Attempts:
    """What was typed for the card on the table."""

    def __init__(self) -> None:
        self.answer: Answer | None = None
        """The final answer, None as long as there is none, or where it was given in the head."""
        self._refused = ""
        self._slips = 0

    def submit(self, card: CardContent, typed: str, elapsed_ms: int = 0) -> Judged | None:
        """Judge what was typed; when this is final, `answer` holds it.

        Args:
            card: what is asked.
            typed: the learner's words; empty answers in the head.
            elapsed_ms: time since the card was shown.
        """
        judged = judge(card, typed)
        self.answer = None
        if judged is None:
            return None
        if judged.mark in (Mark.CLOSE, Mark.UNREADABLE) and typed != self._refused:
            self._refused = typed
            self._slips += judged.mark is Mark.CLOSE
            return judged
        self.answer = Answer(judged, 1 + self._slips, elapsed_ms)
        return judged
