"""What can be wrong with a data folder or a database: one clear error each, and nothing is lost."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
import traceback
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from studybuddy.core.clock import study_day
from studybuddy.core.errors import (
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreNewerError,
    StoreReadOnlyError,
)
from studybuddy.core.event import EventKind, NewEvent
from studybuddy.memory.scheduler import Scheduler
from studybuddy.store.connection import DATABASE_NAME, immediate
from studybuddy.store.lock import WriterLock
from studybuddy.store.schema import SCHEMA_VERSION
from studybuddy.store.store import Store, restore_database

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=timezone(timedelta(hours=8)))


def open_store(folder: Path, writer: str | None = "test", wait_s: float = 0.05) -> Store:
    return Store(folder, Scheduler(), writer=writer, wait_s=wait_s)


def tick(store: Store, item: str = "s/math") -> None:
    store.append(NewEvent(EventKind.TICK, item, {"cards": []}), NOW, study_day(NOW))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with one event in it."""
    store = open_store(tmp_path / "data")
    tick(store)
    store.close()
    return tmp_path / "data"


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.write_text("mine")
    for writer in ("test", None):
        with pytest.raises(StoreReadOnlyError, match="--data-dir"):
            open_store(path, writer)
    assert path.read_text() == "mine"


def test_reading_before_the_first_write_leaves_nothing_behind(tmp_path: Path) -> None:
    store = open_store(tmp_path / "data", None)
    assert store.queue.due_count(study_day(NOW)) == 0
    store.close()
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    "damage", [b"not a database at all, but long enough to look at" * 20, b"\x00" * 4096]
)
def test_a_damaged_file_is_never_overwritten(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / DATABASE_NAME
    path.write_bytes(damage)
    for writer in ("test", None):
        with pytest.raises(StoreDamagedError, match="restore"):
            open_store(tmp_path, writer)
    assert path.read_bytes() == damage


def test_a_truncated_database(folder: Path) -> None:
    path = folder / DATABASE_NAME
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(StoreDamagedError):
        open_store(folder).rebuild()
    assert path.read_bytes()[:100] == data[:100]


def test_the_database_of_another_program(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / DATABASE_NAME) as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    other.close()
    with pytest.raises(StoreDamagedError, match="another program"):
        open_store(tmp_path)
    with sqlite3.connect(tmp_path / DATABASE_NAME) as other:
        assert other.execute("SELECT count(*) FROM bookmarks").fetchone() == (0,)
    other.close()


def test_a_newer_version_is_refused_without_a_write(folder: Path) -> None:
    with sqlite3.connect(folder / DATABASE_NAME) as other:
        other.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    other.close()
    before = (folder / DATABASE_NAME).read_bytes()
    for writer in ("test", None):
        with pytest.raises(StoreNewerError, match="newer"):
            open_store(folder, writer)
    assert (folder / DATABASE_NAME).read_bytes() == before


def test_a_linked_database_is_refused(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / DATABASE_NAME).symlink_to(folder / DATABASE_NAME)
    with pytest.raises(StoreError, match="link"):
        open_store(other)


def test_a_second_writer_is_told_who_is_first(folder: Path) -> None:
    first = open_store(folder, "the studybuddy app")
    with pytest.raises(StoreBusyError, match=rf"the studybuddy app \(pid {os.getpid()}\)"):
        open_store(folder)
    reader = open_store(folder, None)
    tick(first, "s/code")
    assert [event.subject for event in reader.log.events(EventKind.TICK)] == ["s/math", "s/code"]
    reader.close()
    first.close()
    open_store(folder).close()


def test_a_second_writer_gets_its_turn_when_the_first_ends_in_time(folder: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from studybuddy.store.lock import WriterLock;"
        "lock = WriterLock(Path(sys.argv[1]), 'first', 1); print('held', flush=True); time.sleep(0.3)"
    )
    path = folder / "studybuddy.lock"
    with subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        started = time.monotonic()
        WriterLock(path, "second", 2.0).release()
        assert time.monotonic() - started > 0.1


def test_the_lock_of_a_killed_program_is_free(folder: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from studybuddy.store.lock import WriterLock;"
        "lock = WriterLock(Path(sys.argv[1]), 'killed', 1); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", program, str(folder / "studybuddy.lock")], check=False)
    store = open_store(folder)
    assert store.writable
    store.close()


def test_a_full_disk_saves_nothing_and_says_so(folder: Path) -> None:
    store = open_store(folder)
    (pages,) = store._db.execute("PRAGMA page_count").fetchone()
    store._db.execute(f"PRAGMA max_page_count = {pages}")

    def fill() -> None:
        for _ in range(500):
            tick(store)

    with pytest.raises(StoreFullError, match="nothing was saved"):
        fill()
    count = len(list(store.log.events(EventKind.TICK)))
    assert store.check() == []
    store._db.execute("PRAGMA max_page_count = 100000")
    tick(store)
    assert len(list(store.log.events(EventKind.TICK))) == count + 1
    store.close()


def test_an_interrupted_write_leaves_nothing(folder: Path) -> None:
    store = open_store(folder)

    def interrupted() -> None:
        with immediate(store._db, store.path):
            store.log.append(NewEvent(EventKind.TICK, "s/code", {}), NOW, study_day(NOW))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert [event.subject for event in store.log.events(EventKind.TICK)] == ["s/math"]
    store.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs another user")
def test_a_read_only_folder_is_read_and_not_written(folder: Path) -> None:
    """Root may write anywhere, so the check runs as an ordinary user where it can."""
    folder.chmod(0o555)
    (folder / DATABASE_NAME).chmod(0o444)
    folder.parent.chmod(0o755)
    for parent in folder.parents[:4]:
        if parent.stat().st_mode & 0o055 != 0o055:
            parent.chmod(parent.stat().st_mode | 0o055)
    open_store(folder, None).close()  # loads what the child needs while it may still be read
    child = os.fork()
    if child == 0:
        code = 9
        try:
            if os.getuid() == 0:
                os.setuid(65534)
            reader = open_store(folder, None)
            read = [event.subject for event in reader.log.events(EventKind.TICK)]
            reader.close()
            try:
                open_store(folder)
            except StoreReadOnlyError as error:
                code = 0 if read == ["s/math"] and "nothing was saved" in str(error) else 8
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs another user")
def test_a_folder_that_may_not_be_entered(folder: Path) -> None:
    open_store(folder, None).close()
    folder.chmod(0)
    child = os.fork()
    if child == 0:
        code = 9
        try:
            if os.getuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            for writer in (None, "test"):
                try:
                    open_store(folder, writer)
                except StoreReadOnlyError:
                    code -= 4
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code - 1)
    folder.chmod(0o700)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_two_processes_that_open_a_new_folder_at_once(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from studybuddy.memory.scheduler import Scheduler;"
        "from studybuddy.store.store import Store; Store(Path(sys.argv[1]), Scheduler(), writer='x').close()"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "data")]
    processes = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(3)]
    results = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], results


def test_a_killed_writer_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from datetime import *;"
        "from studybuddy.memory.scheduler import Scheduler; from studybuddy.store.store import Store;"
        "from studybuddy.core.event import *;"
        "s = Store(Path(sys.argv[1]), Scheduler(), writer='x', wait_s=10); n = 0\n"
        "while True:\n"
        "    now = datetime.now(UTC); n += 1\n"
        "    s.append(NewEvent(EventKind.TICK, 's/math', {'n': n}), now, now.date()); print(n, flush=True)"
    )
    acknowledged = 0
    for pause in (0.02, 0.05, 0.1):
        with subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(pause)
            writer.kill()
            acknowledged += 1 + len([line for line in writer.stdout if line.endswith("\n")])
    store = open_store(tmp_path)
    kept = len(list(store.log.events(EventKind.TICK)))
    assert acknowledged <= kept <= acknowledged + 3
    assert store.check() == []
    store.close()


def test_a_backup_can_be_restored_and_the_old_data_is_kept(folder: Path) -> None:
    store = open_store(folder)
    copy = store.backup(NOW)
    tick(store, "s/code")
    store.close()
    kept = restore_database(folder, copy, NOW)
    assert kept is not None
    assert kept.exists()
    store = open_store(folder)
    assert [event.subject for event in store.log.events(EventKind.TICK)] == ["s/math"]
    assert store.check() == []
    store.close()


def database_ticks(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        ((count,),) = connection.execute("SELECT count(*) FROM event WHERE kind = 'tick'")
        return int(count)


def test_restoring_twice_within_a_second_keeps_both_databases(folder: Path) -> None:
    store = open_store(folder)
    copy = store.backup(NOW)
    tick(store, "s/code")
    store.close()
    first, second = restore_database(folder, copy, NOW), restore_database(folder, copy, NOW)
    assert first is not None
    assert second is not None
    sizes = [database_ticks(path) for path in (first, second)]
    assert sizes == [2, 1]
    third = restore_database(folder, copy, NOW)
    assert third is not None
    assert len({first, second, third}) == 3
    assert all(path.exists() for path in (first, second, third))


def test_a_damaged_backup_is_refused_and_the_data_stays(folder: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.db"
    bad.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    with pytest.raises(StoreDamagedError):
        restore_database(folder, bad, NOW)
    store = open_store(folder)
    assert [event.subject for event in store.log.events(EventKind.TICK)] == ["s/math"]
    store.close()


def test_a_current_database_is_opened_without_sqlite_utils(folder: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from studybuddy.memory.scheduler import Scheduler;"
        "from studybuddy.store.store import Store; Store(Path(sys.argv[1]), Scheduler(), writer='x').close();"
        "print([m for m in ('sqlite_utils', 'fsrs', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
