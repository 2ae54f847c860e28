"""What a study day asks, chosen once: which due and new cards, within the day's limits, in which order."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from studybuddy.core.preset import DAY_S, Preset
from studybuddy.core.steps import LONGEST_STEP
from studybuddy.store.queue import Waiting
from studybuddy.study.absence import Absence, coming_back, minutes_of
from studybuddy.study.allowance import extra_of
from studybuddy.study.long_cards import LONG_MS, LongCards
from studybuddy.study.pace import Answered, Pace
from studybuddy.study.queue_line import Planned, QueueLine
from studybuddy.study.queue_order import NewOrder, ReviewOrder, arranged, read_as, shuffled

if TYPE_CHECKING:
    from studybuddy.study.desk import Desk

CHUNK = 1_000
"""So many cards are read and put in order at a time."""
LONGEST_WAIT_MS = (LONGEST_STEP + 2 * DAY_S) * 1000
"""No learning step waits longer, Hard included: one that is further away is from a clock without sense."""


class Selection:
    """A look at the store. `reviews` and `new` are asked today; what else is due waits for another day."""

    def __init__(self, desk: Desk, day: date, now_ms: int, end_ms: int) -> None:
        """Choose for a study day.

        Args:
            desk: the learner's.
            day: the study day.
            now_ms: the present instant, in milliseconds since 1970.
            end_ms: the instant at which the day ends.
        """
        self._desk = desk
        self._day = day
        self._end_ms = end_ms
        self.siblings = desk.siblings if desk.preferences["bury_siblings"] else None
        self.extra = extra_of(desk, day)
        self.answered: dict[str, Answered] = {}
        """What was answered on the day, by card."""
        for card, elapsed_ms in desk.store.days.answers(day):
            self.answered.setdefault(card, Answered()).add(elapsed_ms)
        self.pace = Pace(desk, day, self.answered)
        self.charges: dict[str, int] = {}
        """What each review of the day is counted with: what it took, at least what was expected."""
        self.started: set[str] = set()
        """The cards begun on the day."""
        self._long_done = False
        self._reviewed: Counter[str] = Counter()
        self._started: Counter[str] = Counter()
        self.notes: set[str] = set()
        """What was answered today is made of; nothing else made of it is asked."""
        self._planned: set[str] = set()
        """What is asked today is made of."""
        self._resting: set[str] = set()
        self.steps = [self._present(step, now_ms) for step in desk.store.queue.steps(day)]
        self._take_stock()
        self.brought: dict[str, Planned] = dict(self._bring())
        """Cards that come before their turn, for what rests on them slipped."""
        self.due = len(self.brought) + desk.store.queue.due_count(day)
        """All cards in review that are due or brought, but for siblings of what was answered."""
        self.due -= len(desk.store.queue.due_among({*self._resting, *self.brought}, day))
        self.short_ms = 0
        """What the day lacks for the first card that did not fit in its minutes."""
        self.more = False
        """Whether further reviews are asked when those chosen are done."""
        self.limited = False
        """Whether cards were counted out, or too many looked at to follow how minutes become fewer."""
        self.long = LongCards(desk, day, self.pace, self.charged_ms, done=self._long_done)
        self.reviews = QueueLine(self._choose_reviews())
        self._rows.close()
        self.new = QueueLine(self._choose_new())

    @cached_property
    def presets(self) -> Sequence[Preset]:
        """Every preset that may hold for a card."""
        return self._desk.presets.all

    @property
    def charged_ms(self) -> int:
        """Minutes of the day that reviews have used."""
        return sum(self.charges.values())

    @cached_property
    def absence(self) -> Absence | None:
        """The absence that the learner is coming back from, with more than a day can hold; else None."""
        return coming_back(self._desk, self._day, self.backlog_ms + self.charged_ms)

    @cached_property
    def minutes(self) -> int:
        """Minutes that the day has for reviews, but for what was added today."""
        return minutes_of(self._desk, self.absence)

    @cached_property
    def budget_ms(self) -> int | None:
        """What the day has for reviews; None without a limit."""
        return None if self.everything else (self.minutes + self.extra.minutes) * 60_000

    @cached_property
    def backlog_ms(self) -> int:
        """What everything due is expected to take; of very many cards as far as the first ones tell."""
        if not self._first:
            return 0
        return sum(self._first_ms) * self.due // len(self._first)

    @property
    def siblings_waiting(self) -> int:
        """Due cards that wait for a sibling that is asked today, of very many those among the first."""
        if self.siblings is None:
            return 0
        note = self.siblings.note
        notes = set(map(note, self.reviews))
        return sum(card.card not in self.reviews and note(card.card) in notes for card in self._first)

    @property
    def everything(self) -> bool:
        """Whether all that is due is asked."""
        return self.extra.everything

    def rests_already(self, card: str) -> bool:
        """Whether something made of the same note was answered today."""
        return self.siblings is not None and self.siblings.note(card) in self.notes

    def _present(self, step: Waiting, now_ms: int) -> Waiting:
        """A learning step, due at once if it was begun in a future that a clock set back has undone."""
        ahead = step.last_day > self._day.isoformat() and step.card not in self.answered
        return step._replace(due_ms=0) if ahead or step.due_ms > now_ms + LONGEST_WAIT_MS else step

    # ---- what was done

    def _take_stock(self) -> None:
        """Count what was answered today, and what is still to be answered of learning steps of other days."""
        today = self._day.isoformat()
        for card in self._desk.store.queue.named(list(self.answered)):
            if card.first_day == today:
                self.started.add(card.card)
                self._started[self._preset(card.card)] += 1
            elif card.first_day:
                self._count_review(card, self.answered[card.card].ms)
        for card in self.steps:
            if card.card not in self.answered and card.first_day != today and card.due_ms <= self._end_ms:
                self._count_review(card, 0)
        if self.siblings is not None:
            for answered in self.answered:
                self.notes.add(self.siblings.note(answered))
                self._resting.update(self.siblings.of(answered))

    def _count_review(self, card: Waiting, took_ms: int) -> None:
        self._reviewed[self._preset(card.card)] += 1
        expected_ms = self.pace.expected_ms(card)
        self._long_done |= expected_ms >= LONG_MS
        self.charges[card.card] = max(took_ms, expected_ms)

    def _preset(self, card: str) -> str:
        return self._desk.preset_of(card).name

    # ---- what is due

    def _bring(self) -> Iterator[tuple[str, Planned]]:
        if self._day != self._desk.day():
            return
        asked = [found.card for found in self._desk.repair.cards() if found.card not in self._resting]
        named = self._desk.store.queue.named(set(asked)) if asked else ()
        for card in sorted(named, key=lambda waiting: asked.index(waiting.card)):
            if self._desk.store.queue.asked(card.card, self._day) is not None:
                yield card.card, Planned(card.card, self.pace.expected_ms(card), self._preset(card.card))

    @cached_property
    def _order(self) -> ReviewOrder:
        return ReviewOrder(self._desk.preferences["review_order"])

    @cached_property
    def _rows(self) -> Generator[Waiting]:
        return self._desk.store.queue.due(self._day, read_as(self._order))

    @cached_property
    def _first(self) -> list[Waiting]:
        return list(islice(self._rows, CHUNK))

    @property
    def sample(self) -> Sequence[Waiting]:
        """What was due when the day's plan was made, in order; of very many cards the first thousand."""
        return arranged(self._first, self._order, self._desk.concepts.rank_of_card, self._day)

    @cached_property
    def _first_ms(self) -> list[int]:
        return list(map(self.pace.expected_ms, self._first))

    def _choose_reviews(self) -> Iterator[Planned]:
        """Due cards that fit in the limits, and among them those that do not fit in the minutes.

        A further chunk is looked at if this one brought something and left time for a card of usual length.
        """
        left = {preset.name: self._left(preset) for preset in self.presets}
        planned_ms, chunk, expected_ms = self.charged_ms, self._first, self._first_ms
        for planned in self.brought.values():
            if self._alone(planned.card):
                left[planned.preset] = max(0, left[planned.preset] - 1)
                planned_ms += planned.ms
                yield planned
        usual_ms = sum(expected_ms) // max(1, len(expected_ms))
        for planned in self._fill(chunk, expected_ms, left, planned_ms):
            planned_ms += planned.ms if planned.fits else 0
            yield planned
        before_ms = -1
        while not self.everything and planned_ms != before_ms and any(left.values()):
            room = self.budget_ms is None or self.budget_ms - planned_ms >= usual_ms
            chunk, before_ms = list(islice(self._rows, CHUNK)) if room else [], planned_ms
            self.limited |= bool(chunk)
            for planned in self._fill(chunk, list(map(self.pace.expected_ms, chunk)), left, planned_ms):
                planned_ms += planned.ms if planned.fits else 0
                yield planned
        if self.everything:
            self.more = next(self._rows, None) is not None
        self.limited |= not all(left.values())

    def _fill(
        self, chunk: Sequence[Waiting], expected_ms: Sequence[int], left: dict[str, int], planned_ms: int
    ) -> Iterator[Planned]:
        """Cards of a chunk in the order in which they are asked; a long one that has its turn comes first."""
        takes = {card.card: ms for card, ms in zip(chunk, expected_ms, strict=True)}
        cards = arranged(chunk, self._order, self._desk.concepts.rank_of_card, self._day)
        budget_ms = self.budget_ms
        if budget_ms is not None and chunk is self._first:
            may = (card for card in chunk if takes[card.card] >= LONG_MS and self._may_come(card, left))
            cards = self.long.before(cards, [(card, takes[card.card]) for card in may], budget_ms)
        for card in cards:
            ms = takes[card.card]
            if budget_ms is not None and planned_ms + ms > budget_ms and card.card != self.long.over:
                if not self.short_ms and self._may_come(card, left):
                    self.short_ms = planned_ms + ms - budget_ms
                if card.card not in self.brought:
                    yield Planned(card.card, ms, fits=False)
            elif self._may_come(card, left):
                name = self._preset(card.card)
                self._alone(card.card)
                planned_ms += ms
                left[name] -= 1
                yield Planned(card.card, ms, name)

    def _may_come(self, card: Waiting, left: dict[str, int]) -> bool:
        """Whether nothing but the minutes keeps a due card from coming today."""
        name = card.card
        if name in self.brought or not left[self._preset(name)]:
            return False
        return self.siblings is None or not (
            name in self._resting or self.siblings.note(name) in self._planned
        )

    def _left(self, preset: Preset) -> int:
        """How many reviews of a preset the day still allows; minutes chosen for a comeback stand alone."""
        by_minutes = self.absence is not None and self._desk.preferences["comeback_minutes"]
        if self.everything or by_minutes or not preset.reviews:
            return sys.maxsize
        return max(0, preset.reviews + self.extra.reviews - self._reviewed[preset.name])

    def _alone(self, card: str) -> bool:
        """Whether nothing else made of the same note is asked today; from now on the card is."""
        if self.siblings is None:
            return True
        if card in self._resting:
            return False
        note = self.siblings.note(card)
        if note in self._planned:
            return False
        self._planned.add(note)
        return True

    # ---- what is new

    def _choose_new(self) -> Iterator[Planned]:
        left = {
            preset.name: max(0, preset.new_cards + self.extra.new - self._started[preset.name])
            for preset in self.presets
        }
        if not any(left.values()):
            return
        random = NewOrder(self._desk.preferences["new_order"]) is NewOrder.RANDOM
        rows: Iterator[Waiting] = self._desk.store.queue.fresh(self._day, "random" if random else "position")
        if random:
            rows = iter(shuffled(list(islice(rows, CHUNK)), self._day))
        for card in islice(rows, CHUNK):
            name = self._preset(card.card)
            if left[name] and card.card not in self.brought and self._alone(card.card):
                left[name] -= 1
                yield Planned(card.card, self.pace.new_ms(card.card), name)
                if not any(left.values()):
                    return
