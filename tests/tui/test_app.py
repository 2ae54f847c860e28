from __future__ import annotations

import subprocess
import sys

import pytest
from textual.widgets import Input

from studybuddy.core.errors import StoreBusyError
from studybuddy.tui.modals.error import ErrorModal
from studybuddy.tui.modals.help import HelpModal
from studybuddy.tui.modals.palette import Palette
from studybuddy.tui.screens.base import StudyScreen
from studybuddy.tui.screens.checklist import ChecklistScreen
from studybuddy.tui.screens.lessons import LessonsScreen
from studybuddy.tui.screens.today import TodayScreen
from tests.tui.conftest import LESSON, MakeApp
from tests.tui.looking import lines_of, opened, settle, text_of

FIRST_IN_PALETTE = (
    "Do what the mark stands on",
    "Review the cards that are due",
    "Read on in the lesson",
    "Write and run the lesson's programs",
)
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


async def test_the_palette_over_a_modal_offers_the_commands_of_the_screen(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("question_mark", "ctrl+p")
        await pilot.pause(0.4)
        app.screen.query_one(Input).value = "colours"
        await pilot.pause(0.4)
        assert "Change language, colours" in text_of(app)
        await pilot.press("down", "enter")
        for _ in range(5):
            await pilot.pause(0.05)
        await settle(pilot)
        assert type(app.screen).__name__ == "SettingsScreen"
        assert len(app.screen_stack) == 2


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("key", ["", "l", "c", "d", "i", "t", "p", "comma"])
async def test_the_way_out_and_help_are_always_seen(make_app: MakeApp, language: str, key: str) -> None:
    app = make_app(language)
    async with app.run_test(size=(80, 24)) as pilot:
        if key:
            await pilot.press(key)
            await settle(pilot)
            assert "Esc " in lines_of(app)[-1]
        assert "? " in lines_of(app)[-1] or "F1 " in lines_of(app)[-1]
        if not key:
            assert " p " in lines_of(app)[-1]
            assert " d " in lines_of(app)[-1]


async def test_help_fits_and_says_nothing_twice(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("", "l", "i"):
            if key:
                await pilot.press(key)
                await settle(pilot)
            await pilot.press("f1")
            await opened(pilot)
            lines = [line.strip(" │▊▎█▁▂▃▄▅▆▇") for line in lines_of(app)]
            assert any("Esc closes this" in line for line in lines)
            rows = [line for line in lines if "   " in line]
            assert len({row.split("   ")[0] for row in rows}) == len(rows)
            await pilot.press("escape", "escape")
            await settle(pilot)


async def test_a_long_line_of_help_goes_on_below_its_own_beginning(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(60, 40)) as pilot:
        await pilot.press("i")
        await settle(pilot)
        await pilot.press("f1")
        await opened(pilot)
        lines = lines_of(app)
        first = next(line for line in lines if "Show the next part: exam" in line)
        second = lines[lines.index(first) + 1]
        begin = first.index("Show the next part")
        assert second[:begin].strip(" │") == ""
        assert second[begin] != " "
        assert "PgDn" in text_of(app)
        assert "pagedown" not in text_of(app)


async def test_help_lists_every_key_of_the_screen(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 60)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, HelpModal)
        text = text_of(app)
        for command in TodayScreen.COMMANDS_HERE:
            # nothing is held back by a limit, so there is no more to be had
            assert (command.help in text) is (command.id != "today.more")
        await pilot.press("ctrl+l")
        await settle(pilot)
        assert isinstance(app.screen, HelpModal)
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)


async def test_the_palette_knows_the_commands_of_the_screen_below(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause(0.4)
        assert isinstance(app.screen, Palette)
        offered = [line for line in lines_of(app) if "  " in line.strip()]
        order = [next(n for n, line in enumerate(offered) if words in line) for words in FIRST_IN_PALETTE]
        assert order == sorted(order)
        app.screen.query_one(Input).value = "换一课"
        await pilot.pause(0.4)
        assert "Choose another lesson" in text_of(app), "the words of the other language find it too"
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
