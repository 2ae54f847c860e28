"""Bare Textual apps to measure against.

`python peers.py lines N` changes N lines of text at each key; `editor` and `area` are bare text areas, with
and without syntax colours, in which a key changes what it changes.
"""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, Static, TextArea

WIDTH = 100


class BareApp(App[None]):
    """Header, a line, footer: the least that an app shows."""

    BINDINGS = [("q", "quit", "quit")]

    def compose(self) -> ComposeResult:
        """A header, a line, a footer."""
        yield Header()
        yield Static("37 due")
        yield Footer()


class ChangingApp(App[None]):
    """Every key changes a given number of lines."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._lines, self._turn = lines, 0

    def compose(self) -> ComposeResult:
        """The text that changes."""
        yield Static("ready")

    def on_key(self) -> None:
        """Draw other letters."""
        self._turn += 1
        letter = chr(ord("a") + self._turn % 26)
        self.query_one(Static).update("\n".join([letter * WIDTH] * self._lines))


class TypingApp(App[None]):
    """A text area that has the focus."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind

    def compose(self) -> ComposeResult:
        """The text area, with a program of some forty lines in it."""
        program = "\n".join(f"grad_w{n} = h_relu.T @ grad_y_pred  # (H, D_out)" for n in range(40))
        make = TextArea.code_editor if self._kind == "editor" else TextArea
        yield Static("ready")
        yield make(program, language="python" if self._kind == "editor" else None)

    def on_mount(self) -> None:
        """Ready to type."""
        self.query_one(TextArea).focus()


def app(arguments: list[str]) -> App[None]:
    """The app that was asked for."""
    match arguments:
        case ["lines", count]:
            return ChangingApp(int(count))
        case [("editor" | "area") as kind]:
            return TypingApp(kind)
    return BareApp()


if __name__ == "__main__":
    app(sys.argv[1:]).run()
