r"""What a program printed, as a terminal would show its lines, and nothing that could do harm.

Of the control sequences only colours and styles (SGR) are understood; `\r`, `\b` and tabs move within the
line; everything else is dropped or drawn as a picture. Colours are reduced to a few hues, which the look in
use draws readably.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from studybuddy.text import cell_width, clean

COLUMNS = 2000
"""Characters of one line that are shown."""
TAB = 8
_HUES = ("", "red", "green", "yellow", "blue", "magenta", "cyan", "")
"""The eight colours of SGR; black and white are what text has anyway."""
_TOKEN = re.compile(
    r"(?:\x1b\[|\x9b)(?P<sgr>[0-9;:]{0,64})m"
    r"|(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,8}(?:[@-~]|\Z)"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]{0,4096}(?:\x07|\x1b\\|\x9c|\Z)?"
    r"|\x1b[ -/]{0,8}(?:[0-~]|\Z)"
    r"|\x1b"
)
_MOVES = re.compile(r"[\r\b]")


class Style(NamedTuple):
    """How a piece of output is drawn. `hue`, `ground`: red, green, yellow, blue, magenta, cyan or empty."""

    hue: str = ""
    ground: str = ""
    bold: bool = False
    dim: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    reverse: bool = False


class Piece(NamedTuple):
    """Text of one style on one line."""

    text: str
    style: Style = Style()


def printed_lines(text: str, count: int, columns: int = COLUMNS) -> list[list[Piece]]:
    """The last `count` lines of an output; a line end at the very end begins no further line.

    Args:
        text: what was printed.
        count: how many lines at most.
        columns: characters of a line at most.
    """
    if count <= 0:
        return []
    lines: deque[list[Piece]] = deque([[]], maxlen=count)
    for piece in _pieces(text.removesuffix("\n").removesuffix("\r")):
        first, *others = piece.text.split("\n")
        lines[-1].append(Piece(first, piece.style))
        for other in others:
            lines.append([Piece(other, piece.style)])
    return [_drawn(line, columns) for line in lines]


def printed_text(text: str, columns: int = COLUMNS) -> str:
    """An output without its colours."""
    lines = printed_lines(text, text.count("\n") + 1, columns)
    return "\n".join("".join(piece.text for piece in line) for line in lines)


def _pieces(text: str) -> Iterator[Piece]:
    """The text between control sequences, each piece with the style it has there."""
    style, end = Style(), 0
    for token in _TOKEN.finditer(text):
        if token.start() > end:
            yield Piece(text[end : token.start()], style)
        end = token.end()
        if token["sgr"] is not None:
            style = _restyled(style, token["sgr"])
    if end < len(text):
        yield Piece(text[end:], style)


_ON = {1: "bold", 2: "dim", 3: "italic", 4: "underline", 7: "reverse", 9: "strike"}
_OFF = {22: ("bold", "dim"), 23: ("italic",), 24: ("underline",), 27: ("reverse",), 29: ("strike",)}


@lru_cache(maxsize=1024)
def _restyled(style: Style, parameters: str) -> Style:
    """The style after `ESC [ parameters m`; what is unknown changes nothing."""
    codes = [int(code) if code and len(code) <= 3 else 0 for code in re.split("[;:]", parameters)]
    now: dict[str, Any] = style._asdict()
    while codes:
        code = codes.pop(0)
        if code == 0:
            now = Style()._asdict()
        elif code in _ON:
            now[_ON[code]] = True
        elif code in _OFF:
            now |= dict.fromkeys(_OFF[code], False)
        elif code in (38, 48):
            now["hue" if code == 38 else "ground"] = _extended(codes)
        elif 30 <= code <= 37 or 90 <= code <= 97:
            now["hue"] = _HUES[code % 10]
        elif 40 <= code <= 47 or 100 <= code <= 107:
            now["ground"] = _HUES[code % 10]
        elif code in (39, 49):
            now["hue" if code == 39 else "ground"] = ""
    return Style(**now)


def _extended(codes: list[int]) -> str:
    """The hue of `5;n` or `2;r;g;b`, taken off the front of the codes."""
    kind = codes.pop(0) if codes else 0
    if kind == 5 and codes:
        number = min(codes.pop(0), 255)
        if number < 16:
            return _HUES[number % 8]
        if number >= 232:
            return ""
        red, rest = divmod(number - 16, 36)
        return _hue(red, *divmod(rest, 6))
    if kind == 2 and len(codes) >= 3:
        red, green, blue = (codes.pop(0) for _ in range(3))
        return _hue(red, green, blue)
    codes.clear()
    return ""


def _hue(red: int, green: int, blue: int) -> str:
    """The named hue nearest to a colour; empty for greys."""
    least, most = min(red, green, blue), max(red, green, blue)
    if (most - least) * 4 <= most:
        return ""
    middle = (most + least) / 2
    return _HUES[(red > middle) + 2 * (green > middle) + 4 * (blue > middle)]


def _drawn(line: list[Piece], columns: int) -> list[Piece]:
    r"""A line after its `\r`, `\b` and tabs, harmless and no longer than can be shown."""
    if not any(_MOVES.search(piece.text) for piece in line):
        return _measured(line, columns)
    cells: list[tuple[str, Style]] = []
    at = 0
    for piece in line:
        for char in piece.text:
            if char == "\r":
                at = 0
            elif char == "\b":
                at = max(0, at - 1)
            elif char > "\u02ff" and cells and 0 < at <= len(cells) and not cell_width(char):
                cells[at - 1] = (cells[at - 1][0] + char, cells[at - 1][1])
            elif at < columns:
                cells[at : at + 1] = [(char, piece.style)]
                at += 1
    return _measured(_joined(cells), columns)


def _joined(cells: list[tuple[str, Style]]) -> list[Piece]:
    """Neighbours of one style as one piece."""
    pieces: list[Piece] = []
    start = 0
    for end in range(1, len(cells) + 1):
        if end == len(cells) or cells[end][1] != cells[start][1]:
            pieces.append(Piece("".join(char for char, _style in cells[start:end]), cells[start][1]))
            start = end
    return pieces


def _measured(line: list[Piece], columns: int) -> list[Piece]:
    """Pieces made harmless, with spaces for their tabs, cut at the greatest length."""
    pieces: list[Piece] = []
    room, column = columns, 0
    for piece in line:
        text = clean(piece.text, room)
        room -= len(text)
        if "\t" in text:
            first, *others = text.split("\t")
            column += cell_width(first)
            for other in others:
                gap = TAB - column % TAB
                first += " " * gap + other
                column += gap + cell_width(other)
            text = first
        else:
            column += cell_width(text)
        if text:
            pieces.append(Piece(text, piece.style))
    return pieces
