"""Bare Textual apps to measure against: `python peers.py lines N` changes N lines of text at each key."""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, Static

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


if __name__ == "__main__":
    app: App[None] = ChangingApp(int(sys.argv[2])) if sys.argv[1:2] == ["lines"] else BareApp()
    app.run()
