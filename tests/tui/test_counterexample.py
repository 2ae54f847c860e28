"""The lab draws the smallest counter-example, keeps it as case and card, and tries it in every later run."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from studybuddy.core.verdict import Breach, Counterexample, JudgeResult, Search, Verdict
from studybuddy.tui.app import StudybuddyApp
from studybuddy.tui.screens.lab import LabScreen
from studybuddy.tui.widgets.code_editor import CodeEditor
from studybuddy.tui.widgets.counterexample import CounterexampleView, counterexample_lines
from studybuddy.tui.widgets.run_result import RunResult
from studybuddy.tui.widgets.status_line import StatusLine
from tests.tui.conftest import MakeApp
from tests.tui.waiting import shown, until

DEPTH = "s3w10d1/max-depth"
WRONG = """
class Solution:
    def maxDepth(self, root):
        if root is None:
            return 0
        left, right = self.maxDepth(root.left), self.maxDepth(root.right)
        return 1 + max(left, right) + (root.val == 42 and left == right == 1)
"""
HOSTILE = "\x1b[2J[bold]\u202e中"


def example(**changes: object) -> Counterexample:
    fields: dict[str, object] = {
        "kind": Breach.WRONG,
        "arguments": ([42, 0, 0],),
        "types": ("tree",),
        "input": "[42,0,0]",
        "output": "3",
        "expected": "2",
    }
    return Counterexample(**fields | changes)  # type: ignore[arg-type]


async def open_lab(app: StudybuddyApp, pilot: Pilot[None]) -> LabScreen:
    screen = LabScreen(DEPTH)
    await app.push_screen(screen)
    editor = screen.query_one("#editor", CodeEditor)
    await until(pilot, lambda: not editor.read_only, "the lab is open")
    return screen


async def run(pilot: Pilot[None], screen: LabScreen) -> JudgeResult:
    await pilot.press("f5")
    panel = screen.query_one(RunResult)
    await until(pilot, lambda: panel.result is not None, "judged")
    assert panel.result is not None
    return panel.result


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_it_is_drawn_and_kept_with_one_key(make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app("en")
    async with app.run_test(size=size) as pilot:
        screen = await open_lab(app, pilot)
        screen.query_one("#editor", CodeEditor).put(WRONG)
        assert screen.check_action("keep", ()) is False
        result = await run(pilot, screen)
        assert result.counterexample is not None
        view = screen.query_one(CounterexampleView)
        await until(pilot, lambda: view.display, "the picture")
        text = shown(view)
        assert "42" in text
        assert "┌┴─┐" in text
        assert "random inputs tried, seed" in text

        await pilot.press("k")
        assert screen.query_one("#editor", CodeEditor).text.startswith("k"), (
            "in the editor a letter is a letter"
        )
        await pilot.press("backspace", "escape", "k")
        line = screen.query_one(StatusLine)
        await until(pilot, lambda: "card" in shown(line), "kept")
        cards = app.study.now(lambda study: study.own_cards.ids())
        assert len(cards) == 1

        await pilot.press("k")
        await until(pilot, lambda: "already" in shown(line), "kept once")
        assert app.study.now(lambda study: study.own_cards.ids()) == cards

        again = await run(pilot, screen)
        assert again.counterexample is None
        assert [(case.name, case.verdict, case.own) for case in again.cases[-1:]] == [
            ("own-1", Verdict.WA, True)
        ]
        assert not view.display
        assert screen.check_action("keep", ()) is False


class Bare(App[None]):
    def compose(self) -> ComposeResult:
        yield CounterexampleView()


@pytest.mark.parametrize("width", [8, 30, 200])
@pytest.mark.parametrize(
    "found",
    [
        example(),
        example(arguments=([{"chain": 10_000}],), input="chain(10000, left)"),
        example(arguments=(list(range(63)),)),
        example(kind=Breach.STATE, before=(([1],),), calls_before=1),
        example(kind=Breach.STATE, calls_before=412),
        example(kind=Breach.TIMEOUT, output=""),
        example(types=("str",), arguments=(HOSTILE,), input=repr(HOSTILE), output=HOSTILE * 500),
        example(arguments=([1, 2],), types=()),
    ],
)
async def test_any_counter_example_can_be_shown(found: Counterexample, width: int) -> None:
    lines = counterexample_lines(found, Search(7, 2000, 1), width)
    assert all("\x1b" not in line.plain and "\u202e" not in line.plain for line in lines)
    assert all(line.cell_length <= max(width, 40) for line in lines[1:-1])
    app = Bare()
    async with app.run_test(size=(width, 20)):
        view = app.query_one(CounterexampleView)
        assert not view.display
        view.show(found, None, width)
        assert view.display
        view.show(None, None, width)
        assert not view.display
