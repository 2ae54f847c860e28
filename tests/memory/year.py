"""A year of reviews without a store: a learner, cards of ten seconds to ten minutes, and their load."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from studybuddy.core.card import CardMemory, CardState, Rating
from studybuddy.core.preset import Preset
from studybuddy.memory.balance import ALL_NORMAL, Balance
from studybuddy.memory.fsrs6 import Fsrs6
from studybuddy.memory.scheduler import Scheduler

START = date(2026, 1, 5)
"""A Monday."""
PRESET = Preset().without_steps()
PASSES = (Rating.HARD, *[Rating.GOOD] * 6, Rating.EASY)


@dataclass
class Year:
    """What came of it. `ms`: time of the reviews of each day, new cards left out; `recalled`: of how many."""

    ms: list[int]
    recalled: int = 0
    reviews: int = 0
    early: int = 0
    """Answers whose rating led to an earlier day than a worse one would have."""
    days: dict[str, list[date]] = field(default_factory=dict)


def lived(
    *,
    balanced: bool,
    weekdays: tuple[float, ...] = ALL_NORMAL,
    days: int = 365,
    new_a_day: int = 12,
    seed: int = 7,
) -> Year:
    """A learner who does everything that is due, every day, and begins new cards every day."""
    chance, scheduler, model = Random(seed), Scheduler(), Fsrs6()
    due: dict[int, list[str]] = defaultdict(list)
    memories: dict[str, CardMemory] = {}
    took: dict[str, int] = {}
    load: dict[int, int] = defaultdict(int)
    year = Year([0] * days)
    for number in range(days):
        day = START + timedelta(days=number)
        now, today = datetime.combine(day, time(8), UTC), day.toordinal()
        fresh = [f"card/{number}/{n}" for n in range(new_a_day)]
        for card in fresh:
            took[card] = chance.choices((12_000, 25_000, 90_000, 600_000), (8, 6, 3, 1))[0]
        for card in (*sorted(due.pop(today, ())), *fresh):
            memory = memories.get(card) or CardMemory(card, CardState.NEW)
            if memory.stability is None or memory.last_day is None:
                rating = chance.choice((Rating.AGAIN, Rating.HARD, *[Rating.GOOD] * 4, Rating.EASY))
            else:
                recall = model.retrievability(memory.stability, (day - memory.last_day).days)
                rating = chance.choice(PASSES) if chance.random() < recall else Rating.AGAIN
                year.ms[number] += took[card]
                year.reviews += 1
                year.recalled += rating is not Rating.AGAIN
            balance = Balance(today, load if balanced else None, weekdays)
            outcomes = scheduler.outcomes(memory, now, day, PRESET, balance=balance)
            order = [outcomes[r].interval_days for r in (Rating.HARD, Rating.GOOD, Rating.EASY)]
            year.early += order != sorted(order) or min(order) < 1
            after = outcomes[rating].memory
            assert after.due_day is not None
            if memory.due_day is not None:
                load[memory.due_day.toordinal()] -= took[card]
            memories[card] = after
            due[after.due_day.toordinal()].append(card)
            load[after.due_day.toordinal()] += took[card]
    return year


def unevenness(ms: list[int], after: int = 42, reach: int = 14) -> float:
    """Standard deviation of a day's minutes from the mean of the days around it, as a share of that mean."""
    shares = []
    for number in range(after, len(ms) - reach):
        around = ms[number - reach : number + reach + 1]
        shares.append(ms[number] / (sum(around) / len(around)) - 1)
    return float((sum(share * share for share in shares) / len(shares)) ** 0.5)
