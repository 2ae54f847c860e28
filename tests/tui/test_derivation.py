from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from studybuddy.core.event import EventKind
from studybuddy.study.derivation import StepResult
from studybuddy.study.wiring import Study
from studybuddy.tui.app import StudybuddyApp
from studybuddy.tui.modals.error import ErrorModal
from studybuddy.tui.modals.symbols import SymbolsModal
from studybuddy.tui.screens.derivation import DerivationScreen
from studybuddy.tui.widgets.page_view import PageView
from studybuddy.tui.widgets.status_line import StatusLine
from studybuddy.tui.widgets.step_desk import StepDesk
from studybuddy.tui.widgets.title_line import TitleLine
from studybuddy.tui.widgets.trail import Trail
from tests.tui.conftest import MakeApp
from tests.tui.waiting import shown, until

DERIVATION = "s3w10d1/linear-backward"
STEPS = ("chain", "local", "local-general", "element", "dw", "dx", "db")


def step(name: str) -> str:
    return f"{DERIVATION}/{name}"


async def open_desk(app: StudybuddyApp, pilot: Pilot[None], number: int = 2) -> DerivationScreen:
    await app.push_screen(DerivationScreen(DERIVATION))
    screen = app.screen
    assert isinstance(screen, DerivationScreen)
    await at_step(screen, pilot, number)
    return screen


async def at_step(screen: DerivationScreen, pilot: Pilot[None], number: int) -> None:
    def there() -> bool:
        return f"Step {number} of 7" in shown(screen.query_one("#prompt"))

    await until(pilot, there, f"step {number}")


def editor(screen: DerivationScreen) -> TextArea:
    return screen.query_one(TextArea)


def status(screen: DerivationScreen) -> str:
    return shown(screen.query_one(StatusLine))


def keys(screen: DerivationScreen) -> list[str]:
    return [command.id for command in screen.commands()]


def judged(app: StudybuddyApp) -> list[tuple[str, dict[str, Any]]]:
    return app.study.now(
        lambda study: [(e.subject, e.body) for e in study.desk.store.log.events(EventKind.STEP)]
    )


async def test_a_step_is_written_compared_and_judged(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(100, 40)) as pilot:
        screen = await open_desk(app, pilot)
        assert "0 of 6 steps judged" in shown(screen.query_one(TitleLine))
        assert screen.focused is editor(screen), "ready to type"
        known = shown(screen.query_one("#known"))
        assert "Givens" in known
        assert "Goal" in known
        assert "Step 1 · given" in known
        assert "The machine does not check this yet" in shown(screen)
        assert "The course's answer" not in shown(screen)

        await pilot.press(*"X_{ik} 1")
        assert "read as" in shown(screen)
        assert "Xᵢₖ" in shown(screen.query_one("FormulaPreview"))
        await until(
            pilot,
            lambda: app.study.now(lambda study: study.derivation.answer(step("local"))) == "X_{ik} 1",
            "the draft",
        )
        assert judged(app) == [], "digits are typed while the editor has the focus"
        assert not {"derivation.unaided", "app.back"} & set(keys(screen))

        await pilot.press("ctrl+r")
        assert screen.focused is None
        assert "The course's answer" in shown(screen)
        assert "derivation.unaided" in keys(screen)
        await pilot.press("1")
        await until(pilot, lambda: judged(app), "judged")
        await until(pilot, lambda: "kept: unaided" in status(screen), "said")
        [(subject, body)] = judged(app)
        assert subject == step("local")
        assert (body["answer"], body["result"], body["by"]) == ("X_{ik} 1", "unaided", "learner")
        assert screen.query_one(Trail).signs == ("=", "✓", "·", "·", "·", "·", "·")

        await pilot.press("enter")
        await at_step(screen, pilot, 3)
        assert "Step 2 · ✓ unaided" in shown(screen.query_one("#known"))
        assert editor(screen).text == ""


async def test_hints_come_one_by_one_and_count_as_help(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_desk(app, pilot)
        prompt = screen.query_one("#prompt", PageView)
        await pilot.press("ctrl+t")
        assert "Hint 1" in shown(prompt)
        assert "Hint 2" not in shown(prompt)
        await pilot.press("escape", "h")
        assert "Hint 2" in shown(prompt)
        assert "derivation.hint" not in keys(screen), "there are two"
        await pilot.press("h")
        assert screen.focused is None
        await pilot.press("ctrl+r")
        assert "1 unaided" not in shown(screen), "not offered after a hint"
        assert "derivation.unaided" not in keys(screen)
        await pilot.press("1")
        assert judged(app) == []
        await pilot.press("2")
        await until(pilot, lambda: "kept: with help" in status(screen), "said")
        assert judged(app)[0][1]["result"] == "aided"
        assert judged(app)[0][1]["hints"] == 2

        await pilot.press("3")
        await until(pilot, lambda: "kept: missed" in status(screen), "judged otherwise")
        await pilot.press("u")
        await until(pilot, lambda: "undone" in status(screen), "taken back")
        result = app.study.now(lambda study: study.derivation.result(step("local")))
        assert result is StepResult.AIDED


async def test_looking_and_beginning_again_counts_as_help(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_desk(app, pilot)
        await pilot.press("ctrl+r")
        assert editor(screen).read_only
        await pilot.press("e")
        assert screen.focused is editor(screen)
        assert not editor(screen).read_only
        assert not screen.query_one("#solution").display
        await pilot.press("X", "ctrl+r")
        assert "1 unaided" not in shown(screen)
        await pilot.press("2")
        await until(pilot, lambda: judged(app), "judged")
        assert judged(app)[0][1]["result"] == "aided"


async def test_every_step_in_turn_to_the_end(make_app: MakeApp) -> None:
    def all_but_two(study: Study) -> None:
        for name in STEPS[1:-2]:
            study.derivation.judge(step(name), "x", StepResult.UNAIDED)

    app = make_app("en", all_but_two)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_desk(app, pilot, 6)
        await pilot.press("ctrl+r", "3")
        await until(pilot, lambda: "kept: missed" in status(screen), "kept")
        await pilot.press("enter")
        await at_step(screen, pilot, 7)
        await pilot.press("ctrl+r", "2")
        await until(pilot, lambda: "all steps judged" in status(screen), "the end")
        assert "4 unaided, 1 with help, 1 missed" in status(screen)
        assert "derivation.onward" not in keys(screen)
        await pilot.press("p", "p", "p", "p", "p", "p", "p", "p")
        await at_step(screen, pilot, 1)
        assert not screen.query_one(TextArea).display, "the first step is given"
        assert "The course's answer" in shown(screen)
        await pilot.press("1", "ctrl+r")
        assert len(judged(app)) == 6
        assert "= given" in shown(screen.query_one(Trail))
        assert "✗ missed" in shown(screen.query_one(Trail))
        await pilot.click(Trail, offset=(8, 0))
        await at_step(screen, pilot, 2)
        assert "✓ unaided" in shown(screen.query_one(StepDesk)), "as it was judged"


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
        await pilot.press(*"second", "escape", "p")
        await at_step(screen, pilot, 2)
        assert editor(screen).text == "first"
        await pilot.press("escape", "escape")
        await until(pilot, lambda: app.screen is not screen, "left")
        await until(
            pilot,
            lambda: app.study.now(lambda study: study.derivation.answer(step("local-general"))) == "second",
            "on disk",
        )
        again = await open_desk(app, pilot)
        assert editor(again).text == "first"


async def test_hostile_and_endless_answers(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(40, 10)) as pilot:
        screen = await open_desk(app, pilot)
        editor(screen).load_text("\\frac{" * 300 + "[red]\x1b[2J")
        await pilot.pause()
        editor(screen).load_text("\\a" * 30_000)
        await until(pilot, lambda: "only the first 20000" in status(screen), "said")
        await pilot.press("ctrl+r", "3")
        await until(pilot, lambda: judged(app), "kept")
        assert len(judged(app)[0][1]["answer"]) == 20_000
        assert not isinstance(app.screen, ErrorModal)


async def test_field_and_preview_are_in_sight_on_a_small_terminal(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_desk(app, pilot, 2)
        desk = screen.query_one("#desk")
        editor(screen).load_text(r"\frac{\partial L}{\partial W_{kj}}")
        preview = screen.query_one("FormulaPreview")
        await until(pilot, lambda: preview.region.height == 4, "drawn")
        for part in (editor(screen), preview):
            assert desk.region.contains_region(part.region)
        editor(screen).load_text(r"\nonsense{x}_y")
        await until(pilot, lambda: "could not read this yet" in shown(preview), "said")
        assert "nonsense" not in shown(preview)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_answer_is_in_sight_when_it_is_shown(make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app("zh")
    async with app.run_test(size=size) as pilot:
        await app.push_screen(DerivationScreen(DERIVATION))
        screen = app.screen
        await until(pilot, lambda: screen.focused is not None, "ready")
        await pilot.press("ctrl+r")
        solution, desk = screen.query_one("#solution"), screen.query_one("#desk")
        await until(pilot, lambda: desk.region.contains_region(solution.region), "in sight")


async def test_a_derivation_that_is_not_there_is_said(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(DerivationScreen("s3w10d1/nothing"))
        await until(pilot, lambda: isinstance(app.screen, ErrorModal), "the error")
        assert "linear-backward" in shown(app.screen), "the nearest is offered"
        await pilot.press("escape", "ctrl+r", "1", "h", "enter", "n", "escape")
        await until(pilot, lambda: not isinstance(app.screen, DerivationScreen | ErrorModal), "back")
