"""The cards in review, as a rescheduling looks at them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from studybuddy.store.queue import Queue
from studybuddy.store.schema import expected_ms


class ScheduledRow(NamedTuple):
    """A card in review. `last_day` of its last review and `due_day` are ISO text.

    `ms`: how long its next review is expected to take, as the load of its day counts it.
    """

    card: str
    stability: float
    last_day: str
    due_day: str
    reps: int
    ms: int


class LeftOut(NamedTuple):
    """Cards that a rescheduling leaves where they are."""

    stepping: int
    suspended: int


def scheduled(queue: Queue) -> Iterator[ScheduledRow]:
    """Cards in review that may be asked, in the order in which they were begun."""
    rows = queue._select(
        f"id, stability, last_day, due_day, reps, {expected_ms('')}",
        "state = 3 AND stability IS NOT NULL AND last_day IS NOT NULL AND due_day IS NOT NULL",
        end="ORDER BY position",
    )
    return map(ScheduledRow._make, rows)


def left_out(queue: Queue) -> LeftOut:
    """Cards in a learning step, and those in review that are suspended."""
    ((stepping,),) = queue._select("count(*)", "state IN (2, 4)")
    ((suspended,),) = queue._db.execute("SELECT count(*) FROM card WHERE state = 3 AND suspended = 1")
    return LeftOut(int(stepping), int(suspended))
