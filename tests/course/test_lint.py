from __future__ import annotations

from pathlib import Path

import pytest

from studybuddy.core.diagnostic import Severity
from studybuddy.course.finder import content_root
from studybuddy.course.kept_ids import ids_of, remember_ids
from studybuddy.course.lint import is_builtin, lint, lint_lesson
from studybuddy.course.reader import read_lesson
from tests.course.sample import changed, write_lesson

EN_SIDE = '  [card.en]\n  front = "Two squared?"\n  back = "4"\n'


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


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("y = x ** 2\n```", "y = x * x\n```", "## 2"),
        ("y = x^2\n$$", "y = x^3\n$$", "## 1"),
        ("> **Key points**: this is only a box.\n", "", "## 1"),
        ("1. derive\n2. write\n", "derive\n", "## 7"),
    ],
)
def test_sections_that_differ(tmp_path: Path, old: str, new: str, line: str) -> None:
    folder = write_lesson(tmp_path, changed("lesson.en.md", old, new))
    rows = [row for row in lint([folder]) if row.code == "translation-differs"]
    assert rows
    text = (folder / "lesson.en.md").read_text("utf-8").splitlines()
    assert all(text[row.line - 1].startswith(line) for row in rows)


def test_what_came_with_studybuddy_has_to_be_complete(tmp_path: Path) -> None:
    folder = write_lesson(tmp_path, changed("lesson.en.md", "{#think-sign}", "{#think-root}"))
    for builtin, severity in ((True, Severity.ERROR), (False, Severity.WARNING)):
        found = lint_lesson(folder, builtin=builtin)
        assert {row.severity for row in found} == {severity}
    assert lint_lesson(folder) == lint_lesson(folder, builtin=False)
    assert is_builtin(content_root() / "s3w10d1")
    assert not is_builtin(folder)


def test_a_lesson_in_one_language_is_told_so_once(tmp_path: Path) -> None:
    changes = {"lesson.en.md": None, **changed("cards.toml", EN_SIDE, "")}
    folder = write_lesson(tmp_path, changes)
    assert [row.code for row in lint([folder])] == ["translation-missing"]
    assert lint_lesson(folder, builtin=True)[0].severity is Severity.ERROR


@pytest.mark.parametrize(
    ("target", "code"),
    [("s1w2d4", ""), ("s9w9d7", ""), ("s1w2d3", "link-nowhere"), ("s1w1d1", "link-nowhere")],
)
def test_links_between_days(tmp_path: Path, target: str, code: str) -> None:
    old, new = "lesson:s1w2d4", f"lesson:{target}"
    changes = {**changed("lesson.zh.md", old, new), **changed("lesson.en.md", old, new)}
    folder = write_lesson(tmp_path, changes)
    assert {row.code for row in lint([folder])} == ({code} if code else set())
    (tmp_path / "s1w1d1").mkdir()
    assert {row.code for row in lint([folder])} == ({code} if target == folder.name else set())


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


def test_ids_that_learners_have_must_stay(tmp_path: Path) -> None:
    folder = write_lesson(tmp_path)
    lesson = read_lesson(folder, "zh").lesson
    assert lesson is not None
    assert remember_ids(folder, lesson) == len(ids_of(lesson)) > 8
    assert remember_ids(folder, lesson) == 0
    assert lint([folder]) == ()
    text = (folder / "ids.txt").read_text("utf-8")
    (folder / "ids.txt").write_text("# kept\n\ncard/old\n" + text, "utf-8")
    (one,) = lint([folder])
    assert (one.code, one.severity, one.line) == ("id-gone", Severity.ERROR, 3)
    assert remember_ids(folder, lesson) == 0
    assert (folder / "ids.txt").read_text("utf-8").startswith("# kept\n\ncard/old\n"), "nothing is taken out"
    (folder / "ids.txt").unlink()
    (folder / "ids.txt").mkdir()
    assert [row.code for row in lint([folder])] == ["not-a-file"]
