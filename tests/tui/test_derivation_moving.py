"""From step to step at the desk, away from it, and back."""

from __future__ import annotations

from studybuddy.tui.widgets.read_as import ReadAs
from tests.tui.conftest import MakeApp
from tests.tui.test_derivation import DW, RIGHT, answer, at_step, editor, kept, open_desk, step
from tests.tui.waiting import shown, until


async def test_stepping_through_writes_nothing_and_a_draft_is_gone_on_with(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_desk(app, pilot)
        await pilot.press("X", "escape", "n", "n", "n")
        await at_step(screen, pilot, 5)
        assert screen.focused is None
        await pilot.press("p", "p", "p")
        await at_step(screen, pilot, 2)
        assert screen._benches.keys() >= {step(name) for name in list(RIGHT)[:4]}
        assert {bench.typed or "" for bench in screen._benches.values()} == {"", "X"}
        await pilot.press("enter", "_")
        assert editor(screen).text == "X_", "behind what was there"


async def test_what_to_change_still_counts_when_the_screen_was_left(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_desk(app, pilot, DW)
        await answer(screen, pilot, r"X \delta_Z")
        await pilot.press("ctrl+t")
        assert "X must be transposed" in shown(screen.query_one("#verdict"))
        await pilot.press("escape", "escape")
        await until(pilot, lambda: app.screen is not screen, "left")
        screen = await open_desk(app, pilot, DW)
        assert editor(screen).cursor_location == (0, len(r"X \delta_Z"))
        assert "✓ right · with 1 hint" in await answer(screen, pilot, "X.T @ dZ")
        assert kept(app)[-1][1]["result"] == "aided"


async def test_the_wrong_part_has_a_colour_of_its_own_in_the_editor(make_app: MakeApp) -> None:
    app = make_app("en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_desk(app, pilot, DW)
        await answer(screen, pilot, r"\frac{1}{N} X^\top \delta_Z")
        drawn = [(part.text, part.style.color) for part in editor(screen).render_line(0) if part.style]
        colours = {text.strip(): colour for text, colour in drawn if text.strip()}
        assert colours[r"\frac{1}{N}"] != colours[r"X^\top \delta_Z"]
        assert ("1", "marked") in screen.query_one(ReadAs).rows[1]
        await pilot.press("space")
        await until(pilot, lambda: editor(screen).highlight_cursor_line, "it is another answer now")
