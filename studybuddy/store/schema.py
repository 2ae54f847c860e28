"""The tables: `event` is the truth; `card`, `day`, `voided`, `setting` are projections; `draft` is scratch.

Hand-written DDL, applied by sqlite-utils Migrations. A database whose `user_version` is current is opened
without loading sqlite-utils, which keeps it off the path to the first picture.
"""

from __future__ import annotations

import sqlite3

SCHEMA_VERSION = 1

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

PROJECTIONS = ("card", "day", "voided", "setting")


def migrate(connection: sqlite3.Connection) -> None:
    """Bring an older or empty database to `SCHEMA_VERSION`; a migration commits together with its record."""
    from sqlite_utils import Database, Migrations

    migrations = Migrations("studybuddy")

    @migrations()
    def m0001_log_and_projections(db: Database) -> None:
        for statement in (EVENT_DDL + PROJECTION_DDL + SCRATCH_DDL).split(";"):
            if statement.strip():
                db.execute(statement)

    migrations.apply(Database(connection, execute_plugins=False))
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def create(connection: sqlite3.Connection) -> None:
    """Lay the tables in an empty in-memory database, for a learner who has no data yet and only reads."""
    connection.executescript(EVENT_DDL + PROJECTION_DDL + SCRATCH_DDL)
