"""Typed lines of Python that no checker computes: the same program is right, of any other nothing is known.

One thing is written in many ways. Where the letters differ, and the syntax too, the learner judges.
"""

from __future__ import annotations

import ast
from dataclasses import replace

from studybuddy.core.card_content import CardContent
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.study.answers.judged import LONGEST, Judged, Mark
from studybuddy.study.answers.letters import judge_letters


def judge_code(card: CardContent, typed: str) -> Judged:
    """Compare by letters, then by syntax, in which needless brackets and blanks do not count."""
    found = judge_letters(card, typed)
    if found.right:
        return found
    if (given := _syntax(typed)) is not None:
        for answer in (*card.accept, card.back.strip().strip("`")):
            if _syntax(answer) == given:
                return Judged(Mark.RIGHT, typed, answer)
    if found.mark is Mark.CLOSE:
        return found
    reason = Phrase(N_("not the same as the card; judge for yourself"))
    return replace(found, mark=Mark.UNKNOWN, reason=reason)


def _syntax(text: str) -> str | None:
    """The program without its layout; None for what is none. Never runs it."""
    line = text.strip()
    if len(line) > LONGEST:
        return None
    try:
        return ast.dump(ast.parse(line.removeprefix("return ")))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
