from __future__ import annotations

import pytest
from textual.pilot import Pilot

from studybuddy.core.card import Rating
from studybuddy.study.wiring import Study
from studybuddy.tui.modals.confirm import ConfirmModal
from studybuddy.tui.modals.line import LineModal
from studybuddy.tui.screens.browser import BrowserScreen
from studybuddy.tui.widgets.card_rows import CardRows
from studybuddy.tui.widgets.status_line import StatusLine
from tests.tui.conftest import MakeApp
from tests.tui.looking import settle, text_of
from tests.tui.test_browser import search, to_browser
from tests.tui.waiting import shown, until


def three_zebras(study: Study) -> None:
    for word in ("one", "two", "three"):
        card = study.own_cards.add(f"zebra {word}", "x")
    study.review.answer(card, Rating.EASY)


def said(screen: BrowserScreen) -> str:
    return shown(screen.query_one(StatusLine))


async def zebras(make_app: MakeApp, pilot: Pilot[None], app: object) -> BrowserScreen:
    screen = await to_browser(app, pilot)  # type: ignore[arg-type]
    await search(pilot, screen, "zebra")
    await pilot.press("enter", "asterisk")
    return screen


async def write(pilot: Pilot[None], screen: BrowserScreen, key: str, text: str) -> None:
    await pilot.press(key)
    await until(pilot, lambda: isinstance(pilot.app.screen, LineModal), "the line")
    await pilot.press(*text, "enter")


def found(app: object, query: str) -> int:
    return app.study.now(lambda study: len(study.browser.find(query)))  # type: ignore[attr-defined, no-any-return]


async def test_tags_are_put_on_and_taken_off(make_app: MakeApp) -> None:
    app = make_app("en", before=three_zebras)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await zebras(make_app, pilot, app)
        await write(pilot, screen, "t", "#")
        await until(pilot, lambda: "write a tag" in text_of(app), "what is wrong")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "write a tag" not in text_of(app), "in Chinese")
        await pilot.press("ctrl+l", "e", "x", "enter")
        await until(pilot, lambda: "3 cards tagged" in said(screen), "tagged")
        assert found(app, "tag:ex") == 3
        await pilot.press("T")
        await until(pilot, lambda: "there are: ex" in text_of(app), "the tags there are")
        await pilot.press(*"ex", "enter")
        await until(pilot, lambda: "3 cards without that tag · u takes it back" in said(screen), "untagged")
        await pilot.press("T")
        await until(pilot, lambda: "no tag to take off" in said(screen), "nothing to take off")
        await pilot.press("u")
        await until(pilot, lambda: "undone: tags of 3 cards" in said(screen), "undone")
        assert found(app, "tag:ex") == 3


async def test_a_due_day_is_typed_and_what_is_left_is_said(make_app: MakeApp) -> None:
    app = make_app("en", before=three_zebras)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await zebras(make_app, pilot, app)
        await write(pilot, screen, "d", "never")
        await until(pilot, lambda: "never is no day" in text_of(app), "what is wrong")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen, "nothing done")
        await write(pilot, screen, "d", "in 3 days")
        await until(
            pilot, lambda: "1 card due on 2026-11-25 · 2 never answered yet" in said(screen), "what was done"
        )
        assert found(app, "prop:due=3") == 1
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, ConfirmModal), "the question")
        await pilot.press("n")
        await until(pilot, lambda: app.screen is screen, "not")
        assert found(app, "is:new zebra") == 2
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, ConfirmModal), "the question")
        await pilot.press("y")
        await until(pilot, lambda: "1 card new again" in said(screen), "new")
        assert found(app, "is:new zebra") == 3
        await pilot.press("u", "u")
        await settle(pilot)
        assert found(app, "prop:due>5") == 1


async def test_cards_put_aside_are_asked_again(make_app: MakeApp) -> None:
    app = make_app("en", before=three_zebras)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await zebras(make_app, pilot, app)
        await pilot.press("asterisk", "minus")
        await settle(pilot)
        assert found(app, "is:buried") == 1
        await pilot.press("asterisk", "plus")
        await until(pilot, lambda: "1 card asked again · 2 were so already" in said(screen), "asked again")
        assert found(app, "is:buried") == 0


async def test_many_cards_are_asked_about_once_more(make_app: MakeApp) -> None:
    app = make_app("en", before=three_zebras)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await to_browser(app, pilot)
        await pilot.press("enter", "asterisk", "at")
        await until(pilot, lambda: isinstance(app.screen, ConfirmModal), "the question")
        every = len(screen.query_one(CardRows).cards)
        assert f"This is about {every} cards" in text_of(app)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen, "left")
        assert found(app, "is:suspended") == 0
        await write(pilot, screen, "t", "x")
        await until(pilot, lambda: isinstance(app.screen, ConfirmModal), "the question")
        await pilot.press("y")
        await until(pilot, lambda: f"{every} cards tagged" in said(screen), "tagged")


@pytest.mark.parametrize("size", [(40, 10), (20, 6)])
async def test_any_terminal_will_do(make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app("zh", before=three_zebras)
    async with app.run_test(size=size) as pilot:
        screen = await zebras(make_app, pilot, app)
        await write(pilot, screen, "t", "\x1b[bold]车")
        await settle(pilot)
        assert found(app, "zebra tag:*车") == 3
        assert screen.query_one(CardRows).cards
