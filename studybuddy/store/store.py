"""The learner's data as one object: a log, its projections, drafts, and one thread that uses them."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from studybuddy.core.errors import StoreDamagedError, StoreReadOnlyError
from studybuddy.core.event import Event, EventKind, NewEvent
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.store.chain import check_chain
from studybuddy.store.connection import (
    DATABASE_NAME,
    Transaction,
    immediate,
    open_for_reading,
    open_for_writing,
    prepare_folder,
    translated,
)
from studybuddy.store.days import Days
from studybuddy.store.log import EventLog
from studybuddy.store.queue import Queue
from studybuddy.store.rows import to_ms

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from studybuddy.core.card import CardMemory
    from studybuddy.core.ports import MemoryModel
    from studybuddy.store.card_figures import CardFigures
    from studybuddy.store.card_search import CardSearch
    from studybuddy.store.load import LoadTable
    from studybuddy.store.lock import WriterLock
    from studybuddy.store.projections import Projector
    from studybuddy.store.review_log import ReviewLog
    from studybuddy.store.slips import Slips

WAIT_S = 2.0
"""How long a writer waits before it says who is in the way."""


class Store:
    """An open database. Use it from one thread, and `close` it."""

    def __init__(
        self, folder: Path, model: MemoryModel, *, writer: str | None = None, wait_s: float = WAIT_S
    ) -> None:
        """Open the data in `folder`.

        Args:
            folder: the data folder; made if it is missing and `writer` is given.
            model: recomputes memory when events are replayed.
            writer: who asks to write ("the app", "studybuddy answer"); None opens for reading only.
            wait_s: how long to wait for another writer.

        Raises:
            StoreError: one of its leaves says what is wrong with the folder or the file.
        """
        self.folder = folder
        self.path = folder / DATABASE_NAME
        self.changes = 0
        """How often this object changed the log or the projections; whoever keeps what it read looks here."""
        self._lock: WriterLock | None = None
        if writer is None:
            self._db = open_for_reading(folder)
        else:
            from studybuddy.store.lock import WriterLock

            prepare_folder(folder)
            self._lock = WriterLock(folder / "studybuddy.lock", writer, wait_s)
            try:
                self._db = open_for_writing(folder)
            except BaseException:
                self._lock.release()
                raise
        self.log = EventLog(self._db)
        self.queue = Queue(self._db)
        self.days = Days(self._db)
        self._model = model

    @cached_property
    def _projector(self) -> Projector:
        from studybuddy.store.projections import Projector

        return Projector(self._db, self._model)

    @cached_property
    def load(self) -> LoadTable:
        """What is due on the days to come. Loaded when cards are asked."""
        from studybuddy.store.load import LoadTable

        return LoadTable(self._db)

    @cached_property
    def search(self) -> CardSearch:
        """Finds cards. Loaded when something is looked for."""
        from studybuddy.store.card_search import CardSearch

        return CardSearch(self._db)

    @cached_property
    def slips(self) -> Slips:
        """Lapses of the last days. Loaded when cards are asked."""
        from studybuddy.store.slips import Slips

        return Slips(self._db)

    @cached_property
    def reviews(self) -> ReviewLog:
        """Reviews as numbers. Loaded when figures are wanted."""
        from studybuddy.store.review_log import ReviewLog

        return ReviewLog(self._db)

    @cached_property
    def figures(self) -> CardFigures:
        """Cards as numbers. Loaded when figures are wanted."""
        from studybuddy.store.card_figures import CardFigures

        return CardFigures(self._db)

    @property
    def sqlite_version(self) -> str:
        """The version of the SQLite library in use."""
        (version,) = self._db.execute("SELECT sqlite_version()").fetchone()
        return str(version)

    @property
    def writable(self) -> bool:
        """Whether this process may write."""
        return self._lock is not None

    def append(self, new: NewEvent, now: datetime, day: date, memory: CardMemory | None = None) -> Event:
        """Commit one event and its projections. When this returns, the event is on disk.

        Args:
            new: what happened.
            now: the wall clock in the learner's zone.
            day: the study day it counts for.
            memory: the memory after a review, where the caller has just computed it.
        """
        with self._transaction():
            event = self.log.append(new, now, day)
            self._projector.apply(event, memory)
        self.changes += 1
        return event

    def append_all(self, new: Sequence[NewEvent], now: datetime, day: date) -> None:
        """Commit some events and their projections, all of them or none."""
        with self._transaction():
            for one in new:
                self._projector.apply(self.log.append(one, now, day))
        self.changes += 1

    def undo(self, now: datetime, day: date) -> Event | None:
        """Take the newest undoable event back by voiding it; None when there is none."""
        with self._transaction():
            target = self.log.last_undoable()
            if target is not None:
                body = {"dev": target.dev, "seq": target.seq}
                self._projector.apply(
                    self.log.append(NewEvent(EventKind.VOID, target.subject, body), now, day)
                )
        self.changes += 1
        return target

    def rebuild(self) -> int:
        """Drop the projections and replay the log; returns the number of events."""
        broken = check_chain(self._db)
        if broken:
            raise StoreDamagedError(
                "event {seq} of device {dev} does not fit the chain; nothing was changed. "
                "Restore a backup with `studybuddy restore FILE`",
                dev=broken[0],
                seq=broken[1],
            )
        with self._transaction():
            events = self._projector.rebuild()
        self.log.forget()
        self.changes += 1
        return events

    def settings(self) -> dict[str, str]:
        """The newest value of each setting, as JSON text."""
        return dict(self._db.execute("SELECT key, value FROM setting"))

    def draft(self, subject: str) -> str | None:
        """The text last saved for an exercise or step."""
        row = self._db.execute("SELECT text FROM draft WHERE subject = ?", (subject,)).fetchone()
        return None if row is None else str(row[0])

    def save_draft(self, subject: str, text: str, now: datetime) -> None:
        """Keep what the learner is typing; one row a subject, no event."""
        safe = text.encode("utf-8", "replace").decode()
        with self._transaction():
            self._db.execute("INSERT OR REPLACE INTO draft VALUES (?, ?, ?)", (subject, safe, to_ms(now)))

    def backup(
        self, now: datetime, folder: Path | None = None, files: Mapping[str, bytes] | None = None
    ) -> Path:
        """A checked copy in `folder` (default: `backups` in the data folder); `files` travel in it."""
        from studybuddy.store.backup import backup

        return backup(self._db, folder or self.folder / "backups", now, files)

    def check(self) -> list[Phrase]:
        """What is wrong with the file and the chain; empty when all is well."""
        with translated(self.path):
            found = [row[0] for row in self._db.execute("PRAGMA integrity_check(10)") if row[0] != "ok"]
            broken = check_chain(self._db)
        problems = [Phrase.of("{problem}", problem=problem) for problem in found]
        if broken:
            phrase = N_("event {seq} of device {dev} does not fit the chain")
            problems.append(Phrase.of(phrase, seq=broken[1], dev=broken[0]))
        return problems

    def close(self) -> None:
        """Let go of the file and of the right to write."""
        self._db.close()
        if self._lock is not None:
            self._lock.release()

    def _transaction(self) -> Transaction:
        """One write; what it appended is forgotten if it does not reach the disk."""
        if self._lock is None:
            raise StoreReadOnlyError("{path} is open for reading only; nothing was saved", path=self.path)
        return immediate(self._db, self.path, self.log.forget)


def restore_database(
    folder: Path,
    source: Path,
    now: datetime,
    put: Callable[[Mapping[str, bytes]], None] = lambda _files: None,
) -> Path | None:
    """Put a backup in the place of the database; the database that was there is kept beside it.

    `put` gets the files that travelled in the backup, before anything of the database has changed.

    Returns:
        The path of the database that was replaced, None if there was none.
    """
    from studybuddy.core.free_name import free_name
    from studybuddy.store.backup import restore
    from studybuddy.store.lock import WriterLock

    prepare_folder(folder)
    lock = WriterLock(folder / "studybuddy.lock", "studybuddy restore", WAIT_S)
    try:
        database = folder / DATABASE_NAME
        kept: Path | None = None
        if database.exists():
            kept = free_name(folder / f"{DATABASE_NAME}.replaced-{now:%Y%m%d-%H%M%S}")
        with translated(database):
            part = folder / "restored.part.db"
            part.unlink(missing_ok=True)
            restore(source, part, put)
            if kept is not None:
                for suffix in ("-wal", "-shm", ""):
                    old = database.with_name(database.name + suffix)
                    if old.exists():
                        old.replace(kept.with_name(kept.name + suffix))
            part.replace(database)
        return kept
    finally:
        lock.release()
