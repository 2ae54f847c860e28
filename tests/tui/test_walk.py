from __future__ import annotations

from textual.pilot import Pilot

from studybuddy.study.walking import OPEN, OWN, SHOWN, Stage
from studybuddy.tui.app import StudybuddyApp
from studybuddy.tui.screens.lab import LabScreen
from studybuddy.tui.screens.lesson import LessonScreen
from studybuddy.tui.screens.walk import WalkScreen
from studybuddy.tui.widgets.answer_field import AnswerField
from studybuddy.tui.widgets.status_line import StatusLine
from studybuddy.tui.widgets.trail import Trail
from tests.tui.conftest import LESSON, MakeApp
from tests.tui.waiting import shown, until

WALK = f"{LESSON}/backward"


async def open_walk(app: StudybuddyApp, pilot: Pilot[None]) -> WalkScreen:
    await app.push_screen(WalkScreen(WALK))
    screen = app.screen
    assert isinstance(screen, WalkScreen)
    await until(pilot, lambda: screen.focused is screen.query_one(AnswerField), "open")
    return screen


async def type_in(screen: WalkScreen, pilot: Pilot[None], text: str) -> None:
    screen.query_one(AnswerField).value = text
    await pilot.press("enter")
    await until(pilot, lambda: not screen._busy, "judged")


def stage(screen: WalkScreen) -> Stage:
    assert screen._walking is not None
    return screen._walking.stage


async def test_a_step_from_its_shape_to_its_reason(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_walk(app, pilot)
        assert "Which shape has grad_y_pred?" in shown(screen)
        await type_in(screen, pilot, "(64, 1000)")
        assert "✗ wrong: a gradient has the shape of what it is the gradient of" in shown(screen)
        await type_in(screen, pilot, "(64, 10)")
        assert "Complete the line" in shown(screen)
        await type_in(screen, pilot, "y_pred - y")
        assert "✗ wrong" in shown(screen)
        assert stage(screen) is Stage.LINE
        await type_in(screen, pilot, "2 * (y_pred - y)")
        assert "grad_y_pred = 2.0 * (y_pred - y)" in shown(screen)
        assert "Why is there a factor 2" in shown(screen)
        screen.query_one(AnswerField).value = "[b]because\x1b[2J"
        await pilot.press("enter")
        await until(pilot, lambda: "sum of squares" in shown(screen), "the reason")
        assert "[b]because" in shown(screen)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "损失是平方" in shown(screen), "in Chinese")
        await pilot.press("enter")
        assert stage(screen) is Stage.SHAPE
        assert "grad_w2 是什么形状？" in shown(screen)
        await pilot.press("ctrl+r", "ctrl+r")
        assert "grad_w2 = h_relu.T @ grad_y_pred" in shown(screen)
        assert screen.query_one(Trail).signs == (OWN, SHOWN, OPEN, OPEN, OPEN)
        await pilot.press("escape", "escape")
        again = await open_walk(app, pilot)
        assert again.query_one(Trail).current == 1


async def test_the_end_leads_to_the_program(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await open_walk(app, pilot)
        for _step in range(5):
            await pilot.press("ctrl+r", "ctrl+r", "enter", "enter")
        assert "0 of 5 steps by yourself" in shown(screen.query_one(StatusLine))
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, LabScreen), "the lab")


async def test_the_lesson_leads_to_the_walk(make_app: MakeApp) -> None:
    app = make_app("zh")
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(LessonScreen(LESSON, f"{LESSON}/code"))
        await until(pilot, lambda: "第 2/7 节" in shown(app.screen), "the section")
        await pilot.press("tab", "enter")
        await until(pilot, lambda: isinstance(app.screen, WalkScreen), "the walk")


async def test_a_small_terminal(make_app: MakeApp) -> None:
    app = make_app("zh")
    async with app.run_test(size=(40, 10)) as pilot:
        screen = await open_walk(app, pilot)
        await type_in(screen, pilot, "长" * 600)
        assert stage(screen) is Stage.SHAPE
