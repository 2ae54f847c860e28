"""The gaps of a cloze: `{{answer}}`, or `{{answer::hint}}`, in a sentence, a formula or code.

A gap ends where its braces balance, so that a formula in it keeps its own; where they never balance it ends
at the next two closing braces. Whatever is written, reading takes time in proportion to its length.
"""

from __future__ import annotations

import re
from typing import NamedTuple

MOST_GAPS = 50
"""Of one card; each is asked by a card of its own."""
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_TOKEN = re.compile(r"\\.|`+|\$\$?|\{", re.DOTALL)
_MATH = ("$", "$$")
_NESTED = 3
"""Gaps inside gaps that are taken apart; deeper ones stay as they are written."""


class Gap(NamedTuple):
    """A gap and where its braces stand: `text[start:end]`."""

    start: int
    end: int
    answer: str
    hint: str
    around: str
    """`$` or `$$` in a formula, backticks in code, empty in a sentence."""

    @property
    def in_math(self) -> bool:
        """Whether the gap is a part of a formula."""
        return self.around in _MATH

    @property
    def in_code(self) -> bool:
        """Whether the gap is a part of code."""
        return self.around.startswith("`")


def read_gaps(text: str) -> tuple[Gap, ...]:
    """The gaps of a text, in their order. `{{}}` is none."""
    return tuple(
        Gap(start, end, *_parts(text[start + 2 : end - 2], around), around)
        for start, end, around in _places(text)
        if text[start + 2 : end - 2].strip()
    )


def _places(text: str) -> list[tuple[int, int, str]]:
    """Where gaps begin and end, and what is open around them."""
    closing, last = _closing(text), text.rfind("}}")
    found = []
    around = ""
    at = 0
    while token := _TOKEN.search(text, at):
        sign, at = token[0], token.end()
        if sign == "{":
            end = _end(text, token.start(), closing, last)
            if end:
                found.append((token.start(), end, around))
                at = end
        elif sign[0] != "\\":
            around = _after(sign, around, text, at)
    return found


def _after(sign: str, around: str, text: str, at: int) -> str:
    """What is open behind a sign that may open or close something; what is never closed opens nothing."""
    if around:
        closes = sign == around or (around == "$" and sign == "$$")
        return "" if closes else around
    return sign if text.find(sign, at) >= 0 else ""


def _closing(text: str) -> dict[int, int]:
    """For each opening brace that has one, the place of its closing brace."""
    found: dict[int, int] = {}
    stack: list[int] = []
    for brace in _BRACE.finditer(text):
        if brace[0] == "{":
            stack.append(brace.start())
        elif brace[0] == "}" and stack:
            found[stack.pop()] = brace.start()
    return found


def _end(text: str, start: int, closing: dict[int, int], last: int) -> int:
    """Behind the gap that begins at `start`, 0 where none does; `last`: the last two closing braces."""
    if not text.startswith("{{", start):
        return 0
    outer = closing.get(start, -1)
    if outer > 0 and closing.get(start + 1) == outer - 1:
        return outer + 1
    return text.find("}}", start + 2) + 2 if last >= start + 2 else 0


def _parts(inner: str, around: str) -> tuple[str, str]:
    """Answer and hint."""
    for _ in range(_NESTED):
        places = _places(inner)
        if not places:
            break
        inner = _without_braces(inner, places, around)
    answer, sign, hint = inner.rpartition("::")
    if not sign or not answer.strip() or not _whole(answer):
        return inner.strip(), ""
    return answer.strip(), hint.strip()


def _without_braces(inner: str, places: list[tuple[int, int, str]], around: str) -> str:
    """The text without the braces of gaps in it; in a formula one pair stays, which groups."""
    pieces = []
    at = 0
    for start, end, within in places:
        cut = 1 if around in _MATH or within in _MATH else 2
        pieces += [inner[at:start], inner[start + cut : end - cut]]
        at = end
    return "".join([*pieces, inner[at:]])


def _whole(text: str) -> bool:
    """Whether no bracket or code is open at the end: in `x[::2]` two colons are no sign of a hint."""
    brackets = (("(", ")"), ("[", "]"), ("{", "}"))
    return all(text.count(one) == text.count(other) for one, other in brackets) and text.count("`") % 2 == 0
