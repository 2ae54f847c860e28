"""The tries at one card before it is turned.

What is close, or could not be read, is said without turning the card: the learner may put it right. So is
what is wrong with a formula that the checker judged: it gives a reason, not the answer. The same text sent
once more, or an answer that is right or wrong, is final.
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
        self._refused: Judged | None = None
        self._slips = 0

    def submit(self, card: CardContent, typed: str, elapsed_ms: int = 0) -> Judged | None:
        """Judge what was typed; when this is final, `answer` holds it.

        Args:
            card: what is asked.
            typed: the learner's words; empty answers in the head.
            elapsed_ms: time since the card was shown.
        """
        return self.take(card, judge(card, typed), elapsed_ms)

    def take(self, card: CardContent, judged: Judged | None, elapsed_ms: int = 0) -> Judged | None:
        """Take what was judged elsewhere: a formula keeps the checker busy, so a screen asks it in a thread.

        Nothing typed after a wrong formula gives up on it.
        """
        self.answer = None
        if judged is None:
            if self._refused is not None and self._refused.mark is Mark.WRONG:
                self.answer = Answer(self._refused, self._slips, elapsed_ms)
            return None
        again = self._refused is not None and self._refused.typed == judged.typed
        if not again and _may_be_changed(card, judged):
            self._refused = judged
            self._slips += judged.mark is not Mark.UNREADABLE
            return judged
        tries = self._slips if again and judged.mark is Mark.WRONG else 1 + self._slips
        self.answer = Answer(judged, tries, elapsed_ms)
        return judged


def _may_be_changed(card: CardContent, judged: Judged) -> bool:
    if judged.mark is Mark.WRONG:
        return card.asked is not None
    return judged.mark in (Mark.CLOSE, Mark.UNREADABLE)
