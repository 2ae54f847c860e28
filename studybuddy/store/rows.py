"""Rows of the database as the types of `core`, and back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from studybuddy.core.card import CardMemory, CardState
from studybuddy.core.event import Event, EventKind
from studybuddy.store.bodies import STRICT, read

STATE_CODES = {CardState.NEW: 1, CardState.LEARNING: 2, CardState.REVIEW: 3, CardState.RELEARNING: 4}
_STATES = {code: state for state, code in STATE_CODES.items()}
KINDS = {kind.value: kind for kind in EventKind}
CARD_COLUMNS = "id, state, step, stability, difficulty, due_ms, due_day, last_day, reps, lapses"
EVENT_COLUMNS = "dev, seq, at_ms, wall_ms, tz_min, day, kind, card, body"


def to_ms(instant: datetime) -> int:
    """Milliseconds since 1970 of an aware instant."""
    return round(instant.timestamp() * 1000)


def from_ms(ms: int) -> datetime:
    """The instant, in UTC."""
    return datetime.fromtimestamp(ms / 1000, UTC)


def read_memory(row: tuple[Any, ...]) -> CardMemory:
    """A row of `CARD_COLUMNS`."""
    identifier, state, step, stability, difficulty, due_ms, due_day, last_day, reps, lapses = row
    return CardMemory(
        id=identifier,
        state=_STATES[state],
        step=step,
        stability=stability,
        difficulty=difficulty,
        due_at=None if due_ms is None else from_ms(due_ms),
        due_day=None if due_day is None else date.fromisoformat(due_day),
        last_day=None if last_day is None else date.fromisoformat(last_day),
        reps=reps,
        lapses=lapses,
    )


def card_values(memory: CardMemory) -> tuple[Any, ...]:
    """A memory as a row of `CARD_COLUMNS`."""
    return (
        memory.id,
        STATE_CODES[memory.state],
        memory.step,
        memory.stability,
        memory.difficulty,
        None if memory.due_at is None else to_ms(memory.due_at),
        None if memory.due_day is None else memory.due_day.isoformat(),
        None if memory.last_day is None else memory.last_day.isoformat(),
        memory.reps,
        memory.lapses,
    )


def read_standing(row: tuple[Any, ...]) -> Event | None:
    """A row of `EVENT_COLUMNS`, None for one that no studybuddy of this version could have written."""
    dev, seq, at_ms, wall_ms, tz_min, day, kind, subject, text = row
    known = KINDS.get(kind)
    body = None if known is None else read(text, strict=known in STRICT)
    if known is None or body is None:
        return None
    try:
        return Event(dev, seq, at_ms, wall_ms, tz_min, date.fromisoformat(day), known, subject, body)
    except ValueError:
        return None


def cards_of(subject: str, body: dict[str, Any]) -> list[str]:
    """The cards of an event about one card or, without a subject, a group; what is no card is left out."""
    if subject:
        return [subject]
    named = body.get("cards")
    return [card for card in named if isinstance(card, str)] if isinstance(named, list) else []
