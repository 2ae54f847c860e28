"""What every command says goes through here: safe for the terminal, and quiet when nobody listens."""

from __future__ import annotations

import click


class ReaderGoneError(Exception):
    """Whoever read our output has closed it (`studybuddy today | head -1`)."""


def speak(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Write text to stdout or stderr.

    Raises:
        ReaderGoneError: nobody reads any more. Not an OSError, which click would turn into exit code 1.
    """
    try:
        click.echo(text, err=err, nl=nl)
    except BrokenPipeError as error:
        raise ReaderGoneError from error
