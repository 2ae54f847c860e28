from __future__ import annotations

import os
import threading
import time
from types import SimpleNamespace
from typing import Any

import pytest
from textual.events import CursorPosition

from studybuddy.cli.terminal import PATIENCE_S, sign_width
from studybuddy.core.block import MathBlock
from studybuddy.study.plain_signs import WIDE
from studybuddy.tui.app import StudybuddyApp
from studybuddy.tui.sign_width import QUESTION, ROW, AskingApp
from studybuddy.tui.widgets.page_view import PageView

pty = pytest.importorskip("pty")
tty = pytest.importorskip("tty")


class Watched(AskingApp):
    told = 0

    def signs_are_wide(self) -> None:
        self.told += 1


async def test_the_answer_is_taken_once_and_only_from_the_right_place() -> None:
    app = Watched()
    async with app.run_test() as pilot:
        app.post_message(CursorPosition(2, ROW - 1))  # nobody asked: this is no terminal
        await pilot.pause()
        assert (app.wide_signs, app.told) == (False, 0)
        app._asked = True
        for answer in (CursorPosition(2, 0), CursorPosition(5, ROW - 1), CursorPosition(0, ROW - 1)):
            app.post_message(answer)
        await pilot.pause()
        assert app._asked
        app.post_message(CursorPosition(2, ROW - 1))
        app.post_message(CursorPosition(2, ROW - 1))
        await pilot.pause()
        assert (app.wide_signs, app.told) == (True, 1)


async def test_signs_of_one_cell_change_nothing() -> None:
    app = Watched()
    async with app.run_test() as pilot:
        app._asked = True
        app.post_message(CursorPosition(1, ROW - 1))
        await pilot.pause()
        assert (app._asked, app.wide_signs, app.told) == (False, False, 0)


def test_the_question_leaves_no_trace() -> None:
    begin, end = "\x1b7", "\x1b8"
    assert QUESTION.startswith(begin)
    assert QUESTION.endswith("\x1b[K" + end)


class Stream:
    encoding = "utf-8"

    def __init__(self, number: int) -> None:
        self._number = number

    def fileno(self) -> int:
        return self._number


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Both ends of a terminal, the near one of which is standard input and output."""
    far, near = pty.openpty()
    tty.setraw(far)
    streams = SimpleNamespace(stdin=Stream(near), stdout=Stream(near))
    monkeypatch.setattr("studybuddy.cli.terminal.sys", streams)
    yield far, near
    os.close(far)
    os.close(near)


@pytest.mark.parametrize(("answer", "width"), [(b"\x1b[7;2R", 1), (b"ab\x1b[7;3R", 2), (b"", None)])
def test_the_doctor_asks_and_does_not_wait_long(
    terminal: tuple[int, int], answer: bytes, width: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert PATIENCE_S <= 0.1
    if answer:
        monkeypatch.setattr("studybuddy.cli.terminal.PATIENCE_S", 20)

    def answering() -> None:
        asked = b""
        while b"\x1b[6n" not in asked:
            asked += os.read(terminal[0], 100)
        if answer:
            os.write(terminal[0], answer)

    other = threading.Thread(target=answering)
    other.start()
    assert sign_width() == width
    other.join(5)


def test_keys_that_wait_are_left_alone(terminal: tuple[int, int]) -> None:
    os.write(terminal[0], b"typed ahead\n")
    time.sleep(0.05)
    assert sign_width() is None
    assert os.read(terminal[1], 100) == b"typed ahead\n"


def test_nobody_is_asked_without_a_terminal() -> None:
    assert sign_width() is None


async def test_formulas_and_signs_are_ascii_where_signs_are_wide(app: StudybuddyApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        view = PageView((MathBlock(r"\delta_Z = \frac{\partial L}{\partial Z}"),))
        await app.screen.mount(view)
        await pilot.pause()
        assert not app.signs
        assert "δ_Z" in drawn(view)
        app._asked = True
        app.post_message(CursorPosition(2, ROW - 1))
        await pilot.pause()
        assert app.signs
        assert "delta_Z = --" in drawn(view)
        assert drawn(view).isascii()
        assert [note.message for note in app.manner.notes] == [WIDE]
        app.adopt(app.manner)
        assert [note.message for note in app.manner.notes] == [WIDE]
        app.adopt(app.manner._replace(signs="unicode", notes=()))
        await pilot.pause()
        assert not app.signs
        assert "δ_Z" in drawn(view)
        assert app.manner.notes == ()


def drawn(view: PageView) -> str:
    return "\n".join(view.render_line(y).text.rstrip() for y in range(4))
