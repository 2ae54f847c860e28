"""What can be done to many cards at once. Each is one event and one thing to take back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from studybuddy.core.card import CardState
from studybuddy.core.event import EventKind
from studybuddy.memory.fuzz import draw
from studybuddy.store.card_search import CardRow
from studybuddy.store.card_text import plain as searched
from studybuddy.store.due_moves import body_of
from studybuddy.study.browser import Change
from studybuddy.study.desk import Desk
from studybuddy.study.due_range import DueRange
from studybuddy.study.own_tags import MOST_TAGS, some_tags


class Left(StrEnum):
    """Why a card was left as it is. The names are part of `cards --json`."""

    SAME = "same"
    UNSEEN = "unseen"
    NEW = "new"
    FULL = "full"


class Deed(NamedTuple):
    """Cards that were changed, and how many were left, by reason."""

    changed: tuple[str, ...]
    left: dict[Left, int]


class _Sorted:
    """Cards that are to be changed, and the others counted by reason."""

    def __init__(self) -> None:
        self.changed: list[str] = []
        self.left: dict[Left, int] = {}

    def leave(self, why: Left) -> None:
        self.left[why] = self.left.get(why, 0) + 1

    def done(self) -> Deed:
        return Deed(tuple(self.changed), self.left)


class CardChanges:
    """Changes cards. Those that cannot be changed are left out and counted; unknown ones are passed over."""

    def __init__(self, desk: Desk, rows: Callable[[list[str]], list[CardRow]]) -> None:
        """Take the desk, and how cards are looked up as they stand."""
        self._desk = desk
        self._rows = rows

    def tag(self, cards: Sequence[str], text: str) -> Deed:
        """Put tags on cards, on the course's beside its own.

        Raises:
            UsageError: there is no tag in what was typed.
        """
        tags = some_tags(text)
        sort = _Sorted()
        for row in self._standing(cards):
            has = set(row.tags)
            lacks = [tag for tag in tags if searched(tag) not in has]
            if not lacks:
                sort.leave(Left.SAME)
            elif len(has) + len(lacks) > MOST_TAGS:
                sort.leave(Left.FULL)
            else:
                sort.changed.append(row.card)
        return self._record(EventKind.CARD_TAG, sort, {"add": list(tags)})

    def untag(self, cards: Sequence[str], text: str) -> Deed:
        """Take tags off cards.

        Raises:
            UsageError: there is no tag in what was typed.
        """
        tags = some_tags(text)
        wanted = set(map(searched, tags))
        sort = _Sorted()
        for row in self._standing(cards):
            if wanted.intersection(row.tags):
                sort.changed.append(row.card)
            else:
                sort.leave(Left.SAME)
        return self._record(EventKind.CARD_TAG, sort, {"remove": list(tags)})

    def tags(self, cards: Sequence[str]) -> list[str]:
        """The tags that some cards have, the most frequent first."""
        counts: dict[str, int] = {}
        for row in self._standing(cards):
            for tag in row.tags:
                counts[tag] = counts.get(tag, 0) + 1
        return sorted(counts, key=lambda tag: (-counts[tag], tag))

    def due(self, cards: Sequence[str], when: DueRange) -> Deed:
        """Make cards due on a day, or spread over some days; one in a learning step leaves it."""
        today = self._desk.day().toordinal()
        sort = _Sorted()
        moved: list[tuple[str, date | None, date]] = []
        for row in self._standing(cards):
            memory = row.memory
            if memory.state in _NEVER_ANSWERED:
                sort.leave(_NEVER_ANSWERED[memory.state])
                continue
            day = when.day(draw(row.card, today))
            if memory.due_day == day:
                sort.leave(Left.SAME)
            else:
                sort.changed.append(row.card)
                moved.append((row.card, memory.due_day, day))
        if moved:
            body = body_of(moved, self._desk.day()) | {"set": 1}
            self._desk.record(EventKind.RESCHEDULE, moved[0][0] if len(moved) == 1 else "", body)
        return sort.done()

    def forget(self, cards: Sequence[str]) -> Deed:
        """Make cards new again; their answers stay in the history."""
        sort = _Sorted()
        for row in self._standing(cards):
            if row.memory.state in _NEVER_ANSWERED:
                sort.leave(_NEVER_ANSWERED[row.memory.state])
            else:
                sort.changed.append(row.card)
        return self._record(EventKind.FORGET, sort, {})

    def state(self, cards: Sequence[str], change: Change, on: bool) -> Deed:
        """Suspend, bury or flag cards, or lift that."""
        sort = _Sorted()
        for row in self._standing(cards):
            has = {Change.SUSPEND: row.suspended, Change.BURY: row.buried, Change.FLAG: row.flagged}[change]
            if has is on:
                sort.leave(Left.SAME)
            elif change is not Change.SUSPEND and row.memory.state is CardState.UNSEEN:
                sort.leave(Left.UNSEEN)
            else:
                sort.changed.append(row.card)
        value: object = int(on)
        if change is Change.BURY:
            value = self._desk.day().isoformat() if on else None
        return self._record(EventKind.CARD_STATE, sort, {change.value: value})

    def _standing(self, cards: Sequence[str]) -> list[CardRow]:
        return self._rows(list(dict.fromkeys(cards)))

    def _record(self, kind: EventKind, sort: _Sorted, body: dict[str, object]) -> Deed:
        if len(sort.changed) == 1:
            self._desk.record(kind, sort.changed[0], body)
        elif sort.changed:
            self._desk.record(kind, "", body | {"cards": sort.changed})
        return sort.done()


_NEVER_ANSWERED = {CardState.UNSEEN: Left.UNSEEN, CardState.NEW: Left.NEW}
