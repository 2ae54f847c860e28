from __future__ import annotations

import subprocess
import sys

import pytest

from studybuddy.core.errors import StoreBusyError
from studybuddy.tui.modals.error import ErrorModal
from studybuddy.tui.modals.help import HelpModal
from studybuddy.tui.modals.palette import Palette
from studybuddy.tui.screens.base import StudyScreen
from studybuddy.tui.screens.checklist import ChecklistScreen
from studybuddy.tui.screens.lessons import LessonsScreen
from studybuddy.tui.screens.today import TodayScreen
from tests.tui.conftest import LESSON, MakeApp
from tests.tui.looking import settle, text_of

HEAVY = (
    "torch",
    "numpy",
    "sqlite_utils",
    "fsrs",
    "markdown_it",
    "latex2mathml",
    "platformdirs",
    "textual.widgets._data_table",
    "textual.widgets._markdown",
    "textual.widgets._text_area",
    "textual.widgets._input",
    "textual.widgets._option_list",
    "studybuddy.course.reader",
    "studybuddy.mathtext.box",
    "studybuddy.runner.judge",
    "studybuddy.tui.screens.lesson",
    "studybuddy.tui.screens.checklist",
    "studybuddy.tui.modals.error",
)


def _loaded(imports: str) -> str:
    code = f"import sys, {imports}; print([name for name in {HEAVY!r} if name in sys.modules])"
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout


def test_the_first_picture_loads_nothing_that_textual_does_not() -> None:
    assert _loaded("studybuddy.tui.run, studybuddy.tui.app") == _loaded("textual.app")


async def test_today_is_the_screen_below_all_others_and_few_widgets(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        assert isinstance(app.screen_stack[0], TodayScreen)
        assert len(app.screen.query("*")) <= 8
        await pilot.press("escape")
        assert isinstance(app.screen, TodayScreen)
        await pilot.press("q")
    assert app.return_code == 0


async def test_help_lists_every_key_of_the_screen(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, HelpModal)
        text = text_of(app)
        for command in TodayScreen.COMMANDS_HERE:
            assert command.help in text
        await pilot.press("ctrl+l")
        await settle(pilot)
        assert isinstance(app.screen, HelpModal)
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)


async def test_the_palette_knows_the_commands_of_the_screen_below(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        titles = [command.title for command in app.get_system_commands(app.screen)]
        assert "Choose another lesson" in titles
        assert len(titles) == len(set(titles))
        await pilot.press("ctrl+p")
        await pilot.pause()
        assert isinstance(app.screen, Palette)
        await pilot.press(*"another lesson")
        await pilot.pause(0.4)
        await pilot.press("down", "enter")
        for _ in range(5):
            await pilot.pause(0.05)
        await settle(pilot)
        assert isinstance(app.screen, LessonsScreen)


async def test_the_picker_opens_lessons_and_checklists(make_app: MakeApp) -> None:
    app = make_app("en", before=lambda study: study.reading.mark_read(f"{LESSON}/theory"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p")
        await settle(pilot)
        assert "S3W10D1" in text_of(app)
        assert "~ 1 of 7 sections · today's" in text_of(app)
        await pilot.press("t")
        await settle(pilot)
        assert isinstance(app.screen, ChecklistScreen)
        await pilot.press("escape", "enter")
        await settle(pilot)
        assert type(app.screen).__name__ == "LessonScreen"
        await pilot.press("ctrl+l", "escape", "escape")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)


async def test_an_error_is_worded_once_and_can_be_dismissed(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        app.show_error(StoreBusyError("{who} is writing", who="[b]x\x1b[2J"))
        await pilot.pause()
        assert isinstance(app.screen, ErrorModal)
        assert "[b]x␛[2J is writing" in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)


@pytest.mark.parametrize("screen", [TodayScreen, ChecklistScreen, LessonsScreen])
def test_commands_have_one_id_and_a_help_each(screen: type[StudyScreen]) -> None:
    commands = screen.COMMANDS_HERE
    assert len({command.id for command in commands}) == len(commands)
    assert all(command.help and command.label for command in commands)
