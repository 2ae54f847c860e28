"""A learner at one device, and sometimes what they did at another: opening, acting, taking back, merging."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from studybuddy.core.card import CardMemory, Rating
from studybuddy.core.event import UNDOABLE, Event
from studybuddy.store.chain import COLUMNS, GENESIS, link
from studybuddy.store.rows import from_ms, to_ms
from studybuddy.study.launch import Launch
from studybuddy.study.wiring import Study
from tests.study.conftest import DAY_ONE, set_clock
from tests.study.plainly import Tables, check_log

OTHER = "another-device"


@cache
def first_day() -> Path:
    """A data folder with the course read, to be copied."""
    folder = tempfile.mkdtemp()
    Study(Launch(folder, "en"), writer="test").close()
    return Path(folder)


class Session:
    """A study on a real file, its clock in hand."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        shutil.copytree(first_day(), self.folder, dirs_exist_ok=True)
        self.now = DAY_ONE
        self._before: list[tuple[int, Tables]] = []
        self._open()
        self.study.desk.prefer("minutes", 960)
        self.rows = self.check_log()

    def _open(self) -> None:
        self.study = Study(Launch(str(self.folder), "en"), writer="test")
        self.study.desk.store._db.execute("PRAGMA synchronous = off")
        set_clock(self.study, self.now)

    def reopen(self) -> None:
        """Close the app and open it again."""
        self.study.close()
        self._open()

    def close(self) -> None:
        """Leave nothing behind."""
        self.study.close()
        shutil.rmtree(self.folder)

    def learn(self) -> None:
        """A third of the course begun a month ago, so that reviews and lapses come at once."""
        for section in self.study.desk.catalogue.lessons[0].sections:
            self.study.reading.mark_read(section.id)
        for card in sorted(self.study.desk.store.queue.ids())[::3]:
            self.study.review.answer(card, Rating.EASY, 5000)
        self.move(self.now + timedelta(days=30))

    def move(self, instant: datetime) -> None:
        """Set the clock, and the zone."""
        self.now = instant
        set_clock(self.study, instant)

    def wait(self, hours: float) -> None:
        """Let time pass in the present zone, for some centuries at most."""
        if self.now.year < 2500:
            self.move((self.now.astimezone(UTC) + timedelta(hours=hours)).astimezone(self.now.tzinfo))

    def card(self, number: int) -> str:
        """One of the cards there are, those included whose text is gone."""
        cards = sorted({*self.study.card_ids(), *self.study.desk.store.queue.ids()})
        return cards[number % len(cards)]

    def check_log(self) -> Tables:
        """See `plainly.check_log`; the rows are kept."""
        self.rows = check_log(self.study)
        return self.rows

    # ---- acting

    def do(self, deed: Callable[[], Any]) -> Any:
        """Do something; what it can be compared with after an undo is kept."""
        before, (seq, _) = self.rows, self._last()
        result = deed()
        after, kind = self._last()
        if after == seq + 1 and kind in UNDOABLE:
            self._before.append((after, before))
        elif after != seq:
            self.forget_rows()
        return result

    def forget_rows(self) -> None:
        """Something happened that an undo of what was before does not take back."""
        self._before.clear()

    def check_undone(self, event: Event | None) -> None:
        """What was taken back, if it is known what was before, left the rows as they had been."""
        if event is None or not self._before or self._before[-1][0] != event.seq:
            return
        _, before = self._before.pop()
        now = self.check_log()
        for name in ("card", "day", "load"):
            assert now[name] == before[name], f"{event.kind} taken back: {name}"

    def _last(self) -> tuple[int, str]:
        """Number and kind of the newest event of this device."""
        row = self.study.desk.store._db.execute(
            "SELECT seq, kind FROM event WHERE dev = (SELECT value FROM meta WHERE key = 'device') "
            "ORDER BY seq DESC LIMIT 1"
        ).fetchone()
        return (0, "") if row is None else (row[0], row[1])

    def merge(self, kind: str, subject: str, body: dict[str, object], hours: float) -> None:
        """An event of another device comes in, done so many hours from now by its clock."""
        self.study.close()
        wall = round((self.now.timestamp() + hours * 3600) * 1000)
        with closing(sqlite3.connect(self.folder / "studybuddy.db")) as db, db:
            last, at, prev = db.execute(
                "SELECT seq, at_ms, h FROM event WHERE dev = ? ORDER BY seq DESC LIMIT 1", (OTHER,)
            ).fetchone() or (0, 0, GENESIS)
            text, day = json.dumps({"v": 1, **body}), self.study.desk.day().isoformat()
            row = (OTHER, last + 1, max(wall, at + 1), wall, 0, day, kind, subject, text)
            db.execute(
                f"INSERT INTO event ({COLUMNS}, prev, h) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*row, prev, link(prev, row)),
            )
        self._open()
        self.study.desk.store.rebuild()
        self.forget_rows()


def in_utc(memory: CardMemory) -> CardMemory:
    """The same with its instant in UTC: in an hour that comes twice Python takes no two for equal."""
    return memory if memory.due_at is None else memory._replace(due_at=from_ms(to_ms(memory.due_at)))
