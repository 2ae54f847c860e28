"""More cards than the day's limits allow, from whatever screen they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.study.allowance import EVERYTHING, Extra, allow
from studybuddy.study.comeback import Comebacks
from studybuddy.study.limit_words import added_phrase
from studybuddy.study.more import add_more, nothing_more, offered
from studybuddy.tui.modals.more import MoreModal, Ways

if TYPE_CHECKING:
    from studybuddy.study.wiring import Study
    from studybuddy.tui.screens.base import StudyScreen

Noted = Callable[["Study"], object]
"""Takes note, on the study's thread, of what was just recorded."""


async def ask_for_more(screen: StudyScreen, noted: Noted) -> Phrase | None:
    """Add to the day; who comes back chooses how. None where nothing was added.

    The phrase may bear `{key}`: what takes it back.
    """
    ways = await screen.ask(_ways)
    if ways is None:
        extra = await screen.ask(lambda study: _noting(study, add_more(study.desk), noted))
        if extra is None:
            return await screen.ask(lambda study: nothing_more(study.desk))
        return added_phrase(extra)
    chosen = await screen.inquire(MoreModal(ways))
    if chosen is None:
        return None
    if isinstance(chosen, Extra) or chosen is ways.spreads[-1]:
        extra = chosen if isinstance(chosen, Extra) else EVERYTHING
        await screen.ask(lambda study: _add(study, extra, noted))
        return added_phrase(extra)
    minutes = chosen.minutes
    await screen.ask(lambda study: study.desk.prefer("comeback_minutes", minutes))
    return Phrase.of(N_("{minutes} minutes a day while you come back; the settings keep it"), minutes=minutes)


def _ways(study: Study) -> Ways | None:
    comebacks = Comebacks(study.desk)
    if (comeback := comebacks.now()) is None:
        return None
    return Ways(comeback, tuple(comebacks.choices()), offered(study.desk), study.desk.day())


def _noting(study: Study, extra: Extra | None, noted: Noted) -> Extra | None:
    if extra is not None:
        noted(study)
    return extra


def _add(study: Study, extra: Extra, noted: Noted) -> None:
    allow(study.desk, extra)
    noted(study)
