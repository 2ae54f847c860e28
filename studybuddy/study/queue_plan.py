"""The day's queue in memory: chosen once, followed from answer to answer, chosen anew after anything else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from studybuddy.core.card import CardMemory, CardState
from studybuddy.store.queue import QueueCounts
from studybuddy.store.rows import to_ms
from studybuddy.study.long_cards import LONG_MS
from studybuddy.study.pace import Answered
from studybuddy.study.queue_order import NewMix, new_first
from studybuddy.study.queue_steps import QueueSteps
from studybuddy.study.selection import Selection

if TYPE_CHECKING:
    from studybuddy.study.desk import Desk

READ_AHEAD = 15
"""Cards whose memories are read together with that of the next."""
LOOK_ON = 8
"""How many cards of a kind are looked at to find one that differs from the card before."""
CLOCK_SLACK_MS = 60_000
"""A clock that stands this much before the plan was set back."""
_STEPPING = (CardState.LEARNING, CardState.RELEARNING)


class QueuePlan:
    """Serves the queue of the present study day. Use it from the thread of the desk.

    An answer costs the same with a hundred cards and with a million. The plan is only ever a shorter way to
    what the log says: where it does not know what happened, it is made anew.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._chosen: Selection | None = None
        self._changes = -1
        self._followed = False
        self._day = date.min
        self._made_ms = 0
        self._end_ms = 0
        self._steps = QueueSteps()
        self._due = 0
        self._charged_ms = 0
        self._read: dict[str, CardMemory] = {}
        """Memories of the next cards, read together: while the plan holds only an answer changes one."""

    # ---- asking

    def next(self, unwanted: Callable[[str], bool] | None = None) -> CardMemory | None:
        """The card to show now; the same one until something happens.

        Args:
            unwanted: tells of a card that another should come before, such as a sibling of the last one; only
                the next few are looked at.
        """
        for _ in range(2):
            plan = self._now()
            card = self._pick(plan, unwanted)
            if card is None:
                return None
            if (memory := self._fit(card)) is not None:
                return memory
            self._changes = -1
        return None

    def counts(self) -> QueueCounts:
        """What is asked today, learning steps of the rest of the study day included, and what waits."""
        plan = self._now()
        reviews = self._due if plan.everything else len(plan.reviews)
        return QueueCounts(self._steps.count(self._end_ms), reviews, len(plan.new), self._due - reviews)

    def minutes(self) -> int:
        """How long what is asked today is expected to take, rounded up."""
        plan = self._now()
        steps = sum(map(plan.pace.usual_ms, self._steps.until(self._end_ms)))
        reviews = plan.reviews.ms
        if plan.everything and len(plan.reviews):
            reviews = reviews * self._due // len(plan.reviews)
        return -(-(steps + reviews + plan.new.ms) // 60_000)

    def next_step(self) -> datetime | None:
        """When the next learning step of this study day comes; None if none does."""
        self._now()
        first = self._steps.first()
        if first is None or first > self._end_ms:
            return None
        now = self._desk.now()
        return now + max(timedelta(), timedelta(milliseconds=first - to_ms(now)))

    def tomorrow(self) -> QueueCounts:
        """What the next study day asks, as far as it is known now."""
        desk = self._desk
        day, end = desk.day() + timedelta(days=1), desk.day_end()
        end_ms = to_ms(end + timedelta(days=1)) - 1
        plan = Selection(desk, day, to_ms(end), end_ms)
        steps = sum(step.due_ms <= end_ms for step in plan.steps)
        reviews = len(plan.reviews)
        return QueueCounts(steps, reviews, len(plan.new), plan.due - reviews)

    def chosen(self) -> Selection:
        """What the plan was made of, as of now."""
        if self._followed:
            self._changes = -1
        return self._now()

    # ---- following

    def answered(
        self,
        before: CardMemory,
        after: CardMemory,
        elapsed_ms: int,
        siblings: Sequence[str] | None = None,
    ) -> None:
        """Follow an answer that was just recorded: the newest change of the store, and the only new one.

        Args:
            before: the card as it was asked.
            after: as it is now.
            elapsed_ms: what the log was told it took.
            siblings: the other cards of its note, where they were looked up before; None looks them up.
        """
        plan = self._chosen
        self._read.pop(before.id, None)
        if plan is None or self._changes != self._desk.store.changes - 1 or self._day != self._desk.day():
            return
        lapsed = after.lapses > before.lapses
        if self._follow(plan, before, elapsed_ms, siblings) and self._settle(plan, after, lapsed=lapsed):
            self._changes += 1
            self._followed = True

    def _follow(
        self, plan: Selection, before: CardMemory, elapsed_ms: int, siblings: Sequence[str] | None
    ) -> bool:
        """Take the answered card out; False where the plan did not expect it."""
        card, again = before.id, before.id in plan.answered
        plan.answered.setdefault(card, Answered()).add(elapsed_ms)
        match before.state:
            case CardState.NEW:
                if plan.new.take(card) is None:
                    return False
                plan.started.add(card)
            case CardState.REVIEW:
                planned = plan.reviews.take(card)
                if planned is None or again or (planned.ms >= LONG_MS and card != plan.long.first):
                    return False
                self._due -= 1
                plan.charges[card] = charge = max(planned.ms, elapsed_ms)
                self._charged_ms += charge
            case _:
                if not self._steps.take(card) or not (card in plan.charges or card in plan.started):
                    return False
                if card in plan.charges:
                    took = max(plan.charges[card], plan.answered[card].ms)
                    self._charged_ms += took - plan.charges[card]
                    plan.charges[card] = took
        return self._rest(plan, card, siblings)

    def _rest(self, plan: Selection, card: str, siblings: Sequence[str] | None) -> bool:
        """Leave out for today what is made of the same note; False where that lets something else in."""
        if plan.siblings is None or plan.rests_already(card):
            return True
        if siblings is None:
            siblings = plan.siblings.of(card)
        if any(sibling in plan.reviews or sibling in plan.new for sibling in siblings):
            return False
        plan.notes.add(plan.siblings.note(card))
        if siblings:
            self._due -= len(self._desk.store.queue.due_among(siblings, self._day))
        return True

    def _settle(self, plan: Selection, after: CardMemory, *, lapsed: bool) -> bool:
        """Put the card where it is now, and keep to the minutes of the day; False where more has changed."""
        if after.due_at is not None:
            self._steps.put(after.id, to_ms(after.due_at))
        elif after.due_day is None or after.due_day <= self._day:
            return False
        if lapsed and any(found.card not in plan.brought for found in self._desk.repair.cards()):
            return False
        return self._shorten(plan) and (bool(len(plan.reviews)) or not plan.more)

    def _shorten(self, plan: Selection) -> bool:
        """Keep to the minutes of the day; False where more changes than the line itself knows."""
        budget, reviews = plan.budget_ms, plan.reviews
        if budget is None or self._charged_ms + reviews.ms <= budget:
            return True
        if plan.limited or plan.long.over in reviews:
            return False
        siblings = plan.siblings
        return not any(
            planned.ms >= LONG_MS or (siblings is not None and siblings.of(planned.card))
            for planned in reviews.refit(budget - self._charged_ms, plan.brought)
        )

    # ---- choosing

    def _now(self) -> Selection:
        """The plan as of now; another where the day ends at another time than it did, as after a journey."""
        desk = self._desk
        now, day, day_end = desk.moment()
        now_ms, end_ms = to_ms(now), to_ms(day_end) - 1
        plan = self._chosen
        stale = (self._changes, self._day, self._end_ms) != (desk.store.changes, day, end_ms)
        if plan is None or stale or now_ms < self._made_ms - CLOCK_SLACK_MS:
            plan = self._choose(day, now_ms, end_ms)
        return plan

    def _choose(self, day: date, now_ms: int, end_ms: int) -> Selection:
        desk = self._desk
        self._end_ms = end_ms
        self._chosen = plan = Selection(desk, day, now_ms, end_ms)
        self._changes, self._day, self._made_ms, self._followed = desk.store.changes, day, now_ms, False
        self._steps = QueueSteps((step.due_ms, step.card) for step in plan.steps)
        self._due, self._charged_ms = plan.due, plan.charged_ms
        self._read = {}
        return plan

    def _pick(self, plan: Selection, unwanted: Callable[[str], bool] | None) -> str | None:
        """The first card that is wanted, of each kind the first few looked at; else the first of all."""
        second: str | None = None
        for cards in self._kinds(plan):
            for card in islice(cards, LOOK_ON):
                if unwanted is None or not unwanted(card):
                    return card
                second = second or card
        return second

    def _kinds(self, plan: Selection) -> Iterator[Iterable[str]]:
        """What may be shown, the more urgent kind first."""
        now_ms = to_ms(self._desk.now())
        yield self._steps.until(now_ms)
        mix = NewMix(self._desk.preferences["new_mix"])
        kinds: list[Iterable[str]] = [plan.reviews, plan.new]
        if new_first(mix, len(plan.reviews), len(plan.new), self._day):
            kinds.reverse()
        yield from kinds
        ahead = timedelta(minutes=self._desk.preferences["learn_ahead"])
        yield self._steps.until(min(now_ms + ahead // timedelta(milliseconds=1), self._end_ms))

    def _fit(self, card: str) -> CardMemory | None:
        """The card's memory, if the store agrees that it is asked."""
        if card not in self._read:
            coming = [card, *islice(self._chosen.reviews, READ_AHEAD)] if self._chosen else [card]
            self._read = self._desk.store.queue.asked(list(dict.fromkeys(coming)), self._day)
        memory = self._read.get(card)
        if memory is None:
            return None
        if memory.state in _STEPPING:
            fits = card in self._steps
        elif memory.state is CardState.NEW:
            fits = True
        else:
            due = memory.due_day is not None and memory.due_day <= self._day
            fits = due or (self._chosen is not None and card in self._chosen.brought)
        return memory if fits else None
