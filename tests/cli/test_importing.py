"""`import --dry-run` as scripts and teachers see it: keys, exit codes, both languages, nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.course.importing.sample import COUNTS, FORMS
from tests.course.sample import write_lesson


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    """A folder with the sample lesson in every form."""
    for name, form in FORMS.items():
        (tmp_path / name).write_text(form(), encoding="utf-8")
    return tmp_path


def test_every_form_at_once(studybuddy: Command, exports: Path, home: Path) -> None:
    paths = [str(exports / name) for name in FORMS]
    done = studybuddy("import", *paths, "--dry-run", "--json")
    assert done.code == 0
    assert done.json["written"] is False
    lessons = done.json["lessons"]
    assert [lesson["source"] for lesson in lessons] == ["text", "markdown", "markdown", "notebook"]
    assert all(lesson["counts"] == COUNTS for lesson in lessons)
    assert {(lesson["code"], lesson["title"]) for lesson in lessons} == {
        ("S3W10D1", "自己写的一课——梯度（Gradients）")
    }
    for lesson in lessons:
        for row in lesson["diagnostics"]:
            assert set(row) >= {"code", "severity", "line", "column", "message"}
            assert row["severity"] == "warning"
    assert sorted(path.name for path in exports.iterdir()) == sorted(FORMS)
    assert not home.exists()


def test_in_plain_lines_and_both_languages(studybuddy: Command, exports: Path) -> None:
    path = str(exports / "lesson.txt")
    english = studybuddy("import", path, "--dry-run", "--lang", "en")
    assert f"{path}:8:" in english.out
    assert "warning TYPO: a stray letter: " in english.out
    assert "sections 7 · symbols 5" in english.out
    assert english.out.endswith("nothing was written\n")
    chinese = studybuddy("import", path, "--dry-run", "--lang", "zh")
    assert "TYPO" in chinese.out
    assert "stray" not in chinese.out


def test_a_notebook_names_its_cell(studybuddy: Command, exports: Path) -> None:
    path = str(exports / "lesson.ipynb")
    assert f"{path}: warning TYPO: cell 1, line 8: " in studybuddy("import", path, "--lang", "en").out
    rows = studybuddy("import", path, "--json").json["lessons"][0]["diagnostics"]
    assert [(row["cell"], row["line"]) for row in rows if row["code"] == "TYPO"] == [(1, 8)]


def test_a_file_with_errors(studybuddy: Command, tmp_path: Path) -> None:
    path = tmp_path / "lesson.md"
    path.write_text("# Nothing\n\n```python\nx = 1\n\x1b[31m", encoding="utf-8")
    done = studybuddy("import", str(path), "--dry-run", "--json")
    assert done.code == 1
    (lesson,) = done.json["lessons"]
    assert [(row["code"], row["line"], row["column"]) for row in lesson["diagnostics"]] == [
        ("ENCODING", 5, 1)
    ]
    plain = studybuddy("import", str(path))
    assert "\x1b" not in plain.out


def test_paths_that_cannot_be_read(studybuddy: Command, exports: Path) -> None:
    loop = exports / "loop.txt"
    loop.symlink_to(loop)
    for path in (exports, exports / "absent.txt", loop, Path("/dev/null")):
        done = studybuddy("import", str(exports / "lesson.txt"), str(path), "--dry-run", "--json")
        assert (done.code, done.out) == (2, "")
        assert done.err.count("\n") == 1
        assert str(path) in done.err
    assert studybuddy("import").code == 2


def test_a_lesson_folder_of_our_own(studybuddy: Command, tmp_path: Path) -> None:
    folder = write_lesson(tmp_path)
    done = studybuddy("import", str(folder), "--dry-run", "--json")
    (lesson,) = done.json["lessons"]
    assert (done.code, lesson["source"], lesson["code"]) == (0, "folder", "S1W2D3")
    assert lesson["counts"] == {
        "sections": 7,
        "symbols": 1,
        "think": 1,
        "code_blocks": 3,
        "output_lines": 1,
        "interview": 1,
        "steps": 2,
        "blanks": 1,
        "tasks": 2,
        "challenges": 1,
    }


def test_a_broken_lesson_folder_says_in_which_file(studybuddy: Command, tmp_path: Path) -> None:
    folder = write_lesson(tmp_path, {"lesson.toml": "code = 3\n"})
    done = studybuddy("import", str(folder), "--dry-run", "--json")
    assert done.code == 1
    rows = done.json["lessons"][0]["diagnostics"]
    assert {row["file"] for row in rows} >= {"lesson.toml"}


def test_a_missing_season_is_that_of_the_course(studybuddy: Command, tmp_path: Path) -> None:
    path = tmp_path / "lesson.md"
    path.write_text("# W10D6：图\n\n## 1 理论\n\n文字。\n", encoding="utf-8")
    assert studybuddy("import", str(path), "--json").json["lessons"][0]["code"] == "S3W10D6"
