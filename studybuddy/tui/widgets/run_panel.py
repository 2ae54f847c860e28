"""The lesson's own program running below the page: its output as it comes, then what the judge says."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from studybuddy.core.exercise import Exercise
from studybuddy.core.verdict import JudgeResult
from studybuddy.i18n import _
from studybuddy.text import clean_line
from studybuddy.tui.widgets.run_output import Feed, RunOutput
from studybuddy.tui.widgets.run_result import RunResult


class RunPanel(VerticalScroll, can_focus=False):
    """Shows one run at a time: open while it runs and until it is closed."""

    DEFAULT_CSS = """
    RunPanel {
        height: 50%; min-height: 6; max-height: 18;
        border-top: solid $foreground 25%;
        border-title-color: $text-muted;
        padding: 0 1;
        display: none;
        scrollbar-size-vertical: 1;
        scrollbar-background: $background;
        &.-open { display: block; }
        RunOutput { height: 100%; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.program = ""
        """Id of the exercise whose reference was run last."""
        self.running = False
        """Whether a program is running."""

    @property
    def open(self) -> bool:
        """Whether the panel takes room."""
        return self.has_class("-open")

    def compose(self) -> ComposeResult:
        """The run while it lasts, then its result."""
        yield RunOutput()
        yield RunResult()

    def begin(self, program: Exercise, feed: Feed) -> None:
        """Open for a new run whose output comes through `feed`."""
        self.program, self.running = program.id, True
        self.query_one(RunResult).clear()
        self.query_one(RunOutput).follow(feed)
        self.add_class("-open")
        self.reword(program.title)

    def stopping(self) -> None:
        """Say that the run was asked to end."""
        self.query_one(RunOutput).say_stopping()

    def end(self, result: JudgeResult | None) -> None:
        """Show the verdict; None when the run could not be made."""
        self.running = False
        self.query_one(RunOutput).end()
        self.set_class(result is not None, "-open")
        if result is not None:
            self.query_one(RunResult).show(result, {})

    def close(self) -> None:
        """Give the room back to the page."""
        self.remove_class("-open")

    def reword(self, title: str) -> None:
        """Every word in the language in use; `title`: of the exercise."""
        head = _("The course's own program: {title}", title=clean_line(title, 80))
        self.border_title = Content(head)
        if not self.running and self.open:
            self.query_one(RunResult).redraw()
