from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from studybuddy.core.card import Rating
from studybuddy.core.clock import FixedClock
from studybuddy.core.event import EventKind
from studybuddy.memory import fit_process
from studybuddy.memory.fit_process import FitTask, Solution
from studybuddy.memory.fsrs6 import DEFAULTS
from studybuddy.study.wiring import Study
from studybuddy.tui.app import StudybuddyApp
from studybuddy.tui.modals.parameters import ParametersModal
from studybuddy.tui.modals.reschedule import RescheduleModal
from studybuddy.tui.screens.fit import FitScreen
from studybuddy.tui.screens.settings import SettingsScreen
from studybuddy.tui.screens.statistics import StatisticsScreen
from studybuddy.tui.screens.today import TodayScreen
from studybuddy.tui.widgets import fit_panel
from studybuddy.tui.widgets.fit_panel import FitPanel
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.load_bars import load_bars
from studybuddy.tui.widgets.status_line import StatusLine
from tests.memory.learner import OWN, invented
from tests.study.test_own_fit import put
from tests.tui.conftest import MakeApp
from tests.tui.looking import text_of
from tests.tui.waiting import shown, until

Solve = Callable[[FitTask, Callable[[float], None], Callable[[], bool]], Solution | None]


def learnt(study: Study) -> None:
    put(study, invented(150, 60))


def solving(monkeypatch: pytest.MonkeyPatch, solve: Solve) -> None:
    def fitted(
        task: FitTask, *, told: Callable[[float], None], stopped: Callable[[], bool]
    ) -> Solution | None:
        return solve(task, told, stopped)

    monkeypatch.setattr(fit_panel, "fitted", fitted)


def better(_task: FitTask, _told: object, _stopped: object) -> Solution:
    return Solution(OWN, 900, 700, 0.5, 0.4)


async def to_fit(app: StudybuddyApp, pilot: Pilot[None]) -> FitScreen:
    await pilot.press("m")
    await until(pilot, lambda: isinstance(app.screen, FitScreen), "the screen")
    screen = app.screen
    assert isinstance(screen, FitScreen)
    await until(pilot, lambda: screen.query_one(FitPanel).standing is not None, "what is in force")
    return screen


def panel(screen: FitScreen) -> str:
    return " ".join(shown(screen.query_one(FitPanel)).split())


async def test_a_new_learner_keeps_the_defaults_and_is_told_why(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await to_fit(app, pilot)
        assert "the defaults, made from the reviews of many learners" in panel(screen)
        assert "0 reviews in the log · about 300 are needed" in panel(screen)
        await pilot.press("f")
        await until(pilot, lambda: "Too few reviews for a fit" in panel(screen), "why not")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "默认参数" in panel(screen), "Chinese")
        await pilot.press("R")
        await until(pilot, lambda: isinstance(app.screen, RescheduleModal), "nothing to move")
        await pilot.press("y")
        await until(pilot, lambda: app.screen is screen, "back")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, TodayScreen), "Today")


async def test_a_fit_runs_is_kept_and_cards_are_rescheduled(make_app: MakeApp) -> None:
    app = make_app("en", before=learnt)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await to_fit(app, pilot)
        await pilot.press("f")
        await until(pilot, lambda: "starting …" in panel(screen) or "fitting …" in panel(screen), "the bar")
        assert "s stop" in shown(screen.query_one(KeyLine))
        assert "f fit" not in shown(screen.query_one(KeyLine))
        await until(pilot, lambda: "Kept: it predicts" in panel(screen), "the result")
        assert "your own fit of" in panel(screen)
        assert "→" in panel(screen)
        assert app.study.now(lambda study: study.desk.scheduler.parameters) != DEFAULTS

        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, ParametersModal), "the parameters")
        await until(pilot, lambda: "how fast recall falls at first" in text_of(app), "their meaning")
        assert "w20" in text_of(app)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "首次答" in text_of(app), "Chinese")
        await pilot.press("ctrl+l", "j", "pagedown", "escape")
        await until(pilot, lambda: app.screen is screen, "back")

        await pilot.press("R")
        await until(pilot, lambda: isinstance(app.screen, RescheduleModal), "the preview")
        await until(pilot, lambda: "minutes a day over 30 days" in text_of(app), "the words")
        assert "█" in text_of(app)
        assert events(app, EventKind.RESCHEDULE) == 0, "looking moves nothing"
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen, "left")
        await pilot.press("R")
        await until(pilot, lambda: isinstance(app.screen, RescheduleModal), "the preview")
        await pilot.press("y")
        await until(pilot, lambda: "moved · u takes it back" in shown(screen.query_one(StatusLine)), "moved")
        assert events(app, EventKind.RESCHEDULE) == 1
        await pilot.press("u")
        await until(pilot, lambda: "undone: rescheduling" in shown(screen.query_one(StatusLine)), "undone")
        await pilot.press("u")
        await until(pilot, lambda: "the defaults, made" in panel(screen), "the fit undone")
        assert "Kept" not in panel(screen)


def events(app: StudybuddyApp, kind: EventKind) -> int:
    return app.study.now(lambda study: len(list(study.desk.store.log.events(kind))))


async def test_a_fit_can_be_stopped(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(_task: FitTask, told: Callable[[float], None], stopped: Callable[[], bool]) -> None:
        told(0.5)
        while not stopped():
            threading.Event().wait(0.01)

    solving(monkeypatch, slow)
    app = make_app("en", before=learnt)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await to_fit(app, pilot)
        for key in ("s", "escape"):
            await pilot.press("f", "f", "u", "R", "p")
            await until(pilot, lambda: "50%" in panel(screen), "half of it")
            assert app.screen is screen, "nothing else meanwhile"
            await pilot.press("ctrl+l")
            await until(pilot, lambda: "正在拟合" in panel(screen), "Chinese, and it goes on")
            await pilot.press("ctrl+l", key)
            await until(pilot, lambda: "Stopped; nothing was changed" in panel(screen), "stopped")
        assert events(app, EventKind.FIT) == 0


async def test_leaving_the_app_ends_the_fit(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = threading.Event()

    def endless(_task: FitTask, _told: object, stopped: Callable[[], bool]) -> None:
        while not stopped():
            threading.Event().wait(0.01)
        ended.set()

    solving(monkeypatch, endless)
    app = make_app("zh", before=learnt)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await to_fit(app, pilot)
        await pilot.press("f")
        await until(pilot, lambda: screen.query_one(FitPanel).going, "begun")
        await pilot.press("ctrl+q")
    assert ended.wait(5)


async def test_what_is_not_better_is_said(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    solving(monkeypatch, lambda *_: Solution(OWN, 900, 700, 0.4, 0.5))
    app = make_app("en", before=learnt)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await to_fit(app, pilot)
        await pilot.press("f")
        await until(pilot, lambda: "Not better on reviews it had not seen" in panel(screen), "why not")
        assert "0.4000 → 0.5000" in panel(screen)
        assert "the defaults, made" in panel(screen)


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("import sys; sys.exit(1)", "the fit ended without a result · nothing was changed"),
        ("print('[bold]{not json', flush=True)", "the fit ended without a result"),
        ('print(\'{"missing": "No module named torch"}\')', "pip install torch · nothing was changed"),
        ('print(\'{"error": "\\\\u001b[2J[red]boom"}\')', "the fit failed: ␛[2J[red]boom"),
        ("import os; os.kill(os.getpid(), 9)", "the fit ended without a result"),
    ],
)
async def test_the_app_outlives_the_process(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, program: str, said: str
) -> None:
    broken = tmp_path / "broken.py"
    broken.write_text(program, encoding="utf-8")
    monkeypatch.setattr(fit_process, "PROGRAM", broken)
    app = make_app("en", before=learnt)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await to_fit(app, pilot)
        await pilot.press("f")
        await until(pilot, lambda: said in panel(screen), "what went wrong")
        assert app.screen is screen
        assert "f fit" in shown(screen.query_one(KeyLine))


async def test_a_preview_that_is_out_of_date_is_shown_anew(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app("en", before=learnt)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await to_fit(app, pilot)
        await pilot.press("R")
        await until(pilot, lambda: isinstance(app.screen, RescheduleModal), "the preview")
        app.study.now(lambda study: study.review.answer("own/3", Rating.EASY))
        await pilot.press("y")
        await until(pilot, lambda: "Something was recorded meanwhile" in text_of(app), "said")

        def tomorrow(study: Study) -> None:
            study.desk.clock = FixedClock(study.desk.now() + timedelta(days=1))

        app.study.now(tomorrow)
        await pilot.press("y")
        await until(pilot, lambda: "The study day has turned" in text_of(app), "said")
        assert events(app, EventKind.RESCHEDULE) == 0
        await pilot.press("y")
        await until(pilot, lambda: "u takes it back" in shown(screen.query_one(StatusLine)), "moved")
        assert events(app, EventKind.RESCHEDULE) == 1


async def test_another_retention_offers_to_reschedule(make_app: MakeApp) -> None:
    app = make_app("en", before=learnt)
    async with app.run_test(size=(100, 40)) as pilot:
        screen = SettingsScreen()
        await app.push_screen(screen)
        await until(pilot, lambda: screen.cursor is not None, "the settings")
        from studybuddy.study.settings import BY_KEY

        screen._set(BY_KEY["desired_retention"], 0.8)
        await until(pilot, lambda: isinstance(app.screen, RescheduleModal), "the offer")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen, "left")
        assert events(app, EventKind.RESCHEDULE) == 0
        screen._set(BY_KEY["desired_retention"], 0.95)
        await until(pilot, lambda: isinstance(app.screen, RescheduleModal), "the offer")
        await pilot.press("y")
        await until(pilot, lambda: "moved · u takes it back" in shown(screen.query_one(StatusLine)), "moved")


@pytest.mark.parametrize("size", [(40, 10), (20, 6)])
async def test_any_terminal_will_do(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    solving(monkeypatch, better)
    app = make_app("zh", before=learnt)
    async with app.run_test(size=size) as pilot:
        screen = await to_fit(app, pilot)
        await pilot.press("f")
        await until(pilot, lambda: "已采用" in panel(screen), "kept")
        for key, modal in (("p", ParametersModal), ("R", RescheduleModal)):
            await pilot.press(key)
            await until(pilot, lambda modal=modal: isinstance(app.screen, modal), "the window")  # type: ignore[misc]
            await pilot.resize_terminal(100, 30)
            await pilot.press("j", "escape")
            await until(pilot, lambda: app.screen is screen, "back")


def test_bars_share_a_scale_and_fit_any_width() -> None:
    rows = [("now", [0.0, 1.0, 8.0]), ("then", [4.0, 4.0, 0.0])]
    lines = [line.plain for line in load_bars(rows, "today", "Sun 3", 40)]
    assert lines[0] == "now     ▂▂██"
    assert lines[2] == "then  ▅▅▅▅  "
    for width in (0, 1, 5, 8, 200):
        assert load_bars(rows, "today", "Sun 3", width)
    assert load_bars([("a", []), ("b", [])], "", "", 40)
    assert load_bars([("a", [0.0] * 30)], "t", "u", 40)[0].plain.strip() == "a"


async def test_the_statistics_bear_the_panel_on_their_page(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    solving(monkeypatch, better)
    app = make_app("en", before=learnt)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = StatisticsScreen()
        await app.push_screen(screen)
        await until(pilot, lambda: "fit" not in shown(screen.query_one(KeyLine)), "the first page")
        await pilot.press("f", "u", "2")
        await until(pilot, lambda: "f fit" in shown(screen.query_one(KeyLine)), "the page of the memory")
        await until(pilot, lambda: "the defaults, made" in text_of(app), "what is in force")
        await pilot.press("f")
        await until(pilot, lambda: "Kept: it predicts" in text_of(app), "kept")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "已采用" in text_of(app), "Chinese")
        await pilot.press("ctrl+l", "R")
        await until(pilot, lambda: isinstance(app.screen, RescheduleModal), "the preview")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen, "back")
        await pilot.press("u")
        await until(pilot, lambda: "the defaults, made" in text_of(app), "undone")
