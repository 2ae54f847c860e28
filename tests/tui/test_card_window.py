from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from textual.pilot import Pilot

from studybuddy.core.card import Rating
from studybuddy.core.clock import FixedClock
from studybuddy.study.why import why
from studybuddy.study.wiring import Study
from studybuddy.tui.app import StudybuddyApp
from studybuddy.tui.modals.card_window import CardWindow, answer_lines
from studybuddy.tui.screens.review import ReviewScreen
from studybuddy.tui.screens.review_table import Phase
from studybuddy.tui.widgets.card_view import CardView
from tests.tui.conftest import NOW, MakeApp
from tests.tui.looking import lines_of, text_of
from tests.tui.waiting import until

MORNING = datetime.fromisoformat(NOW)
HOSTILE = "\x1b[2J[bold]x[/] \x07 \u202e" + "很长的问题 " * 300


def with_a_past(study: Study) -> None:
    """One card that was recalled, forgotten, recalled; due today."""
    card = study.own_cards.add(HOSTILE, "[red]answer")
    for day, rating in (
        (0, Rating.EASY),
        (9, Rating.EASY),
        (60, Rating.AGAIN),
        (60, Rating.GOOD),
        (62, Rating.GOOD),
    ):
        study.desk.clock = FixedClock(MORNING + timedelta(days=day))
        study.review.answer(card, rating, 4000, "typed [bold]wrong\x1b" if rating is Rating.AGAIN else "")
    study.desk.clock = FixedClock(MORNING + timedelta(days=90))


async def reviewing(app: StudybuddyApp, pilot: Pilot[None]) -> ReviewScreen:
    screen = ReviewScreen()
    await app.push_screen(screen)
    await until(pilot, lambda: screen._phase is not Phase.BUSY, "a card or the end")
    return screen


async def window(app: StudybuddyApp, pilot: Pilot[None]) -> CardWindow:
    await until(pilot, lambda: isinstance(app.screen, CardWindow) and app.screen.is_mounted, "the window")
    found = app.screen
    assert isinstance(found, CardWindow)
    await pilot.pause()
    return found


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_why_a_card_is_here_and_what_happened_to_it(make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app("en", before=with_a_past)
    async with app.run_test(size=size) as pilot:
        screen = await reviewing(app, pilot)
        await pilot.press("space", "w")
        await window(app, pilot)
        page = text_of(app)
        assert "Due since" in page
        assert "4 answers" not in page
        assert "5 answers · forgotten 1 time" in page
        for part in ("100%", "90%", "today", "●", "✗", "1 Again 10 min", "3 Good", "the default preset"):
            assert part in page, part
        assert not {"\x1b", "\x07", "\u202e"} & set(page)
        assert any(0x2800 < ord(char) < 0x2900 for char in page)
        await pilot.press("tab")
        await until(pilot, lambda: "Its answers" in text_of(app), "its answers")
        assert "typed: typed [bold]wrong" in text_of(app)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen, "closed")
        assert screen._phase is Phase.TURNED, "the card lies as it lay"
        assert screen.query_one(CardView).turned


async def test_plain_signs_draw_with_ascii(make_app: MakeApp) -> None:
    def prepare(study: Study) -> None:
        study.desk.prefer("glyphs", "plain")
        with_a_past(study)

    app = make_app("en", before=prepare)
    async with app.run_test(size=(80, 24)) as pilot:
        await reviewing(app, pilot)
        await pilot.press("w")
        await window(app, pilot)
        page = "\n".join(line for line in lines_of(app))
        assert not any(0x2800 <= ord(char) < 0x2900 for char in page)
        assert "100% *" in page


@pytest.mark.parametrize("size", [(40, 10), (20, 6), (200, 60)])
async def test_any_terminal_will_do(make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app("zh", before=with_a_past)
    async with app.run_test(size=size) as pilot:
        await reviewing(app, pilot)
        await pilot.press("w")
        await window(app, pilot)
        await pilot.press("j", "pagedown", "G", "g", "tab", "k")
        await pilot.resize_terminal(100, 30)
        await pilot.pause()
        await pilot.press("tab")
        await until(pilot, lambda: "今天" in text_of(app), "why, in Chinese")
        await pilot.press("escape")


async def test_a_new_card_shows_what_lies_ahead(make_app: MakeApp) -> None:
    app = make_app("en", before=lambda study: study.own_cards.add("front", "back"))
    async with app.run_test(size=(80, 24)) as pilot:
        await reviewing(app, pilot)
        await pilot.press("w")
        await window(app, pilot)
        page = text_of(app)
        assert "New: number 1 of the 1 that may begin today" in page
        assert "if every answer is Good" in page
        assert "○" in page
        await pilot.press("tab")
        await until(pilot, lambda: "not answered yet" in text_of(app), "no answers")


async def test_hundreds_of_answers_are_counted(make_app: MakeApp) -> None:
    app = make_app("en", before=with_a_past)
    async with app.run_test(size=(80, 24)):
        found = app.study.now(lambda study: why(study, study.own_cards.ids()[0]))
        lines = answer_lines([*found.answers] * 100)
        assert len(lines) == 201
        assert lines[-1] == "and 300 answers before"
