"""How long the waiting reviews will take. A program from memory takes minutes where a card takes seconds."""

from __future__ import annotations

from studybuddy.core.event import EventKind
from studybuddy.course.indexed import IndexedCard
from studybuddy.store.queue import QueueCounts
from studybuddy.study.desk import Desk

REVIEW_MS = 20_000
"""Expected time of a review before the log knows better; a new card takes twice as long."""
QUICKEST_MS = 4_000
"""No estimate goes below this, whatever a script left in the log."""
BLANK_MS = 90_000
FUNCTION_MS = 5 * 60_000
SCRIPT_MS = 15 * 60_000
"""Expected time of a program before the log knows how long the learner takes."""


def review_minutes(desk: Desk, counts: QueueCounts) -> int:
    """Minutes, rounded up, for what `counts` tells of."""
    learnt, new = desk.store.queue.waiting(
        desk.catalogue.code_cards, desk.day_end(), desk.day(), desk.new_cards_left()
    )
    plain = counts.due - len(learnt) + 2 * (counts.new - len(new))
    programs = 0
    if learnt or new:
        taken = desk.store.log.elapsed_ms(EventKind.REVIEW, [*learnt, *new])
        expected = {card: _expected_ms(desk, card, taken.get(card, [])) for card in (*learnt, *new)}
        programs = sum(expected[card] for card in learnt) + 2 * sum(expected[card] for card in new)
    return -int(-(plain * _plain_ms(desk) + programs) // 60_000)


def _plain_ms(desk: Desk) -> float:
    """Mean time of everything reviewed but programs."""
    reviews, elapsed = desk.store.days.reviewing()
    if not elapsed:
        return REVIEW_MS
    for taken in desk.store.log.elapsed_ms(EventKind.REVIEW, list(desk.catalogue.code_cards)).values():
        reviews, elapsed = reviews - len(taken), elapsed - sum(taken)
    return max(QUICKEST_MS, elapsed / reviews) if reviews > 0 and elapsed > 0 else REVIEW_MS


def _expected_ms(desk: Desk, card: str, taken: list[int]) -> int:
    """The middle of the times a program took, else a guess by its kind."""
    known = [time for time in taken if time > 0]
    return sorted(known)[len(known) // 2] if known else _guess_ms(desk, desk.catalogue.code_cards[card])


def _guess_ms(desk: Desk, card: IndexedCard) -> int:
    if card.blank:
        return BLANK_MS
    exercises = desk.catalogue.lesson_of(card.id).exercises
    script = any(exercise.id == card.exercise and exercise.kind == "script" for exercise in exercises)
    return SCRIPT_MS if script else FUNCTION_MS
