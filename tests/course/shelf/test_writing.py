from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from studybuddy.core.errors import StoreError
from studybuddy.course.looks import half_done
from studybuddy.course.shelf.record import Record, Source, read_record
from studybuddy.course.shelf.writing import FolderToWrite, Workshop, make_ready, recover


def tree(root: Path) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): path.read_text() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    (tmp_path / "course" / "s1w1d1" / "exercises").mkdir(parents=True)
    (tmp_path / "course" / "s1w1d1" / "cards.toml").write_text("old")
    (tmp_path / "course" / "s1w1d1" / "exercises" / "mine.py").write_text("mine")
    return tmp_path / "course"


LESSONS = [
    FolderToWrite("s1w1d1", {"cards.toml": "new", "a/b.py": "x"}, ["exercises/mine.py"]),
    FolderToWrite("s1w1d2", {"cards.toml": "second"}),
]
AFTER = {
    "s1w1d1/cards.toml": "new",
    "s1w1d1/a/b.py": "x",
    "s1w1d1/exercises/mine.py": "mine",
    "s1w1d2/cards.toml": "second",
}


def test_both_lessons_and_no_trace(shelf: Path) -> None:
    ready = make_ready(shelf, LESSONS)
    assert tree(shelf / "s1w1d1") == {"cards.toml": "old", "exercises/mine.py": "mine"}
    ready.put()
    ready.finish()
    assert tree(shelf) == AFTER
    assert not half_done(shelf)


def test_taken_back(shelf: Path) -> None:
    before = tree(shelf)
    ready = make_ready(shelf, LESSONS)
    ready.put()
    ready.take_back()
    assert tree(shelf) == before
    assert sorted(child.name for child in shelf.iterdir()) == ["s1w1d1"]


@pytest.mark.parametrize("logged", [True, False])
@pytest.mark.parametrize("moves", range(4))
def test_a_crash_between_any_two_moves(
    shelf: Path, monkeypatch: pytest.MonkeyPatch, moves: int, logged: bool
) -> None:
    """Four renames put two lessons in place, of which one was there. The power fails after some of them."""
    before = tree(shelf)
    ready = make_ready(shelf, LESSONS)
    done = 0
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        nonlocal done
        if done == moves:
            raise KeyboardInterrupt
        done += 1
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", failing)
        if moves < 3:
            with pytest.raises(KeyboardInterrupt):
                ready.put()
        else:
            ready.put()
    assert half_done(shelf)
    logged = logged and moves == 3  # the log is told when all are in place
    assert recover(shelf, lambda name: logged and name == ready.name)
    assert tree(shelf) == (AFTER if logged else before)
    assert not half_done(shelf)
    assert not recover(shelf, lambda _: False)


def test_a_crash_while_it_is_made_ready(shelf: Path) -> None:
    before = tree(shelf)
    ready = make_ready(shelf, LESSONS)
    (shelf / f".import-{ready.name}" / "lessons").unlink()
    recover(shelf, lambda _: False)
    assert tree(shelf) == before
    assert not half_done(shelf)


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path, shelf: Path) -> None:
    before = tree(shelf)
    with pytest.raises(StoreError):
        make_ready(shelf, [*LESSONS, FolderToWrite("s1w1d3", {}, ["absent.py"])])
    assert tree(shelf) == before
    assert not half_done(shelf)
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError):
        make_ready(tmp_path / "file", LESSONS)
    ready = make_ready(shelf, LESSONS)
    shutil.rmtree(ready.folder_of("s1w1d2"))
    ready.folder_of("s1w1d2").write_text("no folder")
    (shelf / "s1w1d2").mkdir()
    (shelf / f".import-{ready.name}" / "old" / "s1w1d2").mkdir()
    (shelf / f".import-{ready.name}" / "old" / "s1w1d2" / "full").touch()
    with pytest.raises(StoreError):
        ready.put()
    assert tree(shelf / "s1w1d1") == {"cards.toml": "old", "exercises/mine.py": "mine"}


def test_links_are_kept_as_links(shelf: Path) -> None:
    (shelf / "s1w1d1" / "loop").symlink_to("loop")
    ready = make_ready(shelf, [FolderToWrite("s1w1d1", {}, ["loop"])])
    ready.put()
    ready.finish()
    assert (shelf / "s1w1d1" / "loop").readlink() == Path("loop")


def test_a_workshop_knows_its_name(shelf: Path) -> None:
    assert Workshop(shelf, shelf / ".import-abc").name == "abc"


@pytest.mark.parametrize(
    "garbage", [b"", b"{}", b"[1]", b"\xff", b'{"v": 2}', b'{"v":1,"source":{}}', b"[" * 100_000, None]
)
def test_a_record_that_cannot_be_understood_is_none(tmp_path: Path, garbage: bytes | None) -> None:
    path = tmp_path / "import.json"
    if garbage is None:
        path.symlink_to(path)
    else:
        path.write_bytes(garbage)
    assert read_record(tmp_path) is None
    assert read_record(tmp_path / "absent") is None


def test_a_record_and_back(tmp_path: Path) -> None:
    record = Record.of(Source("课.txt", "text", "0", "S1W1D1"), (), {"cards.toml": '[[card]]\nid = "a"\n'})
    (tmp_path / "import.json").write_text(record.text(), encoding="utf-8")
    assert read_record(tmp_path) == record
    assert record.source.same_as(Source("课.TXT", "text", "1", "S1W1D1"))
    assert not record.source.same_as(Source("课.txt", "text", "0", "S1W1D2"))
