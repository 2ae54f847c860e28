"""What the lexer makes of lines: blocks, each with the line where it begins."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum, auto


class BlockKind(Enum):
    """What a block is."""

    HEADING = auto()
    CODE = auto()
    OUTPUT = auto()
    QUOTE = auto()
    TASK = auto()
    LIST = auto()
    TABLE = auto()
    MATH = auto()
    PARAGRAPH = auto()
    RULE = auto()


@dataclass(slots=True)
class Block:
    """Lines that belong together. Line number `n` of the block is line `at + n` of the file.

    A quotation's lines come without their marks, a fence's and a cell's without their frame.
    """

    kind: BlockKind
    at: int
    lines: list[str] = field(default_factory=list)
    level: int = 0
    """Of a heading."""
    language: str = ""
    execution: str = ""
    """The number of a cell's prompt."""
    framed: bool = True
    """Code in a fence or a notebook's cell; not that after a prompt in plain text."""
    failed: bool = False
    """Output that is a traceback."""
    end: int = 0
    """The line after the last."""


PYTHON = frozenset(("python", "py", "python3", "ipython", "ipython3"))
OUTPUTS = frozenset(("output", "text", "console", "txt", "plaintext", "stdout", "none"))

FENCE = re.compile(r"(?P<indent> {0,3}|\t)(?P<mark>`{3,}|~{3,})[ \t]*(?P<info>.*?)[ \t]*\Z")
PROMPT = re.compile(r" {0,3}In ?\[(?P<number>\d{1,6}|[ \u00a0]*|\*)\]: ?(?P<code>.*)\Z")
OUT = re.compile(r" {0,3}Out ?\[(?:\d{1,6}| *)\]: ?(?P<text>.*)\Z")
HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})(?P<words>[^#].*|)\Z")
RULE = re.compile(r" {0,3}(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,})\Z")
ITEM = re.compile(r"(?P<indent>\s*)(?P<mark>[-*+]|\d{1,3}[.)、．])(?:\s+(?P<text>.*)|\Z)")
TASK = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s*[\[［]\s*(?P<done>[xX√✓✔]?)\s*[\]］](?!\()\s*(?P<text>.*)\Z")
TABLE_RULE = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+\s*(?::?-+:?)?\s*\|?\s*\Z")


_LANGUAGE = re.compile(r"[\w+#.-]{1,40}")


def language_of(info: str) -> str:
    """The language in a fence's info string: `python`, `{.python}`, `python title=x`."""
    word = info.strip().strip("{}").strip().split(" ", 1)[0] if info.strip() else ""
    found = _LANGUAGE.match(word.lstrip(".").lower())
    return found[0] if found else ""
