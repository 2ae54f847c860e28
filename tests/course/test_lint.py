from __future__ import annotations

from pathlib import Path

import pytest

from studybuddy.core.diagnostic import Severity
from studybuddy.course.lint import lint
from tests.course.sample import changed, write_lesson


def found(*paths: Path) -> list[tuple[str, str, int]]:
    return [(diagnostic.code, Path(diagnostic.path).name, diagnostic.line) for diagnostic in lint(paths)]


def test_a_good_lesson(tmp_path: Path) -> None:
    assert lint([write_lesson(tmp_path)]) == ()


def test_both_languages_are_read_and_each_finding_told_once(tmp_path: Path) -> None:
    changes = {
        **changed("lesson.en.md", "{#think-sign}", "{#Bad}"),
        **changed("lesson.toml", "n = 64", "n = 64 64"),
    }
    folder = write_lesson(tmp_path, changes)
    assert [row[:2] for row in found(folder)] == [("bad-id", "lesson.en.md"), ("toml-syntax", "lesson.toml")]


def test_a_missing_translation_is_a_warning(tmp_path: Path) -> None:
    folder = write_lesson(tmp_path, {"lesson.en.md": None})
    (warning,) = lint([folder])
    assert (warning.code, warning.severity) == ("translation-missing", Severity.WARNING)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{#think-sign}", "{#think-root}"),
        ("{#q1}", "{#q2}"),
        ("> - the limit\n", "> - the limit\n> - a third\n"),
        ("> **Hint**: divide by $h$.\n>\n", ""),
        (">\n> **Wrong point**: it is $x$.\n", ""),
    ],
)
def test_translations_that_differ(tmp_path: Path, old: str, new: str) -> None:
    folder = write_lesson(tmp_path, changed("lesson.en.md", old, new))
    rows = found(folder)
    assert {row[0] for row in rows} == {"translation-ids"}
    assert {row[1] for row in rows} <= {"lesson.en.md", "lesson.zh.md"}


def test_a_folder_of_lessons_and_a_file_of_one(tmp_path: Path) -> None:
    good = write_lesson(tmp_path)
    bad = write_lesson(tmp_path, lesson="s1w2d4")
    assert {row[0] for row in found(tmp_path)} == {"code-folder"}
    assert found(tmp_path, bad) == found(bad / "exercises" / "loop" / "starter.py")
    assert found(good / "lesson.toml") == []


def test_what_is_no_lesson(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("# notes")
    assert found(tmp_path / "notes.md") == [("no-lesson", "notes.md", 1)]
    assert found(tmp_path / "missing") == [("no-lesson", "missing", 1)]
    assert found(tmp_path) == [("no-lesson", tmp_path.name, 1)]
