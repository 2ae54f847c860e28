"""Findings with the line of the file that they are about."""

from __future__ import annotations

from pathlib import Path

import pytest

from studybuddy.core.errors import UsageError
from studybuddy.study import source_lines
from studybuddy.study.source_lines import AFTER, BEFORE, Found, look
from tests.course.importing.sample import FORMS, text_export


def by_code(path: Path) -> dict[str, Found]:
    """The first finding of each code."""
    return {one.code: one for one in reversed(look(path).found)}


@pytest.mark.parametrize("name", FORMS)
def test_the_place_in_the_line_is_the_one_in_the_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"\xef\xbb\xbf" + FORMS[name]().replace("\n", "\r\n").encode())
    typo = by_code(path)["TYPO"]
    assert typo.source[typo.at] == "u"
    assert "误差从后面传u回来" in typo.source
    assert bool(typo.cell) is name.endswith(".ipynb")
    assert all(one.source for one in look(path).found if one.code == "LOST-FORMULA")


def test_a_broken_notebook_shows_the_line_of_its_json(tmp_path: Path) -> None:
    path = tmp_path / "x.ipynb"
    path.write_text('{"cells": [\n  {"cell_type": oops}\n]}', "utf-8")
    found = by_code(path)["NB-JSON"]
    assert (found.line, found.error) == (2, True)
    assert found.source[found.at :].startswith("oops")


def test_a_long_line_is_kept_around_its_place(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_text("# S3W10D2：长\n\n## 1 理论\n\n" + "一" * 5000 + "传u回" + "一" * 5000, "utf-8")
    typo = by_code(path)["TYPO"]
    assert len(typo.source) == BEFORE + AFTER
    assert typo.source[typo.at] == "u"
    assert typo.column > 5000


def test_bytes_that_are_no_text_still_have_lines(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(b"one\ntwo\0\xff")
    (found,) = look(path).found
    assert found.code == "ENCODING"
    assert found.source.startswith("two")


def test_a_folder_names_the_file(tmp_path: Path) -> None:
    folder = tmp_path / "s3w10d7"
    folder.mkdir()
    (folder / "lesson.toml").write_text('code = "S3W10D7"\nbad', "utf-8")
    found = look(folder).found
    assert any(one.file == "lesson.toml" for one in found)


def test_a_file_that_changes_meanwhile_has_no_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "lesson.txt"
    path.write_text(text_export(), "utf-8")
    monkeypatch.setattr(source_lines, "read_bytes", lambda _: b"other")
    assert not any(one.source for one in look(path).found)

    def gone(_: Path) -> bytes:
        raise UsageError("gone")

    monkeypatch.setattr(source_lines, "read_bytes", gone)
    assert not any(one.source for one in look(path).found)
