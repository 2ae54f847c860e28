"""More than the day's limits allow, for those who want it today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.study.allowance import MORE_DUE, MORE_FRESH, Extra, allow

if TYPE_CHECKING:
    from studybuddy.study.desk import Desk

MOST_MINUTES = 24 * 60


def offered(desk: Desk) -> Extra | None:
    """What one wish for more adds: due cards that wait for room, else new ones; None where nothing does.

    The minutes are at least those that the next card needs, however long it takes.
    """
    chosen = desk.queue.chosen()
    if desk.queue.counts().waiting > chosen.siblings_waiting:
        needed = -(-chosen.short_ms // 60_000)
        return MORE_DUE._replace(minutes=min(max(MORE_DUE.minutes, needed), MOST_MINUTES))
    fresh = desk.store.queue.fresh_count(desk.day()) > len(chosen.new)
    return MORE_FRESH if fresh else None


def add_more(desk: Desk) -> Extra | None:
    """Add to the day what is offered; None where nothing waits."""
    if (extra := offered(desk)) is not None:
        allow(desk, extra)
    return extra


def nothing_more(desk: Desk) -> Phrase:
    """Why nothing was added: nothing waits, or what does is not asked on one day with its siblings."""
    siblings = desk.queue.chosen().siblings_waiting
    if not siblings:
        return Phrase(N_("nothing waits"))
    return Phrase.of(
        N_("{n} card waits until tomorrow: a sibling of one of today's"),
        plural=N_("{n} cards wait until tomorrow: siblings of today's"),
        n=siblings,
    )
