"""What a typed answer to an interview question is worth: the key points found in it, by its own words."""

from __future__ import annotations

from studybuddy.core.heard import Heard, hear
from studybuddy.core.lesson import InterviewQuestion
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.study.answers.judged import Judged, Mark
from studybuddy.text import clean_line

LONGEST_QUOTE = 60


def judge_question(question: InterviewQuestion, typed: str) -> Judged | None:
    """All points are right, some are nearly right, and so is a mistake beside them; none is not judged.

    None where nothing was typed, or the lesson has no words to look for.
    """
    if not typed.strip() or not question.cues:
        return None
    heard = hear(typed, question.cues, question.wrong_cues)
    told = _told(heard, len(question.cues))
    if heard.wrong:
        return Judged(Mark.CLOSE if heard.made else Mark.WRONG, typed, reason=told)
    if not heard.made:
        return Judged(
            Mark.UNKNOWN, typed, reason=Phrase(N_("no key point was found in it; compare it yourself"))
        )
    if len(heard.made) == len(question.cues):
        return Judged(Mark.RIGHT, typed, remark=told)
    return Judged(Mark.CLOSE, typed, reason=told)


def _told(heard: Heard, total: int) -> Phrase:
    quoted = "; ".join(f"{number + 1} {_quoted(heard.points[number])}" for number in heard.made)
    said = Phrase.of(
        N_("{n} of {total} key points: {quoted}"), n=len(heard.made), total=total, quoted=quoted or "-"
    )
    if not heard.wrong:
        return said
    words = N_("the common wrong answer: {quoted} · {said}")
    return Phrase.of(words, quoted=_quoted(heard.wrong), said=said)


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(f"“{clean_line(said, LONGEST_QUOTE)}”" for said in words)
