"""The part of the import screen in which a file is chosen: a path is typed, what lies there stands below."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Input

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, _, say
from studybuddy.study.source_files import completed, meant, offers, opens_as_folder, typed_path
from studybuddy.text import clean_line
from studybuddy.tui.agenda import Entry, EntryKind
from studybuddy.tui.own_thread import beside
from studybuddy.tui.screens.row_screen import RowScreen
from studybuddy.tui.widgets.finding_panes import ChangesPane, FindingsPane
from studybuddy.tui.widgets.finding_view import FindingView
from studybuddy.tui.widgets.import_facts import ImportFacts
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.line_input import LineInput
from studybuddy.tui.widgets.offers_pane import OffersPane
from studybuddy.tui.widgets.plain import PlainText
from studybuddy.tui.widgets.row_pane import RowPane
from studybuddy.tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from textual.worker import Worker

LONGEST_PATH = 4096
LONGEST_HINT = 400
PAUSE_S = 0.08
"""How long typing must rest before a folder is looked into."""
HINT = N_("a notebook (.ipynb), Markdown, a text export, or the folder of a lesson")


class ImportPath(RowScreen):
    """Asks for a path. What becomes of it is the subclass's affair."""

    stage = "path"

    def __init__(self) -> None:
        super().__init__()
        self._zone: tzinfo | None = None
        self._moved = False
        """Whether the learner chose the line that the mark stands on."""
        self._wrong: Phrase | None = None
        self._reading: Phrase | None = None

    def compose(self) -> ComposeResult:
        """The path and what lies there, or the lesson and what is said of it; one of them is shown."""
        yield TitleLine()
        yield LineInput(id="path", max_length=LONGEST_PATH, compact=True)
        yield PlainText(id="hint")
        yield ImportFacts()
        with Container(id="rows"):
            yield OffersPane()
            yield ChangesPane()
            yield FindingsPane()
        yield FindingView()
        yield KeyLine()

    def on_mount(self) -> None:
        """Offer what lies in the folder that the app was started in."""
        super().on_mount()
        self.query_one(LineInput).focus()
        self.word()
        self.perform(self._begin())

    async def _begin(self) -> None:
        self._zone = await self.ask(lambda study: study.desk.now().tzinfo)
        await self.offer()

    def panes(self) -> list[RowPane]:
        """The panes that are shown."""
        return [pane for pane in self.query(RowPane) if pane.display]

    def word(self) -> None:
        """Word what stands around the path."""
        self.query_one(TitleLine).left = _("Import a lesson")
        self.query_one(LineInput).placeholder = _("path of the file, ~ and dropped files too")
        hint = self.query_one("#hint", PlainText)
        hint.set_class(self._wrong is not None, "-wrong")
        words = self._wrong or (self._reading if self.stage == "reading" else None) or Phrase(HINT)
        hint.update(("✗ " if self._wrong else "") + clean_line(say(words), LONGEST_HINT))
        self.query_one(OffersPane).border_title = _("here, the newest first")
        for part in (OffersPane, KeyLine, TitleLine):
            self.query_one(part).refresh(layout=part is OffersPane)

    def say_wrong(self, said: Phrase | None) -> None:
        """Say below the path why it cannot be."""
        self._wrong = said
        self.word()

    def say_reading(self, path: Path) -> None:
        """Say below the path that something is read."""
        self._wrong = None
        self._reading = Phrase.of(N_("reading {name} …"), name=path.name)
        self.word()

    # ---- typing

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._moved = False
        if self._wrong is not None:
            self.say_wrong(None)
        self.newest(self._offer_soon)

    async def _offer_soon(self) -> None:
        await asyncio.sleep(PAUSE_S)
        await self.offer()

    def newest(self, work: Callable[[], Coroutine[None, None, None]], group: str = "offers") -> Worker[None]:
        """Do something that makes what was begun before it of no use."""
        return self.run_worker(work, group=group, exclusive=True, exit_on_error=False)

    async def offer(self) -> None:
        """Look what the typed path may become."""
        text = self.query_one(LineInput).value
        found = await beside(lambda: offers(text))
        pane = self.query_one(OffersPane)
        pane.show(found, self._zone)
        pane.cursor = Entry(EntryKind.FILE, found[0].typed) if found else None
        self.query_one("#rows").scroll_home(animate=False)

    def action_cursor(self, step: int) -> None:
        """Go up or down; from here on Enter opens what the mark stands on."""
        self._moved = self.stage == "path"
        super().action_cursor(step)

    def action_complete(self) -> None:
        """Add what all that is offered agree on; where that is nothing, take what is marked."""
        self.newest(self._complete)

    async def _complete(self) -> None:
        field = self.query_one(LineInput)
        text, marked = field.value, self._marked
        found = await beside(lambda: offers(text))
        longer = completed(text, found)
        if marked and (self._moved or longer == text):
            longer = marked
        if field.value == text and longer != text:
            self._put(longer)
        await self.offer()

    def _put(self, text: str) -> None:
        field = self.query_one(LineInput)
        field.value = text
        field.cursor_position = len(text)

    @property
    def _marked(self) -> str:
        """What the learner would have to type for the line in front."""
        cursor = self.query_one(OffersPane).cursor
        return cursor.id if cursor is not None else ""

    # ---- choosing

    @on(Input.Submitted)
    def action_preview(self) -> None:
        """Open what was typed, or what the mark was put on."""
        if self.stage == "path":
            self.read(self._marked if self._moved else "")

    def open(self, entry: Entry) -> None:
        """Open a line that was clicked."""
        if entry.kind is EntryKind.FILE and self.stage == "path":
            self.read(entry.id)

    def read(self, chosen: str) -> None:
        """Read what lies at a path that was chosen, or else typed."""
        raise NotImplementedError

    async def target(self, chosen: str) -> Path | None:
        """The path that is meant; None after a folder was opened, or after saying that nothing is there."""
        typed = self.query_one(LineInput).value
        wanted = chosen or await beside(lambda: meant(typed, offers(typed)))
        if not wanted.strip():
            self.say_wrong(Phrase(N_("there is no file to choose here; type the path of one")))
            return None
        if not await beside(lambda: opens_as_folder(wanted)):
            return typed_path(wanted)
        folder = wanted if wanted.endswith("/") else wanted + "/"
        if wanted == typed and typed.endswith("/"):
            self.say_wrong(Phrase(N_("no notebook, Markdown or text file lies in this folder")))
        else:
            self.query_one(LineInput).focus()
            self._put(folder)
        return None
