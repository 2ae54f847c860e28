"""A lesson from elsewhere becomes one of the course: planned, written, brought up to date."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from studybuddy.core.errors import StoreFullError, StudybuddyError, UsageError
from studybuddy.core.event import EventKind
from studybuddy.course.finder import content_root
from studybuddy.course.looks import half_done
from studybuddy.course.shelf.writing import FolderToWrite, make_ready
from studybuddy.i18n import say
from studybuddy.study.import_plan import ImportPlan
from studybuddy.study.launch import Launch
from studybuddy.study.wiring import Study
from tests.course.importing.sample import COUNTS, text_export
from tests.course.sample import changed, write_lesson

CODE = "S3W10D2"


def export(folder: Path, text: str = "", name: str = "lesson.txt", code: str = CODE) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text((text or text_export()).replace("S3W10D1", code), encoding="utf-8")
    return path


def bring(study: Study, *paths: Path, code: str = "", force: bool = False) -> ImportPlan:
    return study.save_import(study.imports.plan(paths, code, force=force))


def shelf(study: Study) -> dict[str, str]:
    root = study.desk.places.lessons
    return {path.relative_to(root).as_posix(): path.read_text() for path in root.rglob("*") if path.is_file()}


def test_an_imported_lesson_is_everywhere(study: Study, tmp_path: Path) -> None:
    plan = study.imports.plan([export(tmp_path)])
    assert (plan.ready, shelf(study)) == (True, {})
    written = study.save_import(plan)
    assert [one.id for one in written.lessons] == ["s3w10d2"]
    assert [lesson.id for lesson in study.desk.catalogue.lessons] == ["s3w10d1", "s3w10d2"]
    assert study.desk.catalogue.lesson(CODE).imported
    assert study.library.lesson("s3w10d2").title == "自己写的一课——梯度（Gradients）"
    assert {"s3w10d2/card/think-1", "s3w10d2/q1"} <= set(study.card_ids())
    assert "s3w10d2/q1" in study.browser.find("lesson:s3w10d2")
    study.reading.complete("s3w10d1")
    assert study.desk.store.queue.memory("s3w10d2/card/think-1") is None
    study.reading.mark_read("s3w10d2/theory")
    assert study.desk.store.queue.memory("s3w10d2/card/think-1") is not None
    assert study.library.question("s3w10d2/q2").question
    (event,) = study.desk.store.log.events(EventKind.IMPORT)
    assert event.subject == "s3w10d2"
    assert event.body["source"] == "lesson.txt"
    assert event.body["counts"] == COUNTS
    assert len(event.body["hash"]) == 32


def test_the_next_free_name(study: Study, tmp_path: Path) -> None:
    first = bring(study, export(tmp_path / "a", code="S3W10D1"))
    assert [one.id for one in first.lessons] == ["s3w10d1.2"]
    assert "becomes S3W10D1.2" in first.lessons[0].findings[0].phrase.english()
    others = [export(tmp_path / name, f"{text_export()}\n{name}", f"{name}.md", "S3W10D1") for name in "bc"]
    others[0].write_text(others[0].read_text().replace("In [2]:", ""), encoding="utf-8")
    plan = bring(study, *others, force=True)
    assert [one.id for one in plan.lessons] == ["s3w10d1.3", "s3w10d1.4"]
    again = study.imports.plan([tmp_path / "a" / "lesson.txt"])
    assert (again.lessons[0].id, again.lessons[0].replaces, again.lessons[0].difference) == (
        "s3w10d1.2",
        True,
        (),
    )
    renamed = export(tmp_path / "d", name="renamed.txt", code="S3W10D1")
    assert study.imports.plan([renamed]).lessons[0].id == "s3w10d1.2", "the same bytes under another name"
    with pytest.raises(UsageError, match="twice"):
        study.imports.plan([renamed, renamed])


def test_a_code_that_is_asked_for(study: Study, tmp_path: Path) -> None:
    path, other = export(tmp_path), export(tmp_path, f"{text_export()}\n\n末。", "other.txt")
    assert bring(study, path, code="s4w1d1").lessons[0].id == "s4w1d1"
    assert bring(study, path, code="s4w1d1").lessons[0].replaces
    assert study.imports.plan([path]).lessons[0].id == "s4w1d1", "it is known where it went"
    for code, words in (("S3W10D1", "never replaced"), ("S4W1D1", "--force"), ("nonsense", "no lesson")):
        with pytest.raises(UsageError, match=words):
            study.imports.plan([other], code)
    assert bring(study, other, code="S4W1D1", force=True).lessons[0].replaces
    (study.desk.places.lessons / "s4w1d2").mkdir()
    with pytest.raises(UsageError, match="already and was not imported"):
        study.imports.plan([other], "S4W1D2", force=True)
    with pytest.raises(UsageError, match="one file"):
        study.imports.plan([path, other], "S4W1D3")


def test_a_name_whose_history_is_another_lessons(study: Study, tmp_path: Path) -> None:
    bring(study, export(tmp_path))
    shutil.rmtree(study.desk.places.lessons / "s3w10d2")
    study.reload_course()
    other = export(tmp_path, f"{text_export()}\n\n末。", "other.txt")
    assert study.imports.plan([other]).lessons[0].id == "s3w10d2.2"
    assert study.imports.plan([tmp_path / "lesson.txt"]).lessons[0].id == "s3w10d2"


def test_all_or_none(study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad = export(tmp_path), export(tmp_path, "# Nothing\n", "bad.md")
    plan = study.imports.plan([good, bad])
    assert not plan.ready
    with pytest.raises(UsageError):
        study.save_import(plan)
    assert not study.imports.plan([good, bad], force=True).ready, "what has no code cannot be forced"
    second = export(tmp_path, name="second.txt", code="S3W10D3")
    bring(study, good)
    before = shelf(study)

    def full(*_: Any) -> None:
        raise StoreFullError("full")

    with monkeypatch.context() as patch:
        patch.setattr(type(study.desk.store), "append_all", full)
        with pytest.raises(StoreFullError):
            bring(study, good, second)
    assert shelf(study) == before
    assert len(list(study.desk.store.log.events(EventKind.IMPORT))) == 1
    assert [one.id for one in bring(study, good, second).lessons] == ["s3w10d2", "s3w10d3"]


def test_errors_are_no_obstacle_by_force(study: Study, tmp_path: Path) -> None:
    path = export(tmp_path, "# S3W10D2：半课\n\n## 1 理论\n\n文字。\n\n```python\nx = (\n```\n", "half.md")
    plan = study.imports.plan([path])
    assert not plan.ready
    written = bring(study, path, force=True)
    assert study.library.lesson("s3w10d2").title == "半课"
    assert written.lessons[0].imported.failed


def test_brought_up_to_date(study: Study, tmp_path: Path) -> None:
    path = export(tmp_path)
    bring(study, path)
    study.reading.mark_read("s3w10d2/theory")
    moved = text_export().replace(
        "**Q1:", "**Q1: 新的一题？**\n\n> **考察点**: 新。\n> **参考答案**: 新答。\n\n**Q2:", 1
    )
    moved = moved.replace("**Q2: 为什么", "**Q3: 为什么").replace("维度。\n", "维度，仔细看。\n", 1)
    export(tmp_path, moved)
    plan = study.imports.plan([path])
    (lesson,) = plan.lessons
    assert lesson.replaces
    assert "1 are added" in lesson.findings[0].phrase.english()
    told = {change.kind: (change.added, change.changed, change.removed) for change in lesson.changes}
    assert told["question"] == (("q3",), ("q2",), ())
    assert "card" not in told
    assert "question" in {change.kind for change in study.save_import(plan).lessons[0].changes}
    assert [one.id for one in study.library.lesson("s3w10d2").questions] == [
        "s3w10d2/q3",
        "s3w10d2/q1",
        "s3w10d2/q2",
    ]
    assert study.desk.store.queue.memory("s3w10d2/card/think-1") is not None
    assert say(lesson.difference[0]).startswith(("interview questions: 1 added (q3)", "面试题"))


def test_what_the_learner_changed_stays(study: Study, tmp_path: Path) -> None:
    """Edits in the app are in the log, edits of the files are found by what was written."""
    path = export(tmp_path)
    bring(study, path)
    folder = study.desk.places.lessons / "s3w10d2"
    prose, cards = folder / "lesson.zh.md", folder / "cards.toml"
    prose.write_text(prose.read_text().replace("传u回来", "传回来"), encoding="utf-8")
    cards.write_text(cards.read_text().replace("每个分量有一个导数。", "我的话。"), encoding="utf-8")
    (folder / ".notes").write_text("mine", encoding="utf-8")
    (folder / "exercises" / "own.bin").write_bytes(b"\xff")
    study.reload_course()
    study.own_cards.edit("s3w10d2/card/symbol-1", "我的问题？", "(N, D)")
    new = text_export().replace("- 输入 $X$", "- 输入数据 $X$").replace("每个分量有一个导数", "来源的话")
    new = new.replace("写过一遍", "写过两遍")
    export(tmp_path, new)
    (lesson,) = bring(study, path).lessons
    assert [(one.path, one.kind, one.id, one.clash.value) for one in lesson.conflicts] == [
        ("cards.toml", "card", "think-1", "both")
    ]
    assert lesson.reworded == ("s3w10d2/card/symbol-1",)
    assert all(say(warning) for warning in lesson.warnings)
    assert (folder / ".notes").read_text() == "mine"
    assert (folder / "exercises" / "own.bin").read_bytes() == b"\xff"
    assert "传回来" in prose.read_text()
    assert "写过两遍" in prose.read_text()
    assert "来源的话" in prose.read_text()
    assert "我的话。" in cards.read_text()
    assert "来源的话。" in (folder / "cards.toml.new").read_text()
    asked = study.library.card("s3w10d2/card/symbol-1")
    assert asked is not None
    assert asked.front == "我的问题？"
    assert study.desk.undo() is not None, "the learner takes their words back"
    export(tmp_path, new.replace("- 输入数据 $X$", "- 输入的数据 $X$"))
    assert study.imports.plan([path]).lessons[0].reworded == ()
    export(tmp_path, new)
    again = bring(study, path).lessons[0]
    assert (again.conflicts, again.changes) == ((), ())
    assert "我的话。" in cards.read_text()
    assert not (folder / "cards.toml.new").exists()


def test_changes_that_do_not_fit_are_kept_apart(study: Study, tmp_path: Path) -> None:
    path = export(tmp_path)
    bring(study, path)
    folder = study.desk.places.lessons / "s3w10d2"
    prose = folder / "lesson.zh.md"
    mine = prose.read_text().replace("> **步骤** {#step-3}", "> 我的话\n\n> **步骤** {#step-3}")
    mine = mine.replace("> **步骤** {#step-2}：分析", "> **步骤** {#step-2}：我的分析")
    prose.write_text(mine, encoding="utf-8")
    export(tmp_path, text_export().replace("> 2. 分析 : ... (此处请补充)\n", ""))
    (lesson,) = bring(study, path).lessons
    assert {one.clash.value for one in lesson.conflicts} == {"unfit"}
    assert prose.read_text() == mine
    assert (folder / "lesson.zh.md.new").exists()
    study.library.lesson("s3w10d2")


def test_a_lesson_folder_of_our_own(study: Study, tmp_path: Path) -> None:
    folder = write_lesson(tmp_path)
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / ".hidden.md").write_text("text", encoding="utf-8")
    (folder / "loop.md").symlink_to("loop.md")
    assert bring(study, folder).lessons[0].id == "s1w2d3"
    assert bring(study, folder, code="S1W2D5").lessons[0].id == "s1w2d5"
    for lesson in ("s1w2d3", "s1w2d5"):
        assert study.library.lesson(lesson).code == lesson.upper()
        assert not (study.desk.places.lessons / lesson / "picture.png").exists()
        assert not (study.desk.places.lessons / lesson / ".hidden.md").exists()
    write_lesson(tmp_path, changed("cards.toml", 'id = "chain"', 'id = "chained"'))
    (change,) = [change for change in bring(study, folder).lessons[0].changes if change.kind == "card"]
    assert (change.added, change.removed) == (("chained",), ("chain",))


def test_files_that_are_edited_while_it_is_open(study: Study, tmp_path: Path) -> None:
    bring(study, export(tmp_path))
    title = study.library.lesson("s3w10d2").title
    assert not study.refresh_course()
    prose = study.desk.places.lessons / "s3w10d2" / "lesson.zh.md"
    prose.write_text(prose.read_text().replace(title, "另一个题目"), encoding="utf-8")
    assert study.library.lesson("s3w10d2").title == title
    assert study.refresh_course()
    assert study.library.lesson("s3w10d2").title == "另一个题目"
    assert not study.refresh_course()
    shutil.rmtree(study.desk.places.lessons)
    assert study.refresh_course()
    assert [lesson.id for lesson in study.desk.catalogue.lessons] == ["s3w10d1"]


def test_a_broken_folder_does_not_stop_the_day(study: Study, tmp_path: Path) -> None:
    bring(study, export(tmp_path, code="S1W1D1"))
    assert study.day.plan().lesson is not None
    (study.desk.places.lessons / "s1w1d1" / "lesson.zh.md").write_bytes(b"\xff")
    study.reload_course()
    with pytest.raises(StudybuddyError):
        study.library.lesson("s1w1d1")
    current = study.day.current_lesson()
    assert current is not None
    assert current.id == "s3w10d1"
    assert [check.ok for check in study.care.checks() if check.name == "course"] == [False] * 1


@pytest.mark.parametrize("logged", [True, False])
def test_an_import_that_a_crash_cut_short(tmp_path: Path, logged: bool) -> None:
    """The next who opens the data for writing finishes it where the log knows it, else takes it back."""
    home = tmp_path / "home"
    first = Study(Launch(str(home), "en"), writer="test")
    bring(first, export(tmp_path))
    ready = make_ready(home / "course", [FolderToWrite("s3w10d2", {}), FolderToWrite("s3w10d3", {"a": "b"})])
    ready.put()
    if logged:
        first.desk.record(EventKind.IMPORT, "s3w10d2", {"import": ready.name})
    first.close()
    reader = Study(Launch(str(home), "en"))
    assert half_done(home / "course"), "whoever only reads leaves it alone"
    reader.close()
    second = Study(Launch(str(home), "en"), writer="test")
    assert not half_done(home / "course")
    found = {lesson.id: bool(lesson.errors) for lesson in second.desk.catalogue.lessons if lesson.imported}
    assert found == ({"s3w10d2": True, "s3w10d3": True} if logged else {"s3w10d2": False})
    second.close()


def test_a_file_under_a_new_name_is_told_how_to_replace_the_old_one(study: Study, tmp_path: Path) -> None:
    bring(study, export(tmp_path))
    later = export(tmp_path, text_export() + "\n补充一句。\n", name="second version.txt")
    [planned] = study.imports.plan([later]).lessons
    [note] = planned.notes
    said = say(note.said)
    assert planned.id == "s3w10d2.2"
    assert "S3W10D2 was imported from lesson.txt; this file becomes S3W10D2.2" in said
    assert "--as S3W10D2 --force" in said
    [planned] = study.imports.plan([later], "S3W10D2", force=True).lessons
    assert (planned.id, planned.replaces) == ("s3w10d2", True)


def test_a_lesson_of_the_courses_own_can_be_read_from_the_shelf(study: Study, tmp_path: Path) -> None:
    """Its cards ask drills, which lie beside the course and not beside the learner's lessons."""
    own = content_root() / "s3w10d1"
    [written] = bring(study, own).lessons
    lesson = study.desk.catalogue.lesson(written.id)
    assert (written.id, lesson.errors) == ("s3w10d1.2", [])
    assert study.library.lesson(written.id).cards
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(own, elsewhere / "s3w10d1")
    drills = (content_root() / "drills.toml").read_text(encoding="utf-8")
    (elsewhere / "drills.toml").write_text(drills.replace('id = "relu-mask"', 'id = "other-mask"'))
    cards = elsewhere / "s3w10d1" / "cards.toml"
    cards.write_text(cards.read_text(encoding="utf-8").replace("drill/relu-mask/", "drill/other-mask/"))
    [refused] = study.imports.plan([elsewhere / "s3w10d1"]).lessons
    assert refused.refused is not None
    assert "beside its folder" in say(refused.refused)


def test_a_new_question_never_inherits_the_history_of_one_that_is_gone(study: Study, tmp_path: Path) -> None:
    def asked(*words: str) -> dict[str, str]:
        rows = [f"**Q{n}: {word}？**\n\n> **参考答案**: 因为{word}。\n" for n, word in enumerate(words, 1)]
        bring(study, export(tmp_path, "# S3W10D2: 问\n\n## 4 面试\n\n" + "\n".join(rows)))
        return {q.id: str(q.question) for q in study.library.lesson("s3w10d2").questions}

    first = asked("甲", "乙")
    assert list(first) == ["s3w10d2/q1", "s3w10d2/q2"]
    assert list(asked("甲")) == ["s3w10d2/q1"]
    assert list(asked("甲", "丙")) == ["s3w10d2/q1", "s3w10d2/q3"]
    assert list(asked("甲", "丁", "乙")) == ["s3w10d2/q1", "s3w10d2/q3", "s3w10d2/q2"]
