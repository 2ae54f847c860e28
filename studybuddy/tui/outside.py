"""Handing the terminal to another program for a while."""

from __future__ import annotations

from textual.app import App, SuspendNotSupported

from studybuddy.core.errors import StudybuddyError
from studybuddy.study.editor import edit_outside, editor_command

FILE = "solution.py"


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
    try:
        with app.suspend():
            return edit_outside(command, text, FILE)
    except SuspendNotSupported as error:
        raise StudybuddyError("this terminal cannot be given to an editor; use the one here") from error
