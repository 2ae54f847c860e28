"""The Escape key, told from the sequences of other keys that begin with the same code.

A terminal without the Kitty protocol sends one code for Escape, and the same code before what an arrow or a
function key is made of. Textual waits a moment for the rest. While the app is at work on the key before,
Escape and the next key are read in one piece however slowly they were typed; Textual then takes both for one
unknown key, and Escape is lost. Here a code that no sequence begins with ends the waiting.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual.message import Message

from studybuddy.tui.private import XTermParser, stop_waiting, use_parser

ESCAPE = "\x1b"
BEGINNINGS = frozenset("[]OP_^X\\") | {"b", "f", "\t", "\x7f", ESCAPE}
"""What may follow the code: a sequence, an answer of the terminal, Alt with a key that moves or deletes."""
PASTE_BEGINS, PASTE_ENDS = "\x1b[200~", "\x1b[201~"


class EscapeParser(XTermParser):
    """Reads what the terminal sends; Escape before any other key is Escape."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._recent = ""
        self._pasting = False

    def feed(self, data: str) -> Iterable[Message]:
        """As Textual does, with the waiting ended after an Escape that nothing belongs to."""
        begin = 0
        for place, character in enumerate(data):
            if self._recent[-1:] == ESCAPE and character not in BEGINNINGS and not self._pasting:
                if begin < place:
                    yield from super().feed(data[begin:place])
                begin = place
                yield from self._end_waiting()
            self._recent = (self._recent + character)[-len(PASTE_BEGINS) :]
            if self._recent in (PASTE_BEGINS, PASTE_ENDS):
                self._pasting = self._recent == PASTE_BEGINS
        if begin < len(data) or not data:
            yield from super().feed(data[begin:])

    def _end_waiting(self) -> Iterable[Message]:
        if stop_waiting(self):
            yield from self.tick()


def tell_escape_apart() -> None:
    """Let the driver of the terminal read it so; it makes its parser when the app runs."""
    use_parser(EscapeParser)
