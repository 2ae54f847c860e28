"""What the learner writes for a code card: a program in the editor, or one line of it in a field below."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.tui.draft import Draft
from studybuddy.tui.outside import edit_elsewhere
from studybuddy.tui.widgets.answer_field import AnswerField
from studybuddy.tui.widgets.code_editor import LONGEST_PROGRAM, CodeEditor

if TYPE_CHECKING:
    from studybuddy.study.recall import CodeTask
    from studybuddy.tui.screens.base import StudyScreen

Tell = Callable[[Phrase | None, str], None]


class RecallProgram:
    """Keeps what is typed from key to key. Where one line is open, the program around it is read only."""

    def __init__(self, screen: StudyScreen, card: str, tell: Tell) -> None:
        """Keep the sitting of a card; `tell` shows a phrase and its tone."""
        self._screen = screen
        self._tell = tell
        self._line = 0
        self._cut = self._quiet = False
        self._draft = Draft(screen, lambda study, text: study.recall.type(card, text), self._tell_of_draft)
        self.latest = ""
        """What was typed, also when the editor is gone."""

    @property
    def editor(self) -> CodeEditor:
        """The program."""
        return self._screen.query_one("#editor", CodeEditor)

    @property
    def place(self) -> CodeEditor | AnswerField:
        """Where the learner types."""
        return self._screen.query_one("#line", AnswerField) if self._line else self.editor

    @property
    def typed(self) -> str:
        """What stands there."""
        place = self.place
        return place.value if isinstance(place, AnswerField) else place.text

    def open(self, asked: CodeTask, typed: str) -> None:
        """Begin with what was typed before."""
        field, open_place = self._screen.query_one("#line", AnswerField), asked.place
        self._line = open_place.line if open_place else 0
        field.display = self.editor.read_only = open_place is not None
        self.editor.open(open_place.program if open_place else typed)
        if open_place is not None:
            field.value = typed
            field.cursor_position = len(field.value)
        self.latest = self.typed
        self._draft.open(self.latest)

    def show_line(self) -> None:
        """Bring the open line into the middle of what is seen of the program."""
        if self._line:
            self.editor.point_at(self._line)
            self.editor.scroll_to(y=max(0, self._line - 1 - self.editor.size.height // 2), animate=False)

    def show_error(self, line: int | None) -> None:
        """Bring the line where a program failed into view; an open line stays there."""
        if line is not None and not self._line:
            self.editor.point_at(line)
        self._screen.call_after_refresh(self.show_line)

    def changed(self) -> None:
        """Take note of a change."""
        self._quiet = self._cut
        self.latest = self.typed
        self._draft.type(self.latest)

    def hush(self) -> None:
        """Until the next key, a draft that is saved is not worth a word: a run is."""
        self._cut, self._quiet = False, True

    def kept(self, typed: str) -> None:
        """What was typed is on the disk by other ways; nothing more is to be said of it."""
        if self.typed == typed:
            self._draft.open(typed)

    def cut(self) -> None:
        """Say that something was left out, until the next run."""
        self._cut = self._quiet = True
        n = LONGEST_PROGRAM // 1024
        self._tell(Phrase.of(N_("a program may have {n} KB; the rest was left out"), n=n), "warn")

    def close(self) -> None:
        """There is a result: nothing more is typed."""
        self.editor.read_only = True
        self._screen.query_one("#line").disabled = True

    async def edit_outside(self) -> None:
        """Change it in an editor of the learner's own.

        Raises:
            StudybuddyError: there is none, or it failed; the program is as it was.
        """
        chosen = await self._screen.ask(lambda study: str(study.desk.preferences["editor"]))
        changed = edit_elsewhere(self._screen.app, chosen, self.editor.text)
        if changed.rstrip("\n") != self.editor.text.rstrip("\n"):
            self.editor.put(changed)
            self._tell(Phrase(N_("your program came back from the editor; ^z takes that back")), "")
        self.editor.focus()

    def _tell_of_draft(self, phrase: Phrase | None, tone: str) -> None:
        if tone or not self._quiet:
            self._tell(phrase, tone)
