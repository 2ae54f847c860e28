"""Starting the app: the data is opened first, so that what is wrong with it is one line on the terminal."""

from __future__ import annotations

import os
import sys

from studybuddy.core.errors import StudybuddyError, UsageError
from studybuddy.i18n import use_language
from studybuddy.study.launch import Launch
from studybuddy.tui.study_thread import StudyThread


def run_app(launch: Launch) -> None:
    """Open the data, plan the day, and run the app until it is left.

    Raises:
        UsageError: there is no terminal to draw on.
        StudybuddyError: the data or the course could not be opened, or the app had to stop.
    """
    need_terminal()
    spare_input_methods()
    thread = StudyThread(launch)
    try:
        from studybuddy.tui.app import StudybuddyApp
        from studybuddy.tui.private import error_of

        use_language(thread.now(lambda study: study.desk.language))
        plan = thread.now(lambda study: study.day.plan())
        app = StudybuddyApp(thread, plan, welcome=True)
    except BaseException:
        thread.close()
        raise
    if sys.platform != "win32":
        from studybuddy.tui.escapes import tell_escape_apart

        tell_escape_apart()
    app.run()
    if app.return_code:
        thread.close()
        raise stopped(error_of(app))


def need_terminal() -> None:
    """Make sure that there is something to draw on and to read keys from.

    Raises:
        UsageError: there is not; it names the commands that need none.
    """
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    seen = all(stream is not None and not stream.closed and stream.isatty() for stream in streams)
    if not seen or os.environ.get("TERM", "") in ("dumb", "unknown"):
        raise UsageError(
            "the app needs a terminal that can draw; `studybuddy today` and `studybuddy review` need none"
        )


def spare_input_methods() -> None:
    """Keep to plain keys where the Kitty protocol loses what an input method types (iTerm2 outside tmux).

    Textual reads the variable when it is first imported, so this comes before.
    """
    if os.environ.get("TERM_PROGRAM") == "iTerm.app" and "TMUX" not in os.environ:
        os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")


def stopped(error: BaseException | None) -> BaseException:
    """What ended the app, as one line; the error itself where someone looks for its cause."""
    if error is None or isinstance(error, StudybuddyError):
        return error or StudybuddyError("the app had to stop; what you did until then is saved")
    if os.environ.get("STUDYBUDDY_DEBUG"):
        return error
    return StudybuddyError(
        "the app had to stop: {error}. What you did until then is saved",
        error=f"{type(error).__name__}: {error}".split("\n", 1)[0][:300],
    )
