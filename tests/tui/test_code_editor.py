from __future__ import annotations

import pytest
from textual import events
from textual.app import App, ComposeResult

from studybuddy.tui.themes import DARK, LIGHT
from studybuddy.tui.widgets import code_editor
from studybuddy.tui.widgets.code_editor import COLOURED, LONGEST_PROGRAM, CodeEditor

HOSTILE = "a\x1b[2J\x07\x9b\u202eb\u2028c\x0cd\r\ne\rf\tg" + "e\u0301" + "\u0301" * 50


class Desk(App[None]):
    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._first = text
        self.full = 0
        self.register_theme(DARK)
        self.register_theme(LIGHT)

    def compose(self) -> ComposeResult:
        yield CodeEditor(self._first)

    def on_mount(self) -> None:
        self.editor.focus()

    def on_code_editor_full(self) -> None:
        self.full += 1

    @property
    def editor(self) -> CodeEditor:
        return self.query_one(CodeEditor)


async def test_enter_goes_on_at_the_right_depth() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await pilot.press(*"if x:", "enter", *"y", "enter", *"return", "enter", *"z")
        assert app.editor.text == "if x:\n    y\n    return\nz"
        app.editor.open("for a in b:  # each: one")
        app.editor.move_cursor((0, 24))
        await pilot.press("enter", "p")
        assert app.editor.text == "for a in b:  # each: one\n    p"


async def test_tab_and_backspace_move_by_indents_and_whole_blocks_move_together() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await pilot.press("tab", "a")
        assert app.editor.text == "    a"
        assert app.editor.has_focus, "Tab stays in the editor"
        await pilot.press("left", "backspace")
        assert app.editor.text == "a"
        app.editor.open("a\n\nb\nc")
        app.editor.move_cursor((0, 0))
        await pilot.press("shift+down", "shift+down", "shift+down", "tab")
        assert app.editor.text == "    a\n\n    b\nc"
        await pilot.press("ctrl+z")
        assert app.editor.text == "a\n\nb\nc", "one step of undo"
        await pilot.press("ctrl+y", "shift+tab")
        assert app.editor.text == "a\n\nb\nc"


async def test_another_text_can_be_taken_back() -> None:
    app = Desk("one\ntwo")
    async with app.run_test() as pilot:
        await pilot.press("x")
        app.editor.put("starter")
        await pilot.press("y")
        assert app.editor.text == "ystarter"
        await pilot.press("ctrl+z", "ctrl+z")
        assert app.editor.text == "xone\ntwo"


async def test_a_program_from_elsewhere_takes_the_place_of_this_one() -> None:
    app = Desk("one\ntwo\n")
    async with app.run_test() as pilot:
        await pilot.press("down", "ctrl+a")
        app.post_message(events.Paste("def f():\n    return 1\n"))
        await pilot.pause()
        assert app.editor.text == "def f():\n    return 1\n"
        await pilot.press("ctrl+z")
        assert app.editor.text == "one\ntwo\n"


async def test_what_comes_in_is_made_harmless() -> None:
    app = Desk(HOSTILE)
    async with app.run_test() as pilot:
        app.post_message(events.Paste(HOSTILE))
        await pilot.pause()
        app.editor.put(app.editor.text + HOSTILE)
        text = app.editor.text
        assert not any(char in text for char in "\x1b\x07\x9b\u202e\u2028\x0c\r")
        assert "\u0301" * 9 not in text
        assert text.count("g") == 3
        assert "\t" in text
        drawn = [segment.text for y in range(app.editor.size.height) for segment in app.editor.render_line(y)]
        assert "\x1b" not in "".join(drawn)


async def test_a_program_has_a_greatest_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_editor, "LONGEST_PROGRAM", 100)
    app = Desk()
    async with app.run_test() as pilot:
        app.post_message(events.Paste("x" * 1000))
        await pilot.pause()
        assert app.editor.text == "x" * 100
        assert app.full == 1
        await pilot.press("y")
        assert len(app.editor.text) == 100
        await pilot.press("backspace", "y")
        assert app.editor.text.endswith("xy")
        assert LONGEST_PROGRAM > 100


async def test_a_very_long_program_goes_without_colours() -> None:
    app = Desk("x = 1\n")
    async with app.run_test() as pilot:
        assert app.editor.language == "python"
        app.post_message(events.Paste("def f():\n    return 1\n" * (COLOURED // 20)))
        await pilot.pause()
        assert app.editor.language is None
        row, _ = app.editor.cursor_location
        assert row > 1000, "the cursor stays behind what was pasted"
        await pilot.press("q")
        assert "q" in app.editor.document[row]


async def test_the_colours_follow_the_app() -> None:
    app = Desk("def f():\n    return 1  # one\n")
    async with app.run_test() as pilot:
        for theme in (DARK, LIGHT):
            app.theme = theme.name
            await pilot.pause()
            colours = {
                str(s.style.color.name) for s in app.editor.render_line(0) if s.style and s.style.color
            }
            assert theme.secondary in colours, "the keyword"


async def test_a_text_to_read_cannot_be_changed() -> None:
    app = Desk("fixed")
    async with app.run_test() as pilot:
        app.editor.read_only = True
        await pilot.press("a", "enter", "tab", "backspace", "shift+tab", "delete")
        app.post_message(events.Paste("x"))
        await pilot.pause()
        assert app.editor.text == "fixed"


async def test_an_open_bracket_goes_on_deeper() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await pilot.press(*"f(", "enter", *"a,", "enter", *"b)")
        assert app.editor.text == "f(\n    a,\n    b)"
        app.editor.open("    return [")
        app.editor.move_cursor((0, 12))
        await pilot.press("enter", *"1")
        assert app.editor.text == "    return [\n        1"
        app.editor.open("x = {1: 2}  # (")
        app.editor.move_cursor((0, 15))
        await pilot.press("enter", *"y")
        assert app.editor.text == "x = {1: 2}  # (\ny"


@pytest.mark.parametrize("key", ["ctrl+slash", "ctrl+underscore"])
async def test_lines_become_comments_and_code_again(key: str) -> None:
    app = Desk("for x in y:\n    a\n\n    b # c\nd")
    async with app.run_test() as pilot:
        app.editor.move_cursor((1, 2))
        await pilot.press("shift+down", "shift+down", key)
        assert app.editor.text == "for x in y:\n    # a\n\n    # b # c\nd"
        await pilot.press("ctrl+z")
        assert app.editor.text == "for x in y:\n    a\n\n    b # c\nd", "one step of undo"
        await pilot.press("ctrl+y", key)
        assert app.editor.text == "for x in y:\n    a\n\n    b # c\nd"
        app.editor.open("a")
        await pilot.press(key, "x")
        assert app.editor.text.replace("x", "") == "# a"
        app.editor.open("#a")
        await pilot.press(key)
        assert app.editor.text == "a"
        app.editor.read_only = True
        await pilot.press(key)
        assert app.editor.text == "a"
