"""Today on terminals of any size, on courses of any shape, and with hostile words."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from studybuddy.course.finder import content_root
from studybuddy.i18n import _
from studybuddy.store.queue import QueueCounts
from studybuddy.tui.screens.import_lesson import ImportScreen
from studybuddy.tui.screens.lessons import LessonsScreen
from studybuddy.tui.screens.today import TodayScreen
from studybuddy.tui.widgets.day_pane import DayPane
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.lesson_pane import LessonPane
from studybuddy.tui.widgets.row_pane import MARK_CELLS
from tests.tui.conftest import LESSON, MakeApp
from tests.tui.looking import settle, text_of


@pytest.mark.parametrize("size", [(40, 10), (20, 6), (3, 2), (99, 24), (100, 24), (300, 90)])
async def test_any_size_keeps_the_cursor_in_sight(make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app("zh")
    async with app.run_test(size=size) as pilot:
        await pilot.press(*["j"] * 5)
        await pilot.pause()
        if size >= (20, 6):
            assert "▸" in text_of(app)
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert app.screen.has_class("-wide")
        assert "算法练习" in text_of(app)


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Puts a course of another shape in the place of the real one: `broken` or `empty`."""

    def make(shape: str) -> Path:
        folder = tmp_path / "course"
        folder.mkdir()
        if shape == "broken":
            shutil.copytree(content_root(), folder, dirs_exist_ok=True)
            prose = folder / LESSON / "lesson.en.md"
            prose.write_text(prose.read_text("utf-8").replace("{#theory}", "{#theorie}"), "utf-8")
        monkeypatch.setattr("studybuddy.study.wiring.content_root", lambda: folder)
        return folder

    return make


async def test_a_broken_lesson_says_where_and_the_rest_stays(
    make_app: MakeApp, course: Callable[[str], Path]
) -> None:
    course("broken")
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        text = text_of(app)
        assert "✗ has an error" in text
        assert "lesson.en.md:" in text
        assert "Done for today" not in text
        await pilot.press("p")
        await settle(pilot)
        assert isinstance(app.screen, LessonsScreen)
        assert "lesson.en.md:" in text_of(app)


async def test_an_empty_course_says_what_to_do(make_app: MakeApp, course: Callable[[str], Path]) -> None:
    course("empty")
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        assert "The course holds no lesson" in text_of(app)
        labels = [key.command.label for key in app.screen.query_one(KeyLine).shown()]
        assert "lesson" not in labels
        assert "review" in labels
        assert "import" in labels
        await pilot.press("l", "d", "c", "i", "t", "tab", "j", "enter")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)
        await pilot.press("n")
        assert isinstance(app.screen, ImportScreen)


async def test_hostile_words_are_shown_and_do_nothing(make_app: MakeApp) -> None:
    app = make_app("en")
    evil = "[red]x[/] [/] \x1b[31m\x9b2J \u202e\n" + "长" * 1_000_000
    plan = app._first_plan
    lesson = plan.lesson
    assert lesson is not None
    sections = tuple(section._replace(title=evil) for section in lesson.sections)
    items = tuple(item._replace(label=evil, text=evil) for item in lesson.checklist)
    errors = (evil, evil)
    hostile = lesson._replace(title=evil, sections=sections, checklist=items, errors=errors)
    app._first_plan = plan._replace(lesson=hostile)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "k")
        text = text_of(app)
        assert "[red]x[/] [/] ␛[31m" in text
        assert not {"\x1b", "\x9b", "\u202e"} & set(text)


@pytest.mark.parametrize("width", [100, 113, 120, 161])
async def test_the_two_halves_are_of_one_height(make_app: MakeApp, width: int) -> None:
    app = make_app("zh")
    async with app.run_test(size=(width, 40)) as pilot:
        await pilot.pause()
        day, lesson = app.screen.query_one(DayPane), app.screen.query_one(LessonPane)
        assert day.size.height == lesson.size.height
        assert len(day.rows(day.content_size.width - MARK_CELLS)) <= day.content_size.height
        assert day.region.right == lesson.region.x


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_narrow_pane_keeps_the_count_and_the_minutes(make_app: MakeApp, language: str) -> None:
    app = make_app(language)
    counts = QueueCounts(learning=120, review=17, new=15)
    app._first_plan = app._first_plan._replace(counts=counts, review_minutes=56, reviewed=40)
    async with app.run_test(size=(120, 40)) as pilot:
        for width in (120, 100, 60, 40):
            await pilot.resize_terminal(width, 24)
            await pilot.pause()
            assert _("{n} due", n=137) in text_of(app)
            assert _("~{n} min", n=56) in text_of(app)
