from __future__ import annotations

import math
import threading
from collections.abc import Callable

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.theme import Theme

from studybuddy.core.event import EventKind
from studybuddy.core.experiment import Outcome
from studybuddy.core.phrase import Phrase
from studybuddy.core.verdict import JudgeResult, Verdict
from studybuddy.study.curves import Curve
from studybuddy.study.experiments import Experiments, Made
from studybuddy.study.wiring import Study
from studybuddy.tui.app import StudybuddyApp
from studybuddy.tui.modals.predict import PredictModal
from studybuddy.tui.screens.experiments import ExperimentsScreen
from studybuddy.tui.screens.lab import LabScreen
from studybuddy.tui.themes import BY_SETTING
from studybuddy.tui.widgets.code_editor import CodeEditor
from studybuddy.tui.widgets.experiment_pane import CurvePane, ExperimentPane
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.loss_plot import LossPlot, marked
from studybuddy.tui.widgets.status_line import StatusLine
from tests.tui.conftest import MakeApp
from tests.tui.waiting import shown, until

LOOP = "s3w10d1/training-loop"
FALLING = tuple((step, 1e6 / 10 ** (step / 50)) for step in range(0, 500, 10))
NOWHERE = tuple((step, 600.0) for step in range(0, 500, 10))


def some_runs(study: Study) -> None:
    exercise = study.library.exercise(LOOP)
    faster = exercise.reference.replace("learning_rate = 1e-6", "learning_rate = 3e-6")
    study.lab.record(exercise, exercise.starter, JudgeResult(LOOP, Verdict.RTE))
    study.lab.record(exercise, faster, JudgeResult(LOOP, Verdict.WA, losses=FALLING))


async def to_experiments(app: StudybuddyApp, pilot: Pilot[None]) -> ExperimentsScreen:
    await app.push_screen(LabScreen(LOOP))
    await until(pilot, lambda: not app.screen.query_one("#editor", CodeEditor).read_only, "the lab")
    await pilot.press("escape", "e")
    await until(pilot, lambda: isinstance(app.screen, ExperimentsScreen), "the experiments")
    screen = app.screen
    assert isinstance(screen, ExperimentsScreen)
    await until(pilot, lambda: screen.cursor is not None, "the lists")
    return screen


async def test_a_prediction_comes_first_then_the_run_and_what_it_shows(make_app: MakeApp) -> None:
    app = make_app("en", before=some_runs)
    async with app.run_test(size=(120, 44)) as pilot:
        screen = await to_experiments(app, pilot)
        listed = shown(screen.query_one(ExperimentPane))
        assert "a  Both layers start at zero" in listed
        assert "[ ]" not in listed, "nothing to draw yet"
        assert "[x] 2  run 2: learning_rate = 3e-06" in shown(screen.query_one(CurvePane))
        assert "until yours is accepted" in shown(screen)

        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PredictModal), "the question")
        asked = app.screen
        await until(pilot, lambda: "1  the loss falls" in shown(asked), "the answers")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "从 0 开始" in shown(asked), "the question in Chinese")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "starts at 0" in shown(asked), "and back")
        await pilot.press("1")
        await until(pilot, lambda: "you said: falls" in shown(screen), "the outcome")
        page = shown(screen)
        assert "✗ the loss stays about where it is; you said: falls" in page
        assert "Each gradient has a" in page
        assert "[x] a" in page
        assert "─a─ w1 = w2 = 0   628 → 628" in page
        assert "─2─ run 2: learning_rate = 3e-06   1e+06 → " in page
        plot = shown(screen.query_one(LossPlot))
        assert any("\u2800" < letter < "\u28ff" for letter in plot), "curves"
        assert plot.count("a") > 3, "with marks"
        assert "no submission" in shown(screen.query_one(StatusLine))

        kinds = app.study.now(lambda study: len(list(study.desk.store.log.events(EventKind.ATTEMPT, LOOP))))
        assert kinds == 2, "no attempt"
        trial = app.study.now(lambda study: study.experiments.offer(LOOP, "zero-weights").trial)
        assert trial is not None
        assert (trial.prediction, trial.outcome) == (Outcome.FALLS, Outcome.STAYS)

        await pilot.press("space")
        await until(pilot, lambda: "[ ] a" in shown(screen), "hidden")
        assert "─a─" not in shown(screen)
        await pilot.press("space", "ctrl+l")
        await until(pilot, lambda: "两层权重全为 0" in shown(screen), "Chinese")
        assert "[x] a" in shown(screen)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, LabScreen), "back in the lab")


def make_with(monkeypatch: pytest.MonkeyPatch, play: Callable[..., Made]) -> None:
    def make(
        self: Experiments, exercise: object, offer: object, on_output: object, stop: threading.Event
    ) -> Made:
        return play(on_output, stop)

    monkeypatch.setattr(Experiments, "make", make)


async def test_a_run_can_be_stopped_and_then_says_nothing(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def play(on_output: Callable[[str], None], stop: threading.Event) -> Made:
        on_output("Epoch 0: Loss = 5.0\nEpoch 1: Loss = 4.0\n")
        assert stop.wait(20), "nobody stopped it"
        return Made(JudgeResult(LOOP, Verdict.STOP), ())

    make_with(monkeypatch, play)
    app = make_app("en")
    async with app.run_test(size=(100, 40)) as pilot:
        screen = await to_experiments(app, pilot)
        await pilot.press("j", "enter")
        await until(pilot, lambda: isinstance(app.screen, PredictModal), "the question")
        await pilot.press("s")
        await until(pilot, lambda: "─b─ w2 = 0   5 → 4" in shown(screen), "the live curve")
        assert "stop" in shown(screen.query_one(KeyLine))
        await pilot.press("enter", "space")
        assert app.screen is screen, "one at a time"
        await pilot.press("escape")
        await until(pilot, lambda: "nothing was recorded" in shown(screen), "the stop")
        assert app.study.now(lambda study: study.experiments.offer(LOOP, "zero-second-layer").trial) is None
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PredictModal), "asked again")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen, "not yet")


async def test_leaving_ends_the_run(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = threading.Event()

    def play(_on_output: object, stop: threading.Event) -> Made:
        if stop.wait(20):
            ended.set()
        return Made(JudgeResult(LOOP, Verdict.STOP), ())

    make_with(monkeypatch, play)
    app = make_app("zh")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await to_experiments(app, pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PredictModal), "the question")
        await pilot.press("3")
        await until(pilot, lambda: screen._run.going, "running")
        await pilot.press("ctrl+q")
    assert ended.wait(5)


async def test_a_program_that_fails_is_said_to(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    failed = JudgeResult(LOOP, Verdict.RTE, "{type}: {text}", "", {"type": "E", "text": "\x1b[2J[bold]x"})
    make_with(monkeypatch, lambda *_: Made(failed, ((0, 1.0), (1, math.nan))))
    app = make_app("en")
    async with app.run_test(size=(60, 20)) as pilot:
        screen = await to_experiments(app, pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PredictModal), "the question")
        await pilot.press("e")
        await until(pilot, lambda: "the program failed" in shown(screen), "said")
        assert "[bold]x" in shown(screen)
        assert "\x1b" not in shown(screen)
        await pilot.press("pagedown", "pageup", "j", "k")


async def test_an_exercise_without_experiments_offers_none(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(120, 30)) as pilot:
        await app.push_screen(LabScreen("s3w10d1/max-depth"))
        editor = app.screen.query_one("#editor", CodeEditor)
        await until(pilot, lambda: not editor.read_only, "the lab")
        assert "experiments" not in shown(app.screen.query_one(KeyLine))
        assert "runs so far" not in shown(app.screen.query_one(KeyLine)), "v is typed here"
        await pilot.press("v", "escape")
        assert editor.text.startswith("v")
        await until(pilot, lambda: "v runs so far" in shown(app.screen.query_one(KeyLine)), "outside")
        await pilot.press("e")
        assert isinstance(app.screen, LabScreen)


class Plotted(App[None]):
    def __init__(self) -> None:
        super().__init__()
        for theme in BY_SETTING.values():
            self.register_theme(theme)

    def compose(self) -> ComposeResult:
        yield LossPlot()


def curve(mark: str, losses: tuple[tuple[int, float], ...]) -> Curve:
    return Curve(mark, mark, Phrase("run"), losses, "note")


@pytest.mark.parametrize("theme", BY_SETTING.values(), ids=lambda theme: theme.name)
async def test_curves_are_drawn_in_every_theme(theme: Theme) -> None:
    app = Plotted()
    app.theme = theme.name
    async with app.run_test(size=(60, 30)) as pilot:
        plot = app.query_one(LossPlot)
        await plot.compare([curve(mark, FALLING) for mark in "1234567"])
        await pilot.pause()
        assert all(f"─{mark}─" in shown(plot) for mark in "1234567")
        await plot.show(FALLING)
        await pilot.pause()
        assert any("\u2800" < letter < "\u28ff" for letter in shown(plot))


async def test_curves_of_any_losses_are_drawn() -> None:
    app = Plotted()
    async with app.run_test(size=(60, 24)) as pilot:
        plot = app.query_one(LossPlot)
        await plot.compare([curve("1", FALLING), curve("2", NOWHERE)])
        await pilot.pause()
        text = shown(plot)
        assert "─1─ run: note   1e+06 → " in text
        assert "─2─ run: note   600 → 600" in text
        assert text.count("2") > 4

        exploding = ((0, 1.0), (1, 1e200), (2, math.inf), (3, math.nan))
        await plot.compare([curve("x", exploding), curve("y", ((0, 5.0),)), curve("z", ())])
        await pilot.pause()
        assert "not finite at step 2" in shown(plot)
        assert "─z─" not in shown(plot)
        for losses in ((), ((0, math.nan),), ((0, -1.0), (1, 0.0)), ((0, 1.0),)):
            await plot.compare([curve("1", losses)])
            assert not plot.drawn
        await plot.show(FALLING)
        await pilot.pause()
        assert "loss 1e+06 →" in shown(plot)


def test_marks_stand_apart_and_at_the_end() -> None:
    steps = [float(n) for n in range(100)]
    first, second = marked(steps, 0), marked(steps, 1)
    assert first[-1] == second[-1] == 99
    assert not set(first[:-1]) & set(second[:-1])
    assert marked([3.0], 2) == [0]
    assert marked([3.0, 3.0], 2) == [0, 1]
