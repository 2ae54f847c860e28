"""The newest value of each setting, and what it was before where one is taken back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from typing import TypeAlias

from studybuddy.core.event import Event

Events: TypeAlias = Callable[[str, tuple[object, ...]], Iterator[Event]]
"""Reads the events that stand, by a condition and its parameters."""


def keep(db: sqlite3.Connection, event: Event) -> None:
    """Keep what a setting was set to. One without a value, which only damage makes, is passed by."""
    if "value" in event.body:
        db.execute(
            "INSERT OR REPLACE INTO setting VALUES (?, ?)", (event.subject, json.dumps(event.body["value"]))
        )


def take_back(db: sqlite3.Connection, target: Event, events: Events) -> None:
    """Give the setting of a voided event the value that the events which remain left it with."""
    db.execute("DELETE FROM setting WHERE key = ?", (target.subject,))
    for event in events("kind = 'setting' AND card = ?", (target.subject,)):
        keep(db, event)
