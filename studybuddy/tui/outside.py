"""Handing the terminal to another program for a while, and taking it back however that program ends."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator

from textual.app import App, SuspendNotSupported

from studybuddy.core.errors import StudybuddyError
from studybuddy.study.editor import edit_outside, editor_command

FILE = "solution.py"
PLAIN = "\x1b[m\x1b[?25h"
"""No colours, and a cursor: what a program that died may have left otherwise."""


def edit_elsewhere(app: App[None], chosen: str, text: str) -> str:
    """A text as an editor of the learner's choice leaves it; the app waits for it, out of sight.

    Args:
        app: gives its terminal away.
        chosen: the command of the learner's setting, empty for that of the environment.
        text: what to begin with.

    Raises:
        StudybuddyError: there is no editor, it failed, or the terminal cannot be given away.
    """
    command = editor_command(chosen)
    changed: str | StudybuddyError = text
    try:
        with app.suspend(), _terminal_kept(), _keys_for_the_editor():
            try:
                changed = edit_outside(command, text, FILE)
            except StudybuddyError as error:  # raised inside, it would leave the app suspended for good
                changed = error
    except SuspendNotSupported as error:
        raise StudybuddyError("this terminal cannot be given to an editor; use the one here") from error
    if isinstance(changed, StudybuddyError):
        raise changed
    return changed


@contextlib.contextmanager
def _keys_for_the_editor() -> Iterator[None]:
    r"""Let ctrl+c and ctrl+\ end the editor at most: they reach the app as well.

    A handler, unlike ignoring the signal, is not inherited by the editor.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [signal.SIGINT, *([signal.SIGQUIT] if hasattr(signal, "SIGQUIT") else [])]
    before = {number: signal.signal(number, lambda *_: None) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def _terminal_kept() -> Iterator[None]:
    """Put the terminal's modes back: the app leaves it one day as it finds it when it comes back."""
    try:
        import termios

        modes = termios.tcgetattr(sys.__stdin__) if sys.__stdin__ else None
    except (ImportError, OSError, ValueError):
        yield
        return
    except termios.error:
        modes = None
    try:
        yield
    finally:
        if modes is not None and sys.__stdin__ is not None and sys.__stdout__ is not None:
            with contextlib.suppress(termios.error, OSError):
                termios.tcsetattr(sys.__stdin__, termios.TCSADRAIN, modes)
                sys.__stdout__.write(PLAIN)
                sys.__stdout__.flush()
