"""The import screen: choosing a file, looking at what it holds, importing it, allowing its code."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot

from studybuddy.study.source_lines import Look, look
from studybuddy.study.wiring import Study
from studybuddy.tui.app import StudybuddyApp
from studybuddy.tui.modals.confirm import ConfirmModal
from studybuddy.tui.modals.line import LineModal
from studybuddy.tui.screens import import_look
from studybuddy.tui.screens.import_lesson import ImportScreen
from studybuddy.tui.screens.lesson import LessonScreen
from studybuddy.tui.screens.lessons import LessonsScreen
from studybuddy.tui.widgets.finding_panes import FindingsPane
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.line_input import LineInput
from studybuddy.tui.widgets.offers_pane import OffersPane
from tests.course.importing.sample import notebook, text_export
from tests.tui.conftest import MakeApp
from tests.tui.looking import opened, settle, text_of
from tests.tui.waiting import until

SECOND = text_export().replace("S3W10D1", "S3W10D2")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder one starts the app in, with a lesson in it."""
    folder = tmp_path / "第十周 资料"
    folder.mkdir()
    (folder / "第二天.txt").write_text(SECOND, "utf-8")
    monkeypatch.chdir(folder)
    return folder


def front(app: StudybuddyApp) -> ImportScreen:
    """The import screen, which is in front."""
    assert isinstance(app.screen, ImportScreen)
    return app.screen


def labels(app: StudybuddyApp) -> list[str]:
    """The keys that are offered."""
    return [f"{key.command.key_text} {key.command.label}" for key in app.screen.query_one(KeyLine).shown()]


async def choose(pilot: Pilot[None], app: StudybuddyApp, typed: str, stage: str = "seen") -> None:
    """Type a path, and wait for what comes of it."""
    screen = front(app)
    if screen.stage != "path":
        screen.action_choose()
    screen.query_one(LineInput).value = typed
    await pilot.pause()
    await pilot.press("enter")
    await until(pilot, lambda: screen.stage == stage and not screen_works(screen), f"{typed}: {stage}")


def screen_works(screen: ImportScreen) -> bool:
    """Whether something is still being read."""
    return any(worker.group == "reading" and not worker.is_finished for worker in screen.workers)


async def test_a_lesson_comes_in_is_allowed_and_opened(make_app: MakeApp, here: Path) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p")
        await settle(pilot)
        await pilot.press("n")
        screen = front(app)
        await until(pilot, lambda: screen.query_one(OffersPane).offers, "the folder was read")
        await pilot.press("tab")
        await until(pilot, lambda: screen.query_one(LineInput).value == "第二天.txt", "filled in")
        assert labels(app) == ["Enter preview", "Tab fill in", "Esc back", "? help"]
        await pilot.press("enter")
        await until(pilot, lambda: screen.stage == "seen", "the file was read")
        text = text_of(app)
        assert "S3W10D2  自己写的一课" in text
        assert "checklist items" in text
        assert "3 · 2 open" in text
        assert "10 warnings" in text
        await pilot.press("j", "j", "k")
        text = text_of(app)
        assert "! warning LOST-FORMULA" in text
        assert "> **思考题**：对矩阵求导时， 的形状必须和  一样吗？" in text
        assert "\n" + " " * 30 in text
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "处警告" in text_of(app), "in Chinese")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "10 warnings" in text_of(app), "and back")
        assert labels(app)[0] == "Enter import"
        await pilot.press("enter")
        await until(pilot, lambda: screen.stage == "done", "it was imported")
        assert "in your course: " in text_of(app)
        assert "only shown until you allow it: T" in text_of(app)
        await pilot.press("T")
        await until(pilot, lambda: isinstance(app.screen, ConfirmModal), "it is asked")
        await pilot.press("y")
        await until(pilot, lambda: app.screen is screen and "its code may run" in text_of(app), "allowed")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, LessonScreen) and "要点一" in text_of(app), "open")
        await pilot.press("T")
        await until(pilot, lambda: "is only shown from now on" in text_of(app), "forbidden again")
        await pilot.press("escape")
        await until(pilot, lambda: "S3W10D2" in text_of(app), "it stands in the list")
        assert isinstance(app.screen, LessonsScreen)
        assert "T trust" not in labels(app)
        await pilot.press("j")
        assert "imported, code off" in text_of(app)
        assert "T trust" in labels(app)
        await pilot.press("T")
        await until(pilot, lambda: isinstance(app.screen, ConfirmModal), "it is asked")
        await pilot.press("n")
        await opened(pilot)
        assert "imported, code off" in text_of(app)


async def test_a_new_version_says_what_changes_and_a_gone_file_writes_nothing(
    make_app: MakeApp, here: Path
) -> None:
    path = here / "第二天.txt"

    def bring(study: Study) -> None:
        study.save_import(study.imports.plan([path]))

    app = make_app("en", before=bring)
    folder = here.parent / "data" / "course" / "s3w10d2"
    page = folder / "lesson.zh.md"
    page.write_text(page.read_text("utf-8").replace("许多小函数", "好多函数"), "utf-8")
    newer = SECOND.replace("许多小函数", "很多小函数").replace("权重全是同一个数", "权重都是零")
    path.write_text(newer, "utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p", "n")
        await choose(pilot, app, f"file://{path}")
        text = text_of(app)
        assert "What changes" in text
        assert "→ interview questions: 1 changed (q1)" in text
        assert "yours sta" in text
        path.write_text(newer.replace("用递归", "用队列"), "utf-8")
        await pilot.press("enter")
        await until(pilot, lambda: "the file has changed" in text_of(app), "nothing is written unseen")
        assert "用队列" not in "".join(one.read_text("utf-8") for one in folder.rglob("*.md"))
        path.unlink()
        await pilot.press("enter")
        await until(pilot, lambda: "nothing was written: cannot read" in " ".join(text_of(app).split()), "")
        assert front(app).stage == "seen"
        path.write_text(newer, "utf-8")
        await pilot.press("r")
        await until(pilot, lambda: "read again" in text_of(app).split("\n\n")[0], "it is read again")
        await pilot.press("enter")
        await until(pilot, lambda: front(app).stage == "done", "imported")
        assert "好多函数" in page.read_text("utf-8")
        assert "权重都是零" in page.read_text("utf-8")


BAD = {
    "empty.txt": b"",
    "binary.txt": bytes(range(256)) * 9,
    "evil.md": "# S3W10D4：坏[red]x[/]\n\n## 1 理论\n\n```python\nx = (\n```\n".encode(),
    "many.md": (
        "# S3W10D4：多\n\n## 1 理论\n\n"
        + "\n\n".join(f"误差{n}传u回来， 的形状和  一样。" for n in range(300))
    ).encode(),
    "latin.ipynb": b'{"nbformat": 3, "cells": []}',
}


async def test_what_cannot_be_imported_says_why(make_app: MakeApp, here: Path) -> None:
    for name, data in BAD.items():
        (here / name).write_bytes(data)
    (here / "折叠").mkdir()
    app = make_app("en")
    course = here.parent / "data" / "course"
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        screen = front(app)
        await choose(pilot, app, "/nowhere/" + "长" * 300 + ".md", "path")
        await until(pilot, lambda: "长.md: No such file" in text_of(app), "no such file")
        await choose(pilot, app, "折叠", "path")
        await until(pilot, lambda: screen.query_one(LineInput).value == "折叠/", "the folder is looked into")
        await choose(pilot, app, "折叠/", "path")
        await until(pilot, lambda: "lies in this folder" in text_of(app), "there is nothing")
        for name in ("empty.txt", "binary.txt", "latin.ipynb"):
            await choose(pilot, app, name)
            assert "✗ nothing will be written: there " in text_of(app)
            await pilot.press("enter")
            assert not {"Enter import", "f all the same"} & set(labels(app))
        await choose(pilot, app, "many.md")
        assert len(screen.query_one(FindingsPane).found) > 100
        await pilot.press("pagedown", "pagedown", "pageup", *["k"] * 20, "k")
        await pilot.resize_terminal(40, 10)
        await pilot.press("j", "j")
        assert "▸" in text_of(app)
        await pilot.resize_terminal(120, 40)
        await choose(pilot, app, "evil.md")
        assert "S3W10D4  坏[red]x[/]" in text_of(app)
        assert screen.query_one(FindingsPane).found[0].error
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, LineModal), "the code is asked")
        await pilot.press(*"S3W10D1", "enter")
        await until(pilot, lambda: "course's own lessons and never replaced" in text_of(app), "refused")
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, LineModal), "the code is asked")
        await pilot.press(*"S3W10D9", "enter")
        await until(pilot, lambda: "S3W10D9  坏" in text_of(app), "another code")
        assert not course.exists()
        await pilot.press("f")
        await until(pilot, lambda: isinstance(app.screen, ConfirmModal), "it is asked")
        await pilot.press("y")
        await until(pilot, lambda: screen.stage == "done", "imported all the same")
        assert [one.name for one in course.iterdir()] == ["s3w10d9"]


async def test_escape_stops_waiting_and_the_app_stays_alive(
    make_app: MakeApp, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "nb.ipynb").write_text(notebook().replace("S3W10D1", "S3W10D3"), "utf-8")
    let_go = Event()

    def slow(path: Path) -> Look:
        let_go.wait(20)
        return look(path)

    monkeypatch.setattr(import_look, "look", slow)
    app = make_app("zh")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        screen = front(app)
        screen.query_one(LineInput).value = "nb.ipynb"
        await pilot.press("enter")
        await until(pilot, lambda: "正在读取 nb.ipynb" in text_of(app), "it is read")
        assert labels(app)[0] == "Esc stop"
        await pilot.press("escape")
        await until(pilot, lambda: screen.stage == "path", "nobody waits")
        let_go.set()
        await settle(pilot)
        assert screen.stage == "path"
        await choose(pilot, app, "nb.ipynb")
        assert "单元 1，" in text_of(app)
        await pilot.press("q", "escape", "escape")
        await settle(pilot)
        assert not isinstance(app.screen, ImportScreen)
