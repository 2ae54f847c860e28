from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from textual.widgets import Static

from studybuddy.core.card import Rating
from studybuddy.core.clock import FixedClock
from studybuddy.core.event import EventKind
from studybuddy.study.wiring import Study
from studybuddy.tui.screens.browser import BrowserScreen
from studybuddy.tui.screens.review import ReviewScreen
from studybuddy.tui.screens.review_table import Phase
from studybuddy.tui.widgets.card_preview import CardPreview
from studybuddy.tui.widgets.card_view import CardView
from studybuddy.tui.widgets.day_note import DayNote
from studybuddy.tui.widgets.status_line import StatusLine
from tests.study.slipping import FORWARD, VJP, slip
from tests.tui.conftest import NOW, MakeApp
from tests.tui.test_review import card_of, keys, open_review, settled
from tests.tui.waiting import shown, until

MORNING = datetime.fromisoformat(NOW)


def slipped(study: Study) -> None:
    """The weight gradient slipped; everything else was put aside."""
    study.desk.clock = FixedClock(MORNING - timedelta(days=6, minutes=90))
    slip(study)
    study.desk.clock = FixedClock(MORNING)


def line(screen: ReviewScreen) -> str:
    return str(screen.query_one("#repair", Static).content)


async def test_it_is_said_above_the_card_and_ends_with_the_answer(make_app: MakeApp) -> None:
    app = make_app("en", slipped)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_review(app, pilot)
        assert card_of(screen) == VJP
        said = "Repair path: weight gradient ∂L/∂W slipped 2 times this week; first "
        assert line(screen) == said + "what it rests on", "the name would be the answer"
        assert screen.query_one("#repair").region.bottom <= screen.query_one(CardView).region.y
        await pilot.press("v", "enter")
        await settled(screen, pilot, Phase.TURNED)
        assert line(screen) == said + "vector–Jacobian product"
        assert "review.decline" in keys(screen)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "修复" in line(screen), "the other language")
        assert "向量–雅可比积" in line(screen)
        await pilot.press("3")
        await until(pilot, lambda: card_of(screen) != VJP, "the next card")
        (event,) = app.study.now(lambda s: list(s.desk.store.log.events(EventKind.REVIEW, VJP))[-1:])
        assert event.body["repair"] == "K07"
        assert event.body["rating"] == Rating.GOOD


async def test_declining_and_taking_that_back(make_app: MakeApp) -> None:
    app = make_app("en", slipped)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_review(app, pilot)
        assert screen._types, "letters are an answer here"
        await pilot.press("ctrl+r")
        await until(pilot, lambda: not screen.has_class("-repair"), "no line")
        said = shown(screen.query_one(StatusLine))
        assert "no repair of weight gradient ∂L/∂W today" in said
        assert "review.decline" not in keys(screen)
        assert "ctrl+z" in said or "^z" in said
        await pilot.press("ctrl+r")
        assert app.study.now(lambda s: len(list(s.desk.store.log.events(EventKind.REPAIR)))) == 1
        await pilot.press("ctrl+z")
        await until(pilot, lambda: screen.has_class("-repair"), "the line again")
        assert card_of(screen) in (VJP, *FORWARD)
        assert "weight gradient" in shown(screen.query_one(StatusLine))


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 10)])
async def test_today_says_so_when_its_picture_is_there(make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app("zh", slipped)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: bool(app.screen.query(DayNote)), "a note")
        said = str(app.screen.query_one(DayNote).render())
        assert "修复" in said
        assert "∂L/∂W" in said or size[0] < 80


async def test_today_says_nothing_where_nothing_slipped(make_app: MakeApp) -> None:
    app = make_app("en", lambda study: study.reading.mark_read("s3w10d1/theory"))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert not app.screen.query(DayNote)


async def test_the_browser_says_what_a_card_is_about(make_app: MakeApp) -> None:
    app = make_app("zh")
    async with app.run_test(size=(120, 40)) as pilot:
        await app.push_screen(BrowserScreen("concept:雅可比"))
        preview = app.screen.query_one(CardPreview)
        about = preview.query_one("#preview-about", Static)
        await until(pilot, lambda: "向量–雅可比积" in str(about.content), "what the card is about")
