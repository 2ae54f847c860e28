"""The command line: one group, errors as one line, documented exit codes.

0 done · 1 not accepted, wrong, lint or import errors · 2 usage, unknown id, unreadable input ·
3 data could not be opened or saved, or an internal error · 4 refused for safety.
"""

from __future__ import annotations

import os
import sys

import click

from studybuddy import __version__
from studybuddy.cli.options import StudyGroup, common_options, launch
from studybuddy.cli.speaking import ReaderGoneError
from studybuddy.core.errors import StudybuddyError
from studybuddy.i18n import _, language_from_environment, use_language, word


@click.group(cls=StudyGroup, invoke_without_command=True, params=common_options())
@click.version_option(__version__, prog_name="studybuddy")
@click.pass_context
def program(context: click.Context) -> None:
    """Open the app on Today; with a command, do that instead."""
    if context.invoked_subcommand is None:
        from studybuddy.tui.run import run_app

        run_app(launch(context))


def run(arguments: list[str] | None = None) -> int:
    """Run the program and return its exit code."""
    os.umask(0o077)
    use_language(language_from_environment())
    try:
        result = program.main(args=arguments, prog_name="studybuddy", standalone_mode=False)
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:
        return code_of(error)
    return result if isinstance(result, int) else 0


def code_of(error: BaseException) -> int:
    """Every way a command can end early, as an exit code with at most one line on stderr."""
    match error:
        case StudybuddyError():
            return _fail(word(error), error.exit_code)
        case click.exceptions.Exit():
            return error.exit_code
        case click.ClickException():
            from studybuddy.cli.mistakes import what_is_wrong

            return _fail(what_is_wrong(error), 2)
        case click.Abort() | KeyboardInterrupt():
            return _fail(_("stopped"), 130)
        case ReaderGoneError() | BrokenPipeError():
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        case OSError():
            return _fail(_("the system refused: {reason}", reason=error.strerror or error), 3)
    from studybuddy.study.wiring import understood

    if isinstance(known := understood(error), StudybuddyError):
        return _fail(word(known), known.exit_code)
    if os.environ.get("STUDYBUDDY_DEBUG"):
        raise error
    return _fail(_("internal error: {error}", error=f"{type(error).__name__}: {error}"), 3)


def _fail(message: str, code: int) -> int:
    from studybuddy.text import clean

    line = " ".join(clean(message, 2000).split("\n"))
    print(f"studybuddy: {line}", file=sys.stderr)
    return code
