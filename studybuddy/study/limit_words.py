"""Limits of the day and coming back, as they are said: what there is, what it costs, and no reproach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, _, day_name, ngettext

if TYPE_CHECKING:
    from datetime import date

    from studybuddy.study.allowance import Extra
    from studybuddy.study.comeback import Comeback, Spread


def comeback_lines(comeback: Comeback, today: date) -> list[str]:
    """How much waits, when that is through and what waiting costs, in the language in use."""
    spread = comeback.spread
    cards = ngettext("{n} card waits.", "{n} cards wait.", comeback.waiting)
    first = cards if comeback.begun else _("Welcome back. {cards}", cards=cards)
    lines = [first, _end(spread, today)]
    if spread.forgotten:
        lines.append(
            ngettext(
                "Waiting costs about {n} more forgotten card.",
                "Waiting costs about {n} more forgotten cards.",
                spread.forgotten,
            )
        )
    return lines


def _end(spread: Spread, today: date) -> str:
    pace = ngettext("{n} minute", "{n} minutes", spread.minutes)
    if spread.cards:
        pace = ngettext("{n} card", "{n} cards", spread.cards)
    if spread.through is None:
        return _("At {pace} a day some are always left.", pace=pace)
    if spread.through == today:
        return _("At {pace} you are through today.", pace=pace)
    return _("At {pace} a day you are through on {day}.", pace=pace, day=day_name(spread.through))


def spread_cells(spread: Spread, today: date, *, at_once: bool = False) -> tuple[str, str, str]:
    """A way to work a backlog off, to choose from: how much a day, until when, and what it costs."""
    if at_once:
        return _("everything today"), _("about {n} minutes", n=spread.minutes), ""
    pace = _("{minutes} minutes a day", minutes=spread.minutes)
    if spread.through is None:
        return pace, _("some always left"), ""
    ends = (
        _("through today") if spread.through == today else _("through on {day}", day=day_name(spread.through))
    )
    cost = ngettext("{n} more forgotten", "{n} more forgotten", spread.forgotten) if spread.forgotten else ""
    return pace, ends, cost


def extra_line(extra: Extra) -> str:
    """What one wish for more brings."""
    if extra.new:
        return ngettext("{n} new card more today", "{n} new cards more today", extra.new)
    words = N_("{cards} cards or {minutes} minutes more today")
    return _(words, cards=extra.reviews, minutes=extra.minutes)


def added_phrase(extra: Extra) -> Phrase:
    """That more was added to the day; `{key}` takes it back."""
    if extra.everything:
        return Phrase(N_("everything due comes today; {key} takes that back"))
    return Phrase(N_("more for today; {key} takes that back"))
