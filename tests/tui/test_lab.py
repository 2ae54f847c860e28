from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from studybuddy.core.errors import StoreFullError
from studybuddy.core.event import EventKind
from studybuddy.core.exercise import Exercise
from studybuddy.core.verdict import CaseResult, GradientCheck, JudgeResult, Verdict
from studybuddy.study.lab import Lab
from studybuddy.tui.app import StudybuddyApp
from studybuddy.tui.modals.confirm import ConfirmModal
from studybuddy.tui.modals.error import ErrorModal
from studybuddy.tui.modals.help import HelpModal
from studybuddy.tui.screens.lab import LabScreen
from studybuddy.tui.widgets.case_chips import CaseChips
from studybuddy.tui.widgets.code_editor import CodeEditor
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.loss_plot import LossPlot
from studybuddy.tui.widgets.run_output import RunOutput
from studybuddy.tui.widgets.run_result import RunResult
from studybuddy.tui.widgets.status_line import StatusLine
from studybuddy.tui.widgets.task_panel import TaskPanel, signature_lines
from tests.tui.conftest import MakeApp
from tests.tui.looking import lines_of as shown_lines
from tests.tui.waiting import shown, until

DEPTH = "s3w10d1/max-depth"
LOOP = "s3w10d1/training-loop"
AUTOGRAD = "s3w10d1/autograd"
RIGHT = """
class Solution:
    def maxDepth(self, root):
        if root is None:
            return 0
        return 1 + max(self.maxDepth(root.left), self.maxDepth(root.right))
"""
WRONG = RIGHT.replace("max(self", "min(self").replace("1 + ", "print('here') or 1 + ")
HOSTILE = "\x1b[2J\x1b]0;owned\x07[bold red]not markup[/] [/] 中文\u202e\x9b31m"

Judge = Callable[..., JudgeResult]


@pytest.fixture
def app(make_app: MakeApp) -> StudybuddyApp:
    return make_app("en")


async def open_lab(app: StudybuddyApp, pilot: Pilot[None], exercise: str) -> LabScreen:
    await app.push_screen(LabScreen(exercise))
    screen = app.screen
    assert isinstance(screen, LabScreen)
    editor = screen.query_one("#editor", CodeEditor)
    await until(pilot, lambda: not editor.read_only, "the lab is open")
    return screen


def own(screen: LabScreen) -> CodeEditor:
    return screen.query_one("#editor", CodeEditor)


def judged(screen: LabScreen) -> JudgeResult | None:
    return screen.query_one(RunResult).result


def keys(screen: LabScreen) -> list[str]:
    return [command.id for command in screen.commands() if command.footer]


def drafts(app: StudybuddyApp, exercise: str) -> str:
    return app.study.now(lambda study: study.lab.source(exercise))


def attempts(app: StudybuddyApp, exercise: str) -> list[str]:
    return app.study.now(
        lambda study: [e.body["verdict"] for e in study.desk.store.log.events(EventKind.ATTEMPT, exercise)]
    )


def judge_with(monkeypatch: pytest.MonkeyPatch, play: Judge) -> None:
    def judge(
        lab: Lab,
        exercise: Exercise,
        source: str,
        on_output: Callable[[str], None] | None = None,
        stop: threading.Event | None = None,
    ) -> JudgeResult:
        return play(exercise, source, on_output, stop)

    monkeypatch.setattr(Lab, "judge", judge)


def wait_for_stop(
    exercise: Exercise, _source: str, on_output: Callable[[str], None], stop: threading.Event
) -> JudgeResult:
    on_output("waiting\n")
    assert stop.wait(20), "nobody stopped the program"
    return JudgeResult(exercise.id, Verdict.STOP, "stopped")


async def test_a_wrong_program_then_a_right_one(app: StudybuddyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_lab(app, pilot, DEPTH)
        assert "LeetCode 104" in shown(screen)
        assert "[3,9,20,null,null,15,7] → 3" in shown(screen)
        assert own(screen).has_focus

        own(screen).put(WRONG)
        await pilot.press("f5")
        await until(pilot, lambda: judged(screen), "a verdict")
        text = shown(screen)
        assert "✗ WA" in text
        assert attempts(app, DEPTH) == ["WA"]
        chips = screen.query_one(CaseChips)
        assert len(chips.cases) == 13
        assert chips.cases[chips.selected].verdict is Verdict.WA, "the first failed case is open"
        await pilot.press("f6")
        assert chips.has_focus
        first = chips.selected
        await pilot.press("right")
        assert chips.selected == first + 1
        await pilot.press("ctrl+b")
        assert chips.selected == first
        case = chips.cases[first]
        page = shown(screen.query_one(RunResult))
        assert case.input in page
        assert f"{case.expected}" in page
        assert "here" in page, "what the case printed"

        own(screen).put(RIGHT)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: (found := judged(screen)) and found.verdict is Verdict.AC, "accepted")
        assert "✓ AC" in shown(screen)
        assert "[x] Algo" in shown(screen.query_one(RunResult))
        assert attempts(app, DEPTH) == ["WA", "AC"]


async def test_a_flood_of_output_leaves_the_app_alive(app: StudybuddyApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_lab(app, pilot, LOOP)
        own(screen).put("print('begun', flush=True)\nwhile True:\n    print('x' * 200)\n")
        await pilot.press("f5")
        live = screen.query_one(RunOutput)
        await until(pilot, lambda: (live.display and "xxx" in shown(live)) or judged(screen), "output or end")
        await pilot.press("end", "y")
        assert "begun', flush=True)y" in own(screen).text or "y" in own(screen).text.splitlines()[-1]
        await until(pilot, lambda: judged(screen), "the end")
        result = judged(screen)
        assert result is not None
        assert result.verdict is Verdict.OLE
        assert "OLE" in shown(screen)
        assert not live.display


async def test_a_run_streams_can_be_stopped_and_refuses_a_second(
    app: StudybuddyApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge_with(monkeypatch, wait_for_stop)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_lab(app, pilot, DEPTH)
        await pilot.press("f5", "f5")
        await until(pilot, lambda: "waiting" in shown(screen.query_one(RunOutput)), "live output")
        assert "lab.stop" in keys(screen)
        assert "lab.run" not in keys(screen)
        assert "lab.back" not in keys(screen)
        assert screen.query_one(StatusLine).has_class("-warn"), "the second run was refused"
        await pilot.press("escape")
        await until(pilot, lambda: judged(screen), "the stop")
        assert "STOP" in shown(screen.query_one(RunResult))
        assert attempts(app, DEPTH) == ["STOP"]
        assert own(screen).has_focus

        await pilot.press("f5")
        await pilot.press("ctrl+c")
        await until(pilot, lambda: len(attempts(app, DEPTH)) == 2, "stopped by ctrl+c")


async def test_the_keys_that_are_shown_are_those_that_work(app: StudybuddyApp) -> None:
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await open_lab(app, pilot, DEPTH)
        line = screen.query_one(KeyLine)
        assert "F1 " in shown(line)
        assert "^t " in shown(line)
        assert "F4 " in shown(line)
        assert "F6 " in shown(line)
        await pilot.press("question_mark")
        assert app.screen is screen, "it is typed"
        assert own(screen).text.startswith("?")
        await pilot.press("f1")
        assert isinstance(app.screen, HelpModal)
        await pilot.press("escape", "escape")
        await until(pilot, lambda: "? " in shown(line), "keys outside the editor")
        await pilot.press("ctrl+c")
        assert isinstance(app.screen, HelpModal), "and no toast"
        await pilot.press("question_mark")
        assert app.screen is screen


async def test_leaving_stops_a_run_and_keeps_the_draft(
    app: StudybuddyApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = threading.Event()

    def play(
        exercise: Exercise, source: str, on_output: Callable[[str], None], stop: threading.Event
    ) -> JudgeResult:
        try:
            return wait_for_stop(exercise, source, on_output, stop)
        finally:
            ended.set()

    judge_with(monkeypatch, play)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_lab(app, pilot, DEPTH)
        await pilot.press("f5")
        await until(pilot, lambda: screen.query_one(RunOutput).display, "running")
        own(screen).put("# typed while it ran")
        await pilot.pause()
        await app.pop_screen()
        await until(pilot, ended.is_set, "the program was stopped")
        assert drafts(app, DEPTH) == "# typed while it ran"

        ended.clear()
        screen = await open_lab(app, pilot, DEPTH)
        await pilot.press("f5")
        await until(pilot, lambda: screen.query_one(RunOutput).display, "running again")
        await pilot.press("ctrl+q")
    assert ended.wait(5), "quitting stops the program too"


async def test_a_draft_is_saved_as_typed_on_leaving_and_on_quitting(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_lab(app, pilot, DEPTH)
        await pilot.press("a")
        await until(pilot, lambda: drafts(app, DEPTH).startswith("a#"), "saved by itself")
        await pilot.press("b", "escape")
        assert app.screen is screen, "the first Escape only leaves the editor"
        assert not own(screen).has_focus
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is not screen, "left")
        assert drafts(app, DEPTH).startswith("ab#")
        screen = await open_lab(app, pilot, DEPTH)
        assert own(screen).text.startswith("ab#")
        await pilot.press("c", "ctrl+q")
    again = make_app()
    assert drafts(again, DEPTH).startswith("cab#")


async def test_what_cannot_be_saved_is_said_and_not_lost(
    app: StudybuddyApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge_with(
        monkeypatch,
        lambda exercise, *_: JudgeResult(
            exercise.id, Verdict.AC, "all {count} cases passed", "", {"count": 13}
        ),
    )
    with monkeypatch.context() as full:

        def refuse(*_: object, **__: object) -> None:
            raise StoreFullError("the disk is full; nothing was saved. Free some space and try again")

        full.setattr(Lab, "save_draft", refuse)
        full.setattr(Lab, "record", refuse)
        async with app.run_test(size=(80, 24)) as pilot:
            screen = await open_lab(app, pilot, DEPTH)
            await pilot.press("a")
            await until(pilot, lambda: isinstance(app.screen, ErrorModal), "the error")
            await pilot.press("enter")
            await pilot.press("b")
            await pilot.pause(0.7)
            assert app.screen is screen, "said in full only once"
            assert screen.query_one(StatusLine).has_class("-warn")

            await pilot.press("f5")
            await until(pilot, lambda: isinstance(app.screen, ErrorModal), "the attempt was not recorded")
            await pilot.press("enter")
            assert "AC" in shown(screen.query_one(RunResult))
            assert screen.query_one(StatusLine).has_class("-warn")

            await pilot.press("escape", "escape")
            await until(pilot, lambda: isinstance(app.screen, ConfirmModal), "a question before leaving")
            await pilot.press("n")
            assert app.screen is screen
            assert own(screen).text.startswith("ab#")
            full.undo()
            await pilot.press("f6", "c")
            await until(pilot, lambda: drafts(app, DEPTH).startswith("abc#"), "saved after all")
            assert not screen.query_one(StatusLine).has_class("-warn")


async def test_hints_reference_and_reset(app: StudybuddyApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await open_lab(app, pilot, DEPTH)
        starter = own(screen).text
        panel = screen.query_one(TaskPanel)
        await pilot.press("ctrl+t")
        await until(pilot, lambda: panel.hints_left == 2, "a hint")
        await pilot.press("escape", "h")
        assert panel.hints_left == 2, "a stray letter spends nothing"
        await pilot.press("ctrl+t")
        await until(pilot, lambda: panel.hints_left == 1, "another hint")
        assert "Answer the two smallest trees first" in shown(panel)
        await pilot.press("ctrl+t")
        await until(pilot, lambda: panel.hints_left == 0, "the last hint")
        assert "lab.hint" not in keys(screen)

        own(screen).put("mine")
        await pilot.press("ctrl+g")
        await until(pilot, lambda: isinstance(app.screen, ConfirmModal), "giving up is asked")
        await pilot.press("n")
        assert not screen.query_one("#given").display
        await pilot.press("ctrl+g")
        await until(pilot, lambda: isinstance(app.screen, ConfirmModal), "asked again")
        await pilot.press("y")
        reference = screen.query_one("#reference", CodeEditor)
        await until(pilot, lambda: reference.has_focus, "the reference")
        assert "return 1 + max" in reference.text
        assert own(screen).is_on_screen, "beside the learner's own"
        await pilot.press("x")
        assert "x" not in reference.text.replace("max", "")
        await pilot.press("ctrl+g")
        assert own(screen).has_focus
        assert not screen.query_one("#given").display

        await pilot.press("f8")
        await until(pilot, lambda: isinstance(app.screen, ConfirmModal), "reset is asked")
        await pilot.press("y")
        await until(pilot, lambda: own(screen).text == starter, "the starter")
        await pilot.press("ctrl+z")
        assert own(screen).text == "mine"


async def test_the_reference_stands_over_the_program_on_a_narrow_terminal(app: StudybuddyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_lab(app, pilot, DEPTH)
        app.study.now(lambda study: study.lab.reveal_reference(DEPTH))
        screen._revealed = True
        await pilot.press("ctrl+g")
        reference = screen.query_one("#reference", CodeEditor)
        await until(pilot, lambda: reference.has_focus, "the reference, unasked")
        assert not own(screen).is_on_screen
        await pilot.press("f6")
        assert not reference.has_focus
        await pilot.press("f6")
        assert reference.has_focus


async def test_a_script_shows_gradients_and_losses(
    app: StudybuddyApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = JudgeResult(
        LOOP,
        Verdict.WA,
        "the loss fell, but {names} does not match the judge's own gradient",
        parameters={"names": "grad_w1"},
        gradients=(
            GradientCheck("grad_w1", (1000, 100), 0.5, False, "transposed"),
            GradientCheck("grad_w2", (100, 10), 2e-16, True),
        ),
        losses=tuple((step, 1e7 / 10 ** (step / 50)) for step in range(0, 500, 10)),
        stdout="Epoch 0: Loss = 1e7\n" * 3,
        stack='  File "solution.py", line 3, in f\n',
        wall_s=1.5,
        cpu_s=1.2,
        max_rss_mb=61.2,
    )
    judge_with(monkeypatch, lambda *_: result)
    async with app.run_test(size=(120, 50)) as pilot:
        screen = await open_lab(app, pilot, LOOP)
        assert "grad_w1, grad_w2" in shown(screen.query_one(TaskPanel))
        assert "Fill in the four blanks in lines 28–31" in shown(screen.query_one(TaskPanel))
        await pilot.press("f5")
        await until(pilot, lambda: judged(screen), "a verdict")
        page = shown(screen.query_one(RunResult))
        assert "✗ grad_w1 (1000, 100)  transposed" in page
        assert "✓ grad_w2" in page
        curve = screen.query_one("#curve", LossPlot)
        await until(pilot, lambda: any("\u2800" < letter < "\u28ff" for letter in shown(curve)), "a curve")
        assert "1e+07 → " in shown(curve)
        assert "1e4" in shown(curve), "powers of ten at its side"
        page = shown(screen.query_one(RunResult))
        assert "  0  1e+07" in page
        assert "490" in page
        assert "solution.py" in page
        assert "61 MB" in page
        assert not screen.query_one(CaseChips).display


async def test_hostile_texts_are_shown_and_do_nothing(
    app: StudybuddyApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def play(
        exercise: Exercise, _source: str, on_output: Callable[[str], None], _stop: threading.Event
    ) -> JudgeResult:
        for _ in range(300):
            on_output(HOSTILE * 50 + "\n")
        on_output("y" * 1_000_000)
        case = CaseResult(
            "c\x1b[1m", Verdict.RTE, HOSTILE, HOSTILE, "3", HOSTILE * 2000, "{text}", 0.1, {"text": HOSTILE}
        )
        return JudgeResult(
            exercise.id, Verdict.RTE, "{type}: {text}", "{text}", {"type": "E", "text": HOSTILE},
            cases=(case, CaseResult("[/]", None)), stack=HOSTILE, stdout=HOSTILE * 5000,
        )  # fmt: skip

    judge_with(monkeypatch, play)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_lab(app, pilot, DEPTH)
        await pilot.press("f5")
        await until(pilot, lambda: judged(screen), "a verdict")
        page = shown(screen.query_one(RunResult))
        assert "[bold red]not markup[/] [/] 中文" in page
        assert not any(bad in page for bad in "\x1b\x07\x9b\u202e")
        await pilot.press("ctrl+n")
        assert "not run" in shown(screen.query_one(RunResult)) or "·" in shown(screen.query_one(RunResult))


async def test_a_judge_that_fails_is_an_error_and_not_the_end(
    app: StudybuddyApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def play(*_: object) -> JudgeResult:
        raise RuntimeError("no process")

    judge_with(monkeypatch, play)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_lab(app, pilot, DEPTH)
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, ErrorModal), "the error")
        await pilot.press("enter")
        assert "lab.run" in keys(screen)
        assert not screen.query_one(RunOutput).display


async def test_a_switch_of_language_keeps_program_result_and_hints(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app("zh")
    judge_with(
        monkeypatch,
        lambda exercise, *_: JudgeResult(
            exercise.id, Verdict.TLE, "stopped", cases=(CaseResult("empty", Verdict.TLE),)
        ),
    )
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await open_lab(app, pilot, DEPTH)
        await pilot.press("x", "ctrl+t", "f5")
        await until(pilot, lambda: judged(screen), "a verdict")
        typed = own(screen).text
        assert "▸ 看过 1 条提示" in shown(screen), "the hint is one line now"
        await pilot.press("ctrl+t")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "Answer the two smallest trees" in shown(screen), "English hints")
        assert own(screen).text == typed
        assert "TLE time limit" in shown(screen)
        await until(pilot, lambda: "an empty tree has depth 0" in shown(screen), "English reasons")
        assert own(screen).has_focus


async def test_a_missing_package_is_named_and_nothing_else_suffers(
    app: StudybuddyApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    import importlib.util

    real = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util,
        "find_spec",
        lambda name, package=None: None if name == "torch" else real(name, package),
    )
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_lab(app, pilot, AUTOGRAD)
        assert "pip install torch" in shown(screen.query_one(TaskPanel))
        await pilot.press("a")
        assert own(screen).text.startswith("a")


@pytest.mark.parametrize("size", [(40, 10), (60, 16), (99, 24), (200, 60)])
async def test_every_size_of_terminal(
    app: StudybuddyApp, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    cases = tuple(CaseResult(f"case-{n}", Verdict.AC if n % 2 else Verdict.WA, "[1]", "2") for n in range(40))
    judge_with(monkeypatch, lambda exercise, *_: JudgeResult(exercise.id, Verdict.WA, "stopped", cases=cases))
    async with app.run_test(size=size) as pilot:
        screen = await open_lab(app, pilot, DEPTH)
        await pilot.press("f5")
        await until(pilot, lambda: judged(screen), "a verdict")
        assert own(screen).size.height >= 2
        await pilot.press("f6", "ctrl+n", "t", "f6")
        await pilot.resize_terminal(size[0] // 2 + 20, size[1])
        await pilot.pause()
        assert own(screen).has_focus


async def test_an_accepted_program_says_the_next_step_and_escape_takes_it(app: StudybuddyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_lab(app, pilot, DEPTH)
        own(screen).put(RIGHT)
        await pilot.press("f5")
        await until(pilot, lambda: judged(screen), "a verdict")
        await until(pilot, lambda: "Esc goes back" in shown(screen.query_one(StatusLine)), "the next step")
        assert "Algo" in shown(screen.query_one(RunResult))
        assert "✓ AC" in shown(screen.query_one(TaskPanel)), "the run is in the list"
        await pilot.press("f5")
        await until(pilot, lambda: len(attempts(app, DEPTH)) == 2 and judged(screen), "a verdict")
        await until(pilot, lambda: "Esc goes back" in shown(screen.query_one(StatusLine)), "the next step")
        assert "Algo" not in shown(screen.query_one(RunResult)), "nothing changed in the checklist"
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is not screen, "left at once")


async def test_a_verdict_comes_first_and_the_line_into_view(
    app: StudybuddyApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = CaseResult("example-1", Verdict.RTE, "[3]", "", "3", reason="{text}", parameters={"text": "no"})
    result = JudgeResult(
        DEPTH,
        Verdict.RTE,
        "line {line}: {error}",
        parameters={"line": 90, "error": "NameError: x"},
        cases=(case,),
    )
    judge_with(monkeypatch, lambda *_: result)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_lab(app, pilot, DEPTH)
        own(screen).put("\n".join(f"a{n} = {n}" for n in range(120)))
        await pilot.press("ctrl+t", "f5")
        await until(pilot, lambda: judged(screen), "a verdict")
        await until(pilot, lambda: own(screen).scroll_offset.y > 70, "line 90 in view")
        assert own(screen).cursor_location == (0, 0), "whoever types is left alone"
        lines = shown_lines(app)
        assert "RTE" in lines[2]
        assert "line 90: NameError: x" in lines[3]
        side = "\n".join(lines[:14])
        assert "example 1" in side
        assert "expected  3" in side
        assert "▸ 1 hint taken" in shown(screen.query_one(TaskPanel))


def test_a_signature_breaks_between_its_parameters_or_before_the_arrow() -> None:
    code = "class Solution:\n    def maxDepth(self, root: Optional[TreeNode]) -> int: ..."
    assert signature_lines(code, 80) == code.split("\n")
    assert signature_lines(code, 50)[1:] == [
        "    def maxDepth(self, root: Optional[TreeNode])",
        "            -> int: ...",
    ]
    assert all(len(line) <= 20 for line in signature_lines(code, 20))


async def test_the_program_goes_to_an_editor_and_comes_back(
    app: StudybuddyApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_lab(app, pilot, DEPTH)
        before = own(screen).text
        monkeypatch.setenv("VISUAL", "some-editor")
        await pilot.press("f4")
        await until(pilot, lambda: isinstance(app.screen, ErrorModal), "no terminal to give away here")
        assert "cannot be given" in shown(app.screen)
        await pilot.press("enter")
        assert own(screen).text == before
        monkeypatch.setattr("studybuddy.tui.screens.lab_program.edit_elsewhere", lambda *_: "x = 1\n")
        await pilot.press("f4")
        await until(pilot, lambda: own(screen).text == "x = 1\n", "the changed program")
        await pilot.press("ctrl+z")
        assert own(screen).text == before, "in one step"


async def test_an_unfilled_starter_shows_its_first_blank(app: StudybuddyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_lab(app, pilot, LOOP)
        await pilot.press("f5")
        await until(pilot, lambda: judged(screen), "a verdict")
        assert screen.query_one(RunResult).error_line == 28
        editor = own(screen)
        await until(pilot, lambda: editor.scroll_offset.y > 10, "scrolled")
        top = editor.scroll_offset.y
        assert top < 28 <= top + editor.size.height
        await pilot.press("escape", "f5")
        await until(pilot, lambda: len(attempts(app, LOOP)) == 2, "once more")
        await until(pilot, lambda: editor.cursor_location == (27, 0), "the cursor is there")


async def test_the_losses_of_earlier_runs_lie_below_those_of_this_one(
    app: StudybuddyApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    losses = tuple((step, 1e7 / 10 ** (step / 50)) for step in range(0, 500, 10))
    judge_with(monkeypatch, lambda *_: JudgeResult(LOOP, Verdict.WA, losses=losses))
    async with app.run_test(size=(120, 50)) as pilot:
        screen = await open_lab(app, pilot, LOOP)
        curve = screen.query_one("#curve", LossPlot)
        await pilot.press("f5")
        await until(pilot, lambda: "loss 1e+07 →" in shown(curve), "one curve")
        own(screen).put(own(screen).text.replace("1e-6", "5e-7"))
        await pilot.press("f5")
        await until(pilot, lambda: "─2─" in shown(curve), "two curves")
        assert "─1─ run 1   1e+07 → " in shown(curve)
        assert "─2─ run 2: learning_rate = 5e-07" in shown(curve)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "─2─ 第 2 次运行" in shown(curve), "the legend in Chinese")


async def test_saved_is_not_said_over_a_verdict(app: StudybuddyApp, monkeypatch: pytest.MonkeyPatch) -> None:
    accepted = JudgeResult(DEPTH, Verdict.AC, "all {count} cases passed", "", {"count": 13})
    judge_with(monkeypatch, lambda *_: accepted)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_lab(app, pilot, DEPTH)
        await pilot.press("#", "f5")
        await until(pilot, lambda: "Esc goes back" in shown(screen.query_one(StatusLine)), "the next step")
        await pilot.pause(0.8)
        assert "Esc goes back" in shown(screen.query_one(StatusLine))
        assert drafts(app, DEPTH).startswith("#")
