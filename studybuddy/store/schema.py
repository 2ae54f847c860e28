"""The tables: `event` is the truth; `card`, `day`, `voided`, `setting` and `load` are projections.

`draft` and `meta` are scratch. Hand-written DDL, applied by sqlite-utils Migrations. A database whose
`user_version` is current is opened without loading sqlite-utils, which keeps it off the path to the first
picture.
"""

from __future__ import annotations

import sqlite3

SCHEMA_VERSION = 2

EVENT_DDL = """
CREATE TABLE event (
    dev TEXT NOT NULL, seq INTEGER NOT NULL, at_ms INTEGER NOT NULL, wall_ms INTEGER NOT NULL,
    tz_min INTEGER NOT NULL, day TEXT NOT NULL, kind TEXT NOT NULL, card TEXT NOT NULL,
    body TEXT NOT NULL, prev BLOB NOT NULL, h BLOB NOT NULL,
    PRIMARY KEY (dev, seq)
) STRICT;
CREATE INDEX event_subject ON event (kind, card);
CREATE INDEX event_time ON event (at_ms, dev, seq);
"""

PROJECTION_DDL = """
CREATE TABLE card (
    id TEXT PRIMARY KEY, state INTEGER NOT NULL, step INTEGER, stability REAL, difficulty REAL,
    due_ms INTEGER, due_day TEXT, last_day TEXT, reps INTEGER NOT NULL, lapses INTEGER NOT NULL,
    position INTEGER NOT NULL, first_day TEXT, suspended INTEGER NOT NULL DEFAULT 0,
    flag INTEGER NOT NULL DEFAULT 0, buried TEXT
) STRICT;
CREATE INDEX card_learning ON card (due_ms) WHERE state IN (2, 4) AND suspended = 0;
CREATE INDEX card_review ON card (due_day, position) WHERE state = 3 AND suspended = 0;
CREATE INDEX card_new ON card (position) WHERE state = 1 AND suspended = 0;
CREATE TABLE day (
    day TEXT PRIMARY KEY, reviews INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0,
    steps INTEGER NOT NULL DEFAULT 0, interviews INTEGER NOT NULL DEFAULT 0,
    started INTEGER NOT NULL DEFAULT 0, elapsed_ms INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE voided (dev TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (dev, seq)) STRICT, WITHOUT ROWID;
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
"""

SCRATCH_DDL = """
CREATE TABLE draft (subject TEXT PRIMARY KEY, text TEXT NOT NULL, at_ms INTEGER NOT NULL) STRICT;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
"""

LONGEST_TOOK_MS = 60 * 60 * 1000
"""Time of one review counts up to here, whatever an event says."""
UNKNOWN_MS = 20_000
"""Expected time of a review of a card whose times are not known."""
QUICKEST_MS = 2_000
"""No card is expected to take less, whatever a script left in the log."""


def expected_ms(row: str) -> str:
    """SQL: how long the next review of a card is expected to take, the mean of those it had."""
    return (
        f"CASE WHEN {row}took_ms > 0 AND {row}reps > 0 THEN max({row}took_ms / {row}reps, {QUICKEST_MS}) "
        f"ELSE {UNKNOWN_MS} END"
    )


def _waits(row: str) -> str:
    """SQL: whether a card is in review on a study day and may be asked."""
    return f"{row}state = 3 AND {row}suspended = 0 AND {row}due_day IS NOT NULL"


def _loaded(row: str) -> str:
    return (
        f"INSERT INTO load VALUES ({row}due_day, 1, {expected_ms(row)}) ON CONFLICT (due_day) "
        "DO UPDATE SET cards = cards + 1, ms = ms + excluded.ms;"
    )


def _unloaded(row: str) -> str:
    return f"UPDATE load SET cards = cards - 1, ms = ms - ({expected_ms(row)}) WHERE due_day = {row}due_day;"


_COLUMNS = "state, suspended, due_day, took_ms, reps"
LOAD_DDL = (
    "ALTER TABLE card ADD COLUMN took_ms INTEGER NOT NULL DEFAULT 0",
    "CREATE TABLE load (due_day TEXT PRIMARY KEY, cards INTEGER NOT NULL, ms INTEGER NOT NULL) "
    "STRICT, WITHOUT ROWID",
    f"CREATE TRIGGER load_insert AFTER INSERT ON card WHEN {_waits('NEW.')} BEGIN {_loaded('NEW.')} END",
    f"CREATE TRIGGER load_delete AFTER DELETE ON card WHEN {_waits('OLD.')} BEGIN {_unloaded('OLD.')} END",
    f"CREATE TRIGGER load_leave AFTER UPDATE OF {_COLUMNS} ON card WHEN {_waits('OLD.')} "
    f"BEGIN {_unloaded('OLD.')} END",
    f"CREATE TRIGGER load_enter AFTER UPDATE OF {_COLUMNS} ON card WHEN {_waits('NEW.')} "
    f"BEGIN {_loaded('NEW.')} END",
    "CREATE TRIGGER load_empty AFTER UPDATE OF cards ON load WHEN NEW.cards = 0 "
    "BEGIN DELETE FROM load WHERE due_day = NEW.due_day; END",
)
"""What version 2 adds: the time each card took, and how much is due on each day, kept by SQLite itself."""
_FILL_TOOK = f"""
UPDATE card SET took_ms = found.took_ms FROM (
    SELECT card AS id, sum(CASE WHEN json_type(body, '$.elapsed_ms') = 'integer'
        THEN min(max(json_extract(body, '$.elapsed_ms'), 0), {LONGEST_TOOK_MS}) ELSE 0 END) AS took_ms
    FROM event WHERE kind IN ('review', 'interview')
    AND CASE WHEN json_valid(body) THEN json_type(body, '$.rating') = 'integer' ELSE 0 END
    AND NOT EXISTS (SELECT 1 FROM voided v WHERE v.dev = event.dev AND v.seq = event.seq)
    GROUP BY card
) AS found WHERE card.id = found.id AND found.took_ms > 0
"""
_FILL_LOAD = (
    f"INSERT INTO load SELECT due_day, count(*), sum({expected_ms('')}) FROM card WHERE {_waits('')} "
    "GROUP BY due_day"
)

PROJECTIONS = ("card", "day", "voided", "setting", "load")


def migrate(connection: sqlite3.Connection) -> None:
    """Bring an older or empty database to `SCHEMA_VERSION`; a migration commits together with its record."""
    from sqlite_utils import Database, Migrations

    migrations = Migrations("studybuddy")

    @migrations()
    def m0001_log_and_projections(db: Database) -> None:
        for statement in (EVENT_DDL + PROJECTION_DDL + SCRATCH_DDL).split(";"):
            if statement.strip():
                db.execute(statement)

    @migrations()
    def m0002_time_of_cards_and_load_of_days(db: Database) -> None:
        add_column, add_table, *triggers = LOAD_DDL
        for statement in (add_column, _FILL_TOOK, add_table, _FILL_LOAD, *triggers):
            db.execute(statement)

    migrations.apply(Database(connection, execute_plugins=False))
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def create(connection: sqlite3.Connection) -> None:
    """Lay the tables in an empty in-memory database, for a learner who has no data yet and only reads."""
    connection.executescript(EVENT_DDL + PROJECTION_DDL + SCRATCH_DDL)
    for statement in LOAD_DDL:
        connection.execute(statement)
