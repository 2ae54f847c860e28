"""On which line of a TOML file a key stands; the parser of the standard library does not say.

The text is known to be valid TOML, so looking for headers, keys and the end of each value is enough.
"""

from __future__ import annotations

import re

Place = tuple[str | int, ...]
"""Keys and list positions, such as `("card", 3, "zh", "front")`."""

_BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_COMMENT = re.compile(r"[^\n]*")
_HEADER = re.compile(r"(\[\[?)([^\n]*?)\]\]?[ \t]*(?:#[^\n]*)?(?=\n|\Z)")
_KEY = re.compile(r"""(?:[^=\n"']|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')*=""")
_WORD = re.compile(r"""[A-Za-z0-9_-]+|"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'""")
_TURN = re.compile(r"\"\"\"|'''|[\"'\[\]{}#\n]")
_STRING_ENDS = {
    '"""': re.compile(r'(?:[^"\\]|\\.|"(?!""))*"{3,5}', re.DOTALL),
    "'''": re.compile(r"(?:[^']|'(?!''))*'{3,5}"),
    '"': re.compile(r'(?:[^"\\\n]|\\.)*"'),
    "'": re.compile(r"[^'\n]*'"),
}


def toml_lines(text: str) -> dict[Place, int]:
    """The line of every table and key, counting from 1."""
    lines: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    table: Place = ()
    position, line, counted = 0, 1, 0
    while True:
        position = _end(_BLANK, text, position)
        line += text.count("\n", counted, position)
        counted = position
        header = _HEADER.match(text, position)
        key = _KEY.match(text, position)
        if header is not None:
            table = _enter(_words(header[2]), header[1] == "[[", counts)
            _note(table, line, lines)
            position = header.end()
        elif key is not None:
            _note(table + _words(key[0][:-1]), line, lines)
            position = _value_end(text, key.end())
        else:
            return lines


def _note(place: Place, line: int, lines: dict[Place, int]) -> None:
    """Give a place its line, and to the tables around it if they have none of their own."""
    while place and place not in lines:
        lines[place] = line
        place = place[:-1]


def _enter(words: tuple[str, ...], repeated: bool, counts: dict[Place, int]) -> Place:
    place: Place = ()
    for number, word in enumerate(words, 1):
        place += (word,)
        if repeated and number == len(words):
            counts[place] = counts.get(place, 0) + 1
        if place in counts:
            place += (counts[place] - 1,)
    return place


def _words(dotted: str) -> tuple[str, ...]:
    return tuple(match[1] or match[2] or match[0] for match in _WORD.finditer(dotted))


def _value_end(text: str, position: int) -> int:
    depth = 0
    while (turn := _TURN.search(text, position)) is not None:
        position, mark = turn.end(), turn[0]
        if mark in _STRING_ENDS:
            position = _end(_STRING_ENDS[mark], text, position)
        elif mark in "[{":
            depth += 1
        elif mark in "]}":
            depth -= 1
        elif mark == "#":
            position = _end(_COMMENT, text, position)
        elif depth <= 0:
            return position
    return len(text)


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match else position
