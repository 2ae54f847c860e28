"""A formula card in the review: the checker is asked, the learner may try again, the rating is proposed."""

from __future__ import annotations

from textual.pilot import Pilot
from textual.widgets import Static

from studybuddy.core.card import Rating
from studybuddy.core.event import EventKind
from studybuddy.study.wiring import Study
from studybuddy.tui.app import StudybuddyApp
from studybuddy.tui.screens.review import ReviewScreen
from studybuddy.tui.screens.review_table import Phase
from studybuddy.tui.widgets.card_view import CardView
from studybuddy.tui.widgets.rating_bar import RatingBar
from studybuddy.tui.widgets.status_line import StatusLine
from tests.tui.conftest import MakeApp
from tests.tui.waiting import shown, until

DW = "s3w10d1/card/dw"


def only_dw(study: Study) -> None:
    study.desk.record(EventKind.SECTION, "s3w10d1/derivation", {"cards": [DW]})


async def ask(app: StudybuddyApp, pilot: Pilot[None]) -> ReviewScreen:
    await app.push_screen(ReviewScreen())
    screen = app.screen
    assert isinstance(screen, ReviewScreen)
    await until(pilot, lambda: screen._phase is Phase.ASKED, "the card")
    return screen


async def test_a_wrong_formula_is_explained_and_may_be_put_right(make_app: MakeApp) -> None:
    app = make_app("en", before=only_dw)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await ask(app, pilot)
        field = screen.query_one(CardView).field
        field.value = "X dZ"
        await pilot.press("enter")
        await until(pilot, lambda: "transpose" in shown(screen.query_one(StatusLine)), "why it is wrong")
        assert screen._phase is Phase.ASKED
        assert field.value == "X dZ", "it is there to be changed"
        field.value = "X^{"
        await pilot.press("enter")
        await until(pilot, lambda: "not read" in shown(screen.query_one(StatusLine)), "that it was not read")
        field.value = "X.T @ dZ"
        await pilot.press("enter")
        await until(pilot, lambda: screen._phase is Phase.TURNED, "turned")
        assert "right after 2 tries" in shown(screen.query_one("#reason", Static))
        assert screen.query_one(RatingBar).proposed is Rating.HARD
        await pilot.press("2")
        await until(pilot, lambda: screen._phase is not Phase.TURNED, "rated")
        review = app.study.now(lambda study: study.desk.store.log.latest(EventKind.REVIEW, DW))
        assert review is not None
        assert (review.body["rating"], review.body["typed"]) == (2, "X.T @ dZ")


async def test_the_same_wrong_formula_again_turns_the_card(make_app: MakeApp) -> None:
    app = make_app("en", before=only_dw)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(app, pilot)
        screen.query_one(CardView).field.value = "dZ X"
        await pilot.press("enter")
        await until(pilot, lambda: "wrong" in shown(screen.query_one(StatusLine)), "why it is wrong")
        await pilot.press("enter")
        await until(pilot, lambda: screen._phase is Phase.TURNED, "turned")
        assert "Xᵀδ_Z" in shown(screen.query_one("#compared", Static))
        assert screen.query_one(RatingBar).proposed is Rating.AGAIN


async def test_a_formula_is_drawn_as_it_is_read_while_it_is_typed(make_app: MakeApp) -> None:
    app = make_app("en", before=only_dw)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(app, pilot)
        table = screen.query_one(CardView)
        for typed, drawn in (("X.T @ dZ", "Xᵀδ_Z"), ("X^{", "not readable yet")):
            table.field.value = typed
            await until(pilot, lambda drawn=drawn: drawn in shown(table.reading), drawn)  # type: ignore[misc]
        table.field.value = ""
        await until(pilot, lambda: not shown(table.reading), "nothing to read")
        table.field.value = "X" * 500
        await until(pilot, lambda: shown(table.reading), "long ones too")
        table.field.value = "X.T @ dZ"
        await until(pilot, lambda: "read as" in shown(table.reading), "drawn again")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "读作" in shown(table.reading), "in Chinese")
        await pilot.press("enter")
        await until(pilot, lambda: screen._phase is Phase.TURNED, "turned")
        assert not shown(table.reading), "the answer is compared from now on"
