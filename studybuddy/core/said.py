"""A typed answer as words and clauses, so that phrases can be looked for in it.

Width, case, invisible characters, traditional characters and the spaces between Chinese and Latin are folded
away; where each word stood in the answer is kept, so that whatever is found can be shown as it was typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from studybuddy.core.simplified import SIMPLIFIED

_CHINESE = "\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"\d+(?:\.\d+)*(?:e[-+]?\d+)?(?!\w)|[^\W{_CHINESE}]+(?:['’][a-z]+)?|[{_CHINESE}]|[^\s\w]")
_FOLDED = {"−": "-", "–": "-", "‐": "-", "‑": "-", "×": "*", "·": "*", "⋅": "*", "’": "'", "∑": "sum"}
_SAME = (
    {"零": "0", "zero": "0", "zeros": "0", "zeroes": "0", "model's": "model"}
    | {
        f"{verb}nt": f"{verb}n't"
        for verb in (
            "is",
            "are",
            "was",
            "were",
            "does",
            "do",
            "did",
            "would",
            "should",
            "could",
            "has",
            "have",
        )
    }
    | {"cant": "can't", "wont": "won't"}
)
"""Words that are read as another one; `dont` is typed for `don't`."""
_PASSED_OVER = frozenset({"the", "a", "an", *"`$\\{}()[]*_~^\"'“”‘’「」『』《》<>|&的"})
"""Words that no phrase depends on, and marks of LaTeX and Markdown."""
_ENDS = frozenset("。！？；!?;\n")
_PAUSES = frozenset("，、：,:—…")
_OPEN, _CLOSE = frozenset("([{（"), frozenset(")]}）")


class Word(NamedTuple):
    """A word, folded, and where it stands in what was typed."""

    text: str
    start: int
    end: int


class Clause(NamedTuple):
    """Words between two marks of punctuation."""

    words: tuple[Word, ...]
    asks: bool = False
    """Whether it is a question."""


def clauses(typed: str) -> list[Clause]:
    """The clauses of an answer, in their order; none of them is empty."""
    found: list[Clause] = []
    words: list[Word] = []
    depth = 0
    for word in _words(typed):
        depth = max(0, depth + (word.text in _OPEN) - (word.text in _CLOSE))
        ends = word.text in _ENDS or (word.text == "." and _stops(typed, word))
        if ends or (word.text in _PAUSES and not depth):
            _close(found, words, word.text)
            depth = depth if not ends else 0
        elif word.text not in _PASSED_OVER and word.text not in _PAUSES:
            words.append(word)
    _close(found, words, "")
    return found


def words_of(phrase: str) -> tuple[str, ...]:
    """The words of a short phrase, folded as those of an answer are."""
    return tuple(word.text for word in _words(phrase) if word.text not in _PASSED_OVER | _PAUSES)


def _close(found: list[Clause], words: list[Word], mark: str) -> None:
    if words:
        found.append(Clause(tuple(words), mark in ("?", "？") or words[-1].text in ("吗", "么")))
        words.clear()


def _stops(typed: str, point: Word) -> bool:
    """Whether a full stop ends a sentence: the one of `h.T` does not."""
    after = typed[point.end : point.end + 1]
    return not after or after.isspace() or not after.isascii()


def _words(typed: str) -> Iterator[Word]:
    folded, places = _folded(typed)
    for match in _WORD.finditer(folded):
        text = match[0]
        yield Word(_SAME.get(text, text), places[match.start()], places[match.end() - 1] + 1)


def _folded(typed: str) -> tuple[str, list[int]]:
    """The answer with width, case and invisible characters gone, and the place of each character in it."""
    letters: list[str] = []
    places: list[int] = []
    for place, char in enumerate(typed):
        if char == "\n":
            plain = "; "
        elif char.isascii():
            plain = char.lower()
        elif unicodedata.category(char) in ("Cf", "Cc", "Mn", "Cs"):
            continue
        else:
            plain = _FOLDED.get(char) or unicodedata.normalize("NFKC", char).casefold()
            plain = SIMPLIFIED.get(plain, plain)
        letters.append(plain)
        places += [place] * len(plain)
    return "".join(letters), places
