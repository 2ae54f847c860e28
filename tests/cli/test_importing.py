"""`import --dry-run` as scripts and teachers see it: keys, exit codes, both languages, nothing written."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.course.importing.sample import COUNTS, FORMS
from tests.course.sample import write_lesson

MORNING, MUCH_LATER = "2026-11-23T08:00:00+08:00", "2027-03-01T08:00:00+08:00"


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
    empty = path.replace("lesson.txt", "empty.md")
    Path(empty).write_text("")
    said = studybuddy("import", empty, "--dry-run", "--lang", "zh").out
    assert not {"theory", "derivation", "summary"} & set(said.split())
    assert "缺少“公式推导”一节" in said
    assert "write S3W10D1" not in studybuddy("import", empty, "--lang", "en").out


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


def test_a_lesson_is_written_studied_and_brought_up_to_date(
    studybuddy: Command, exports: Path, home: Path
) -> None:
    path = exports / "lesson.txt"
    done = studybuddy("import", str(path), "--json")
    (lesson,) = done.json["lessons"]
    assert (done.code, done.json["written"]) == (0, True)
    assert (lesson["id"], lesson["code"], lesson["counts"]) == ("s3w10d1.2", "S3W10D1.2", COUNTS)
    assert lesson["diagnostics"][0]["code"] == "DUP-LESSON"
    rows = studybuddy("lessons", "--json").json["lessons"]
    assert [(row["code"], row["source"]) for row in rows] == [
        ("S3W10D1", "built-in"),
        ("S3W10D1.2", "imported"),
    ]
    assert studybuddy("lesson", "S3W10D1.2", "--section", "theory", "--json").json["code"] == "S3W10D1.2"
    cards = studybuddy("cards", "lesson:s3w10d1.2", "--json").json["cards"]
    assert "s3w10d1.2/card/think-1" in [card["id"] for card in cards]
    studybuddy("lesson", "S3W10D1.2", "--done")
    assert studybuddy("answer", "s3w10d1.2/card/think-1", "good").code == 0
    path.write_text(
        path.read_text(encoding="utf-8").replace("**Q2: 为什么", "**Q2: 究竟为什么"), encoding="utf-8"
    )
    again = studybuddy("import", str(path), "--json").json["lessons"][0]
    assert (again["id"], again["replaces"]) == ("s3w10d1.2", True)
    assert again["difference"]["question"] == {"added": [], "changed": ["q2"], "removed": []}
    cards = studybuddy("cards", "lesson:s3w10d1.2", "--json").json["cards"]
    assert {card["id"]: card["reps"] for card in cards}["s3w10d1.2/card/think-1"] == 1
    assert studybuddy("import", str(path), "--lang", "en").out.count("nothing in it is new") == 1
    assert (home / "course" / "s3w10d1.2" / "import.json").is_file()


def test_trust_and_the_exit_code_of_what_is_refused(studybuddy: Command, exports: Path, home: Path) -> None:
    studybuddy("import", str(exports / "lesson.txt"), "--as", "S3W10D9")
    mine = exports / "mine.py"
    mine.write_text("print(1)\n")
    for options in ([], ["--json"], ["--reference"], ["--file", str(mine)], ["--xray"]):
        refused = studybuddy("run", "s3w10d9/code-1", *options)
        assert (refused.code, refused.out) == (4, "")
        assert refused.err.count("\n") == 1
        assert "studybuddy trust S3W10D9" in refused.err
    assert studybuddy("run", "s3w10d9/lc-104", "--reference", "--json").json["verdict"] == "AC"
    done = studybuddy("trust", "S3W10D9", "--json")
    assert (done.code, done.json["lesson"], done.json["trusted"]) == (0, "s3w10d9", True)
    assert "exercises/code-1/starter.py" in done.json["files"]
    ran = studybuddy("run", "s3w10d9/code-1", "--file", str(mine), "--lang", "en")
    assert ran.code == 0
    assert "no tests: self-report" in ran.out
    assert "· ran, not judged: the program ran to its end" in ran.out
    history = studybuddy("run", "s3w10d9/code-1", "--history", "--lang", "en").out
    assert not {"AC", "accepted", "✓"} & set((ran.out + history).split())
    (home / "course" / "s3w10d9" / "exercises" / "code-1" / "reference.py").write_text("import os\n")
    assert studybuddy("run", "s3w10d9/code-1").code == 4
    assert "starter.py" in studybuddy("trust", "s3w10d9").out
    assert studybuddy("untrust", "s3w10d9", "--json").json["trusted"] is False
    assert studybuddy("run", "s3w10d9/code-1").code == 4
    assert studybuddy("trust", "s9w9d9").code == 2
    assert studybuddy("untrust", "S3W10D1").code == 2


def test_errors_write_nothing(studybuddy: Command, exports: Path, home: Path) -> None:
    bad = exports / "bad.md"
    bad.write_text("# S3W10D3：坏\n\n## 1 理论\n\n```python\nx = (\n", encoding="utf-8")
    both = studybuddy("import", str(exports / "lesson.txt"), str(bad), "--json")
    assert (both.code, both.json["written"]) == (1, False)
    assert not (home / "course").exists()
    forced = studybuddy("import", str(bad), "--force", "--json")
    assert (forced.code, forced.json["written"]) == (0, True)
    bad.write_text("# Nothing\n", encoding="utf-8")
    assert studybuddy("import", str(bad), "--force").code == 1
    for code in ("S3W10D1", "nothing"):
        refused = studybuddy("import", str(exports / "lesson.txt"), "--as", code)
        assert (refused.code, refused.out) == (2, "")
    loop = exports / "loop"
    loop.symlink_to(loop)
    (home / "course").rename(home / "kept")
    (home / "course").symlink_to(loop)
    blocked = studybuddy("import", str(exports / "lesson.txt"))
    assert (blocked.code, blocked.err.count("\n")) == (3, 1)


def _pipe(lesson: Path) -> None:
    (lesson / "lesson.zh.md").unlink()
    os.mkfifo(lesson / "lesson.zh.md")


BREAKING: dict[str, Callable[[Path], object]] = {
    "no TOML": lambda lesson: (lesson / "lesson.toml").write_text("[[["),
    "no text": lambda lesson: (lesson / "cards.toml").write_bytes(b"\xff\xfe"),
    "another code": lambda lesson: (lesson / "lesson.toml").write_text('code = "S9W9D9"'),
    "a pipe": _pipe,
}


@pytest.mark.parametrize("breaking", BREAKING.values(), ids=BREAKING)
def test_a_lesson_that_was_broken_by_hand_does_not_stop_a_review(
    studybuddy: Command, exports: Path, home: Path, breaking: Callable[[Path], object]
) -> None:
    """Its cards wait; those of other lessons come; the source brings it back."""
    source = str(exports / "lesson.txt")
    studybuddy("import", source, "--as", "S3W10D2", now=MORNING)
    mine, others = "s3w10d2/q1", "s3w10d1/q1"
    for card in (mine, others):
        assert studybuddy("answer", card, "easy", now=MORNING).code == 0
    lesson = home / "course" / "s3w10d2"
    breaking(lesson)
    reviewed = studybuddy("review", "--json", stdin="\n3\n" * 30, now=MUCH_LATER)
    assert (reviewed.code, reviewed.json["left"]) == (0, 0), reviewed.err
    assert studybuddy("today", now=MUCH_LATER).code == 0
    again = studybuddy("import", source, "--as", "S3W10D2", "--force", now=MUCH_LATER)
    assert again.code == 0, again.err
    if not (lesson / "lesson.toml.new").exists() and not (lesson / "cards.toml.new").exists():
        cards = studybuddy("cards", "--json", now=MUCH_LATER).json["cards"]
        assert [card["reps"] for card in cards if card["id"] == mine] == [1]


def test_a_step_that_nothing_can_check_says_who_judges(studybuddy: Command, exports: Path) -> None:
    studybuddy("import", str(exports / "lesson.txt"), "--as", "S3W10D2")
    done = studybuddy("check", "s3w10d2/derivation-1", "step-2", "X_{ik}", "--lang", "en")
    assert done.code == 2
    assert "judge it yourself" in done.err
    asked = '{"derivation": "s3w10d2/derivation-1", "step": "step-2", "answer": "X"}\n'
    [row] = studybuddy("check", "--batch", "-", stdin=asked).out.splitlines()
    assert "judge it yourself" in row
