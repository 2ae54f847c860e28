"""A backup is all that is the learner's: on another machine the lessons are there, their code asks again."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from tests.cli.conftest import Command
from tests.course.importing.sample import text_export

LESSON = "s3w10d2"


def brought(studybuddy: Command, tmp_path: Path) -> Path:
    """A backup with an imported lesson that was studied and allowed to run."""
    path = tmp_path / "lesson.txt"
    path.write_text(text_export().replace("S3W10D1", LESSON.upper()), encoding="utf-8")
    assert studybuddy("import", str(path)).code == 0
    assert studybuddy("answer", f"{LESSON}/q1", "good").code == 0
    assert studybuddy("trust", LESSON).code == 0
    done = studybuddy("backup", "--json").json
    assert (done["lessons"], done["left_out"]) == ([LESSON], [])
    moved = tmp_path / "usb" / "backup.db"
    moved.parent.mkdir()
    Path(done["path"]).replace(moved)
    return moved


def test_another_machine_has_the_lessons(studybuddy: Command, home: Path, tmp_path: Path) -> None:
    backup = brought(studybuddy, tmp_path)
    before = {path.relative_to(home): path.read_bytes() for path in (home / "course").rglob("*.*")}
    shutil.rmtree(home)
    done = studybuddy("restore", str(backup), "--json").json
    assert (done["lessons"], done["asked_again"], done["kept"]) == ([LESSON], [LESSON], None)
    assert {path.relative_to(home): path.read_bytes() for path in (home / "course").rglob("*.*")} == before
    [card] = [card for card in studybuddy("cards", "--json").json["cards"] if card["id"] == f"{LESSON}/q1"]
    assert card["reps"] == 1
    assert studybuddy("run", f"{LESSON}/code-1").code == 4
    assert studybuddy("doctor", "--json").json["checks"]
    with sqlite3.connect(home / "studybuddy.db") as database:
        assert not database.execute("SELECT 1 FROM sqlite_schema WHERE name = 'sqlar'").fetchall()
    database.close()


def test_the_same_machine_keeps_what_gives_way(studybuddy: Command, home: Path, tmp_path: Path) -> None:
    backup = brought(studybuddy, tmp_path)
    assert studybuddy("restore", str(backup), "--json").json["asked_again"] == []
    page = home / "course" / LESSON / "lesson.zh.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n后来写的\n", encoding="utf-8")
    said = studybuddy("restore", str(backup), "--lang", "en").out
    assert f"with the imported lessons {LESSON.upper()}" in said
    assert "后来写的" not in page.read_text(encoding="utf-8")
    [kept] = home.glob("course.replaced-*")
    assert str(kept) in said
    assert "后来写的" in (kept / LESSON / "lesson.zh.md").read_text(encoding="utf-8")


def test_a_backup_with_a_path_that_leads_out_is_refused(
    studybuddy: Command, home: Path, tmp_path: Path
) -> None:
    backup = brought(studybuddy, tmp_path)
    page = (home / "course" / LESSON / "lesson.zh.md").read_bytes()
    for change in (
        "UPDATE sqlar SET name = '../../evil.md' WHERE name LIKE '%.md'",
        "UPDATE sqlar SET data = x'00', name = 's3w10d2/lesson.zh.md' WHERE name LIKE '%.md'",
        "UPDATE sqlar SET sz = 999999999999",
    ):
        with sqlite3.connect(backup) as database:
            database.execute(change)
        database.close()
        refused = studybuddy("restore", str(backup), "--lang", "en")
        assert (refused.code, refused.out, refused.err.count("\n")) == (3, "", 1)
        assert (home / "course" / LESSON / "lesson.zh.md").read_bytes() == page
    assert not list(tmp_path.rglob("evil.md"))
    assert not list(home.glob("*.part*"))
