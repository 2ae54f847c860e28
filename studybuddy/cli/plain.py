"""The app's own start, without the machinery of a command line.

`studybuddy` alone, with or without `--data-dir` and `--lang`, is what is typed every morning. Loading click
and declaring the commands would take a twentieth of the time to the first picture.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from studybuddy.i18n import LANGUAGES, language_from_environment, use_language
from studybuddy.study.launch import Launch

_OPTIONS = {"--data-dir": "data_dir", "--lang": "language"}


def plain_start(arguments: Sequence[str]) -> Launch | None:
    """What the app is to be started with; None where anything else was typed, right or wrong."""
    found: dict[str, str] = {}
    rest = iter(arguments)
    for argument in rest:
        name, given, value = argument.partition("=")
        if name not in _OPTIONS:
            return None
        text = value if given else next(rest, None)
        if text is None or (name == "--lang" and text not in LANGUAGES):
            return None
        found[_OPTIONS[name]] = text
    return Launch(**found)


def start_app(launch: Launch) -> int:
    """Open the app and return its exit code."""
    os.umask(0o077)
    use_language(launch.language or language_from_environment())
    try:
        from studybuddy.tui.run import run_app

        run_app(launch)
    except (Exception, KeyboardInterrupt) as error:
        from studybuddy.cli.main import code_of

        return code_of(error)
    return 0
