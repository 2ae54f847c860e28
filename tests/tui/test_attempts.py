from __future__ import annotations

from textual.pilot import Pilot

from studybuddy.core.verdict import CaseResult, JudgeResult, Verdict
from studybuddy.study.wiring import Study
from studybuddy.tui.app import StudybuddyApp
from studybuddy.tui.screens.attempts import AttemptsScreen
from studybuddy.tui.screens.lab import LabScreen
from studybuddy.tui.widgets.attempt_pane import AttemptPane
from studybuddy.tui.widgets.code_editor import CodeEditor
from studybuddy.tui.widgets.difference_view import DifferenceView
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.status_line import StatusLine
from tests.tui.conftest import MakeApp
from tests.tui.waiting import shown, until

DEPTH = "s3w10d1/max-depth"
HOSTILE = "x = '\x1b[2J[bold]\x07'\n"


def a_few_runs(study: Study) -> None:
    exercise = study.library.exercise(DEPTH)
    passed = tuple(CaseResult(f"c{n}", Verdict.AC) for n in range(9))
    study.lab.record(exercise, HOSTILE + "a = 1\nb = 2\n", JudgeResult(DEPTH, Verdict.RTE, wall_s=0.5))
    study.lab.hints.take(DEPTH, 2)
    study.lab.record(exercise, "a = 1\nb = 3\n" + "x" * 300, JudgeResult(DEPTH, Verdict.WA, cases=passed))
    study.lab.save_draft(DEPTH, "a = 1\nb = 3\nc = 4\n")


async def to_attempts(app: StudybuddyApp, pilot: Pilot[None]) -> AttemptsScreen:
    await app.push_screen(LabScreen(DEPTH))
    await until(pilot, lambda: not app.screen.query_one("#editor", CodeEditor).read_only, "the lab")
    await pilot.press("escape", "v")
    await until(pilot, lambda: isinstance(app.screen, AttemptsScreen), "the list")
    screen = app.screen
    assert isinstance(screen, AttemptsScreen)
    await until(pilot, lambda: shown(screen.query_one(AttemptPane)), "its lines")
    return screen


async def test_runs_are_listed_compared_and_taken_back(make_app: MakeApp) -> None:
    app = make_app("en", before=a_few_runs)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await to_attempts(app, pilot)
        view = screen.query_one(DifferenceView)
        await until(pilot, lambda: "1 line added" in shown(view), "compared with the draft")
        listed = shown(screen.query_one(AttemptPane))
        assert listed.index("WA wrong answer") < listed.index("RTE runtime error"), "the newest first"
        assert "9/13 cases · 0 s · 2 hints" in listed
        assert "Sun 22 Nov 08:00" in listed
        assert view.border_title == "run 2 → your program now"
        assert "3 + c = 4" in shown(view)
        assert "- xxx" in shown(view)

        await pilot.press("enter")
        await until(pilot, lambda: view.border_title == "run 1 → run 2", "the other side")
        await until(pilot, lambda: "- b = 2" in shown(view), "the run before")
        await pilot.press("j")
        await until(pilot, lambda: view.border_title == "run 1, the first", "nothing before it")
        await until(pilot, lambda: "3 lines added" in shown(view), "all of it new")
        assert "[bold]" in shown(view)
        assert not {"\x1b", "\x07"} & set(shown(view))

        await pilot.press("ctrl+l")
        await until(pilot, lambda: "运行错误" in shown(screen.query_one(AttemptPane)), "in Chinese")
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, LabScreen), "back in the lab")
        editor = app.screen.query_one("#editor", CodeEditor)
        assert "b = 2" in editor.text
        editor.focus()
        await pilot.press("ctrl+z")
        assert editor.text.rstrip() == "a = 1\nb = 3\nc = 4"


async def test_without_runs_there_is_nothing_to_compare(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await to_attempts(app, pilot)
        assert "Nothing has been run yet" in shown(screen)
        assert "each run is kept" in shown(screen.query_one(StatusLine))
        assert "take this one" not in shown(screen.query_one(KeyLine))
        await pilot.press("enter", "p", "space", "j", "k")
        assert app.screen is screen
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, LabScreen), "back in the lab")


async def test_a_small_terminal_scrolls(make_app: MakeApp) -> None:
    app = make_app("zh", before=a_few_runs)
    async with app.run_test(size=(40, 10)) as pilot:
        screen = await to_attempts(app, pilot)
        await pilot.press("space", "b", "j", "k", "enter")
        await pilot.resize_terminal(100, 30)
        await until(pilot, lambda: shown(screen.query_one(DifferenceView)), "still there")


async def test_hints_of_an_earlier_visit_count(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(100, 40)) as pilot:
        for visit in range(2):
            await app.push_screen(LabScreen(DEPTH))
            screen = app.screen
            await until(pilot, lambda: not app.screen.query_one("#editor", CodeEditor).read_only, "the lab")
            if visit:
                assert "1 hint taken" in shown(screen)
                await pilot.press("ctrl+t", "ctrl+t")
                assert app.study.now(lambda study: study.lab.hints.taken(DEPTH)) == 2
            else:
                await pilot.press("ctrl+t")
                await until(
                    pilot, lambda: app.study.now(lambda study: study.lab.hints.taken(DEPTH)) == 1, "counted"
                )
            await app.pop_screen()
