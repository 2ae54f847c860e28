"""The lab's second opinions: the doctor's run, and the twin on a screen of its own."""

from __future__ import annotations

from functools import partial

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from studybuddy.core.phrase import Phrase
from studybuddy.core.twin import Parting, TwinRow, TwinRun
from studybuddy.core.verdict import ErrorMap, GradientCheck, GradientJudge, JudgeResult, Opinion, Verdict
from studybuddy.runner import messages
from studybuddy.runner.twin import NO_UPDATE
from studybuddy.study.lab import Lab
from studybuddy.tui.app import StudybuddyApp
from studybuddy.tui.screens.lab import LabScreen
from studybuddy.tui.screens.twin import TwinScreen
from studybuddy.tui.widgets.code_editor import CodeEditor
from studybuddy.tui.widgets.gradient_lines import gradient_lines
from studybuddy.tui.widgets.run_result import RunResult
from tests.tui.conftest import MakeApp
from tests.tui.waiting import shown, until

LOOP = "s3w10d1/training-loop"
DEPTH = "s3w10d1/max-depth"
JUDGES = (
    Opinion(GradientJudge.RULE, False, 0.99, 100_000),
    Opinion(GradientJudge.DIFFERENCES, False, 0.99, 100_000),
    Opinion(GradientJudge.AUTOGRAD, False, 0.99, 100_000),
)
UNMASKED = GradientCheck(
    "grad_w1",
    (1000, 100),
    0.99,
    False,
    messages.NO_MASK,
    {},
    JUDGES,
    ErrorMap(24, bytes([6] * 24 + [0] * 24 + [8] * 144)),
)
RESULT = JudgeResult(
    "loop",
    Verdict.WA,
    message=messages.GRADIENT_WRONG,
    parameters={"names": "grad_w1"},
    gradients=(UNMASKED,),
    losses=((0, 2.6e7), (100, 800.0)),
)
RUN = TwinRun(
    RESULT,
    ("grad_w1", "grad_w2", "w1", "w2"),
    (("w1", 1e-6), ("w2", 1e-6)),
    500,
    Parting(0, ("grad_w1", "w1"), 0.8, 7e-14),
    tuple(TwinRow(step, 2.6e7, (0.8, 4e-16, 6e-3, 1e-16)) for step in (0, 1, 2)),
    ((0, 2.6e7), (100, 300.0)),
)


def test_a_gradient_is_drawn_at_any_width() -> None:
    for width in (100, 60, 30, 12, 4):
        lines = [line.plain for line in gradient_lines([UNMASKED], width)]
        assert sum("█" * 24 in line for line in lines) >= 6
        assert any("·" * 24 in line for line in lines)
        assert "".join(lines).count("✗") == 4
    assert gradient_lines([], 80) == []


async def opened(app: StudybuddyApp, pilot: Pilot[None], exercise: str) -> LabScreen:
    lab = LabScreen(exercise)
    await app.push_screen(lab)
    await until(pilot, lambda: not lab.query_one("#editor", CodeEditor).read_only, "the lab")
    return lab


async def test_the_doctor_and_the_twin_are_asked_from_the_lab(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []

    def judge(lab: Lab, *arguments: object, doctor: bool = False) -> JudgeResult:
        asked.append(doctor)
        return RESULT

    monkeypatch.setattr(Lab, "judge", judge)
    monkeypatch.setattr(Lab, "twin", lambda lab, *arguments: RUN)
    app = make_app("en")
    async with app.run_test(size=(120, 40)) as pilot:
        lab = await opened(app, pilot, LOOP)
        editor = lab.query_one("#editor", CodeEditor)
        assert "lab.doctor" not in [command.id for command in lab.commands()], "nothing was judged yet"
        await pilot.press("f5")
        await until(pilot, lambda: "twin" in shown(lab), "what else can be asked")
        result = shown(lab.query_one(RunResult))
        assert "torch autograd" in result
        assert "█" * 24 in result
        before = editor.text
        await pilot.press("escape", "d")
        await until(
            pilot, lambda: len(asked) == 2 and lab.query_one(RunResult).result is not None, "the doctor"
        )
        assert asked == [False, True]
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, TwinScreen), "the twin")
        screen = app.screen
        await until(pilot, lambda: "part at step 0" in shown(screen), "where they part")
        table = shown(screen)
        assert "8.0e-01" in table
        assert "grad_w1" in table
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "分岔" in shown(screen), "another language")
        await pilot.press("j", "k", "escape")
        await until(pilot, lambda: app.screen is lab, "back")
        assert editor.text == before


async def test_an_exercise_without_training_has_neither(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        lab = await opened(app, pilot, DEPTH)
        ids = [command.id for command in lab.commands()]
        assert "lab.twin" not in ids
        assert "lab.doctor" not in ids


@pytest.mark.parametrize("size", [(40, 10), (80, 24)])
async def test_it_fits_small_terminals_and_tells_trouble(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    trouble = TwinRun(RESULT, trouble=Phrase.of(NO_UPDATE, weights="w1\x1b[2J[bold], w2"))
    runs = [RUN, trouble]
    monkeypatch.setattr(Lab, "twin", lambda lab, *arguments: runs.pop(0))
    app = make_app("zh")
    async with app.run_test(size=size) as pilot:
        exercise = app.study.now(lambda study: study.library.exercise(LOOP))
        for words in ("分岔", "[bold]"):
            await app.push_screen(TwinScreen(exercise, ""))
            screen = app.screen
            await until(pilot, partial(said, screen, words), words)
            assert "\x1b" not in shown(screen)
            await pilot.press("space", "b", "escape")
            await until(pilot, partial(left, app, screen), "back")


async def test_its_title_is_in_the_language_that_is_spoken(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Lab, "twin", lambda lab, *arguments: RUN)
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        exercise = app.study.now(lambda study: study.library.exercise(LOOP))
        await app.push_screen(TwinScreen(exercise, ""))
        await until(pilot, partial(said, app.screen, "Twin in torch · Backpropagation by Hand"), "English")
        await pilot.press("ctrl+l")
        await until(pilot, partial(said, app.screen, "torch 对照 · 手写反向传播"), "Chinese")


def said(screen: Screen[object], words: str) -> bool:
    return words in shown(screen)


def left(app: StudybuddyApp, screen: Screen[object]) -> bool:
    return app.screen is not screen
