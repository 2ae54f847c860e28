"""The peer of `start`: a Textual app with Header, Static and Footer and nothing else."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, Static


class BareApp(App[None]):
    """Shows one line."""

    BINDINGS = [("q", "quit", "quit")]

    def compose(self) -> ComposeResult:
        """A header, a line, a footer."""
        yield Header()
        yield Static("37 due")
        yield Footer()


if __name__ == "__main__":
    BareApp().run()
