"""Opening the database: PRAGMAs, permissions, and what can be wrong with a file, each with its own error."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

from studybuddy.core.errors import (
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreNewerError,
    StoreReadOnlyError,
)
from studybuddy.store.schema import SCHEMA_VERSION, create, migrate

DATABASE_NAME = "studybuddy.db"
BUSY_TIMEOUT_S = 2.0


def prepare_folder(folder: Path) -> None:
    """Make the data folder, readable by its owner alone.

    Raises:
        StoreReadOnlyError: it cannot be made, or something else bears its name.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreReadOnlyError(
            "{path} cannot be used as the data folder ({reason}). "
            "Choose another with --data-dir or STUDYBUDDY_HOME",
            path=folder,
            reason=error.strerror,
        ) from error


def open_for_writing(folder: Path) -> sqlite3.Connection:
    """A connection that may write, with the schema brought up to date. The caller holds the writer lock."""
    path = folder / DATABASE_NAME
    with translated(path):
        if path.is_symlink():
            raise StoreError("{path} is a link; the database must be a file of its own", path=path)
        if not path.exists():
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    connection = _connect(path, "rw")
    try:
        with translated(path):
            connection.execute("PRAGMA journal_mode = wal")
            connection.execute("PRAGMA synchronous = full")
            version = _version(connection, path)
            if version < SCHEMA_VERSION:
                migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def open_for_reading(folder: Path) -> sqlite3.Connection:
    """A connection that cannot write; empty tables in memory when there is no database yet."""
    path = folder / DATABASE_NAME
    with translated(path):
        empty = not path.exists() or path.stat().st_size == 0
        ancestor = next(place for place in (folder, *folder.absolute().parents) if place.exists())
        if not ancestor.is_dir():
            raise StoreReadOnlyError(
                "{path} is a file, not a folder. Choose another with --data-dir or STUDYBUDDY_HOME",
                path=ancestor,
            )
    if empty:
        memory = sqlite3.connect(":memory:", isolation_level=None, uri=True)
        create(memory)
        return memory
    wal = path.with_name(path.name + "-wal")
    settled = not (wal.exists() and wal.stat().st_size)
    try:
        return _reader(path, immutable=settled and not os.access(folder, os.W_OK))
    except StoreFullError:
        if settled:
            return _reader(path, immutable=True)
        raise


def _reader(path: Path, *, immutable: bool) -> sqlite3.Connection:
    """A read-only connection; `immutable` where not even the shared memory of WAL can be made."""
    connection = _connect(path, "ro", immutable=immutable)
    try:
        with translated(path):
            version = _version(connection, path)
        if version < SCHEMA_VERSION:
            raise StoreError(
                "{path} was written by an older version; open studybuddy once to renew it", path=path
            )
    except BaseException:
        connection.close()
        raise
    return connection


def _connect(path: Path, mode: str, *, immutable: bool = False) -> sqlite3.Connection:
    uri = f"file:{quote(str(path))}?mode={mode}" + ("&immutable=1" if immutable else "")
    with translated(path):
        connection = sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None)
        connection.execute("PRAGMA foreign_keys = on")
        connection.execute("PRAGMA trusted_schema = off")
        connection.execute("PRAGMA cell_size_check = on")
    return connection


def _version(connection: sqlite3.Connection, path: Path) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > SCHEMA_VERSION:
        raise StoreNewerError(
            "{path} was written by a newer studybuddy (data version {found}, this one reads {known}); "
            "nothing was changed. Update studybuddy to open it",
            path=path,
            found=version,
            known=SCHEMA_VERSION,
        )
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema WHERE type = 'table'").fetchone()
    if version == 0 and tables and not _is_ours(connection):
        raise StoreDamagedError("{path} is a database of another program; nothing was changed", path=path)
    return int(version)


def _is_ours(connection: sqlite3.Connection) -> bool:
    row = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = '_sqlite_migrations'").fetchone()
    return row is not None


class Transaction:
    """One write transaction; rolled back on any exception, Ctrl-C included.

    No generator: three of them around every answer cost as much as the statements.
    """

    __slots__ = ("_connection", "_failed", "_path")

    def __init__(
        self, connection: sqlite3.Connection, path: Path | None, failed: Callable[[], None] | None
    ) -> None:
        self._connection = connection
        self._path = path
        self._failed = failed

    def __enter__(self) -> None:
        with translated(self._path):
            self._connection.execute("BEGIN IMMEDIATE")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self._undo(error)
            return
        try:
            self._connection.execute("COMMIT")
        except BaseException as failure:
            self._undo(failure)
            raise

    def _undo(self, error: BaseException) -> None:
        """Take back what was not committed; an error of the driver becomes the project's own."""
        try:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        finally:
            if self._failed is not None:
                self._failed()
        with translated(self._path):
            if isinstance(error, sqlite3.Error | OSError):
                raise error


def immediate(
    connection: sqlite3.Connection, path: Path | None = None, failed: Callable[[], None] | None = None
) -> Transaction:
    """A write transaction, for a `with` statement.

    Args:
        connection: to write with.
        path: of the file, for what is said when it fails.
        failed: called when nothing was written.
    """
    return Transaction(connection, path, failed)


def understood(error: BaseException) -> StoreError | None:
    """The project's own error for one of the driver's, wherever it came up; None for any other."""
    return _translate(error, Path(DATABASE_NAME)) if isinstance(error, sqlite3.Error) else None


@contextlib.contextmanager
def translated(path: Path | None) -> Iterator[None]:
    """Turn the driver's errors into the project's, each saying what to do next."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translate(error, path) from error
    except OSError as error:
        raise StoreReadOnlyError(
            "{path} cannot be used ({reason}); nothing was saved", path=path, reason=error.strerror
        ) from error


def _translate(error: sqlite3.Error, path: Path | None) -> StoreError:
    name = getattr(error, "sqlite_errorname", "") or ""
    match name.removeprefix("SQLITE_").split("_")[0]:
        case _ if name.endswith(("FULL", "SHMSIZE")):
            return StoreFullError("the disk is full; nothing was saved. Free some space and try again")
        case "BUSY" | "LOCKED":
            return StoreBusyError("another program is writing to {path}; try again", path=path)
        case "READONLY" | "CANTOPEN" | "PERM":
            return StoreReadOnlyError("{path} cannot be written; nothing was saved", path=path)
        case "CORRUPT" | "NOTADB":
            return StoreDamagedError(
                "{path} is damaged and was left as it is. Put a backup in its place with "
                "`studybuddy restore FILE`, or move it away to begin anew",
                path=path,
            )
        case "IOERR":
            return StoreError(
                "{path} could not be read or written ({name}); nothing was saved", path=path, name=name
            )
        case _:
            return StoreError("{path}: {reason}", path=path, reason=str(error))
