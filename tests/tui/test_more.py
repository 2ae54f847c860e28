"""Limits of the day on the screens, and going on beyond them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from studybuddy.core.card import Rating
from studybuddy.core.event import EventKind
from studybuddy.study.wiring import Study
from studybuddy.tui.modals.more import MoreModal
from studybuddy.tui.screens.review import ReviewScreen
from studybuddy.tui.screens.review_table import Phase
from studybuddy.tui.screens.today import TodayScreen
from studybuddy.tui.widgets.day_note import DayNote
from studybuddy.tui.widgets.day_pane import DayPane
from studybuddy.tui.widgets.review_end import ReviewEnd
from studybuddy.tui.widgets.status_line import StatusLine
from tests.study.conftest import set_clock
from tests.tui.conftest import NOW, MakeApp
from tests.tui.waiting import shown, until

MORNING = datetime.fromisoformat(NOW)


def learnt(cards: int, days_ago: int, **wanted: int) -> object:
    """Cards of one's own learnt so many days ago, each in 20 seconds."""

    def prepare(study: Study) -> None:
        clock = study.desk.clock
        set_clock(study, MORNING - timedelta(days=days_ago))
        names = [f"own/card/{number:03}" for number in range(cards)]
        for name in names:
            sides = {"front": f"question {name}", "back": "answer", "tags": [], "source": ""}
            body: dict[str, object] = {**sides, "cards": [name]}
            study.desk.record(EventKind.CARD_NEW, name, body)
        for name in names:
            study.review.answer(name, Rating.EASY, 20_000)
        study.desk.clock = clock
        for key, value in wanted.items():
            study.desk.prefer(key, value)

    return prepare


async def test_a_limit_is_said_and_plus_goes_on(make_app: MakeApp) -> None:
    app = make_app("en", learnt(26, 12, reviews=1))
    async with app.run_test(size=(80, 24)) as pilot:
        today = app.screen
        assert isinstance(today, TodayScreen)
        assert "1 of 26 due" in shown(today.query_one(DayPane))
        await app.push_screen(ReviewScreen())
        screen = app.screen
        assert isinstance(screen, ReviewScreen)
        await until(pilot, lambda: screen._phase is Phase.ASKED, "a card")
        await pilot.press("space", "4")
        await until(pilot, lambda: screen._phase is Phase.OVER, "the end")
        end = shown(screen.query_one(ReviewEnd))
        assert "25 cards, beyond what a day holds" in end
        assert "+      go on with more today" in end
        await pilot.press("plus")
        await until(pilot, lambda: screen._phase is Phase.ASKED, "one card more")
        assert "more for today; u takes that back" in shown(screen.query_one(StatusLine))
        assert screen._drawn is not None
        assert screen._drawn.counts[1:] == (20, 0, 5)
        await pilot.press("u")
        await until(pilot, lambda: screen._phase is Phase.OVER, "the end again")
        assert "undone: more for today" in shown(screen.query_one(StatusLine))


async def test_when_nothing_waits_there_is_no_more(make_app: MakeApp) -> None:
    app = make_app("en", learnt(1, 9))
    async with app.run_test(size=(80, 24)) as pilot:
        today = app.screen
        assert today.check_action("more", ()) is False
        await app.push_screen(ReviewScreen())
        screen = app.screen
        assert isinstance(screen, ReviewScreen)
        await until(pilot, lambda: screen._phase is Phase.ASKED, "a card")
        await pilot.press("space", "4")
        await until(pilot, lambda: screen._phase is Phase.OVER, "the end")
        assert screen.check_action("more", ()) is False
        await pilot.press("plus")
        assert "+ " not in shown(screen.query_one(ReviewEnd))


async def test_new_cards_beyond_the_days_may_be_learnt(make_app: MakeApp) -> None:
    def prepare(study: Study) -> None:
        study.reading.mark_read("s3w10d1/theory")
        study.desk.prefer("new_cards", 0)

    app = make_app("en", prepare)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(ReviewScreen())
        screen = app.screen
        assert isinstance(screen, ReviewScreen)
        await until(pilot, lambda: screen._phase is Phase.OVER, "the end")
        await pilot.press("plus")
        await until(pilot, lambda: screen._phase is Phase.ASKED, "a new card")
        assert screen._drawn is not None
        assert screen._drawn.counts.new == 5


async def test_coming_back_the_learner_chooses(make_app: MakeApp) -> None:
    app = make_app("en", learnt(60, 20, minutes=5))
    async with app.run_test(size=(80, 24)) as pilot:
        today = app.screen
        assert isinstance(today, TodayScreen)
        await until(pilot, lambda: bool(today.query(DayNote)), "the welcome")
        note = shown(today.query_one(DayNote))
        assert "Welcome back. 60 cards wait." in note
        assert "At 5 minutes a day you are through on" in note
        assert "15 of 60 due" in shown(today.query_one(DayPane))
        await pilot.press("plus")
        await until(pilot, lambda: isinstance(app.screen, MoreModal), "the ways")
        modal = app.screen
        words = shown(modal)
        assert "5 minutes a day" in words
        assert "everything today  about 20 minutes" in words
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is today, "today")
        assert app.study.now(lambda study: study.desk.preferences["comeback_minutes"]) == 0
        await pilot.press("plus")
        await until(pilot, lambda: isinstance(app.screen, MoreModal), "the ways")
        await pilot.press("j", "enter")
        await until(pilot, lambda: "30 of 60 due" in shown(today.query_one(DayPane)), "ten minutes a day")
        assert app.study.now(lambda study: study.desk.preferences["comeback_minutes"]) == 10
        await pilot.press("plus")
        await until(pilot, lambda: isinstance(app.screen, MoreModal), "the ways")
        await pilot.press("k", "k", "k", "enter")
        await until(pilot, lambda: "60 due" in shown(today.query_one(DayPane)), "everything")
        assert "everything due comes today; u takes that back" in shown(today.query_one(StatusLine))
        await pilot.press("u")
        await until(pilot, lambda: "30 of 60 due" in shown(today.query_one(DayPane)), "as before")


@pytest.mark.parametrize("size", [(40, 10), (80, 24), (120, 40)])
async def test_the_ways_fit_every_terminal(make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app("zh", learnt(60, 20, minutes=5))
    async with app.run_test(size=size) as pilot:
        await pilot.press("plus")
        await until(pilot, lambda: isinstance(app.screen, MoreModal), "the ways")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "minutes a day" in shown(app.screen), "English")
        await pilot.press("up", "down", "escape")
        await until(pilot, lambda: isinstance(app.screen, TodayScreen), "today")
