"""Writing cards while reviewing: one of the learner's own, or other words for the one on the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studybuddy.core.errors import StudybuddyError
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.study.own_cards import Sides
from studybuddy.tui.screens.review_questions import Drawn, Session

if TYPE_CHECKING:
    from studybuddy.tui.screens.base import StudyScreen


async def add_card(screen: StudyScreen, session: Session, drawn: Drawn | None) -> Phrase | None:
    """Let the learner write a card, filed under the section of the present one; says so when it is saved."""
    from studybuddy.tui.modals.add_card import AddCardModal

    face = drawn.face if drawn is not None else None
    section = "" if face is None or isinstance(face, StudybuddyError) else face.section
    if await screen.app.push_screen_wait(AddCardModal(source=section)) is None:
        return None
    await screen.ask(session.did)
    return Phrase(N_("saved: a card of your own, new from now on; {key} takes it back"))


async def edit_card(
    screen: StudyScreen, session: Session, drawn: Drawn, kept: dict[str, Sides]
) -> Phrase | None:
    """Let the learner word the present card anew; says so when it is saved.

    Args:
        screen: in front of which the window opens.
        session: takes note of what was done.
        drawn: the present card.
        kept: words begun for cards and not saved.
    """
    from studybuddy.tui.modals.edit_card import EditCardModal

    if isinstance(drawn.face, StudybuddyError) or (card := drawn.face.content) is None:
        return None
    now = await screen.ask(lambda study: study.own_cards.sides(card))
    if await screen.app.push_screen_wait(EditCardModal(drawn.card, now, kept)) is None:
        return None
    await screen.ask(session.did)
    return Phrase(N_("the card has your words now, its schedule stays; {key} takes that back"))
