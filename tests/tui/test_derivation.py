from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest
from textual.pilot import Pilot

from studybuddy.core.card import Rating
from studybuddy.core.event import EventKind
from studybuddy.study.checking import StepVerdict, judge_step
from studybuddy.study.derivation import StepResult
from studybuddy.study.wiring import Study
from studybuddy.tui.app import StudybuddyApp
from studybuddy.tui.modals.confirm import ConfirmModal
from studybuddy.tui.modals.error import ErrorModal
from studybuddy.tui.modals.small_numbers import SmallNumbersModal
from studybuddy.tui.modals.step_history import StepHistoryModal
from studybuddy.tui.modals.symbols import SymbolsModal
from studybuddy.tui.screens import derivation_check
from studybuddy.tui.screens.derivation import DerivationScreen
from studybuddy.tui.screens.drills import DrillsScreen
from studybuddy.tui.widgets.formula_editor import FormulaEditor
from studybuddy.tui.widgets.givens_bar import GivensBar
from studybuddy.tui.widgets.page_view import PageView
from studybuddy.tui.widgets.read_as import ReadAs
from studybuddy.tui.widgets.status_line import StatusLine
from studybuddy.tui.widgets.step_desk import StepDesk
from studybuddy.tui.widgets.title_line import TitleLine
from studybuddy.tui.widgets.trail import Trail
from tests.tui.conftest import MakeApp
from tests.tui.waiting import shown, until

DERIVATION = "s3w10d1/linear-backward"
RIGHT = {
    "local": "X_{ik}",
    "local-general": r"X_{ik} \delta_{lj}",
    "element": r"\sum_i X_{ik} (\delta_Z)_{ij}",
    "dw": r"X^\top \delta_Z",
    "dx": r"\delta_Z W^\top",
    "db": "dZ.sum(axis=0)",
}
DW = 5
"""Number of the step that asks for the matrix form."""


def step(name: str) -> str:
    return f"{DERIVATION}/{name}"


async def open_desk(
    app: StudybuddyApp, pilot: Pilot[None], number: int = 2, derivation: str = DERIVATION
) -> DerivationScreen:
    await app.push_screen(DerivationScreen(derivation))
    screen = app.screen
    assert isinstance(screen, DerivationScreen)
    await until(pilot, lambda: "of 7" in shown(screen.query_one("#prompt")), "open")
    if f"Step {number} of 7" not in shown(screen.query_one("#prompt")):
        screen._move(number - 1)
    await at_step(screen, pilot, number)
    return screen


async def at_step(screen: DerivationScreen, pilot: Pilot[None], number: int) -> None:
    def there() -> bool:
        return f"Step {number} of 7" in shown(screen.query_one("#prompt"))

    await until(pilot, there, f"step {number}")


def editor(screen: DerivationScreen) -> FormulaEditor:
    return screen.query_one(FormulaEditor)


def write(screen: DerivationScreen, text: str) -> None:
    editor(screen).put(text)


async def answer(screen: DerivationScreen, pilot: Pilot[None], text: str) -> str:
    """Write and check an answer; returns what is said of it."""
    write(screen, text)
    before = screen._bench.outcome
    await pilot.press("f5")
    await until(pilot, lambda: screen._bench.outcome is not before, "judged")
    await until(pilot, lambda: not screen._checking, "told")
    return shown(screen.query_one("#verdict"))


def reading(screen: DerivationScreen) -> str:
    return shown(screen.query_one(ReadAs))


def status(screen: DerivationScreen) -> str:
    return shown(screen.query_one(StatusLine))


def keys(screen: DerivationScreen) -> list[str]:
    return [command.id for command in screen.commands()]


def kept(app: StudybuddyApp) -> list[tuple[str, dict[str, Any]]]:
    return app.study.now(
        lambda study: [(e.subject, e.body) for e in study.desk.store.log.events(EventKind.STEP)]
    )


async def test_a_step_is_written_read_checked_and_left(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(100, 40)) as pilot:
        screen = await open_desk(app, pilot)
        assert "0 of 6 steps" in shown(screen.query_one(TitleLine))
        assert screen.focused is editor(screen), "ready to type"
        known = shown(screen.query_one("#known"))
        for part in ("Givens", "δ_Z", "(N, M)", "Goal", "= ?", "1 =  ∂L/∂Wₖⱼ"):
            assert part in known
        assert "Form: no ∂" in shown(screen)
        assert "The course's answer" not in shown(screen)

        await pilot.press(*"X_{ik}")
        await until(pilot, lambda: "Xᵢₖ" in reading(screen), "read")
        await until(
            pilot,
            lambda: app.study.now(lambda study: study.derivation.answer(step("local"))) == "X_{ik}",
            "the draft",
        )
        assert not {"derivation.onward", "app.back", "derivation.check_lines"} & set(keys(screen))
        await pilot.press("enter")
        await until(pilot, lambda: "✓ right · unaided · at the first try" in shown(screen), "told")
        assert screen.focused is None
        assert "The course's answer" in shown(screen)
        [(subject, body)] = kept(app)
        assert subject == step("local")
        assert (body["answer"], body["result"], body["by"]) == ("X_{ik}", "unaided", "checker")
        assert screen.query_one(Trail).signs == ("=", "✓", "·", "·", "·", "·", "·")

        await pilot.press("enter")
        await at_step(screen, pilot, 3)
        assert "2 ✓  Xᵢₖ" in shown(screen.query_one("#known"))
        assert editor(screen).text == ""
        await pilot.press("enter")
        await until(pilot, lambda: "nothing is written yet" in status(screen), "said")
        assert len(kept(app)) == 1


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        (r"\sum_i X_{ik} (\delta_Z)_{ij}", "∑"),
        ("X.T @ dZ", "Xᵀδ_Z"),
        ("sum_i X_ik dZ_ij", "Xᵢₖ"),
        ("Xᵀ δ_Z", "Xᵀδ_Z"),
    ],
)
async def test_every_notation_is_drawn_as_it_is_read(make_app: MakeApp, typed: str, drawn: str) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_desk(app, pilot, DW)
        write(screen, typed)
        await until(pilot, lambda: drawn in reading(screen), "drawn")
        assert "read as" in reading(screen)
        assert "right" in await answer(screen, pilot, typed)


async def test_what_cannot_be_read_yet_is_pointed_at_and_never_counts(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_desk(app, pilot, DW)
        write(screen, "X^{")
        await until(pilot, lambda: "not readable yet" in reading(screen), "quietly")
        assert "     ^" in reading(screen)
        assert not screen.query_one("#verdict").display, "not an error as long as nobody asks"
        told = await answer(screen, pilot, "X^{")
        assert "could not be read, does not count" in told
        assert "^" in told.split("X^{")[1]
        assert kept(app) == []
        assert screen.query_one(Trail).signs[4] == "·"
        assert reading(screen) == "", "it is said once"
        await pilot.press("t")
        await until(pilot, lambda: screen.query_one("#verdict").has_class("-before"), "steps back")


async def test_a_wrong_answer_is_explained_marked_and_helped(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_desk(app, pilot, DW)
        told = await answer(screen, pilot, r"X \delta_Z")
        assert "✗ wrong: shapes do not fit: X is (N, D), δ_Z is (N, M)" in told
        assert "must be transposed" not in told, "a hint only on demand"
        assert editor(screen)._marked == (0, 1)
        assert screen.query_one(ReadAs).rows[1][1] == ("X", "marked")
        assert "derivation.hint_while_typing" in keys(screen)
        await pilot.press("ctrl+t")
        assert "X must be transposed" in shown(screen.query_one("#verdict"))
        told = await answer(screen, pilot, r"-X^T \delta_Z")
        assert "sign" in told.lower(), "after two it is told without being asked for"
        assert [body["attempts"] for _subject, body in kept(app)] == [1, 2]
        assert "✓ right · with 1 hint" in await answer(screen, pilot, "X.T @ dZ")
        assert kept(app)[-1][1]["result"] == "aided"
        assert screen.query_one(Trail).signs[4] == "◐"
        assert "∂L/∂W = Xᵀδ_Z" in shown(screen.query_one(GivensBar)), "the goal is no secret any more"

        await pilot.press("u")
        await until(pilot, lambda: "undone" in status(screen), "taken back")
        assert screen.query_one(Trail).signs[4] == "!"


async def test_a_known_slip_is_told_in_its_words(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(DerivationScreen("drill/relu-mask"))
        screen = app.screen
        assert isinstance(screen, DerivationScreen)
        await until(pilot, lambda: "Step 1 of 1" in shown(screen.query_one("#prompt")), "open")
        assert "Drill · The ReLU mask" in shown(screen.query_one(TitleLine))
        assert "derivation.symbols" not in keys(screen), "a drill has no symbol table"
        assert "The mask is missing" in await answer(screen, pilot, r"\delta_A")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "漏了掩码" in shown(screen.query_one("#verdict")), "in Chinese")
        await answer(screen, pilot, "dA * (Z > 0)")
        assert "derivation.finish" in keys(screen)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DrillsScreen), "on to the others")


async def test_hints_and_small_numbers_count_as_help(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_desk(app, pilot, DW)
        prompt = screen.query_one("#prompt", PageView)
        await pilot.press("ctrl+t")
        await until(pilot, lambda: "Hint 1" in shown(prompt), "the first")
        assert "Hint 2" not in shown(prompt)
        await pilot.press("escape", "h")
        await until(pilot, lambda: "Hint 2" in shown(prompt), "the second")
        assert "derivation.hint" not in keys(screen), "there are two"
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, SmallNumbersModal), "in front")
        assert "N = 2, D = 2, M = 2" in shown(app.screen)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "取 N = 2" in shown(app.screen), "in Chinese")
        await pilot.press("ctrl+l", "escape")
        await until(pilot, lambda: app.screen is screen, "closed")
        assert app.study.now(lambda study: study.derivation.help(step("dw")).taken) == 3
        await pilot.resize_terminal(120, 40)
        await pilot.press("s")
        await until(pilot, lambda: "N = 2, D = 2" in shown(screen.query_one("#numbers")), "beside")
        assert app.study.now(lambda study: study.derivation.help(step("dw")).taken) == 3, "once is enough"
        assert "with 3 hints" in await answer(screen, pilot, "X.T @ dZ")


async def test_giving_up_is_asked_for_and_is_missed(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_desk(app, pilot, DW)
        write(screen, "X")
        await pilot.press("ctrl+g")
        await until(pilot, lambda: isinstance(app.screen, ConfirmModal), "asked")
        await pilot.press("n")
        await until(pilot, lambda: app.screen is screen, "closed")
        assert kept(app) == []
        assert not screen.query_one("#solution").display
        await pilot.press("ctrl+g", "y")
        await until(pilot, lambda: screen.query_one("#solution").display, "shown")
        await until(pilot, lambda: kept(app), "kept")
        assert (kept(app)[0][1]["result"], kept(app)[0][1]["by"]) == ("missed", "learner")
        assert editor(screen).read_only
        assert screen.query_one(Trail).signs[4] == "✗"
        await pilot.press("e")
        await until(pilot, lambda: screen.focused is editor(screen), "again")
        assert not screen.query_one("#solution").display
        await answer(screen, pilot, "X.T @ dZ")
        assert kept(app)[-1][1]["result"] == "aided", "a copy is not derived"


async def test_an_earlier_answer_is_taken_back(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_desk(app, pilot, DW)
        await pilot.press("f8")
        await until(pilot, lambda: "No answer to this step yet" in shown(app.screen), "none")
        await pilot.press("escape")
        await answer(screen, pilot, "X @ dZ [red")
        await answer(screen, pilot, "X @ dZ")
        await answer(screen, pilot, "dZ.T @ X")
        await pilot.press("f8")
        await until(pilot, lambda: isinstance(app.screen, StepHistoryModal), "listed")
        listed = shown(app.screen)
        assert listed.index("dZ.T @ X") < listed.index("X @ dZ"), "the newest first"
        assert listed.count("✗ wrong") == 2, "what could not be read is no answer"
        await pilot.press("j", "ctrl+l")
        await until(pilot, lambda: "不对" in shown(app.screen), "in Chinese")
        await pilot.press("enter")
        await until(pilot, lambda: editor(screen).text == "X @ dZ", "in the editor")
        assert screen.focused is editor(screen)
        await pilot.press("ctrl+z")
        assert editor(screen).text == "dZ.T @ X", "and back"


async def test_every_step_in_turn_to_the_end(make_app: MakeApp) -> None:
    def all_but_two(study: Study) -> None:
        for name in list(RIGHT)[:-2]:
            assert study.derivation.submit(DERIVATION, name, RIGHT[name]).right
        study.review.answer("s3w10d1/card/why-transpose", Rating.GOOD)

    app = make_app("en", all_but_two)
    async with app.run_test(size=(100, 40)) as pilot:
        screen = await open_desk(app, pilot, 6)
        assert "right" in await answer(screen, pilot, RIGHT["dx"])
        await pilot.press("enter")
        await at_step(screen, pilot, 7)
        told = await answer(screen, pilot, RIGHT["db"])
        assert "Math on the checklist ticked itself: derived unaided" in told
        assert "and explained" in told
        end = shown(screen.query_one("#end"))
        assert "All 6 steps are through: 6 unaided" in end
        assert "Checklist · ✓ Math · derived unaided and explained" in end
        assert "derivation.onward" not in keys(screen)
        await pilot.press("p", "p", "p", "p", "p", "p", "p", "p")
        await at_step(screen, pilot, 1)
        assert not editor(screen).display, "the first step is given"
        assert "The course's answer" in shown(screen)
        await pilot.press("1", "f5", "ctrl+g")
        assert len(kept(app)) == 6
        await pilot.click(Trail, offset=(8, 0))
        await at_step(screen, pilot, 2)
        assert "✓ unaided" in shown(screen.query_one(StepDesk)), "as it was judged"
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DrillsScreen), "on to the drills")


async def test_what_was_typed_survives_steps_languages_and_leaving(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_desk(app, pilot)
        await pilot.press(*"first", "ctrl+l")
        await until(pilot, lambda: "步" in shown(screen.query_one("#prompt")), "in Chinese")
        assert editor(screen).text == "first"
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, SymbolsModal), "symbols while typing")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "input of a layer" in shown(app.screen), "in English again")
        await pilot.press("escape", "escape", "n")
        await at_step(screen, pilot, 3)
        assert editor(screen).text == ""
        await pilot.press("enter", *"second", "escape", "p")
        await at_step(screen, pilot, 2)
        assert editor(screen).text == "first"
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is not screen, "left")
        await until(
            pilot,
            lambda: app.study.now(lambda study: study.derivation.answer(step("local-general"))) == "second",
            "on disk",
        )
        again = await open_desk(app, pilot)
        assert editor(again).text == "first"


async def test_several_lines_leave_enter_to_the_editor(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_desk(app, pilot, DW)
        assert "derivation.check_line" in keys(screen)
        await pilot.press(*"X.T", "ctrl+j", "@", "enter", *"dZ")
        assert editor(screen).text == "X.T\n@\ndZ"
        assert "derivation.check_line" not in keys(screen)
        assert "derivation.check_lines" in keys(screen)
        assert kept(app) == []
        await pilot.press("ctrl+r")
        await until(pilot, lambda: screen._bench.outcome is not None, "checked")


async def test_the_givens_stay_in_sight_and_unfold(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_desk(app, pilot, DW)
        bar = screen.query_one(GivensBar)
        assert "X (N, D)   W (D, M)   b (1, M)   δ_Z (N, M)" in shown(bar)
        assert "goal ∂L/∂W = ?" in shown(bar), "what a step asks for is not told by the goal"
        write(screen, r"\frac{\partial L}{\partial W_{kj}}")
        await until(pilot, lambda: screen.query_one(ReadAs).region.height == 4, "drawn")
        desk = screen.query_one("#desk")
        for part in (editor(screen), screen.query_one(ReadAs)):
            assert desk.region.contains_region(part.region)
        await pilot.press("f3")
        assert "upstream gradient" in shown(screen.query_one("#context"))
        assert not bar.display
        await pilot.press("escape", "g")
        assert bar.display


async def test_a_slow_check_freezes_nothing_and_a_new_one_replaces_it(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, let_go, asked = r"X \delta_Z", threading.Event(), threading.Event()

    def judge(derivation: Any, asked_step: Any, typed: str) -> StepVerdict:
        if typed == slow:
            asked.set()
            let_go.wait(20)
        return judge_step(derivation, asked_step, typed)

    monkeypatch.setattr(derivation_check, "judge_step", judge)
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_desk(app, pilot, DW)
        write(screen, slow)
        await pilot.press("enter")
        await until(pilot, asked.is_set, "under way")
        await until(pilot, lambda: "checking" in status(screen), "said")
        await pilot.press("x", "backspace")
        assert editor(screen).text == slow, "keys go on"
        assert "right" in await answer(screen, pilot, RIGHT["dw"])
        let_go.set()
        await asyncio.sleep(0.1)
        assert [body["verdict"] for _subject, body in kept(app)] == ["right"], "the slow one is forgotten"
        let_go.clear()
        asked.clear()
        await pilot.press("e")
        await until(pilot, lambda: screen.focused is editor(screen), "again")
        write(screen, slow)
        await pilot.press("enter")
        await until(pilot, asked.is_set, "under way")
        await pilot.press("escape", "escape")
        await until(pilot, lambda: app.screen is not screen, "left")
        let_go.set()
        await asyncio.sleep(0.1)
        assert len(kept(app)) == 1


async def test_hostile_and_endless_answers(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(40, 10)) as pilot:
        screen = await open_desk(app, pilot)
        for text in ("\\frac{" * 300 + "[red]\x1b[2J", "(" * 10_000, "X" * 100_000, "X " * 900, "。" * 500):
            editor(screen).put(text)
            await until(pilot, lambda: reading(screen).strip(), "read, or why not")
            assert "\x1b" not in shown(screen)
            await answer(screen, pilot, text)
            editor(screen).put("")
            await until(pilot, lambda: not reading(screen).strip(), "nothing to read")
        assert "only the first 20000" not in status(screen)
        editor(screen).put("Y" * 30_000)
        await until(pilot, lambda: "only the first 20000" in status(screen), "said")
        assert not isinstance(app.screen, ErrorModal)
        for key in ("escape", "g", "v", "escape", "n", "p", "s", "escape", "L", "H", "d", "escape"):
            await pilot.press(key)
        assert not isinstance(app.screen, ErrorModal)
        assert all(body["result"] == "missed" for _subject, body in kept(app))


async def test_a_wide_formula_can_be_moved(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(60, 24)) as pilot:
        screen = await open_desk(app, pilot, DW)
        write(screen, r"\frac{X + W}{1 + " * 9 + "2" + "}" * 9)
        await until(pilot, lambda: "…" in reading(screen), "cut with a sign")
        begin = reading(screen)
        await pilot.press("escape")
        assert "derivation.pan_right" in keys(screen)
        await pilot.press(*"LLLLLLLLLLLLLLLLLLLL")
        assert reading(screen) != begin
        assert "…" not in reading(screen), "its end"
        await pilot.press(*"HHHHHHHHHHHHHHHHHHHH")
        assert reading(screen) == begin


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_verdict_is_in_sight_when_it_is_told(make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app("zh")
    async with app.run_test(size=size) as pilot:
        await app.push_screen(DerivationScreen(DERIVATION))
        screen = app.screen
        assert isinstance(screen, DerivationScreen)
        await until(pilot, lambda: screen.focused is not None, "ready")
        await answer(screen, pilot, r"\frac{\partial Z_{ij}}{\partial W_{kj}}")
        verdict, desk = screen.query_one("#verdict"), screen.query_one("#desk")
        await until(pilot, lambda: desk.region.contains_region(verdict.region), "in sight")


async def test_a_derivation_that_is_not_there_is_said(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(DerivationScreen("s3w10d1/linear-backwards"))
        await until(pilot, lambda: isinstance(app.screen, ErrorModal), "the error")
        assert "linear-backward" in shown(app.screen), "the nearest is offered"
        await pilot.press("escape", "ctrl+r", "1", "h", "enter", "n", "escape")
        await until(pilot, lambda: not isinstance(app.screen, DerivationScreen | ErrorModal), "back")


async def test_a_step_that_nothing_is_declared_for_is_judged_by_the_learner(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from studybuddy.tui.derivation_state import DerivationState, load_derivation
    from studybuddy.tui.screens import derivation_table

    def undeclared(study: Study, derivation: str) -> DerivationState:
        state = load_derivation(study, derivation)
        return replace(
            state, derivation=replace(state.derivation, quantities=None), shapes=(), definitions=()
        )

    monkeypatch.setattr(derivation_table, "load_derivation", undeclared)
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_desk(app, pilot)
        assert "you judge" in shown(screen)
        assert not {"derivation.check", "derivation.check_line", "derivation.stuck"} & set(keys(screen))
        await pilot.press(*"X_{ik} 1")
        await until(pilot, lambda: "Xᵢₖ" in reading(screen), "LaTeX is drawn as it stands")
        await pilot.press("ctrl+r")
        assert screen.focused is None
        assert "The course's answer" in shown(screen)
        await pilot.press("1")
        await until(pilot, lambda: "kept: unaided" in status(screen), "said")
        [(subject, body)] = kept(app)
        assert subject == step("local")
        assert (body["answer"], body["result"], body["by"]) == ("X_{ik} 1", "unaided", "learner")
        await pilot.press("enter")
        await at_step(screen, pilot, 3)
        await pilot.press("ctrl+t", "ctrl+r")
        await until(pilot, lambda: "2 with help" in shown(screen), "revealed")
        assert "1 unaided" not in shown(screen), "not offered after a hint"
        await pilot.press("1")
        assert len(kept(app)) == 1
        await pilot.press("3")
        await until(pilot, lambda: "kept: missed" in status(screen), "judged")
        await pilot.press("u")
        await until(pilot, lambda: "undone" in status(screen), "taken back")
        assert app.study.now(lambda study: study.derivation.result(step("local-general"))) is None
        assert app.study.now(lambda study: study.derivation.result(step("local"))) is StepResult.UNAIDED
        await pilot.press("e")
        await until(pilot, lambda: screen.focused is editor(screen), "once more")
        write(screen, r"\nonsense{x}_y")
        await until(pilot, lambda: "this is no LaTeX yet" in reading(screen), "said")
