"""Whatever is done with a card in a review is said, and taken back from wherever the review stands."""

from __future__ import annotations

from datetime import timedelta

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from studybuddy.core.card import Rating
from studybuddy.core.clock import FixedClock
from studybuddy.study.wiring import Study
from studybuddy.tui.app import StudybuddyApp
from studybuddy.tui.modals.edit_card import EditCardModal
from studybuddy.tui.screens.review import ReviewScreen
from studybuddy.tui.screens.review_table import Phase
from studybuddy.tui.screens.today import TodayScreen
from studybuddy.tui.widgets.card_view import CardView
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.status_line import StatusLine
from tests.tui.conftest import MakeApp
from tests.tui.test_review import BASIC, TYPED, card_of, only, open_review, reviews, settled, theory
from tests.tui.waiting import shown, until


async def status(screen: ReviewScreen, pilot: Pilot[None], said: str) -> None:
    await until(pilot, lambda: said in shown(screen.query_one(StatusLine)), said)


@pytest.mark.parametrize(
    ("key", "said", "undone"),
    [
        ("minus", "not asked again today; u takes that back", "is asked again"),
        ("at", "no longer asked; u takes that back", "is asked again"),
    ],
)
async def test_the_last_card_put_aside_comes_back_from_the_end(
    make_app: MakeApp, key: str, said: str, undone: str
) -> None:
    app = make_app("en", only(BASIC))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_review(app, pilot)
        await pilot.press("space", key)
        await settled(screen, pilot, Phase.OVER)
        await status(screen, pilot, said)
        await pilot.press("u")
        await settled(screen, pilot, Phase.ASKED)
        await status(screen, pilot, undone)
        assert card_of(screen) == BASIC
        assert not screen.query_one(CardView).turned


async def test_everything_done_to_one_card_is_taken_back_from_the_end(make_app: MakeApp) -> None:
    app = make_app("en", only(BASIC))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_review(app, pilot)
        await pilot.press("exclamation_mark")
        await status(screen, pilot, "flagged; u takes that back")
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, EditCardModal), "its words")
        await until(pilot, lambda: isinstance(app.focused, TextArea), "ready")
        await pilot.press("Z", "ctrl+s")
        await until(pilot, lambda: app.screen is screen, "saved")
        await status(screen, pilot, "its schedule stays; u takes that back")
        await pilot.press("space", "4")
        await settled(screen, pilot, Phase.OVER)
        for said in ("undone: review of", "undone: edit of", "undone: flag of"):
            await pilot.press("u")
            await status(screen, pilot, said)
            await until(pilot, lambda: screen._phase is not Phase.BUSY, "settled")
            assert card_of(screen) == BASIC
        assert "flagged" not in shown(screen.query_one(CardView))
        assert reviews(app) == []
        await pilot.press("space", "3")
        await until(pilot, lambda: len(reviews(app)) == 1, "it can be answered again")


async def test_a_flag_taken_back_leaves_a_turned_card_turned(make_app: MakeApp) -> None:
    app = make_app("en", theory)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_review(app, pilot)
        first = card_of(screen)
        await pilot.press("space", "exclamation_mark")
        await until(pilot, lambda: "flagged !" in shown(screen), "flagged")
        await pilot.press("u")
        await until(pilot, lambda: "flagged !" not in shown(screen), "lifted")
        assert screen._phase is Phase.TURNED
        assert screen.query_one(CardView).turned
        await pilot.press("3")
        await until(pilot, lambda: [card for card, *_ in reviews(app)] == [first], "answered")


async def test_what_was_typed_is_back_in_the_field(make_app: MakeApp) -> None:
    app = make_app("en", only(TYPED))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_review(app, pilot)
        table = screen.query_one(CardView)
        await pilot.press(*"vjx", "enter")
        await until(pilot, lambda: screen._phase is Phase.TURNED or table.field.has_focus, "judged")
        if screen._phase is not Phase.TURNED:  # a slip may be put right
            await pilot.press("enter")
        await settled(screen, pilot, Phase.TURNED)
        await pilot.press("1")
        await until(pilot, lambda: len(reviews(app)) == 1, "recorded")
        await settled(screen, pilot, Phase.ASKED)
        assert table.field.value == ""
        await pilot.press("ctrl+z")
        await until(pilot, lambda: reviews(app) == [], "taken back")
        await settled(screen, pilot, Phase.ASKED)
        assert table.field.value == "vjx"
        assert table.field.has_focus
        await pilot.press("backspace", "p", "enter")
        await settled(screen, pilot, Phase.TURNED)
        assert "right" in shown(table)


async def test_half_a_typed_answer_survives_the_undoing_of_a_flag(make_app: MakeApp) -> None:
    app = make_app("en", only(TYPED))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_review(app, pilot)
        table = screen.query_one(CardView)
        await pilot.press("escape", "exclamation_mark")
        await until(pilot, lambda: "flagged !" in shown(screen), "flagged")
        await pilot.press("i", "h", "a", "ctrl+z")
        await until(pilot, lambda: "flagged !" not in shown(screen), "lifted")
        assert table.field.value == "ha"


async def test_a_long_front_is_edited_whole(make_app: MakeApp) -> None:
    front = "word " * 1000

    def prepare(study: Study) -> None:
        study.own_cards.add(front, "back")

    app: StudybuddyApp = make_app("en", prepare)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_review(app, pilot)
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, EditCardModal), "its words")
        await until(pilot, lambda: isinstance(app.focused, TextArea), "ready")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is screen, "saved")
        card = card_of(screen)
        content = app.study.now(lambda study: study.library.card(card))
        assert content is not None
        assert content.front == front.strip()


async def leave_and_come_again(app: StudybuddyApp, pilot: Pilot[None]) -> ReviewScreen:
    await pilot.press("escape")
    await until(pilot, lambda: isinstance(app.screen, TodayScreen), "on Today")
    return await open_review(app, pilot)


async def test_a_later_review_takes_back_what_an_earlier_one_did_today(make_app: MakeApp) -> None:
    app = make_app("en", theory)
    async with app.run_test(size=(100, 24)) as pilot:
        screen = await open_review(app, pilot)
        await pilot.press("space")
        await settled(screen, pilot, Phase.TURNED)
        await pilot.press("3")
        await until(pilot, lambda: len(reviews(app)) == 1, "answered")
        await settled(screen, pilot, Phase.ASKED)
        await pilot.press("at")
        await until(pilot, lambda: "no longer asked" in shown(screen), "suspended")
        await settled(screen, pilot, Phase.ASKED)

        screen = await leave_and_come_again(app, pilot)
        await pilot.press("u")
        await until(pilot, lambda: "is asked again" in shown(screen), "the state first")
        await settled(screen, pilot, Phase.ASKED)
        await pilot.press("u")
        await until(pilot, lambda: reviews(app) == [], "then the review")
        await until(pilot, lambda: "undone: review of" in shown(screen), "said")


async def test_what_another_day_did_is_left_to_today(make_app: MakeApp) -> None:
    def prepare(study: Study) -> None:
        theory(study)
        clock = study.desk.clock
        study.desk.clock = FixedClock(clock.now() - timedelta(days=1))
        turn = study.review.next()
        assert turn is not None
        study.review.answer(turn.card, Rating.AGAIN)
        study.desk.clock = clock

    app = make_app("en", prepare)
    async with app.run_test(size=(100, 24)) as pilot:
        screen = await open_review(app, pilot)
        await pilot.press("u")
        await until(pilot, lambda: "nothing of today to undo; u on Today" in shown(screen), "said")
        assert len(reviews(app)) == 1


async def test_today_offers_undo_on_a_day_with_something_to_undo(make_app: MakeApp) -> None:
    app = make_app("en", theory)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_review(app, pilot)
        await pilot.press("space")
        await settled(screen, pilot, Phase.TURNED)
        await pilot.press("3")
        await until(pilot, lambda: len(reviews(app)) == 1, "answered")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, TodayScreen), "on Today")
        await until(pilot, lambda: "u undo" in shown(app.screen.query_one(KeyLine)), "offered")
