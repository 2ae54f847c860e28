"""Keys that come faster than screens do: each does what it would have done a moment later."""

from __future__ import annotations

import pytest

from studybuddy.tui.screens.today import TodayScreen
from tests.tui.conftest import MakeApp
from tests.tui.looking import settle


@pytest.mark.parametrize("burst", [True, False], ids=["at once", "one by one"])
@pytest.mark.parametrize(
    ("typed", "front"),
    [
        ("l escape", "TodayScreen"),
        ("l escape t escape p", "LessonsScreen"),
        ("t enter escape escape", "TodayScreen"),
        ("i escape escape d escape escape c escape escape escape", "TodayScreen"),
        ("comma escape p escape question_mark escape a escape", "TodayScreen"),
        ("l escape l escape r t q p q", "TodayScreen"),
    ],
)
async def test_nothing_stays_open_that_was_left(
    make_app: MakeApp, typed: str, front: str, burst: bool
) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for key in typed.split():
            app.simulate_key(key)
            if not burst:
                await pilot.pause(0.02)
        for _ in range(30):
            await pilot.pause(0.02)
        await settle(pilot)
        assert type(app.screen).__name__ == front
        assert isinstance(app.screen_stack[0], TodayScreen)
        assert app.return_code is None


@pytest.mark.parametrize("after", ["t", "l", "p", "c", "comma"])
async def test_what_is_typed_after_the_last_key_opens_nothing(make_app: MakeApp, after: str) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.simulate_key("q")
        app.simulate_key(after)
        for _ in range(10):
            await pilot.pause(0.02)
        assert [type(screen).__name__ for screen in app.screen_stack] in ([], ["TodayScreen"])
    assert app.return_code == 0
