"""A program's output on its way to the terminal: as it comes, and without a single control code."""

from __future__ import annotations

from studybuddy.cli.speaking import speak
from studybuddy.study.printed import printed_text

LONGEST_LINE = 65536
_MOVES = frozenset("\r\b\x1b\x9b")


class LiveOutput:
    r"""Prints pieces as they come. A line in which `\r` or an escape moves about waits for its end."""

    def __init__(self) -> None:
        self._line = ""
        self._said = ""

    def write(self, text: str) -> None:
        """Print a piece of output."""
        *whole, rest = text.split("\n")
        for line in whole:
            self._line += line
            self._say(self._line, "\n")
            self._line = self._said = ""
        self._line = (self._line + rest)[-LONGEST_LINE:]
        if self._line and not _MOVES.intersection(self._line):
            self._say(self._line)

    def close(self) -> None:
        """Print what is left of a line without an end, and end it."""
        if self._line:
            self._say(self._line, "\n")
            self._line = self._said = ""

    def _say(self, line: str, end: str = "") -> None:
        """Print what of a line was not yet; all of it again where it has become another."""
        shown = printed_text(line, LONGEST_LINE)
        anew = not shown.startswith(self._said)
        speak(("\n" + shown if anew else shown[len(self._said) :]) + end, nl=False)
        self._said = shown
