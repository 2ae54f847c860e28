"""Typed answers on the table of a review, and the window in which a card of any kind is written."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static, TextArea

from studybuddy.core.card import Rating
from studybuddy.core.event import EventKind
from studybuddy.study.notes import Facts, NoteKind
from studybuddy.study.wiring import Study
from studybuddy.tui.app import StudybuddyApp
from studybuddy.tui.modals.add_card import AddCardModal
from studybuddy.tui.modals.edit_card import EditCardModal
from studybuddy.tui.screens.review import ReviewScreen
from studybuddy.tui.screens.review_table import Phase
from studybuddy.tui.widgets.card_view import CardView
from studybuddy.tui.widgets.kind_line import KindLine
from studybuddy.tui.widgets.rating_bar import RatingBar
from studybuddy.tui.widgets.status_line import StatusLine
from tests.tui.conftest import MakeApp
from tests.tui.waiting import shown, until


def made(*cards: tuple[str, str, Facts]) -> Any:
    """Writes cards before the app begins; there are no others."""

    def prepare(study: Study) -> None:
        for front, back, facts in cards:
            study.own_cards.add(front, back, facts=facts)

    return prepare


async def opened(app: StudybuddyApp, pilot: Pilot[None]) -> ReviewScreen:
    await app.push_screen(ReviewScreen())
    screen = app.screen
    assert isinstance(screen, ReviewScreen)
    await until(pilot, lambda: screen._phase is Phase.ASKED, "a card")
    return screen


async def typed(screen: ReviewScreen, pilot: Pilot[None], text: str) -> str:
    """Type an answer over what stands there and send it; returns what the card shows then."""
    screen.query_one(CardView).field.value = text
    await pilot.press("enter")
    await pilot.pause()
    return shown(screen.query_one(CardView))


def why(screen: ReviewScreen) -> str:
    return str(screen.query_one("#reason", Static).render())


def proposed(screen: ReviewScreen) -> Rating | None:
    return screen.query_one(RatingBar).proposed


async def test_a_slip_may_be_put_right_and_is_hard_then(make_app: MakeApp) -> None:
    app = make_app("en", made(("called?", "vector-Jacobian product", Facts("type-in"))))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        page = await typed(screen, pilot, "vector-jakobian product")
        assert screen._phase is Phase.ASKED
        assert "Jacobian" not in page, "nothing is given away"
        status = shown(screen.query_one(StatusLine))
        assert "nearly right: 1 letter differs" in status
        page = await typed(screen, pilot, "vector-Jacobian product")
        assert screen.query_one(CardView).turned
        assert "✓ right" in page
        assert (proposed(screen), "right after 2 tries" in why(screen)) == (Rating.HARD, True)
        await pilot.press("2")
        await until(pilot, lambda: app.study.now(given) == [2], "rated")


def given(study: Study) -> list[int]:
    return [event.body["rating"] for event in study.desk.store.log.events(EventKind.REVIEW)]


async def test_a_slip_sent_twice_shows_the_answer_with_what_differs(make_app: MakeApp) -> None:
    app = make_app("en", made(("called?", "vector-Jacobian product", Facts("type-in"))))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        await typed(screen, pilot, "vector-jakobian product")
        page = await typed(screen, pilot, "vector-jakobian product")
        assert "~ nearly right" in page
        assert "vector-ja[k→c]obian product" in page
        assert proposed(screen) is Rating.HARD


async def test_what_cannot_be_read_never_counts(make_app: MakeApp) -> None:
    app = make_app("en", made(("how long?", "500", Facts("numeric", 0.01, "ms"))))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        await typed(screen, pilot, "\x1b[31mmany [b]")
        assert screen._phase is Phase.ASKED
        status = shown(screen.query_one(StatusLine))
        assert "not read" in status
        assert "\x1b" not in status
        page = await typed(screen, pilot, "0.5 s")
        assert "✓ right" in page
        assert (proposed(screen), "right at once" in why(screen)) == (Rating.GOOD, True)


async def test_unreadable_twice_turns_and_proposes_nothing(make_app: MakeApp) -> None:
    app = make_app("en", made(("how long?", "500", Facts("numeric"))))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        await typed(screen, pilot, "many")
        page = await typed(screen, pilot, "many")
        assert screen._phase is Phase.TURNED
        assert "? not read" in page
        assert (proposed(screen), why(screen)) == (None, "")


async def test_wrong_numbers_are_told_what_is_wrong(make_app: MakeApp) -> None:
    app = make_app("en", made(("how long?", "500\nmeasured", Facts("numeric", 0.0, "ms"))))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        page = await typed(screen, pilot, "500 s")
        assert "your answer   500 s" in page
        assert "right answer  500 ms" in page
        assert "✗ wrong       the unit is ms, not s" in page
        assert proposed(screen) is Rating.AGAIN
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "单位是 ms，不是 s" in shown(screen.query_one(CardView)), "in Chinese")
        assert "→ 忘记" in why(screen)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 10)])
async def test_a_wrong_tree_stands_beside_the_right_one(make_app: MakeApp, size: tuple[int, int]) -> None:
    def prepare(study: Study) -> None:
        card = "s3w10d1/card/level-order"
        study.desk.record(EventKind.SECTION, "s3w10d1/algorithm", {"cards": [card]})

    app = make_app("en", prepare)
    async with app.run_test(size=size) as pilot:
        screen = await opened(app, pilot)
        page = await typed(screen, pilot, "[1,2,3,4,5]")
        if size[0] >= 80:
            assert "in yours the left child of 2 is 4" in page
            assert "your answer    right answer" in page.replace(" " * 4, "    ")
            compared = screen.query_one("#compared")
            assert compared.region.bottom <= screen.query_one(CardView).region.bottom, "in sight"
        assert screen._phase is Phase.TURNED


# ---- writing


async def window(app: StudybuddyApp, pilot: Pilot[None], key: str) -> AddCardModal:
    await pilot.press(key)
    await until(pilot, lambda: isinstance(app.screen, AddCardModal), "the window")
    await until(pilot, lambda: isinstance(app.focused, TextArea), "a field")
    assert isinstance(app.screen, AddCardModal)
    return app.screen


def fill(modal: AddCardModal, front: str, back: str) -> None:
    modal.query_one("#front", TextArea).text = front
    modal.query_one("#back", TextArea).text = back


def ids(app: StudybuddyApp) -> list[str]:
    return app.study.now(lambda study: study.own_cards.ids())


async def test_the_kind_is_chosen_where_the_card_is_written(make_app: MakeApp) -> None:
    app = make_app("en", made(("q", "a", Facts())))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        modal = await window(app, pilot, "a")
        line = modal.query_one(KindLine)
        assert line.kind is NoteKind.BASIC
        assert not modal.query_one("#number").display
        for _ in range(4):
            await pilot.press("ctrl+t")
        await until(pilot, lambda: line.kind is NoteKind.NUMERIC, "a number")
        assert modal.query_one("#number").display
        fill(modal, "how long?", "many")
        modal.query_one("#tolerance", Input).value = "1%"
        modal.query_one("#unit", Input).value = "ms"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "must be a number" in shown(modal.query_one("#wrong")), "what is wrong")
        fill(modal, "how long?", "500")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is screen, "saved")
        content = app.study.now(lambda study: study.own_cards.content(study.own_cards.ids()[1]))
        assert (content.kind.value, content.tolerance, content.unit) == ("numeric", 0.01, "ms")


async def test_a_card_begun_keeps_its_kind(make_app: MakeApp) -> None:
    app = make_app("zh", made(("q", "a", Facts())))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        modal = await window(app, pilot, "a")
        await pilot.press("ctrl+t")
        fill(modal, "梯度", "")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen, "closed")
        modal = await window(app, pilot, "a")
        assert modal.query_one(KindLine).kind is NoteKind.REVERSED
        fill(modal, "梯度", "gradient")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is screen, "saved")
        assert len(ids(app)) == 3
        await pilot.press("u")
        await until(pilot, lambda: len(ids(app)) == 1, "all of it taken back")


async def test_an_edit_that_takes_the_gap_out_goes_on_with_the_next_card(make_app: MakeApp) -> None:
    app = make_app("en", made(("{{one}} {{two}}", "", Facts()), ("other", "back", Facts())))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        assert screen._drawn is not None
        first = screen._drawn.card
        assert first.endswith("~1")
        modal = await window(app, pilot, "e")
        assert isinstance(modal, EditCardModal)
        assert modal.query_one("#front", TextArea).text == "{{one}} {{two}}"
        fill(modal, "one {{two}}", "")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is screen and screen._phase is Phase.ASKED, "saved")
        await until(pilot, lambda: screen._drawn is not None and screen._drawn.card != first, "the next card")
        assert first not in ids(app)
        await pilot.press("u")
        await until(pilot, lambda: first in ids(app), "taken back")
        await until(pilot, lambda: screen._phase is Phase.ASKED, "a card again")


async def test_both_sides_of_a_reversed_card_are_edited_as_they_were_written(make_app: MakeApp) -> None:
    app = make_app("en", made(("梯度", "gradient", Facts("reversed"))))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        second = ids(app)[1]
        app.study.now(lambda study: study.review.suspend(ids_of(study)[0]))
        await screen._next()
        assert screen._drawn is not None
        assert screen._drawn.card == second
        modal = await window(app, pilot, "e")
        assert modal.query_one("#front", TextArea).text == "梯度"
        assert modal.query_one(KindLine).kind is NoteKind.REVERSED
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is screen, "saved")
        assert "gradient" in shown(screen.query_one(CardView))


def ids_of(study: Study) -> list[str]:
    return study.own_cards.ids()


@pytest.mark.parametrize("size", [(40, 10), (60, 20), (120, 40)])
async def test_the_window_fits_any_terminal(make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app("en", made(("q", "a", Facts())))
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot)
        modal = await window(app, pilot, "a")
        line = modal.query_one(KindLine)
        line.focus()
        for key in ("right", "right", "left", "space"):
            await pilot.press(key)
        assert line.kind is NoteKind.CLOZE
        await pilot.click(KindLine, offset=(3, 0))
        assert app.return_code is None
