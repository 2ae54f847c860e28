"""Rough treatment: sizes nobody has, resize storms, huge pastes, text that tries to be something else."""

from __future__ import annotations

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from studybuddy.core.card import Rating
from studybuddy.study.wiring import Study
from tests.tui.conftest import LESSON, MakeApp
from tests.tui.looking import settle, text_of
from tests.tui.waiting import until

SIZES = [(10, 3), (80, 24), (300, 80), (1, 1), (40, 10), (120, 40), (20, 50)]
SCREENS = ["", "l", "t", "p", "r", "c", "i", "d"]
HOSTILE = (
    "x = a[i] list[int] [/] [/b] [@click=app.quit]go[/] \x1b]52;c;AAAA\x07\x1b[2J\x9b \u202e 👨‍👩‍👧 e"
    + "\u0301" * 500
)


def a_card(study: Study) -> None:
    study.reading.mark_read(f"{LESSON}/theory")
    study.review.answer(f"{LESSON}/card/upstream-gradient", Rating.GOOD, 3000)


@pytest.mark.parametrize("way", SCREENS)
async def test_every_screen_survives_a_resize_storm(make_app: MakeApp, way: str) -> None:
    app = make_app("zh", before=a_card)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        if way:
            await pilot.press(way)
            await settle(pilot)
        for _ in range(2):
            for size in SIZES:
                await pilot.resize_terminal(*size)
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert text_of(app).strip()
        assert app.return_code is None


INPUTS = {
    "lab": "c",
    "interview": "i",
    "derivation": "d",
    "thinking question": "l p end o",
    "front of a card": "a",
    "back of a card": "a tab",
    "tags of a card": "a tab tab",
    "words of a card": "r e",
    "reason of a tick": "t enter",
    "a setting": "comma enter",
    "palette": "ctrl+p",
}


@pytest.mark.parametrize("line_end", ["\n", ""], ids=["lines", "one line"])
@pytest.mark.parametrize("way", INPUTS.values(), ids=INPUTS)
async def test_a_paste_of_five_megabytes(make_app: MakeApp, way: str, line_end: str) -> None:
    app = make_app("en", before=a_card)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for key in way.split():
            await pilot.press(key)
            for _ in range(5):
                await pilot.pause(0.05)
        await until(pilot, lambda: isinstance(app.focused, Input | TextArea), "somewhere to type")
        field = app.focused
        app.post_message(events.Paste(f"零 = [/b]{line_end}" * 500_000))
        await pilot.pause(0.1)
        await pilot.pause()
        text = field.text if isinstance(field, TextArea) else getattr(field, "value", "")
        assert len(text) <= 300_000
        assert isinstance(field, TextArea) or len(text) <= 500
        assert text or way == "ctrl+p"
        await pilot.press("escape", "escape", "escape")
        await pilot.pause()
        assert app.return_code is None


async def test_a_paste_into_a_line_goes_where_the_cursor_is(make_app: MakeApp) -> None:
    app = make_app("en", before=lambda study: study.desk.prefer("name", "Ann"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("comma", "enter")
        await until(pilot, lambda: isinstance(app.focused, Input), "the line")
        field = app.focused
        assert isinstance(field, Input)
        await pilot.press("home")
        app.post_message(events.Paste("\n 李\x1b[2J\t\nsecond line"))
        await pilot.pause()
        assert field.value == " 李␛[2J Ann"
        app.post_message(events.Paste("x" * 1000))
        await pilot.pause()
        assert len(field.value) == field.max_length
        assert field.value.endswith("Ann")


@pytest.mark.parametrize("way", [*INPUTS.values(), "question_mark", "l y", "l g", "v"])
async def test_every_window_survives_a_resize_storm(make_app: MakeApp, way: str) -> None:
    app = make_app("zh", before=a_card)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for key in way.split():
            await pilot.press(key)
            for _ in range(5):
                await pilot.pause(0.05)
        for size in SIZES:
            await pilot.resize_terminal(*size)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert text_of(app).strip()
        assert app.return_code is None


async def test_hostile_words_of_ones_own_card_are_shown_as_they_are(make_app: MakeApp) -> None:
    app = make_app("en", before=lambda study: study.own_cards.add(HOSTILE, HOSTILE))
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("r")
        await settle(pilot)
        shown = text_of(app)
        for piece in ("a[i]", "list[int]", "[/b]", "[@click=app.quit]go"):
            assert piece in shown
        assert not set(shown) & set("\x1b\x07\x9b\u202e")
        await pilot.press("space")
        await settle(pilot)
        assert app.return_code is None


@pytest.mark.parametrize("way", ["c", "i"])
async def test_chinese_is_typed_and_pasted(make_app: MakeApp, way: str) -> None:
    app = make_app("zh", before=a_card)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press(way)
        await settle(pilot)
        for character in "梯度":
            await pilot.press(character)
        app.post_message(events.Paste("反向传播，链式法则。"))
        await settle(pilot)
        editor = app.screen.query(TextArea).first()
        assert "梯度反向传播，链式法则。" in editor.text


async def test_chinese_is_typed_into_the_field_of_a_card(make_app: MakeApp) -> None:
    app = make_app("zh", before=lambda study: study.checklist.tick("math"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("r")
        await settle(pilot)
        field = await _typed_card(pilot)
        for character in "转置":
            await pilot.press(character)
        app.post_message(events.Paste("求和"))
        await settle(pilot)
        assert field.value == "转置求和"


async def _typed_card(pilot: Pilot[None]) -> Input:
    """Answer cards until one asks for a typed answer."""
    for _ in range(15):
        shown = [field for field in pilot.app.screen.query(Input) if field.display and field.has_focus]
        if shown:
            return shown[0]
        await pilot.press("space", "4")
        await settle(pilot)
    raise AssertionError("no card asked for a typed answer")
