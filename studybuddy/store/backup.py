"""Copies of the database that can be trusted: made by SQLite, checked, and only then given their name."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from studybuddy.core.errors import StoreDamagedError
from studybuddy.store.attached import attach, attached, detach
from studybuddy.store.connection import prepare_folder, translated

KEEP = 30
"""How many backups are kept; the oldest go first."""


def backup(
    connection: sqlite3.Connection, folder: Path, now: datetime, files: Mapping[str, bytes] | None = None
) -> Path:
    """Write a checked copy into `folder` and return its path. It holds everything committed so far.

    `files` travel in it and come out when it is restored.
    """
    prepare_folder(folder)
    final = folder / f"studybuddy-{now:%Y%m%d-%H%M%S}.db"
    part = final.with_suffix(".part")
    with translated(final):
        os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600))
        copy = sqlite3.connect(part)
        try:
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode = delete")
            if files:
                attach(copy, files)
            verify(copy, part)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        finally:
            copy.close()
        _publish(part, final)
    for old in sorted(folder.glob("studybuddy-*.db"))[:-KEEP]:
        old.unlink()
    return final


def restore(
    source: Path, database: Path, put: Callable[[Mapping[str, bytes]], None] = lambda _files: None
) -> None:
    """Put a checked copy of `source` in the place of `database`; the caller has kept the old one.

    `put` gets the files that travelled in it. If it fails, there is no copy.
    """
    part = database.with_suffix(".part")
    with translated(source):
        original = sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)
        os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600))
        copy = sqlite3.connect(part)
        try:
            verify(original, source)
            original.backup(copy)
            files = attached(original)
            detach(copy)
            put(files)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        finally:
            original.close()
            copy.close()
        for suffix in ("-wal", "-shm"):
            database.with_name(database.name + suffix).unlink(missing_ok=True)
        _publish(part, database)


def verify(connection: sqlite3.Connection, path: Path) -> None:
    """Raise StoreDamagedError unless SQLite calls the database whole and it holds a log."""
    (answer,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    table = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'event'").fetchone()
    if answer != "ok" or table is None:
        raise StoreDamagedError("{path} is not a whole copy of a studybuddy database", path=path)


def _publish(part: Path, final: Path) -> None:
    """Give a finished file its name so that a power cut leaves the old one or the new one."""
    for target in (part, None):
        if target is None:
            part.replace(final)
        fd = os.open(target or final.parent, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)
