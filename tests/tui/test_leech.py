from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import TextArea

from studybuddy.core.card import CardState, Rating
from studybuddy.core.clock import FixedClock
from studybuddy.core.event import EventKind
from studybuddy.study.wiring import Study
from studybuddy.tui.app import StudybuddyApp
from studybuddy.tui.modals.confirm import ConfirmModal
from studybuddy.tui.modals.leech import LeechModal
from studybuddy.tui.modals.leech_cards import PartCardModal, RewriteCardModal
from studybuddy.tui.screens.browser import BrowserScreen
from studybuddy.tui.screens.review import ReviewScreen
from studybuddy.tui.screens.review_table import Phase
from studybuddy.tui.widgets.card_rows import CardRows
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.status_line import StatusLine
from tests.tui.conftest import NOW, MakeApp
from tests.tui.looking import settle, text_of
from tests.tui.waiting import shown, until

MORNING = datetime.fromisoformat(NOW)
LONG = "First it rises. Then it falls. At the end it stays. [bold]That\x1b is all."


def seven_lapses(study: Study, front: str = "What happens?", back: str = LONG) -> str:
    """A card due now that was forgotten seven times."""
    card = study.own_cards.add(front, back, ("physics",))
    study.desk.clock = FixedClock(MORNING - timedelta(days=400))
    study.review.answer(card, Rating.EASY)
    for _ in range(7):
        study.desk.clock = FixedClock(study.desk.clock.now() + timedelta(days=40))
        study.review.answer(card, Rating.AGAIN, 1000)
        study.review.answer(card, Rating.EASY)
    study.desk.clock = FixedClock(MORNING + timedelta(days=60))
    assert study.review.turn_of(card).memory.state is CardState.REVIEW
    return card


async def forgotten_once_more(app: StudybuddyApp, pilot: Pilot[None]) -> ReviewScreen:
    screen = ReviewScreen()
    await app.push_screen(screen)
    await until(pilot, lambda: screen._phase is Phase.ASKED, "a card")
    await pilot.press("space", "1")
    await until(pilot, lambda: "forgotten 8 times" in shown(screen.query_one(StatusLine)), "noticed")
    return screen


async def window(app: StudybuddyApp, pilot: Pilot[None]) -> None:
    await pilot.press("l")
    await until(pilot, lambda: isinstance(app.screen, LeechModal) and app.screen.is_mounted, "the proposal")
    await pilot.pause()


def card_of(app: StudybuddyApp) -> str:
    return app.study.now(lambda study: study.own_cards.ids()[0])


def suspended(app: StudybuddyApp) -> bool:
    card = card_of(app)
    return app.study.now(lambda study: study.desk.store.queue.flags(card)[0])


async def gone(app: StudybuddyApp, pilot: Pilot[None], window: Screen[object]) -> None:
    await until(pilot, lambda: app.screen is not window, "closed")


async def counted(app: StudybuddyApp, pilot: Pilot[None], cards: int) -> None:
    await until(
        pilot, lambda: len(app.study.now(lambda study: study.own_cards.ids())) == cards, f"{cards} cards"
    )


async def test_nothing_is_said_before_and_nothing_is_done_by_itself(make_app: MakeApp) -> None:
    app = make_app("en", before=seven_lapses)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = ReviewScreen()
        await app.push_screen(screen)
        await until(pilot, lambda: screen._phase is Phase.ASKED, "a card")
        assert "leech" not in shown(screen.query_one(KeyLine))
        await pilot.press("l")
        assert app.screen is screen
        await pilot.press("space", "1")
        await until(pilot, lambda: "forgotten 8 times" in shown(screen.query_one(StatusLine)), "noticed")
        assert not suspended(app)
        await pilot.press("u")
        await until(pilot, lambda: "undone" in shown(screen.query_one(StatusLine)), "taken back")
        assert "l leech" not in shown(screen.query_one(KeyLine))


async def test_before_a_typed_card_another_key_leads_there(make_app: MakeApp) -> None:
    def prepare(study: Study) -> None:
        seven_lapses(study)
        study.desk.clock = FixedClock(MORNING + timedelta(days=45))
        study.review.answer("s3w10d1/card/vector-jacobian-product", Rating.EASY)
        study.desk.clock = FixedClock(MORNING + timedelta(days=60))

    app = make_app("en", before=prepare)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = ReviewScreen()
        await app.push_screen(screen)
        await until(pilot, lambda: screen._phase is Phase.ASKED, "a card")
        assert screen._drawn is not None
        assert screen._drawn.card == card_of(app)
        await pilot.press("space", "1")
        await until(pilot, lambda: screen._leech, "noticed")
        await until(pilot, lambda: screen._types, "a card that is typed")
        assert "F9 says what can be done" in shown(screen.query_one(StatusLine))
        await pilot.press("l")
        assert app.screen is screen
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, LeechModal), "the proposal")


async def test_left_as_it_is_and_taken_back(make_app: MakeApp) -> None:
    app = make_app("en", before=seven_lapses)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await forgotten_once_more(app, pilot)
        await window(app, pilot)
        page = text_of(app)
        for part in ("forgotten 8 times in 16 answers", "Proposed: make 4 cards of it", "4 things at once"):
            assert part in page, part
        assert "\x1b" not in page
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen, "later")
        assert app.study.now(lambda study: list(study.desk.store.log.events(EventKind.LEECH))) == []
        await window(app, pilot)
        await pilot.press("l")
        await until(pilot, lambda: "left as it is" in shown(screen.query_one(StatusLine)), "left")
        assert len(app.study.now(lambda study: list(study.desk.store.log.events(EventKind.LEECH)))) == 1
        assert not suspended(app)
        await pilot.press("u")
        await until(pilot, lambda: "undone: decision about" in shown(screen.query_one(StatusLine)), "undone")
        assert app.study.now(lambda study: list(study.desk.store.log.events(EventKind.LEECH))) == []
        await pilot.press("u")
        await until(
            pilot, lambda: "undone: review of" in shown(screen.query_one(StatusLine)), "the answer too"
        )


async def test_suspended_from_the_end_of_the_queue_and_back(make_app: MakeApp) -> None:
    app = make_app("en", before=seven_lapses)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await forgotten_once_more(app, pilot)
        await window(app, pilot)
        await pilot.press("at")
        await until(pilot, lambda: "no longer asked" in shown(screen.query_one(StatusLine)), "suspended")
        assert suspended(app)
        await until(pilot, lambda: screen._phase is Phase.OVER, "nothing is left")
        await pilot.press("u")
        await until(pilot, lambda: not suspended(app), "asked again")
        await until(pilot, lambda: "is asked again" in shown(screen.query_one(StatusLine)), "said")


async def test_another_wording_with_its_history_beside(make_app: MakeApp) -> None:
    app = make_app("en", before=lambda study: seven_lapses(study, "short", "answer"))
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await forgotten_once_more(app, pilot)
        await window(app, pilot)
        assert "put it in other words" in text_of(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RewriteCardModal), "its words")
        await until(pilot, lambda: isinstance(app.focused, TextArea), "ready")
        await pilot.pause()
        assert "forgotten on" in text_of(app)
        await pilot.press("x", "ctrl+s")
        await until(pilot, lambda: app.screen is screen, "saved")
        await until(pilot, lambda: "your words" in shown(screen.query_one(StatusLine)), "said")
        card = card_of(app)
        assert app.study.now(lambda study: study.leeches.decided_at(card)) == 8
        await pilot.press("u")
        await until(pilot, lambda: app.study.now(lambda study: study.leeches.decided_at(card)) == 0, "undone")


@pytest.mark.parametrize("suspend", [True, False])
async def test_split_into_cards_one_after_the_other(make_app: MakeApp, suspend: bool) -> None:
    app = make_app("en", before=seven_lapses)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await forgotten_once_more(app, pilot)
        await window(app, pilot)
        await pilot.press("s")
        for n in range(3):
            await until(pilot, lambda: isinstance(app.screen, PartCardModal), "a part")
            await until(pilot, lambda: isinstance(app.focused, TextArea), "ready")
            assert f"({n + 1} of 4)" in app.screen.query_one("#front", TextArea).text
            part = app.screen
            await pilot.press("escape" if n == 2 else "ctrl+s")
            await gone(app, pilot, part)
        await until(pilot, lambda: isinstance(app.screen, ConfirmModal), "what becomes of the whole")
        assert not suspended(app)
        await pilot.press("y" if suspend else "n")
        await until(pilot, lambda: app.screen is screen, "done")
        await until(pilot, lambda: "2 cards made of it" in shown(screen.query_one(StatusLine)), "said")
        assert suspended(app) is suspend
        assert len(app.study.now(lambda study: study.own_cards.ids())) == 3
        made = app.study.now(
            lambda study: [study.own_cards.content(card) for card in study.own_cards.ids()[1:]]
        )
        assert [card.back for card in made] == ["First it rises.", "Then it falls."]
        assert all(card.tags == ("physics",) for card in made)
        assert app.study.now(lambda study: study.own_cards.unfinished()).front == "", "nothing is left over"
        for left in (3, 2, 1):
            await pilot.press("u")
            await counted(app, pilot, left)
            await until(pilot, lambda: screen._phase is not Phase.BUSY, "settled")
        assert not suspended(app)


async def test_the_browser_marks_leeches_and_treats_them(make_app: MakeApp) -> None:
    def prepare(study: Study) -> None:
        card = seven_lapses(study)
        study.review.answer(card, Rating.AGAIN)
        study.own_cards.add("harmless", "card")

    app = make_app("en", before=prepare)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = BrowserScreen("is:own")
        await app.push_screen(screen)
        await until(pilot, lambda: len(screen.query_one(CardRows).cards) == 2, "the cards")
        await settle(pilot)
        assert shown(screen.query_one(CardRows)).count("leech") == 1
        await pilot.press("enter")
        assert "l leech" in shown(screen.query_one(KeyLine))
        await window(app, pilot)
        await pilot.press("l")
        await until(pilot, lambda: "left as it is" in shown(screen.query_one(StatusLine)), "decided")
        await pilot.press("u")
        await until(pilot, lambda: "undone: decision" in shown(screen.query_one(StatusLine)), "undone")
        await pilot.press("j")
        await settle(pilot)
        assert "l leech" not in shown(screen.query_one(KeyLine))


@pytest.mark.parametrize("size", [(40, 10), (20, 6), (200, 60)])
async def test_any_terminal_will_do(make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app("zh", before=seven_lapses)
    async with app.run_test(size=size) as pilot:
        screen = ReviewScreen()
        await app.push_screen(screen)
        await until(pilot, lambda: screen._phase is Phase.ASKED, "a card")
        await pilot.press("space", "1")
        await until(pilot, lambda: screen._leech, "noticed")
        await window(app, pilot)
        await pilot.press("j", "k", "k", "down")
        await pilot.resize_terminal(100, 30)
        await pilot.pause()
        assert "忘记 8 次" in text_of(app)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen, "closed")
