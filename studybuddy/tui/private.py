"""All that the app uses of Textual without Textual's promise to keep it.

Nothing else here touches a private name of Textual or Rich; `tests/tui/test_private.py` sees to that, and
fails where another version has them no more. Handlers called `_on_...` are Textual's documented way and not
meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual._xterm_parser import XTermParser

if TYPE_CHECKING:
    from textual.app import App
    from textual.widgets import TextArea

__all__ = [
    "EndsQuietly",
    "WordedPalette",
    "XTermParser",
    "error_of",
    "forget_lines",
    "restart_blink",
    "stop_waiting",
    "use_parser",
    "wear",
    "write",
]

PARSER = "XTermParser"
"""The name under which Textual's driver knows its parser."""


class EndsQuietly:
    """An app that leaves without a page of traceback: whoever started it says what happened in one line."""

    def _fatal_error(self) -> None:
        app: Any = self
        app._close_messages_no_wait()


class WordedPalette:
    """A command palette with words of its own for no match; Textual has one English sentence."""

    def nothing_found(self) -> str:
        """The words for no match."""
        raise NotImplementedError

    def _start_no_matches_countdown(self, search_value: str) -> None:
        from textual.command import CommandList
        from textual.widgets.option_list import Option

        palette: Any = self
        palette._stop_no_matches_countdown()

        def show() -> None:
            if search_value:
                nothing = Option(self.nothing_found(), disabled=True, id=palette._NO_MATCHES)
                palette.query_one(CommandList).add_option(nothing)
            palette._list_visible = bool(search_value)

        palette._no_matches_timer = palette.set_timer(palette._NO_MATCHES_COUNTDOWN, show)


def error_of(app: App[Any]) -> BaseException | None:
    """The error that ended an app."""
    return app._exception


def write(app: App[Any], text: str) -> bool:
    """Send codes to the terminal of a running app; False where there is none, as in tests."""
    driver = app._driver
    if driver is None or driver.is_headless or driver.is_web or driver.is_inline:
        return False
    driver.write(text)
    driver.flush()
    return True


def use_parser(parser: type[XTermParser]) -> None:
    """Let the driver of the terminal read with another parser; it makes its own when the app runs."""
    from textual.drivers import linux_driver

    setattr(linux_driver, PARSER, parser)


def stop_waiting(parser: XTermParser) -> bool:
    """End the wait for the rest of a sequence; whether there was one."""
    if parser._timeout_time is None:
        return False
    parser._timeout_time = 0.0
    return True


def restart_blink(editor: TextArea) -> None:
    """Show the cursor of an editor from now on."""
    editor._restart_blink()


def wear(editor: TextArea, theme: str) -> None:
    """Draw an editor in a theme of the name it already wears."""
    editor._set_theme(theme)


def forget_lines(editor: TextArea) -> None:
    """Draw the lines of an editor anew."""
    editor._line_cache.clear()
