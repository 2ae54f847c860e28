"""What is said of a card that keeps being forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, _, day_name, ngettext
from studybuddy.study.leech_proposal import Ground, Proposal
from studybuddy.study.leeches import Leech, Remedy
from studybuddy.text import clean_line, truncate

if TYPE_CHECKING:
    from studybuddy.study.wiring import Study

SHOWN = 3
"""Typed answers and days that are named."""
NAME_CELLS = 48


def noticed_phrase(leech: Leech, key: str) -> Phrase:
    """That a card has become a leech, said once and in passing."""
    return Phrase.of(
        N_("forgotten {n} time by now: {key} says what can be done"),
        plural=N_("forgotten {n} times by now: {key} says what can be done"),
        n=leech.lapses,
        key=key,
    )


def standing_words(leech: Leech) -> str:
    """How often it was forgotten, and when last."""
    lapses = ngettext("forgotten {n} time", "forgotten {n} times", leech.lapses)
    return _("{lapses} in {n} answers", lapses=lapses, n=len(leech.answers))


def history_lines(proposal: Proposal) -> list[str]:
    """When it was forgotten last, and what was typed; nothing that is not known."""
    days = [answer.event.day for answer in proposal.leech.answers if answer.rating == 1]
    last = list(dict.fromkeys(reversed(days)))[:SHOWN]
    lines = [_("forgotten on {days}", days=_(", ").join(map(day_name, last)))] if last else []
    typed = [truncate(clean_line(answer, 200), NAME_CELLS) for answer in proposal.wrong[:SHOWN]]
    return [*lines, *(_("you typed: {text}", text=text) for text in typed)]


def ground_words(study: Study, proposal: Proposal) -> str:
    """Why that is proposed."""
    from studybuddy.study.why import question_of

    match proposal.ground:
        case Ground.NEARLY_RIGHT:
            return _("what you typed was nearly right: {text}", text=_name(proposal.near[0]))
        case Ground.MIXED_UP:
            return _(
                "you answered what belongs to another card: {card}",
                card=_name(question_of(study, proposal.mate)),
            )
        case Ground.ASKS_MUCH:
            return ngettext(
                "it asks for {n} thing at once", "it asks for {n} things at once", len(proposal.parts)
            )
        case Ground.WEAK_GROUND:
            return _(
                "this card rests on {concept}, which is weak itself", concept=concept_name(study, proposal)
            )
        case Ground.NO_WORDS:
            return _("its words cannot be changed here")
    return _("nothing in its answers says why; perhaps it is badly put")


def remedy_words(study: Study, proposal: Proposal, remedy: Remedy) -> str:
    """What would be done."""
    if remedy is Remedy.SPLIT:
        return ngettext("make {n} card of it", "make {n} cards of it", len(proposal.parts))
    if remedy is Remedy.LOOK:
        if proposal.mate:
            return _("look at both cards side by side")
        return _("look at the cards of {concept} first", concept=concept_name(study, proposal))
    return _(_REMEDIES[remedy])


_REMEDIES = {
    Remedy.REWRITE: N_("put it in other words"),
    Remedy.ACCEPT: N_("take what you typed as right"),
    Remedy.SUSPEND: N_("stop asking it"),
    Remedy.LEAVE: N_("leave it as it is"),
}


def concept_name(study: Study, proposal: Proposal) -> str:
    """The weak concept by its title."""
    return study.desk.concepts.title(proposal.concept, study.desk.language)


def _name(text: str) -> str:
    return truncate(clean_line(text, 400), NAME_CELLS)
