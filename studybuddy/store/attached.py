"""Files that travel inside a backup, in SQLite's own archive format: `sqlite3 FILE -A -t` lists them."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Mapping

from studybuddy.core.errors import StoreDamagedError

LARGEST = 50_000_000
"""Bytes of one file; none of ours is larger."""
_TABLE = "CREATE TABLE sqlar (name TEXT PRIMARY KEY, mode INT, mtime INT, sz INT, data BLOB)"
_MODE = 0o100600


def attach(copy: sqlite3.Connection, files: Mapping[str, bytes]) -> None:
    """Put files into a copy of the database."""
    copy.execute("DROP TABLE IF EXISTS sqlar")
    copy.execute(_TABLE)
    for name, data in sorted(files.items()):
        packed = zlib.compress(data)
        kept = packed if len(packed) < len(data) else data
        copy.execute("INSERT INTO sqlar VALUES (?, ?, 0, ?, ?)", (name, _MODE, len(data), kept))
    copy.commit()


def attached(connection: sqlite3.Connection) -> dict[str, bytes]:
    """The files in a backup; none in one that was made without.

    Raises:
        StoreDamagedError: a file does not read as it was written.
    """
    if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'sqlar'").fetchone() is None:
        return {}
    return {str(name): _plain(name, size, data) for name, size, data in _rows(connection)}


def detach(copy: sqlite3.Connection) -> None:
    """Leave a database without them."""
    copy.execute("DROP TABLE IF EXISTS sqlar")
    copy.commit()
    copy.execute("VACUUM")


def _rows(connection: sqlite3.Connection) -> sqlite3.Cursor:
    return connection.execute("SELECT name, sz, data FROM sqlar WHERE sz >= 0 ORDER BY name")


def _plain(name: object, size: object, data: object) -> bytes:
    if isinstance(size, int) and size <= LARGEST and isinstance(data, bytes):
        if len(data) == size:
            return data
        try:
            plain = zlib.decompressobj().decompress(data, size + 1)
        except zlib.error:
            plain = b""
        if len(plain) == size:
            return plain
    raise StoreDamagedError("{path} in the backup is damaged", path=name)
