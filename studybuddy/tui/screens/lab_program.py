"""The learner's program in the lab: saved as it is typed, changed from outside, begun again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from studybuddy.core.errors import StudybuddyError
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, _, word
from studybuddy.tui.draft import Draft
from studybuddy.tui.modals.confirm import ConfirmModal
from studybuddy.tui.outside import edit_elsewhere
from studybuddy.tui.widgets.code_editor import CodeEditor

if TYPE_CHECKING:
    from studybuddy.tui.screens.base import StudyScreen

Tell = Callable[[Phrase | None, str], None]


class LabProgram:
    """What stands in the editor and how it gets there. Every replacement is one step of undo."""

    def __init__(self, screen: StudyScreen, exercise: str, tell: Tell) -> None:
        """Keep the draft of an exercise; `tell` shows a phrase and its tone."""
        self._screen = screen
        self._tell = tell
        self._draft = Draft(screen, lambda study, text: study.lab.save_draft(exercise, text), tell)

    @property
    def editor(self) -> CodeEditor:
        """Where it is typed."""
        return self._screen.query_one("#editor", CodeEditor)

    def open(self, source: str, *, editable: bool = True) -> None:
        """Begin with what is on the disk; what may not be run is only shown."""
        editor = self.editor
        editor.open(source)
        self._draft.open(editor.text)
        editor.read_only = not editable

    def typed(self, text: str) -> None:
        """Take note of a change."""
        self._draft.type(text)

    async def save(self) -> None:
        """Put it on the disk.

        Raises:
            StudybuddyError: it could not be saved.
        """
        await self._draft.save()

    async def may_leave(self) -> bool:
        """Save before the screen is left; whether to leave although that failed is asked."""
        try:
            await self._draft.save()
        except StudybuddyError as error:
            question = _("Your program could not be saved: {error}\nLeave all the same?", error=word(error))
            return await self._screen.app.push_screen_wait(ConfirmModal(question))
        return True

    async def begin_again(self, starter: str) -> bool:
        """Put the starter in its place, once the learner has confirmed; whether they have."""
        question = _("Put the starter in the place of your program? ctrl+z in the editor brings it back.")
        confirmed = await self._screen.app.push_screen_wait(ConfirmModal(question))
        if confirmed:
            self.editor.put(starter)
        return confirmed

    def take_back(self, source: str) -> None:
        """Put an earlier version in its place."""
        self.editor.put(source)
        words = Phrase(N_("the earlier version is in the editor; ^z takes that back"))
        self._screen.perform(self._save_and_tell(words), group="draft")

    async def _save_and_tell(self, words: Phrase) -> None:
        """Save first, so that `saved` does not take the place of what is to be read."""
        self._draft.type(self.editor.text)
        await self._draft.save()
        self._tell(words, "")

    async def edit_outside(self) -> None:
        """Change it in an editor of the learner's own.

        Raises:
            StudybuddyError: there is none, or it failed; the program is as it was.
        """
        editor = self.editor
        chosen = await self._screen.ask(lambda study: str(study.desk.preferences["editor"]))
        changed = edit_elsewhere(self._screen.app, chosen, editor.text)
        if changed.rstrip("\n") != editor.text.rstrip("\n"):
            cursor = editor.cursor_location
            editor.put(changed)
            editor.move_cursor(cursor)
            editor.focus()
            words = Phrase(N_("your program came back from the editor; ^z takes that back"))
            await self._save_and_tell(words)
        editor.focus()
