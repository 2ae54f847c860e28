"""The twin: a training loop beside the same network in torch, compared step by step."""

from __future__ import annotations

import asyncio
import threading
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from studybuddy.core.exercise import Exercise
from studybuddy.core.phrase import Phrase
from studybuddy.core.twin import TwinRun
from studybuddy.i18n import N_, _
from studybuddy.study.curves import Curve
from studybuddy.study.twin_words import head_line, table_lines, verdict_lines
from studybuddy.text import clean, clean_line, wrap_text
from studybuddy.tui.commands import BACK, Command
from studybuddy.tui.screens.base import StudyScreen, bindings
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.loss_plot import LossPlot
from studybuddy.tui.widgets.run_output import Feed, RunOutput
from studybuddy.tui.widgets.status_line import StatusLine
from studybuddy.tui.widgets.title_line import TitleLine

TALL = 30
"""Lines of a terminal from which on both curves are drawn."""
_TONES = {"✓": "$text-success", "✗": "$text-error"}

TWIN_COMMANDS = (
    Command("twin.down", "j,down,space,pagedown", "scroll(3)", N_("down"), N_("Down"), footer=False),
    Command("twin.up", "k,up,b,pageup", "scroll(-3)", N_("up"), N_("Up"), footer=False),
    BACK,
)


class TwinScreen(StudyScreen):
    """Runs a program and its twin when it opens; nothing is recorded. Leaving it stops both."""

    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = TWIN_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(*TWIN_COMMANDS)
    DEFAULT_CSS = """
    TwinScreen #found { height: 1fr; padding: 0 1; scrollbar-size: 1 1; }
    TwinScreen #found Static { height: auto; margin-bottom: 1; }
    TwinScreen #table { text-wrap: nowrap; text-overflow: ellipsis; }
    TwinScreen LossPlot { height: 16; }
    """

    def __init__(self, exercise: Exercise, source: str) -> None:
        """Run a program for a training exercise."""
        super().__init__()
        self._exercise = exercise
        self._source = source
        self._stop = threading.Event()
        self._run: TwinRun | None = None

    def compose(self) -> ComposeResult:
        """What the program prints while it runs; then what came of the comparison."""
        yield TitleLine()
        with VerticalScroll(id="found"):
            yield RunOutput(id="live")
            yield Static(id="said", markup=False)
            yield Static(id="table", markup=False)
            yield LossPlot(id="curves")
        yield StatusLine()
        yield KeyLine()

    def on_mount(self) -> None:
        """Run both."""
        super().on_mount()
        self._word_title()
        self.query_one(StatusLine).show(Phrase(N_("your loop runs, then its twin in torch; not recorded…")))
        self.perform(self._compare())

    def on_unmount(self) -> None:
        """No program outlives the screen."""
        self._stop.set()

    async def _compare(self) -> None:
        feed = Feed()
        self.query_one(RunOutput).follow(feed)
        try:
            lab = await self.ask(lambda study: study.lab)
            run = await asyncio.to_thread(lab.twin, self._exercise, self._source, feed.write, self._stop)
        finally:
            self._stop.set()
            for live in self.query(RunOutput):
                live.end()
        self._run = run
        if not self.query("#said"):
            return
        curves = (
            Curve("own", "o", Phrase(N_("your loop")), run.result.losses),
            Curve("twin", "t", Phrase(N_("its twin")), run.losses),
        )
        if self.app.size.height >= TALL:
            await self.query_one(LossPlot).compare(curves)
        self._draw()

    def _word_title(self) -> None:
        self.query_one(TitleLine).left = _("Twin in torch") + " · " + clean_line(self._exercise.title, 100)

    def _draw(self) -> None:
        run = self._run
        if run is None:
            return
        width = max(20, self.size.width - 4)
        lines = [*verdict_lines(run), *([head_line(run)] if run.rates else [])]
        said = [
            Content.styled(piece, _TONES.get(line[0], "")) if number == 0 else Content(piece)
            for number, line in enumerate(lines)
            for piece in wrap_text(clean(line), width)
        ]
        self.query_one("#said", Static).update(Content("\n").join(said))
        rows = [Content.styled(row, _TONES.get(row[0], "")) for row in map(clean, table_lines(run))]
        self.query_one("#table", Static).update(Content("\n").join(rows))
        self.query_one(LossPlot).redraw()
        self.query_one(StatusLine).show(None)
        self.query_one(KeyLine).refresh()

    def on_resize(self) -> None:
        """The lines are as long as the place allows."""
        self._draw()

    async def retranslate(self) -> None:
        """Word everything again; what was found stays."""
        self._exercise = await self.ask(lambda study: study.library.exercise(self._exercise.id))
        self._word_title()
        self._draw()
        for widget in (self.query_one(StatusLine), self.query_one(KeyLine)):
            widget.refresh()

    def action_scroll(self, lines: int) -> None:
        """Move in what was found."""
        self.query_one("#found").scroll_relative(y=lines, animate=False)
