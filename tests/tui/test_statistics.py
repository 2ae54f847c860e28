from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from click.testing import CliRunner
from textual.pilot import Pilot

from studybuddy.study.wiring import Study
from studybuddy.tui.app import StudybuddyApp
from studybuddy.tui.figures.figure_pane import FigurePane
from studybuddy.tui.figures.heat_pane import HeatPane
from studybuddy.tui.figures.load_panes import WorkloadPane
from studybuddy.tui.figures.memory_panes import CalibrationPane, RetentionPane
from studybuddy.tui.figures.overview_panes import TotalsPane
from studybuddy.tui.screens.statistics import StatisticsScreen
from studybuddy.tui.screens.today import TodayScreen
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.page_tabs import PageTabs
from studybuddy.tui.widgets.status_line import StatusLine
from tests.study.statistics.a_year import Year
from tests.tui.conftest import NOW, MakeApp
from tests.tui.looking import settle, text_of
from tests.tui.waiting import shown, until

TODAY = date(2026, 11, 22)


def a_year(study: Study) -> None:
    Year(study, datetime.fromisoformat(NOW), days=60).write()


async def to_statistics(app: StudybuddyApp, pilot: Pilot[None]) -> StatisticsScreen:
    await settle(pilot)
    await pilot.press("s")
    await settle(pilot)
    assert isinstance(app.screen, StatisticsScreen)
    return app.screen


async def test_pages_days_and_words(make_app: MakeApp) -> None:
    app = make_app("en", before=a_year)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await to_statistics(app, pilot)
        found = json.loads(
            json.dumps({"reviews": app.study.now(lambda s: s.statistics.glance().all.reviews)})
        )
        assert f"{found['reviews']} reviews" in text_of(app)
        heat = screen.query_one(HeatPane)
        assert "Sun 22 Nov" in shown(heat)
        await pilot.press("left", "up")
        assert heat.chosen == TODAY - timedelta(days=8)
        assert "Sat 14 Nov" in shown(heat)
        await pilot.press("right", "down", "down")
        assert heat.chosen == TODAY, "no day of the future"
        await pilot.press("m")
        assert "more · minutes" in shown(heat)
        assert await pilot.click(HeatPane, offset=(2 + 4 + 2 * 20, 4))
        assert heat.chosen is not None
        assert heat.chosen.weekday() == 2

        await pilot.press("2")
        text = shown(screen.query_one(RetentionPane)) + shown(screen.query_one(CalibrationPane))
        for part in ("30 days", "mature", "log loss", "moving average", "Foretold"):
            assert part in text
        assert "shade" not in shown(screen.query_one(KeyLine))
        await pilot.press("tab")
        workload = shown(screen.query_one(WorkloadPane))
        assert "▸" in workload
        assert workload.count("%") > 9
        await pilot.press("right", "right", "right", "shift+tab")
        assert screen.front == 4
        assert "Weakest" in text_of(app) or "Too few reviews" in text_of(app)
        await pilot.press("ctrl+l")
        await settle(pilot)
        assert screen.front == 4
        assert "概念，薄弱的在前" in text_of(app)
        assert await pilot.click(PageTabs, offset=(2, 0))
        assert screen.front == 0
        assert "周三" in shown(heat), "the day that was chosen stays"
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)


async def test_json_tells_the_figures_of_the_screen(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    from studybuddy.cli.stats import stats

    app = make_app("en", before=a_year)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await to_statistics(app, pilot)
        folder = str(app.study.launch.data_dir)
        monkeypatch.setenv("STUDYBUDDY_HOME", folder)
        done = CliRunner().invoke(stats, ["--json"], obj=None)
        found = json.loads(done.output) if done.exit_code == 0 else {}
        assert found, done.output
        totals = shown(screen.query_one(TotalsPane))
        for name in ("today", "week", "month", "all"):
            assert str(found["efforts"][name]["reviews"]) in totals
        await pilot.press("2")
        retention = shown(screen.query_one(RetentionPane))
        for kept in found["retention_by_period"].values():
            for maturity in kept.values():
                if maturity["reviews"]:
                    assert f"{maturity['rate']:.0%} of {maturity['reviews']}" in retention
        calibration = shown(screen.query_one(CalibrationPane))
        assert f"{found['calibration']['log_loss']:.4f}" in calibration
        for baseline in found["calibration"]["baselines"].values():
            assert f"{baseline['rmse_bins']:.4f}" in calibration
        await pilot.press("3")
        workload = shown(screen.query_one(WorkloadPane))
        for point in found["workload"]:
            assert f"{point['minutes_a_day']:.1f}" in workload
            assert f"{point['remembered']:.0f}" in workload


@pytest.mark.parametrize("size", [(40, 10), (80, 24), (200, 60)])
@pytest.mark.parametrize("before", [None, a_year], ids=["nothing", "a year"])
async def test_every_page_at_every_size(
    make_app: MakeApp, size: tuple[int, int], before: Callable[[Study], None] | None
) -> None:
    app = make_app("zh", before=before)
    async with app.run_test(size=size) as pilot:
        screen = await to_statistics(app, pilot)
        assert ("还没有复习过" in shown(screen.query_one(StatusLine))) == (before is None)
        for key in "12345":
            await pilot.press(key, "pagedown", "j", "pageup", "k")
        for pane in screen.query(FigurePane):
            width = pane.content_size.width
            if width > 8:
                assert all(line.cell_length <= width for line in pane.lines_at(width))


async def test_plain_signs_draw_in_ascii(make_app: MakeApp) -> None:
    def plain(study: Study) -> None:
        a_year(study)
        study.desk.prefer("glyphs", "plain")

    app = make_app("en", before=plain)
    async with app.run_test(size=(120, 40)) as pilot:
        await to_statistics(app, pilot)
        for key in "12345":
            await pilot.press(key)
            await pilot.pause()
            assert text_of(app).translate({ord(sign): "" for sign in "∂–"}).isascii()


async def test_leaving_ends_what_is_being_worked_out(make_app: MakeApp) -> None:
    app = make_app("en", before=a_year)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, StatisticsScreen), "the screen")
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)
        assert not [worker for worker in app.workers if worker.group == "figures" and worker.is_running]
        await to_statistics(app, pilot)
        assert "What was done" in text_of(app)


async def test_what_changes_meanwhile_is_read_when_one_comes_back(make_app: MakeApp) -> None:
    app = make_app("en", before=a_year)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await to_statistics(app, pilot)
        app.study.now(lambda study: study.desk.prefer("desired_retention", 0.8))
        await screen.refresh_plan()
        await settle(pilot)
        await pilot.press("2")
        assert "80%" in shown(screen.query_one(RetentionPane))
