"""How commands speak: one JSON object on stdout, or cleaned text."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from studybuddy.cli.options import launch
from studybuddy.cli.speaking import speak
from studybuddy.i18n import N_, say
from studybuddy.study.wiring import Study
from studybuddy.text import clean


def print_json(value: dict[str, Any]) -> None:
    """One object on one line; foreign text stays as it is, escaped as JSON."""
    speak(json.dumps(value, ensure_ascii=True, default=str))


def print_line(text: str = "", *, err: bool = False) -> None:
    """A line of text, made safe for the terminal."""
    speak(clean(text), err=err)


def ascii_signs(opened: Study) -> bool:
    """Whether signs are written in ASCII: the learner wants that, or nothing else can be written."""
    wanted = opened.desk.preferences["glyphs"]
    code = getattr(sys.stdout, "encoding", None) or "utf-8"
    return bool(wanted == "plain" or (wanted == "auto" and not code.lower().startswith("utf")))


@contextmanager
def study(context: click.Context, *, writer: str | None = None) -> Iterator[Study]:
    """The learner's study, closed at the end.

    Args:
        context: carries the common options.
        writer: the command that writes, as shown to whoever has to wait; None only reads.
    """
    opened = Study(launch(context), writer=writer)
    try:
        if (behind := opened.desk.clock_behind()) is not None:
            print_line(say(behind), err=True)
        yield opened
    finally:
        opened.close()


json_option = click.option("--json", "as_json", is_flag=True, help=N_("Print one JSON object."))
