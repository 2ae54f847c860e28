from __future__ import annotations

import pytest
from textual.pilot import Pilot

from studybuddy.core.card import Rating
from studybuddy.study.wiring import Study
from studybuddy.tui.app import StudybuddyApp
from studybuddy.tui.modals.card_window import CardWindow
from studybuddy.tui.modals.confirm import ConfirmModal
from studybuddy.tui.modals.edit_card import EditCardModal
from studybuddy.tui.screens.browser import BrowserScreen
from studybuddy.tui.screens.lesson import LessonScreen
from studybuddy.tui.screens.today import TodayScreen
from studybuddy.tui.widgets.card_rows import CardRows
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.line_input import LineInput
from studybuddy.tui.widgets.status_line import StatusLine
from tests.tui.conftest import LESSON, MakeApp
from tests.tui.looking import opened, settle, text_of
from tests.tui.waiting import shown, until

HOSTILE = "\x1b[2J[bold]x[/] \x07 \u202ezebra 反向 " + "y" * 300


def a_few_cards(study: Study) -> None:
    study.own_cards.add(HOSTILE, "[red]answer", ("mine",))
    study.own_cards.add("zebra two", "answer two")
    study.review.answer(f"{LESSON}/card/dw", Rating.EASY, 3000)


async def to_browser(app: StudybuddyApp, pilot: Pilot[None]) -> BrowserScreen:
    await settle(pilot)
    await pilot.press("b")
    await settle(pilot)
    screen = app.screen
    assert isinstance(screen, BrowserScreen)
    await until(pilot, lambda: screen.query_one(CardRows).cards, "the cards")
    return screen


async def search(pilot: Pilot[None], screen: BrowserScreen, query: str) -> None:
    screen.query_one(LineInput).value = query
    await settle(pilot)


def every(app: StudybuddyApp) -> int:
    """How many cards there are."""
    return app.study.now(lambda study: len(study.browser.find("")))


def found(screen: BrowserScreen) -> str:
    return shown(screen.query_one("#found"))


async def test_cards_are_found_selected_and_suspended_as_one_thing(make_app: MakeApp) -> None:
    app = make_app("en", before=a_few_cards)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await to_browser(app, pilot)
        assert isinstance(screen.focused, LineInput)
        assert f"{every(app)} cards" in found(screen)
        await pilot.press(*"zebra")
        await settle(pilot)
        assert "2 cards" in found(screen)
        listed = shown(screen.query_one(CardRows))
        assert "zebra two" in listed
        assert "[bold]x[/]" in listed
        assert not {"\x1b", "\x07", "\u202e"} & set(text_of(app))

        await pilot.press("enter", "asterisk", "at")
        await settle(pilot)
        assert "2 selected" in found(screen)
        assert "2 cards suspended" in shown(screen.query_one(StatusLine))
        assert shown(screen.query_one(CardRows)).count("suspended") == 2
        await pilot.press("u")
        await settle(pilot)
        assert "undone: 2 cards are asked again" in shown(screen.query_one(StatusLine))
        assert "suspended" not in shown(screen.query_one(CardRows))

        await pilot.press("asterisk", "exclamation_mark", "minus")
        await settle(pilot)
        assert app.study.now(lambda study: len(study.browser.find("is:flagged is:buried zebra"))) == 1
        await pilot.press("space", "space")
        assert len(screen.query_one(CardRows).selected) == 2
        await pilot.press("ctrl+l")
        await settle(pilot)
        assert "已选 2 张" in found(screen)
        assert "明天再看" in shown(screen.query_one(CardRows))
        assert screen.query_one(LineInput).value == "zebra"


async def test_what_is_not_begun_is_left_out_and_said(make_app: MakeApp) -> None:
    app = make_app("en", before=a_few_cards)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await to_browser(app, pilot)
        await pilot.press("enter", "exclamation_mark")
        await settle(pilot)
        assert "not begun yet" in shown(screen.query_one(StatusLine))
        await pilot.press("asterisk", "exclamation_mark")
        await until(pilot, lambda: isinstance(app.screen, ConfirmModal), "the question")
        await pilot.press("y")
        unseen = len(screen.query_one(CardRows).cards) - 3
        said = f"3 cards flagged · {unseen} not begun yet"
        await until(pilot, lambda: said in shown(screen.query_one(StatusLine)), "what was done")


async def test_a_query_that_cannot_be_read_is_said_at_its_place(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await to_browser(app, pilot)
        cards = screen.query_one(CardRows).cards
        await search(pilot, screen, "dw is:supended")
        line = found(screen)
        assert line.index("^") == 2 + 6, "below the word"
        assert "nearest: suspended" in line
        assert screen.query_one(CardRows).cards == cards, "what was found stays"
        await search(pilot, screen, "zzzz")
        assert "no card is like that" in found(screen)
        assert "prop:stability<3" in text_of(app)
        assert not screen.query_one(CardRows).display
        await pilot.press("enter")
        assert isinstance(screen.focused, LineInput)
        await search(pilot, screen, "dw")
        assert "cards" in found(screen)


@pytest.mark.parametrize(
    "query", ["(" * 1000, '"' * 999, "'; DROP TABLE card; --", "a\x00b", "👩‍🔬", "%_\\", "-" * 500]
)
async def test_garbage_typed_is_answered(make_app: MakeApp, query: str) -> None:
    app = make_app("zh")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await to_browser(app, pilot)
        await search(pilot, screen, query)
        assert app.screen is screen
        await search(pilot, screen, "")
        assert len(screen.query_one(CardRows).cards) == every(app)


async def test_escape_goes_to_the_query_line_then_back(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await to_browser(app, pilot)
        assert "Esc back" in shown(screen.query_one(KeyLine))
        await pilot.press("down")
        assert screen.focused is screen.query_one(CardRows)
        assert "Esc search" in shown(screen.query_one(KeyLine))
        await pilot.press("escape")
        assert isinstance(screen.focused, LineInput)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)


async def test_history_edit_lesson_and_order(make_app: MakeApp) -> None:
    app = make_app("en", before=a_few_cards)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await to_browser(app, pilot)
        await search(pilot, screen, "card/dw")
        await pilot.press("enter", "enter")
        await opened(pilot)
        await until(pilot, lambda: isinstance(app.screen, CardWindow), "the history")
        for part in ("Its answers", "Easy", "→ ", "3 seconds"):
            assert part in text_of(app)
        await pilot.press("tab")
        await until(pilot, lambda: "not due before" in text_of(app).lower(), "why")
        for part in ("8.3 days after the last answer", "1 answer", "100%", "today"):
            assert part in text_of(app)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "概念" in text_of(app), "in Chinese")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "Concept" in text_of(app), "in English")
        await pilot.press("escape")
        await settle(pilot)

        await pilot.press("o")
        await settle(pilot)
        assert isinstance(app.screen, LessonScreen)
        await pilot.press("q")
        await until(pilot, lambda: app.screen is screen, "back")
        await settle(pilot)

        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, EditCardModal), "the words")
        app.screen.query_one("#front").text = "my own zebra"  # type: ignore[attr-defined]
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is screen, "saved")
        await settle(pilot)
        assert "the card has your words now" in shown(screen.query_one(StatusLine))
        assert "my own zebra" in text_of(app)
        await search(pilot, screen, "")
        screen.query_one(CardRows).focus()
        await pilot.press("s")
        await settle(pilot)
        assert "by due day" in text_of(app)
        assert screen.query_one(CardRows).cards[0] == f"{LESSON}/card/dw"


async def test_the_list_goes_to_its_ends_and_shows_the_card_in_front(make_app: MakeApp) -> None:
    app = make_app("en", before=a_few_cards)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await to_browser(app, pilot)
        rows = screen.query_one(CardRows)
        await pilot.press("enter", "end")
        await settle(pilot)
        assert rows.cursor == every(app) - 1
        assert "zebra two" in shown(rows)
        assert "answer two" in text_of(app)
        await pilot.press("pageup", "k", "home")
        await settle(pilot)
        assert rows.cursor == 0
        assert rows.scroll_offset.y == 0
        await pilot.press("j", "j", "pagedown", "G", "g", "k")
        assert rows.cursor == 0
        assert await pilot.click(CardRows, offset=(10, 3))
        assert rows.cursor == 3


async def test_thousands_of_cards_are_read_as_they_come_into_sight(make_app: MakeApp) -> None:
    app = make_app("en", before=lambda study: study.own_cards.add("first", "a"))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await to_browser(app, pilot)
        rows = screen.query_one(CardRows)
        rows.show([*rows.cards] * 4000, rows._today)
        rows.fill({}, anew=True)
        await settle(pilot)
        await pilot.press("enter", "end")
        await until(pilot, lambda: "first" in shown(rows), "the last lines")
        assert rows.cursor == every(app) * 4000 - 1
        assert "…" not in shown(rows).splitlines()[-1][5:10]


@pytest.mark.parametrize("size", [(40, 10), (20, 6), (200, 60)])
async def test_any_terminal_will_do(make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app("zh", before=a_few_cards)
    async with app.run_test(size=size) as pilot:
        screen = await to_browser(app, pilot)
        await pilot.press("enter", "j", "space", "at")
        await settle(pilot)
        await pilot.resize_terminal(100, 30)
        await settle(pilot)
        assert "已暂停" in shown(screen.query_one(CardRows))


async def test_the_key_that_leads_to_the_search_is_no_part_of_it(make_app: MakeApp) -> None:
    app = make_app("en", before=a_few_cards)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await to_browser(app, pilot)
        await pilot.press("slash", "d", "w")
        await until(pilot, lambda: screen.query_one(LineInput).value == "dw", "no stroke")
