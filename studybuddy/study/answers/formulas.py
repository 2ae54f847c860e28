"""Typed formulas, judged by the checker of derivations: by what they are worth, in any notation."""

from __future__ import annotations

from studybuddy.core.block import Inlines, Paragraph
from studybuddy.core.card_content import CardContent, CardKind
from studybuddy.core.derivation import AskedStep, Judgement
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.study.answers.judged import Judged, Mark
from studybuddy.study.answers.letters import is_answer
from studybuddy.study.checking import StepVerdict, judge_asked

_MARKS = {
    Judgement.RIGHT: Mark.RIGHT,
    Judgement.WRONG: Mark.WRONG,
    Judgement.UNREADABLE: Mark.UNREADABLE,
}


def judge_formula(card: CardContent, asked: AskedStep, typed: str, *, hint: bool = True) -> Judged:
    """Check a formula. What the card says letter by letter is right at once; the rest takes milliseconds.

    Args:
        card: what is asked.
        asked: the step behind it.
        typed: in any notation.
        hint: whether what would put a wrong answer right is looked for, for up to half a second.

    Raises:
        ContentError: the declaration of the step cannot be read.
    """
    from studybuddy.mathtext import inline

    wanted = asked.answer if card.kind is CardKind.CODE else inline(asked.answer)
    if is_answer(card, typed):
        return Judged(Mark.RIGHT, typed, wanted)
    verdict = judge_asked(asked, typed, hint=hint)
    return Judged(_MARKS[verdict.judgement], typed, wanted, _said(verdict))


def _said(verdict: StepVerdict) -> Phrase | None:
    """Why it is not right, and what it comes from or what to change."""
    more = Phrase.of("{words}", words=_plain(verdict.slip)) if verdict.slip else verdict.hint
    if verdict.reason is None or more is None:
        return verdict.reason
    return Phrase.of(N_("{reason} · {hint}"), reason=verdict.reason, hint=more)


def _plain(words: Inlines) -> str:
    from studybuddy.study.paper import one_line

    return one_line((Paragraph(words),))
