"""What `lint` finds is said in the language of the command; the codes stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.course.importing.sample import FORMS
from tests.course.sample import changed, write_lesson


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    changes = {
        **changed("lesson.en.md", "{#think-sign}", "{#Bad}"),
        **changed("lesson.toml", "n = 64", 'n = 64\n[[term]]\nzh = "一"\nen = "one"\n'),
    }
    return write_lesson(tmp_path / "content", changes)


def test_in_both_languages(studybuddy: Command, broken: Path) -> None:
    english = studybuddy("lint", str(broken), "--lang", "en")
    chinese = studybuddy("lint", str(broken), "--lang", "zh")
    assert (english.code, chinese.code) == (1, 1)
    first = english.out.splitlines()[0]
    assert first.startswith(f"{broken}/lesson.en.md:")
    assert first.endswith(": 'Bad' is no id: use lower-case words joined by dashes")
    assert "'Bad' 不是 id：请用小写单词，以连字符相连" in chinese.out
    places = [[line.split(": ", 1)[0] for line in done.out.splitlines()] for done in (english, chinese)]
    assert places[0] == places[1]


def test_as_json(studybuddy: Command, broken: Path) -> None:
    found = {
        language: studybuddy("lint", str(broken), "--json", "--lang", language).json["diagnostics"]
        for language in ("en", "zh")
    }
    keys = ("code", "severity", "path", "line", "column")
    assert [[row[key] for key in keys] for row in found["en"]] == [
        [row[key] for key in keys] for row in found["zh"]
    ]
    assert all(set(row) == {*keys, "message"} for row in found["zh"])
    assert found["en"] != found["zh"]
    assert all(not row["message"].isascii() for row in found["zh"])


def test_warnings_are_told_from_errors_and_counted(studybuddy: Command, tmp_path: Path) -> None:
    folder = write_lesson(tmp_path, {"lesson.en.md": None})
    warned = studybuddy("lint", str(folder), "--lang", "en")
    assert (warned.code, warned.err) == (0, "errors: 0, warnings: 1\n")
    assert "lesson.zh.md:1: warning: lesson.en.md is missing" in warned.out
    assert "lesson.zh.md:1: 注意：" in studybuddy("lint", str(folder), "--lang", "zh").out
    clean = studybuddy("lint", str(write_lesson(tmp_path / "clean")), "--lang", "zh")
    assert (clean.code, clean.out, clean.err) == (0, "", "没有需要改的\n")


def test_a_course_is_checked_with_its_concepts(studybuddy: Command, tmp_path: Path) -> None:
    root = tmp_path / "content"
    write_lesson(root)
    (root / "concepts.toml").write_text(
        '[[concept]]\nid = "K01"\nlesson = "s1w2d3"\nrequires = ["K09"]\nzh = "一"\nen = "one"\n',
        encoding="utf-8",
    )
    done = studybuddy("lint", str(root), "--lang", "en")
    assert done.code == 1
    assert f"{root}/concepts.toml:4: no concept is called 'K09'" in done.out
    assert "没有名为 'K09' 的概念" in studybuddy("lint", str(root), "--lang", "zh").out


def test_what_is_no_lesson(studybuddy: Command, tmp_path: Path) -> None:
    assert "这里没有课" in studybuddy("lint", str(tmp_path), "--lang", "zh").out
    assert "there is no such file or folder" in studybuddy("lint", str(tmp_path / "x"), "--lang", "en").out


def test_a_new_lesson_proves_itself(studybuddy: Command, tmp_path: Path) -> None:
    written = studybuddy("new-lesson", "S3W11D1", "--dir", str(tmp_path), "--json")
    assert written.json == {"path": str(tmp_path / "s3w11d1")}
    again = studybuddy("new-lesson", "S3W11D1", "--dir", str(tmp_path), "--lang", "zh")
    assert (again.code, "已经存在" in again.err) == (2, True)
    proved = studybuddy("lint", "--prove", str(tmp_path / "s3w11d1"), "--json")
    assert (proved.code, proved.json) == (0, {"diagnostics": []})
    reference = tmp_path / "s3w11d1" / "exercises" / "mean" / "reference.py"
    reference.write_text("def mean(numbers):\n    return sum(numbers) // len(numbers)\n", encoding="utf-8")
    wrong = studybuddy("lint", "--prove", str(tmp_path / "s3w11d1"), "--json")
    assert wrong.code == 1
    assert [row["code"] for row in wrong.json["diagnostics"]] == ["reference-refused"]
    assert studybuddy("lint", str(tmp_path / "s3w11d1")).code == 0, "nothing is run without --prove"


def test_nothing_of_an_imported_lesson_is_run_before_it_is_trusted(
    studybuddy: Command, tmp_path: Path, home: Path
) -> None:
    path = tmp_path / "lesson.txt"
    path.write_text(FORMS["lesson.txt"](), encoding="utf-8")
    assert studybuddy("import", str(path), "--as", "S3W11D1").code == 0
    folder = home / "course" / "s3w11d1"
    numbers = folder / "numbers"
    numbers.mkdir()
    (numbers / "one.py").write_text("print('holds-one =', False)\n", encoding="utf-8")
    assert studybuddy("lint", str(folder)).code == 0
    for place in (folder, home / "course", folder / "lesson.toml"):
        refused = studybuddy("lint", "--prove", str(place), "--lang", "en")
        assert (refused.code, refused.out) == (4, "")
        assert "studybuddy trust S3W11D1" in refused.err
    assert studybuddy("trust", "S3W11D1").code == 0
    proved = studybuddy("lint", "--prove", str(folder), "--json")
    assert "claim-false" in {row["code"] for row in proved.json["diagnostics"]}
    (numbers / "one.py").write_text("print('holds-one =', True)\n", encoding="utf-8")
    assert studybuddy("lint", "--prove", str(folder)).code == 4, "the script is another one now"


def test_the_folder_one_is_in(studybuddy: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_lesson(tmp_path)
    for inside, name in ((folder, "."), (folder / "exercises", "..")):
        monkeypatch.chdir(inside)
        assert studybuddy("lint", name, "--lang", "en").err == "nothing to correct\n"
