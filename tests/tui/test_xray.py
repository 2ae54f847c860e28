"""The shape x-ray as a learner meets it: from the lab, with keys, in both languages, at every size."""

from __future__ import annotations

import re
import threading

import pytest
from textual.pilot import Pilot

from studybuddy.core.exercise import Exercise
from studybuddy.core.xray import XrayTrace
from studybuddy.study.lab import Lab
from studybuddy.tui.app import StudybuddyApp
from studybuddy.tui.screens.lab import LabScreen
from studybuddy.tui.screens.lesson import LessonScreen
from studybuddy.tui.screens.xray import XrayScreen
from studybuddy.tui.widgets.code_editor import CodeEditor
from studybuddy.tui.widgets.program_view import ProgramView
from studybuddy.tui.widgets.shape_panel import ShapePanel
from tests.tui.conftest import MakeApp
from tests.tui.looking import lines_of, text_of
from tests.tui.waiting import shown, until

LOOP = "s3w10d1/training-loop"
DEPTH = "s3w10d1/max-depth"
PROGRAM = """\
import numpy as np
N, D_in, H = 64, 1000, 100
x = np.ones((N, D_in))
w1 = np.ones((D_in, H))
for t in range(500):
    h = x.dot(w1)  # 中文
    g = h.T @ h
    e = np.ones(N) - np.ones((N, 1))
print("end")
"""
HOSTILE = "s = '\\x1b[2J[bold]/[/]\\u202e'\nimport numpy as np\n" + "ж" * 3000 + " = np.ones((2, 3))\n"


async def look(app: StudybuddyApp, pilot: Pilot[None], source: str) -> XrayScreen:
    exercise = app.study.now(lambda study: study.library.exercise(LOOP))
    await app.push_screen(XrayScreen(exercise, source))
    screen = app.screen
    assert isinstance(screen, XrayScreen)
    await until(pilot, lambda: shown(screen.query_one(ShapePanel)).strip(), "the shapes")
    return screen


def panel(app: StudybuddyApp) -> str:
    return shown(app.screen.query_one(ShapePanel))


def marked(app: StudybuddyApp) -> str:
    """The line of the program that bears a sign."""
    lines = shown(app.screen.query_one(ProgramView)).splitlines()
    return next((line.strip() for line in lines if line.lstrip()[1:2] in ("▸", "✗")), "")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_stepping_through_a_loop(make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app("en")
    async with app.run_test(size=size) as pilot:
        await look(app, pilot, PROGRAM)
        assert marked(app).startswith("2▸ N, D_in, H")
        await pilot.press("j", "down", "space", "right")
        assert marked(app).startswith("6▸     h = x.dot(w1)")
        assert "line 6 · pass 1 of the loop\nh = x.dot(w1)\n" in panel(app)
        assert "x (64, 1000).dot(w1 (1000, 100)) → h (64, 100)" in panel(app)
        assert "  (N, D_in)         (D_in, H)        (N, H)" in panel(app)
        assert "→ h   (64, 100)    (N, H)     float64" in panel(app)
        await pilot.press("n")
        assert "line 6 · pass 2 of the loop" in panel(app)
        await pilot.press("p", "j", "j")
        assert "▸ (64,) - (64, 1): both are stretched, to (64, 64); is" in panel(app)
        await pilot.press("k")
        assert "g = h.T @ h" in panel(app)
        await pilot.press("G", "j")
        assert re.search(r"step (\d+) of \1\b", text_of(app))
        assert re.search("stopped once the loop had been seen|the program ran to its end", text_of(app))
        await pilot.press("g", "k")
        assert "step 1 of " in text_of(app)
        assert "N → 64" in panel(app)


async def test_a_missing_transpose_opens_at_the_line_that_fails(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(app, pilot, PROGRAM.replace("h.T @", "h @"))
        assert marked(app).startswith("7✗     g = h @ h")
        assert "✗ (64, 100) @ (64, 100): the inner sizes differ, 100 (H) ≠ 64 (N)" in panel(app)
        assert "ValueError" in panel(app)
        assert "✗ the program fails here" in text_of(app)
        await pilot.press("k")
        assert "the program fails; G shows where" in text_of(app)
        await pilot.press("G")
        assert marked(app).startswith("7✗")
        await pilot.click(ProgramView, offset=(10, 0))
        assert marked(app).startswith("4▸")
        await pilot.press("escape")
        assert not isinstance(app.screen, XrayScreen)


async def test_the_language_is_switched_and_the_step_stays(make_app: MakeApp) -> None:
    app = make_app("zh")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(app, pilot, PROGRAM)
        await pilot.press("j", "j", "j", "j")
        assert "第 6 行 · 循环第 1 轮" in panel(app)
        assert "形状透视" in text_of(app)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "pass 1 of the loop" in panel(app), "English")
        assert "Shape x-ray" in text_of(app)
        assert marked(app).startswith("6▸")


async def test_programs_without_a_step(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(app, pilot, "x = (\n")
        assert "✗ line 1: '(' was never closed" in panel(app)
        assert "✗ the program fails" in text_of(app)
        await pilot.press("j", "k", "G", "g", "n", "escape")
        assert not isinstance(app.screen, XrayScreen)


@pytest.mark.parametrize("size", [(40, 10), (80, 24), (20, 5), (200, 60)])
async def test_foreign_text_and_odd_sizes(make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app("en")
    async with app.run_test(size=size) as pilot:
        exercise = app.study.now(lambda study: study.library.exercise(LOOP))
        await app.push_screen(XrayScreen(exercise, HOSTILE))
        await app.workers.wait_for_complete()
        for key in ("j", "j", "pagedown", "G"):
            await pilot.press(key)
        await pilot.resize_terminal(70, 20)
        await pilot.pause()
        assert not any(char in line for line in lines_of(app) for char in "\x1b\u202e")
        assert "ж" in panel(app)


async def test_it_opens_from_the_lab_for_scripts_alone(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(120, 40)) as pilot:
        lab = LabScreen(DEPTH)
        await app.push_screen(lab)
        await until(pilot, lambda: not lab.query_one("#editor", CodeEditor).read_only, "the lab")
        assert "lab.xray" not in [command.id for command in lab.commands()]
        await pilot.press("f7")
        assert app.screen is lab
        await app.pop_screen()

        lab = LabScreen(LOOP)
        await app.push_screen(lab)
        editor = lab.query_one("#editor", CodeEditor)
        await until(pilot, lambda: not editor.read_only, "the lab")
        editor.put(PROGRAM)
        await pilot.press("x")
        assert editor.text.startswith("x"), "in the editor it is a letter"
        await pilot.press("backspace", "f7")
        await until(pilot, lambda: isinstance(app.screen, XrayScreen), "by F7")
        await until(pilot, lambda: "N → 64" in panel(app), "the program of the editor")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is lab, "back")
        assert editor.text == PROGRAM
        await pilot.press("escape", "x")
        await until(pilot, lambda: isinstance(app.screen, XrayScreen), "by x outside the editor")


async def test_the_lesson_opens_it_on_the_learners_own_program(make_app: MakeApp) -> None:
    app = make_app("en", before=lambda study: study.lab.save_draft(LOOP, PROGRAM))
    async with app.run_test(size=(80, 24)) as pilot:
        lesson = LessonScreen("s3w10d1", "s3w10d1/theory")
        await app.push_screen(lesson)
        await until(pilot, lambda: lesson.shown_lesson is not None, "the lesson")
        await pilot.press("X")
        assert app.screen is lesson, "this section has no program"
        await pilot.press("n", "X")
        await until(pilot, lambda: isinstance(app.screen, XrayScreen), "the x-ray")
        await until(pilot, lambda: "N → 64" in panel(app), "the draft")


async def test_leaving_ends_the_program(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped = threading.Event()

    def wait(lab: Lab, exercise: Exercise, source: str, stop: threading.Event) -> XrayTrace:
        assert stop.wait(20)
        stopped.set()
        return XrayTrace(exercise.id, source)

    monkeypatch.setattr(Lab, "xray", wait)
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        exercise = app.study.now(lambda study: study.library.exercise(LOOP))
        await app.push_screen(XrayScreen(exercise, PROGRAM))
        await pilot.pause()
        assert "the program runs for a moment" in text_of(app)
        await pilot.press("j", "G", "n", "escape")
        await until(pilot, stopped.is_set, "stopped")
