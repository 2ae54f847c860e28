"""The path a learner types or drops, and what is offered for it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from studybuddy.core.errors import UsageError
from studybuddy.study.source_files import (
    MOST_OFFERED,
    completed,
    lesson_code,
    meant,
    offers,
    opens_as_folder,
    short_path,
    typed_path,
)
from studybuddy.text import cell_width


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder one is in, with files of several ages, other files, and folders."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for age, name in enumerate(["old.txt", "第二天 笔记.ipynb", "Second.md", "secret.txt"]):
        path = tmp_path / name
        path.write_text("x" * 2000, "utf-8")
        os.utime(path, (1_000_000 + age, 1_000_000 + age))
    for name in ("picture.png", ".hidden.md", "broken\x1b[2J.md"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "折叠").mkdir()
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop.md").symlink_to(tmp_path / "loop.md")
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("a b.txt", "a b.txt"),
        ("  /x/课.md  ", "/x/课.md"),
        ("'/x/a b.txt'", "/x/a b.txt"),
        ('"/x/课 程.md"', "/x/课 程.md"),
        (r"/x/a\ b\(1\).txt ", "/x/a b(1).txt"),
        ("'/x/it'\\''s.txt'", "/x/it's.txt"),
        ("file:///x/%E8%AF%BE%20a.md", "/x/课 a.md"),
        ("file://localhost/x/a.md", "/x/a.md"),
        ("file://elsewhere/x/a.md", "file://elsewhere/x/a.md"),
        ("file://[bad", "file://[bad"),
        ("'/x/open", "/x/open"),
        ("~nobody-has-this-name/a", "~nobody-has-this-name/a"),
        ("nul\0byte", "nul\0byte"),
    ],
)
def test_a_path_is_understood_as_it_is_typed_or_dropped(typed: str, path: str) -> None:
    assert typed_path(typed) == Path(path)


def test_the_home_is_meant_by_its_sign(folder: Path) -> None:
    assert typed_path("~/old.txt") == folder / "old.txt"
    assert short_path(folder / "a" / "b", 40) == "~/a/b"
    assert short_path(folder, 40) == "~"
    long = short_path(Path("/很长的文件夹名字" * 20), 30)
    assert long.startswith("…")
    assert long.endswith("很长的文件夹名字")
    assert cell_width(long) <= 30


def test_files_come_newest_first_then_folders_and_nothing_else(folder: Path) -> None:
    assert [offer.name for offer in offers("")] == [
        *("secret.txt", "Second.md", "第二天 笔记.ipynb", "old.txt"),
        "折叠",
    ]
    assert [offer.typed for offer in offers("~/折")] == ["~/折叠/"]
    assert [offer.typed for offer in offers("~")][:1] == ["~/secret.txt"]
    assert [offer.name for offer in offers("./.h")] == [".hidden.md"]
    assert offers("nowhere/x") == offers("old.txt/x") == offers("a\0b/") == []
    assert offers("")[-1].folder


def test_what_all_agree_on_is_filled_in(folder: Path) -> None:
    found = offers("se")
    assert [offer.name for offer in found] == ["secret.txt", "Second.md"]
    assert completed("se", found) == "se"
    assert completed("sec", offers("sec")) == "sec"
    assert completed("'第", offers("'第")) == "第二天 笔记.ipynb"
    assert completed("zzz", []) == "zzz"
    (folder / "week10-a.md").touch()
    (folder / "week10-b.md").touch()
    assert completed("~/w", offers("~/w")) == "~/week10-"


def test_enter_takes_what_is_named_else_the_first_that_is_offered(folder: Path) -> None:
    assert meant("old.txt", offers("old.txt")) == "old.txt"
    assert meant("ol", offers("ol")) == "old.txt"
    assert meant("", offers("")) == "secret.txt"
    assert meant("picture.png", []) == "picture.png"
    assert meant("x\0", []) == "x\0"
    assert opens_as_folder("~/折叠")
    assert not opens_as_folder("old.txt")
    assert not opens_as_folder("x\0")


def test_many_files_are_not_all_offered(tmp_path: Path) -> None:
    for number in range(MOST_OFFERED + 5):
        (tmp_path / f"{number}.md").touch()
    assert len(offers(f"{tmp_path}/")) == MOST_OFFERED


@pytest.mark.parametrize(("typed", "code"), [(" S3W10D2 ", "s3w10d2"), ("s3w10d2.4", "s3w10d2.4")])
def test_a_code_is_read(typed: str, code: str) -> None:
    assert lesson_code(typed) == code


@pytest.mark.parametrize("typed", ["", "W10D2", "../x", "s3w10d2.1", "s3w10d2/../..", "第三课"])
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="no lesson can be called"):
        lesson_code(typed)
