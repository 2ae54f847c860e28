"""What another desired retention would cost, by simulation of the coming year; the screen does not wait."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from studybuddy.i18n import _

if TYPE_CHECKING:
    from studybuddy.study.foresight import Prospect
    from studybuddy.tui.screens.base import StudyScreen


class Foretelling:
    """Asks the study once for what the forecast needs, and reckons in a thread of its own."""

    def __init__(self, screen: StudyScreen) -> None:
        self._screen = screen
        self._prospect: Prospect | None = None

    async def retention(self, value: float) -> str:
        """Reviews and minutes a day at a desired retention, beside what they are now."""
        if self._prospect is None:
            self._prospect = await self._screen.ask(lambda study: study.foresight.prospect())
        prospect = self._prospect
        if not len(prospect.deck.stability):
            return _("too early to say what it would mean: no card has been learnt yet")
        return await asyncio.to_thread(_said, prospect, value)


def _said(prospect: Prospect, value: float) -> str:
    now = prospect.at(prospect.retention)
    if value == prospect.retention:
        return _(
            "about {reviews} reviews, {minutes} min a day in the coming year",
            reviews=_figure(now.reviews_a_day),
            minutes=_figure(now.minutes_a_day),
        )
    then = prospect.at(value)
    return _(
        "about {reviews} reviews a day now → about {then}; {minutes} → {later} min",
        reviews=_figure(now.reviews_a_day),
        then=_figure(then.reviews_a_day),
        minutes=_figure(now.minutes_a_day),
        later=_figure(then.minutes_a_day),
    )


def _figure(number: float) -> str:
    """As exact as a forecast deserves."""
    return f"{number:.0f}" if number >= 10 else f"{number:.1f}"
