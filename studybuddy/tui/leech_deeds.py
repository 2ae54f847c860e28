"""Doing something about a card that keeps being forgotten, from whatever screen it was met on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, _
from studybuddy.study.leech_proposal import Proposal, propose
from studybuddy.study.leech_words import ground_words, history_lines, remedy_words, standing_words
from studybuddy.study.leeches import Remedy
from studybuddy.study.own_cards import Sides
from studybuddy.tui.modals.confirm import ConfirmModal
from studybuddy.tui.modals.leech import LeechModal, LeechWords
from studybuddy.tui.modals.leech_cards import PartCardModal, RewriteCardModal

if TYPE_CHECKING:
    from studybuddy.study.wiring import Study
    from studybuddy.tui.screens.base import StudyScreen

Noted = Callable[["Study"], object]
"""Takes note, on the study's thread, of what was just recorded."""


class Treated(NamedTuple):
    """What was done about a card. `said` may bear `{key}`: what takes it back."""

    remedy: Remedy
    said: Phrase
    query: str = ""
    """What the browser is to show next."""


async def treat(screen: StudyScreen, card: str, kept: dict[str, Sides], noted: Noted) -> Treated | None:
    """Ask what to do about a leech and do it; None where it is none, or nothing was decided.

    Args:
        screen: in front of which the windows open.
        card: the leech.
        kept: words begun for cards and not saved.
        noted: called after each thing that is recorded.
    """
    found = await screen.ask(lambda study: _look(study, card))
    if found is None:
        return None
    proposal, words = found
    remedy = await screen.inquire(LeechModal(words))
    if remedy is Remedy.REWRITE:
        return await _rewrite(screen, proposal, words, kept, noted)
    if remedy is Remedy.SPLIT:
        return await _split(screen, proposal, noted)
    if remedy is None:
        return None
    await screen.ask(lambda study: _decide(study, proposal, remedy, noted))
    return Treated(remedy, _said(remedy), proposal.query if remedy is Remedy.LOOK else "")


def _look(study: Study, card: str) -> tuple[Proposal, LeechWords] | None:
    leech = study.leeches.of(card)
    if leech is None:
        return None
    proposal = propose(study, leech)
    others = [remedy for remedy in proposal.possible if remedy is not proposal.remedy]
    words = LeechWords(
        question=proposal.question,
        standing=standing_words(leech),
        history=tuple(history_lines(proposal)),
        ground=_(
            "Proposed: {what}, for {why}",
            what=remedy_words(study, proposal, proposal.remedy),
            why=ground_words(study, proposal),
        ),
        choices=tuple(
            (remedy, remedy_words(study, proposal, remedy)) for remedy in (proposal.remedy, *others)
        ),
    )
    return proposal, words


def _decide(study: Study, proposal: Proposal, remedy: Remedy, noted: Noted) -> None:
    if remedy is Remedy.ACCEPT:
        study.leeches.accept(proposal.leech, proposal.near)
    else:
        study.leeches.decide(proposal.leech, remedy)
    noted(study)


_SAID = {
    Remedy.SUSPEND: N_("no longer asked; {key} takes that back"),
    Remedy.ACCEPT: N_("what you typed counts as right from now on; {key} takes that back"),
    Remedy.LOOK: N_("these first; {key} takes that back"),
    Remedy.LEAVE: N_("left as it is, until it is forgotten some times more; {key} takes that back"),
}


def _said(remedy: Remedy) -> Phrase:
    return Phrase(_SAID[remedy])


async def _rewrite(
    screen: StudyScreen, proposal: Proposal, words: LeechWords, kept: dict[str, Sides], noted: Noted
) -> Treated | None:
    content = proposal.content
    if content is None:
        return None
    now = await screen.ask(lambda study: study.own_cards.sides(content))
    known = "\n".join((words.standing, *words.history))
    if await screen.inquire(RewriteCardModal(proposal.leech, now, kept, known)) is None:
        return None
    await screen.ask(noted)
    said = N_("the card has your words now, its schedule stays; {key} takes that back")
    return Treated(Remedy.REWRITE, Phrase(said))


async def _split(screen: StudyScreen, proposal: Proposal, noted: Noted) -> Treated | None:
    """Let the learner word each part; then ask what becomes of the whole."""
    made = 0
    source = proposal.content.section if proposal.content is not None else ""
    for part in proposal.parts:
        if await screen.inquire(PartCardModal(part, source)) is None:
            break
        made += 1
        await screen.ask(noted)
    if not made:
        return None
    question = _("Suspend the card that these were made of? It keeps its history.")
    agreed = await screen.inquire(ConfirmModal(question))

    def settle(study: Study) -> None:
        study.leeches.settle_split(proposal.leech, suspend=agreed is True)
        noted(study)

    await screen.ask(settle)
    said = Phrase.of(
        N_("{n} card made of it; {key} takes back one thing after the other"),
        plural=N_("{n} cards made of it; {key} takes back one thing after the other"),
        n=made,
    )
    return Treated(Remedy.SPLIT, said)
