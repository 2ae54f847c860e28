"""An editor of the learner's own choice: a program that is given a file and gives the terminal back."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

from studybuddy.core.errors import StudybuddyError

LONGEST = 1 << 20
"""Bytes of a text that are read back."""


def editor_command(chosen: str) -> list[str]:
    """The command of the editor: the learner's setting, else $VISUAL, else $EDITOR.

    Raises:
        StudybuddyError: none is named, or its quotes do not match.
    """
    line = chosen or os.environ.get("VISUAL", "") or os.environ.get("EDITOR", "")
    try:
        command = shlex.split(line)
    except ValueError as error:
        raise StudybuddyError("the editor cannot be started: {reason}", reason=str(error)) from error
    if not command:
        raise StudybuddyError("no editor is named: choose one in the settings, or set $EDITOR")
    return command


def edit_outside(command: list[str], text: str, name: str) -> str:
    """Let a program change a text in a file of its own, and wait until it ends.

    Args:
        command: the program and its arguments; the file comes last.
        text: what the file begins with.
        name: the file's name, so that the editor knows the language.

    Raises:
        StudybuddyError: the program could not be started, failed, or left nothing that can be read.
    """
    with tempfile.TemporaryDirectory(prefix="studybuddy-") as folder:
        path = Path(folder) / name
        path.write_bytes(text.encode("utf-8", "replace"))
        try:
            ended = subprocess.run([*command, str(path)], check=False)  # noqa: S603
        except (OSError, ValueError) as error:
            raise StudybuddyError(
                "{editor} cannot be started: {reason}", editor=command[0][:80], reason=_reason(error)
            ) from error
        try:
            changed = path.read_bytes()[:LONGEST]
        except OSError as error:
            raise StudybuddyError(
                "{editor} left no file to read ({reason}); your program is as it was",
                editor=command[0][:80],
                reason=_reason(error),
            ) from error
    if ended.returncode != 0:
        raise StudybuddyError(
            "{editor} ended with an error ({code}); your program is as it was",
            editor=command[0][:80],
            code=ended.returncode,
        )
    return changed.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")


def _reason(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or str(error)
