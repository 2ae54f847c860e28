"""How wide the terminal draws signs such as ∂.

Unicode leaves it open, and terminals set up for Chinese may give them two cells where this app counts one:
every formula in two dimensions, frame and table would fall apart. The terminal is asked once, when the app
starts: a sign is written before the first picture, and where the cursor stands then comes back among the
keys, which are not held up by it.
"""

from __future__ import annotations

from textual import events

from studybuddy.tui.leaving import LeavableApp
from studybuddy.tui.private import write

ROW = 2
"""Not the first: a cursor there is told as Shift+F3 is."""
QUESTION = f"\x1b7\x1b[{ROW};1H∂\x1b[6n\x1b[{ROW};1H\x1b[K\x1b8"
"""Keep the cursor, write the sign, ask, wipe it out, put the cursor back."""


class AskingApp(LeavableApp):
    """An app that asks its terminal how wide signs are, and follows the answer."""

    wide_signs = False
    """Whether signs take two cells; until the answer is there, and without one, they do not."""
    _asked = False

    def on_mount(self) -> None:
        """Ask; nobody waits for the answer."""
        self._asked = write(self, QUESTION)

    def on_cursor_position(self, event: events.CursorPosition) -> None:
        """The answer, if it is one."""
        if not self._asked or event.y != ROW - 1 or event.x not in (1, 2):
            return
        self._asked = False
        if event.x == 2:
            self.wide_signs = True
            self.signs_are_wide()

    def signs_are_wide(self) -> None:
        """Follow the answer."""
