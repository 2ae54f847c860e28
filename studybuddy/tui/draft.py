"""Keeping what is being typed: saved a moment after the last key, and when the screen is left."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.timer import Timer

from studybuddy.core.errors import StudybuddyError
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, word

if TYPE_CHECKING:
    from studybuddy.study.wiring import Study
    from studybuddy.tui.screens.base import StudyScreen

SAVE_AFTER_S = 0.5


class Draft:
    """The text of one editor on its way to the disk. `saved` is only said after it is there."""

    def __init__(
        self,
        screen: StudyScreen,
        save: Callable[[Study, str], None],
        tell: Callable[[Phrase | None, str], None],
    ) -> None:
        """Keep the draft of a screen.

        Args:
            screen: asks the study and waits on its behalf.
            save: puts a text on the disk.
            tell: shows a phrase and its tone (`good`, `warn` or empty).
        """
        self._screen = screen
        self._save = save
        self._tell = tell
        self._text: str | None = None
        self._on_disk: str | None = None
        self._failing = False
        self._timer: Timer | None = None

    @property
    def pending(self) -> bool:
        """Whether something is not on the disk yet."""
        return self._text != self._on_disk

    def open(self, text: str) -> None:
        """Begin with a text that is on the disk, or need not be."""
        self._text = self._on_disk = text

    def type(self, text: str) -> None:
        """Take note of a change."""
        if self._on_disk is None or text == self._text:
            return
        self._text = text
        if self._timer is not None:
            self._timer.stop()
        if not self._failing:
            self._tell(None, "")
        self._timer = self._screen.set_timer(
            SAVE_AFTER_S, lambda: self._screen.perform(self._save_quietly(), group="draft")
        )

    async def save(self) -> None:
        """Put the text on the disk if it is not there.

        Raises:
            StudybuddyError: it could not be saved.
        """
        text = self._text
        if text is None or not self.pending:
            return
        await self._screen.ask(lambda study: self._save(study, text))
        self._on_disk = text
        self._failing = False

    async def _save_quietly(self) -> None:
        """Save, and make an error known in full once, then in a line until it is over."""
        if not self.pending:
            return
        try:
            await self.save()
        except StudybuddyError as error:
            self._tell(Phrase.of(N_("not saved: {error}"), error=word(error)), "warn")
            if not self._failing:
                self._failing = True
                raise
        else:
            self._tell(Phrase(N_("saved")), "")
