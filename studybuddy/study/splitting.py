"""Making several cards of one that asks too much: a card for each gap, or for each thing its answer says."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from studybuddy.core.card_content import CardContent, CardKind
from studybuddy.core.gaps import read_gaps
from studybuddy.i18n import _
from studybuddy.study.own_cards import LONGEST_SIDE, Sides
from studybuddy.text import cell_width

MOST_PARTS = 5
LONG_CELLS = 200
"""Cells of an answer from which on it is long ..."""
MANY_PIECES = 3
"""... or sentences or list items."""
SHORTEST_PIECE = 8
"""Cells below which a sentence stays with the one before."""
_WHOLE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|\$\$.*?\$\$|\$[^$\n]*\$", re.DOTALL)
"""What no sentence ends in: code and formulas."""
_END = re.compile(r"[。！？；]+[”’」』）)]*|[.!?;]+[\"')\]]*(?=\s|\Z)|\n\s*\n")
_SHORTENED = re.compile(r"(?:\b(?:e\.g|i\.e|etc|cf|vs|Fig|Eq|resp|approx|No)|\b[A-Z])\.\Z")
_ITEM = re.compile(r"^[ \t]{0,3}(?:[-*+]|\d{1,3}[.)])[ \t]+", re.MULTILINE)


def parts(card: CardContent) -> tuple[Sides, ...]:
    """The cards that could stand in the place of one, in its language; none where there is nothing to split.

    They are a proposal: whoever makes them reads and words each one.
    """
    tags = " ".join(card.tags)
    if card.exercise or max(len(card.front), len(card.back)) > LONGEST_SIDE:
        return ()
    if card.kind is CardKind.CLOZE:
        return () if card.gap else tuple(_gap_parts(card.front, card.back, tags))
    found = _grouped(pieces(card.back))
    if len(found) < 2:
        return ()
    front = card.front.strip()
    return tuple(
        Sides(_("{front} ({n} of {count})", front=front, n=n, count=len(found)), piece, tags)
        for n, piece in enumerate(found, 1)
    )


def asks_much(card: CardContent) -> bool:
    """Whether an answer is long, or says several things."""
    if card.kind is CardKind.CLOZE:
        return not card.gap and len(read_gaps(card.front)) > 1
    back = card.back[:LONGEST_SIDE]
    return cell_width(back.replace("\n", " ")) > LONG_CELLS or len(pieces(back)) >= MANY_PIECES


def pieces(text: str) -> list[str]:
    """The items of a list, else the sentences of a text; code and formulas stay whole."""
    text = text[:LONGEST_SIDE].strip()
    whole = [(found.start(), found.end()) for found in _WHOLE.finditer(text)]
    items = [found for found in _ITEM.finditer(text) if not _inside(found.start(), whole)]
    if len(items) > 1:
        starts, ends = [item.end() for item in items], [item.start() for item in items[1:]]
        return [text[start:end].strip() for start, end in zip(starts, [*ends, len(text)], strict=True)]
    found: list[str] = []
    for sentence in _sentences(text, whole):
        if found and cell_width(sentence.replace("\n", " ")) < SHORTEST_PIECE:
            found[-1] += " " + sentence
        else:
            found.append(sentence)
    return found


def _sentences(text: str, whole: Sequence[tuple[int, int]]) -> Iterator[str]:
    start = 0
    for end in _END.finditer(text):
        if _inside(end.start(), whole) or _SHORTENED.search(text[max(0, end.end() - 8) : end.end()]):
            continue
        if sentence := text[start : end.end()].strip():
            yield sentence
        start = end.end()
    if rest := text[start:].strip():
        yield rest


def _inside(at: int, whole: Sequence[tuple[int, int]]) -> bool:
    """Whether a place is inside something that is not broken."""
    place = bisect_right(whole, at, key=lambda span: span[0]) - 1
    return place >= 0 and whole[place][0] <= at < whole[place][1]


def _grouped(found: list[str]) -> list[str]:
    """At most `MOST_PARTS` pieces of about as many sentences each."""
    if len(found) <= MOST_PARTS:
        return found
    edges = [len(found) * n // MOST_PARTS for n in range(MOST_PARTS + 1)]
    return [" ".join(found[start:end]) for start, end in pairwise(edges)]


def _gap_parts(front: str, back: str, tags: str) -> Iterator[Sides]:
    """A card for each gap, with the others filled in."""
    gaps = read_gaps(front)
    if len(gaps) < 2:
        return
    for asked in gaps[:MOST_PARTS]:
        text, at = "", 0
        for gap in gaps:
            said = f"{{{gap.answer}}}" if gap.in_math else gap.answer
            shown = front[gap.start : gap.end] if gap is asked else said
            text, at = text + front[at : gap.start] + shown, gap.end
        yield Sides(text + front[at:], back, tags)
