"""Cards made new again. Their answers stay in the log, in the history and in every figure of the past.

What is known of the card itself begins anew: state, stability, difficulty, due day, answers, lapses and the
day it was begun; its place among the new cards, its flag and whether it is suspended stay.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection

from studybuddy.store.card_states import AMONG


def forget(db: sqlite3.Connection, cards: Collection[str]) -> None:
    """Make cards new. One that was never introduced stays so."""
    listed = json.dumps(sorted(cards))
    started = db.execute(
        f"SELECT count(*), first_day FROM card WHERE id {AMONG} AND first_day IS NOT NULL GROUP BY first_day",
        (listed,),
    ).fetchall()
    db.executemany("UPDATE day SET started = started - ? WHERE day = ?", started)
    db.execute(
        "UPDATE card SET state = 1, step = NULL, stability = NULL, difficulty = NULL, due_ms = NULL, "
        "due_day = NULL, last_day = NULL, first_day = NULL, reps = 0, lapses = 0, took_ms = 0 "
        f"WHERE id {AMONG}",
        (listed,),
    )
