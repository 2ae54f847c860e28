"""Lessons travel in a backup as bytes; what would land elsewhere does not land at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from studybuddy.core.errors import StoreDamagedError, StoreError
from studybuddy.course.shelf.copying import copied, put_back

FILES = {"s3w10d2/lesson.toml": b"code = 1", "s3w10d2/exercises/a/starter.py": b"", "s3w10d3/x.md": b"\xff"}


def write(shelf: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (shelf / name).parent.mkdir(parents=True, exist_ok=True)
        (shelf / name).write_bytes(data)


def test_what_is_copied(tmp_path: Path) -> None:
    shelf = tmp_path / "course"
    assert copied(shelf) == ({}, ())
    write(shelf, FILES | {"s3w10d2/__pycache__/a.pyc": b"x", "notes/a.md": b"x", ".import-a/new/b": b"x"})
    (shelf / "s3w10d2" / "big.bin").write_bytes(bytes(5_000_001))
    (shelf / "s3w10d2" / "link.md").symlink_to("/etc/hostname")
    (shelf / "s3w10d4").symlink_to(shelf)
    os.mkfifo(shelf / "s3w10d3" / "pipe")
    found = copied(shelf)
    assert found.files == FILES
    assert found.lessons == ["s3w10d2", "s3w10d3"]
    assert found.left_out == ("s3w10d2/big.bin", "s3w10d2/link.md", "s3w10d3/pipe", "s3w10d4")


def test_lessons_take_their_places_and_what_gives_way_is_kept(tmp_path: Path) -> None:
    shelf = tmp_path / "course"
    mine = {"s3w10d3/x.md": b"mine", "s3w10d9/y.md": b"stays"}
    write(shelf, mine)
    done = put_back(shelf, FILES, "then")
    assert (done.lessons, done.kept) == (("s3w10d2", "s3w10d3"), tmp_path / "course.replaced-then")
    assert copied(shelf).files == FILES | {"s3w10d9/y.md": b"stays"}
    assert copied(tmp_path / "course.replaced-then").files == {"s3w10d3/x.md": b"mine"}
    assert put_back(shelf, FILES, "then") == ((), None)
    again = put_back(shelf, {"s3w10d3/x.md": b"3"}, "then")
    assert again.kept == tmp_path / "course.replaced-then-2"
    assert sorted(child.name for child in shelf.iterdir()) == ["s3w10d2", "s3w10d3", "s3w10d9"]


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "/etc/x",
        "s3w10d2/../../x",
        "s3w10d2",
        "notes/x",
        "s3w10d2//x",
        "s3w10d2/a\\..\\x",
        "s3w10d2/\x1b",
    ],
)
def test_no_path_leads_out_of_a_lesson(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreDamagedError):
        put_back(tmp_path / "course", {**FILES, name: b"x"}, "then")
    assert not list(tmp_path.iterdir())


def test_a_backup_that_cannot_be_written_changes_nothing(tmp_path: Path) -> None:
    shelf = tmp_path / "course"
    write(shelf, {"s3w10d2/lesson.toml": b"mine"})
    with pytest.raises(StoreError):
        put_back(shelf, {"s3w10d2/a": b"", "s3w10d2/a/b": b""}, "then")
    assert copied(shelf).files == {"s3w10d2/lesson.toml": b"mine"}
    assert [child.name for child in tmp_path.iterdir()] == ["course"]
