"""A verdict on a step as a page: the word first, then why, then what helps."""

from __future__ import annotations

from studybuddy.core.block import Block, Blocks, Callout, CodeBlock, Inlines, Paragraph, Strong, Text
from studybuddy.core.derivation import Judgement
from studybuddy.i18n import N_, _, ngettext, say
from studybuddy.study.derivation import StepResult
from studybuddy.tui.caret import caret
from studybuddy.tui.derivation_state import Outcome

CARET_CELLS = 60
"""Cells of what was typed that are shown around a place in it."""
_HEADS = {
    Judgement.RIGHT: N_("✓ right"),
    Judgement.WRONG: N_("✗ wrong"),
    Judgement.UNREADABLE: N_("? could not be read, does not count"),
}


def verdict_page(outcome: Outcome, *, hint_key: str) -> Blocks:
    """What the learner is told of an answer.

    Args:
        outcome: the answer and what became of it.
        hint_key: the key that shows what to change, as long as that is a secret.
    """
    verdict = outcome.verdict
    head = _head(_(_HEADS[verdict.judgement]))
    if verdict.right:
        said = [" · " + _result_words(outcome), *_set_in_motion(outcome)]
        return (Paragraph((*head, Text("\n".join(said)))),)
    why = say(verdict.reason)
    page: list[Block] = [Paragraph((*head, Text(_(": {words}", words=why) if why else "")))]
    if verdict.judgement is Judgement.UNREADABLE:
        place = verdict.span[0] if verdict.span is not None else 0
        page.append(CodeBlock("", "\n".join(caret(outcome.answer, place, CARET_CELLS))))
        return tuple(page)
    if verdict.slip:
        page.append(Callout(_("A known slip"), (Paragraph(verdict.slip),)))
    if verdict.hint is not None and outcome.advice:
        page.append(Callout(_("What to change"), (Paragraph((Text(say(verdict.hint)),)),)))
    elif verdict.hint is not None:
        page.append(Paragraph((Text(_("{key} shows what to change; it counts as a hint", key=hint_key)),)))
    return tuple(page)


def _head(words: str) -> Inlines:
    return (Strong((Text(words),)),)


def _result_words(outcome: Outcome) -> str:
    """With how much help, and at which try."""
    kept = outcome.kept
    if kept is None:
        return _("as before")
    if kept.result is StepResult.AIDED:
        seen = _("with help: the answer was seen a moment ago")
        return ngettext("with {n} hint", "with {n} hints", outcome.hints) if outcome.hints else seen
    return _("unaided") + (" · " + _("at the first try") if not outcome.wrong_before else "")


def _set_in_motion(outcome: Outcome) -> list[str]:
    """What the answer brought beside itself."""
    found: list[str] = []
    for item in outcome.ticked:
        evidence = say(item.status.evidence)
        said = _("{item} on the checklist ticked itself: {evidence}", item=item.label, evidence=evidence)
        found.append("✓ " + said)
    if outcome.kept is not None:
        later = outcome.kept.later
        if n := len(outcome.kept.cards) - later:
            found.append(ngettext("+{n} card to review", "+{n} cards to review", n))
        if later:
            found.append(
                ngettext(
                    "+{n} card: it is asked from tomorrow on",
                    "+{n} cards: they are asked from tomorrow on",
                    later,
                )
            )
    return found
