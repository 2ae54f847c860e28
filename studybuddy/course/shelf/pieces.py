"""The pieces of a lesson's files that can change alone: a card, a question, a step, a stretch of prose.

Pieces laid end to end are the file again, so that a new version can be taken piece by piece beside a
learner's own changes. Whatever a file holds, it falls into pieces; one that is written in an unusual way
falls into fewer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from hashlib import blake2b
from typing import NamedTuple

_TABLE = re.compile(r"\[\[?([a-z]+)\]?\][ \t]*(?:#.*)?$")
_NAME = {"symbol": "latex", "section": "kind"}
_KEYS = re.compile(r"""^(id|latex|kind)\s*=\s*("(?:[^"\\]|\\.)*"|'[^']*')""", re.MULTILINE)
_HEADING = re.compile(r"#{2,3}[ \t].*\{#([a-z0-9-]+)\}[ \t]*$")
_LABEL = re.compile(r">[ \t]*\*\*[^*]+\*\*[ \t]*\{#([a-z0-9-]+)\}")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)$")
_KINDS = {"interview": "question", "derivation": "derivation"}
_QUOTES = {"derivation": "step"}


class Key(NamedTuple):
    """What a piece is: `card dw`, `section theory`; `part` tells those of one name apart."""

    kind: str
    id: str
    part: str = "0"

    def __str__(self) -> str:
        return f"{self.kind} {self.id} {self.part}"


Pieces = dict[Key, str]


def digest(text: str) -> str:
    """Sixteen digits for a text."""
    return blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()


def piece_digest(words: str) -> str:
    """Sixteen digits for a piece; the blank lines behind it belong to what follows."""
    return digest(words.rstrip())


def pieces_of(path: str, text: str) -> Pieces:
    """A file of a lesson in its pieces, in their order.

    Args:
        path: its place in the lesson's folder, with / between.
        text: what it holds, its line ends newlines.
    """
    folder, _, _ = path.rpartition("/")
    if folder.startswith("exercises/"):
        return {Key("exercise", folder.removeprefix("exercises/")): text}
    named = _prose if path.endswith(".md") else _tables if path.endswith(".toml") else _whole
    return _gathered(text, named)


def _gathered(text: str, named: Callable[[list[str]], Iterator[tuple[int, str, str]]]) -> Pieces:
    """The pieces between the places that begin one."""
    lines = text.splitlines(keepends=True)
    marks = [(0, "file", ""), *named(lines)]
    found: Pieces = {}
    parts: dict[tuple[str, str], int] = {}
    for (start, kind, name), (end, *_rest) in zip(marks, [*marks[1:], (len(lines), "", "")], strict=True):
        words = "".join(lines[start:end])
        if words:
            name = name or _name_of(kind, words)
            part = parts.setdefault((kind, name), 0)
            parts[kind, name] += 1
            found[Key(kind, name, str(part))] = words
    return found


def _whole(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    del lines
    yield from ()


def _tables(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    """Tables at the left margin: what is indented, or has a dot in its name, belongs to the one above."""
    for at, line in enumerate(lines):
        if (found := _TABLE.match(line)) is not None:
            yield at, found[1], ""


def _name_of(kind: str, words: str) -> str:
    """What a table calls itself."""
    wanted = _NAME.get(kind, "id")
    named = (found[2][1:-1] for found in _KEYS.finditer(words) if found[1] == wanted)
    return next(named, "")


def _prose(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    """Headings, labelled quotations with an id, and the paragraphs of a section between them."""
    section, fence = "", ""
    loose = blank = quoted = labelled = False
    for at, line in enumerate(lines):
        bare = line.rstrip("\r\n")
        within, fence = bool(fence), _fenced(bare, fence)
        if within:
            continue
        quote = bare.startswith(">")
        if (found := _HEADING.match(bare)) is not None:
            deep = bare.startswith("###")
            section = section if deep else found[1]
            kind = _KINDS.get(section, "section") if deep else "section"
            loose, labelled = kind == "section", False
            yield at, kind, found[1]
        elif quote and not quoted and (found := _LABEL.match(bare)) is not None:
            labelled = True
            yield at, _QUOTES.get(section, "think"), found[1]
        elif bare.strip() and ((labelled and not quote) or (loose and blank and not labelled)):
            loose, labelled = loose or labelled, False
            yield at, "section", section
        quoted, blank = quote, not bare.strip()


def _fenced(line: str, fence: str) -> str:
    """The mark of the code fence that is open behind a line; empty where none is."""
    found = _FENCE.match(line)
    if found is None:
        return fence
    if not fence:
        return found[1]
    return "" if found[1].startswith(fence) and not found[2].strip() else fence
