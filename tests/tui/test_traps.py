"""Traps of Textual 8.2 and of terminals that cost others days; each is held shut by a test."""

from __future__ import annotations

import asyncio
import importlib
import os
import pkgutil
import re
from importlib.metadata import version

import pytest
from rich.cells import cell_len

from studybuddy import tui
from studybuddy.study.page import layout, plain
from studybuddy.text import wrap_text
from studybuddy.tui.commands import Command
from studybuddy.tui.modals.error import ErrorModal
from studybuddy.tui.run import spare_input_methods
from tests.tui.conftest import MakeApp
from tests.tui.looking import opened, settle, text_of


def every_command() -> list[Command]:
    """All commands of all screens."""
    found = {}
    for module in pkgutil.walk_packages(tui.__path__, "studybuddy.tui."):
        for value in vars(importlib.import_module(module.name)).values():
            for command in value if isinstance(value, tuple) else (value,):
                if isinstance(command, Command):
                    found[command.id] = command
    return list(found.values())


def test_no_key_is_another_key_on_an_old_terminal() -> None:
    """Without the Kitty protocol ctrl+i is tab, ctrl+m enter, ctrl+h backspace, ctrl+[ escape."""
    merged = {"ctrl+i", "ctrl+m", "ctrl+h", "ctrl+left_square_bracket"}
    used = {key for command in every_command() for key in command.key.split(",")}
    assert len(every_command()) > 40
    assert not used & merged
    assert not [key for key in used if re.fullmatch(r"ctrl\+[A-Z]", key)]


def test_every_command_has_an_id_and_words() -> None:
    for command in every_command():
        assert re.fullmatch(r"[a-z_]+\.[a-z_0-9]+", command.id), command
        assert command.label, command
        assert command.help, command


def test_maths_keeps_its_stars_and_markup_is_text() -> None:
    from studybuddy.course.markdown import read_markdown

    shown = plain(layout(read_markdown(r"$a * b * c$ and `list[int]` and \[/b\]"), 72))
    assert shown.count("∗") + shown.count("*") == 2
    assert "list[int]" in shown
    assert "[/b]" in shown


def test_textual_is_the_version_that_input_methods_need() -> None:
    assert version("textual") == "8.2.8"


def test_no_line_begins_with_closing_punctuation() -> None:
    text = (
        "反向传播（Backpropagation）本质上是链式法则，在计算图上的应用。损失对权重的梯度；误差信号：上游梯度、局部梯度！"
        * 3
    )
    for width in range(6, 60):
        for line in wrap_text(text, width):
            assert cell_len(line) <= width
            assert line[0] not in "。，、；：！）"
            assert line[-1] not in "（"


def test_input_methods_are_spared_where_the_terminal_loses_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TMUX", raising=False)
    monkeypatch.delenv("TEXTUAL_DISABLE_KITTY_KEY", raising=False)
    spare_input_methods()
    assert "TEXTUAL_DISABLE_KITTY_KEY" not in os.environ
    monkeypatch.setenv("TERM_PROGRAM", "iTerm.app")
    spare_input_methods()
    assert os.environ.pop("TEXTUAL_DISABLE_KITTY_KEY") == "1"
    monkeypatch.setenv("TMUX", "/tmp/tmux")
    spare_input_methods()
    assert "TEXTUAL_DISABLE_KITTY_KEY" not in os.environ


async def test_no_character_is_lost_below_a_modal(make_app: MakeApp) -> None:
    """A layer over a border drops the wide character that straddles its edge; a modal must not."""
    app = make_app("zh")
    message = "反向传播是把链式法则用在计算图上并复用前向传播留下的中间值一次反向就得到全部参数的梯度"
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_screen(ErrorModal(message))
        await opened(pilot)
        for width in (80, 81, 97, 40):
            await pilot.resize_terminal(width, 24)
            await opened(pilot)
            lines = [line for line in text_of(app).split("\n") if "│" in line]
            inside = "".join(line.split("│")[len(line.split("│")) // 2] for line in lines)
            assert message in "".join(re.findall(r"[\u4e00-\u9fff]", inside))


async def test_an_error_in_a_worker_is_shown_and_the_app_goes_on(make_app: MakeApp) -> None:
    app = make_app("en")

    async def fails() -> None:
        await asyncio.sleep(0)
        raise RuntimeError("[/b] broken \x1b[2J")

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = app.screen
        screen.perform(fails())  # type: ignore[attr-defined]
        await opened(pilot)
        await opened(pilot)
        assert isinstance(app.screen, ErrorModal)
        assert "[/b] broken" in text_of(app)
        assert "\x1b" not in text_of(app)
        await pilot.press("escape")
        assert app.screen is screen


async def test_the_chrome_has_no_sign_that_terminals_disagree_on(make_app: MakeApp) -> None:
    """No emoji, no variation selector: their width is two on some terminals and one on others."""
    app = make_app("zh")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        for key in ("", "l", "escape", "t", "escape", "c", "escape", "escape", "i", "escape", "escape"):
            if key:
                await pilot.press(key)
                await settle(pilot)
            assert not re.search(r"[\ufe0e\ufe0f\U0001f000-\U0001faff]", text_of(app))
