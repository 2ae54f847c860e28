from __future__ import annotations

from studybuddy.study.wiring import Study
from studybuddy.tui.screens.derivation import DerivationScreen
from studybuddy.tui.screens.drills import DrillsScreen
from studybuddy.tui.screens.lesson import LessonScreen
from studybuddy.tui.widgets.formula_editor import FormulaEditor
from studybuddy.tui.widgets.title_line import TitleLine
from tests.tui.conftest import LESSON, MakeApp
from tests.tui.waiting import shown, until


def some(study: Study) -> None:
    study.derivation.submit("drill/relu-mask", "gradient", "dA * (Z > 0)")
    study.derivation.submit("drill/sigmoid", "gradient", "dA * A")
    study.derivation.take_hint("drill/mse/gradient", 1)
    study.derivation.submit("drill/mse", "gradient", "2 * (Z - Y) / N")
    study.derivation.submit("drill/two-layer", "grad-w2", "A.T @ dZ")


async def test_drills_are_picked_with_how_far_each_is(make_app: MakeApp) -> None:
    app = make_app("en", some)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("D")
        await until(pilot, lambda: isinstance(app.screen, DrillsScreen), "the picker")
        picker = app.screen
        await until(pilot, lambda: "2 of 7 done" in shown(picker.query_one(TitleLine)), "counted")
        lines = {line.split("  ")[1].strip(): line for line in shown(picker).splitlines() if "  " in line[4:]}
        listed = shown(picker)
        assert lines
        for part in ("✓ unaided", "! tried", "◐ with help", "1 of 2 steps", "· to do"):
            assert part in listed
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DerivationScreen), "the first that is not done")
        desk = app.screen
        await until(pilot, lambda: "sigmoid" in shown(desk.query_one(TitleLine)), "open")
        desk.query_one(FormulaEditor).put("dA * A * (1 - A)")
        await pilot.press("f5")
        await until(pilot, lambda: "right" in shown(desk.query_one("#verdict")), "judged")
        assert "The step is through: 1 unaided" in shown(desk)
        assert "+1 card: it is asked from tomorrow on" in shown(desk.query_one("#verdict"))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is picker, "back to the list")
        await until(pilot, lambda: "3 of 7 done" in shown(picker.query_one(TitleLine)), "counted again")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "ReLU 的掩码" in shown(picker), "in Chinese")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is not picker, "left")


async def test_the_lesson_leads_to_the_drills_and_from_its_end_to_the_derivation(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(LessonScreen(LESSON, f"{LESSON}/derivation"))
        lesson = app.screen
        await until(pilot, lambda: "Derivation" in shown(lesson.query_one("#column")), "open")
        await pilot.press("d")
        await until(pilot, lambda: isinstance(app.screen, DrillsScreen), "the drills")
        await pilot.press("escape", "n", "d")
        await until(pilot, lambda: app.screen is lesson, "only in its section")
        await pilot.press("n", "n", "n", "G", "shift+tab", "shift+tab")
        assert isinstance(lesson, LessonScreen)
        await until(pilot, lambda: lesson._page.chosen is not None, "the link below the action")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DerivationScreen), "the desk")
