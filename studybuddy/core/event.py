"""The immutable events of the log. Everything else the app knows of a learner is computed from them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple


class EventKind(StrEnum):
    """What can happen. The names are stored; they never change."""

    REVIEW = "review"
    VOID = "void"
    ATTEMPT = "attempt"
    EXPERIMENT = "experiment"
    TICK = "tick"
    UNTICK = "untick"
    THINK = "think"
    INTERVIEW = "interview"
    STEP = "step"
    SECTION = "section"
    CARD_NEW = "card_new"
    CARD_EDIT = "card_edit"
    CARD_STATE = "card_state"
    SETTING = "setting"
    RESCHEDULE = "reschedule"
    TRUST = "trust"
    IMPORT = "import"
    CASE = "case"
    FIT = "fit"
    ALLOWANCE = "allowance"
    LEECH = "leech"
    FORGET = "forget"
    CARD_TAG = "card_tag"
    REPAIR = "repair"


UNDOABLE = frozenset(
    {
        EventKind.REVIEW,
        EventKind.TICK,
        EventKind.UNTICK,
        EventKind.INTERVIEW,
        EventKind.STEP,
        EventKind.SECTION,
        EventKind.CARD_NEW,
        EventKind.CARD_EDIT,
        EventKind.CARD_STATE,
        EventKind.RESCHEDULE,
        EventKind.CASE,
        EventKind.FIT,
        EventKind.LEECH,
        EventKind.FORGET,
        EventKind.CARD_TAG,
        EventKind.ALLOWANCE,
        EventKind.REPAIR,
    }
)
"""Kinds that a learner can take back. An attempt stays: it is what happened."""

PRESET = "preset/"
"""How the subject of a setting begins that is a preset. Of the settings these alone can be taken back."""

STREAK_KINDS = frozenset({EventKind.REVIEW, EventKind.ATTEMPT, EventKind.STEP, EventKind.INTERVIEW})
"""Kinds that make a study day count. A tick by hand does not."""


class NewEvent(NamedTuple):
    """An event before the log has given it its place. `subject` is the id of what it is about."""

    kind: EventKind
    subject: str
    body: dict[str, Any]


class Event(NamedTuple):
    """A row of the log. `at_ms`: hybrid clock, `wall_ms`: the clock on the wall, `tz_min`: its offset."""

    dev: str
    seq: int
    at_ms: int
    wall_ms: int
    tz_min: int
    day: date
    kind: EventKind
    subject: str
    body: dict[str, Any]


class Rated(NamedTuple):
    """What a model of memory is told of one review: the card, the ordinal of its study day, 1 to 4."""

    card: str
    day: int
    rating: int
    elapsed_ms: int
    begun: int = 0
    """How often the card had been made new again before; each time what was known of it ended."""
