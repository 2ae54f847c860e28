"""Typed words: compared letter by letter, with what is missing and what is too much laid side by side.

Blanks, full width, the final stop, and capital letters unless the card says otherwise, do not count. Two
texts are laid over each other by their fewest edits, words first, then the letters of words that resemble
each other; Chinese has no blanks and is compared character by character.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple
from unicodedata import normalize

from studybuddy.core.card_content import CardContent, CardKind
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.study.answers.judged import LONGEST, Judged, Mark, Piece
from studybuddy.text import clean_line

_DASHES = str.maketrans({**dict.fromkeys("−–—‐‑﹣", "-"), **dict.fromkeys("’‘`´", "'"), "“": '"', "”": '"'})
_LEFT_OUT = re.compile(r"[\s$`'·]")
_WORD = re.compile(r"\s+|[a-zA-Z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff]+|[0-9]+|.", re.DOTALL)
_CLOSE_LENGTH = 5
"""Letters of a right answer from which on a slip of the pen may be told from another word."""
_CLOSE_SHARE = 0.15
_MOST_SLIPS = 3
MOST_COMPARED = 2_500
"""Pairs of words whose letters are compared; of longer texts words are the same or not."""
_SHORT = 2
_MOST_UNLIKE = 0.5
"""Up to here two words are laid over each other letter by letter."""


class _Token(NamedTuple):
    """A word: as it is compared, and as it was written. A blank is compared as nothing."""

    key: str
    text: str


def is_answer(card: CardContent, typed: str) -> bool:
    """Whether a card says, letter by letter, what was typed."""
    counts = card.case or card.kind is not CardKind.TYPE_IN
    given = _key(typed[: 4 * LONGEST], counts)
    return any(given == _key(answer[:LONGEST], counts) for answer in (card.back, *card.accept) if answer)


def judge_letters(card: CardContent, typed: str) -> Judged:
    """Compare with each right answer; the nearest is shown."""
    counts = card.case or card.kind is not CardKind.TYPE_IN
    answers = [answer.strip()[:LONGEST] for answer in (card.back, *card.accept) if answer.strip()]
    given = _key(typed[: 4 * LONGEST], counts)
    for answer in answers:
        if given == _key(answer, counts):
            return Judged(Mark.RIGHT, typed, answer)
    if counts:
        for answer in answers:
            if given.casefold() == _key(answer, counts).casefold():
                pieces = tuple(_pieces(typed[:LONGEST], answer, counts))
                return Judged(
                    Mark.CLOSE, typed, answer, Phrase(N_("only capital letters differ")), None, pieces
                )
    typed = typed[:LONGEST]
    distances = [(_distance(_key(typed, counts), _key(answer, counts)), answer) for answer in answers]
    distance, nearest = min(distances, key=lambda found: found[0], default=(LONGEST, ""))
    pieces = tuple(_pieces(typed, nearest, counts)) if nearest else ()
    if _is_slip(distance, len(_key(nearest, counts))) and card.kind is CardKind.TYPE_IN:
        slip = Phrase.of(N_("{n} letter differs"), plural=N_("{n} letters differ"), n=distance)
        return Judged(Mark.CLOSE, typed, nearest, slip, None, pieces)
    return Judged(Mark.WRONG, typed, nearest, _said(pieces), None, pieces)


def _is_slip(distance: int, length: int) -> bool:
    return length >= _CLOSE_LENGTH and distance <= min(_MOST_SLIPS, max(1, int(length * _CLOSE_SHARE)))


def _key(text: str, counts: bool) -> str:
    """The letters that are compared."""
    plain = _LEFT_OUT.sub("", normalize("NFKC", text).translate(_DASHES)).rstrip("。.")
    return plain if counts else plain.casefold()


def _said(pieces: Sequence[Piece]) -> Phrase:
    """What is missing and what is too much, in words, where it is little enough to be said."""
    differing = [piece for piece in pieces if not piece.same]
    extra = [clean_line(piece.typed.strip(), LONGEST) for piece in differing if piece.typed.strip()]
    missing = [clean_line(piece.wanted.strip(), LONGEST) for piece in differing if piece.wanted.strip()]
    if len(extra) <= 1 and len(missing) <= 1 and len("".join(extra + missing)) <= 24:
        if extra and missing:
            return Phrase.of(N_("“{extra}” instead of “{missing}”"), extra=extra[0], missing=missing[0])
        if missing:
            return Phrase.of(N_("“{missing}” is missing"), missing=missing[0])
        if extra:
            return Phrase.of(N_("“{extra}” is too much"), extra=extra[0])
    return Phrase(N_("not the same as the card; judge for yourself"))


# ---- two texts laid over each other


def _pieces(typed: str, wanted: str, counts: bool) -> Iterator[Piece]:
    """Both texts in stretches that are the same or differ; neighbours of a kind are joined."""
    laid = [
        piece
        for one, other in _laid(_tokens(typed, counts), _tokens(wanted, counts), _unlike)
        for piece in _within(one, other, counts)
    ]
    for same, group in groupby(_with_blanks(laid), key=lambda found: found[0]):
        stretches = [piece for _same, piece in group]
        one = "".join(piece.typed for piece in stretches)
        other = "".join(piece.wanted for piece in stretches)
        if one or other:
            yield Piece(one, one) if same else Piece(one, other)


def _with_blanks(laid: list[tuple[bool | None, Piece]]) -> Iterator[tuple[bool, Piece]]:
    """A blank that only one text has belongs to what differs beside it; alone it is nothing."""
    for number, (same, piece) in enumerate(laid):
        around = (
            laid[number - 1][0] if number else True,
            laid[number + 1][0] if number + 1 < len(laid) else True,
        )
        if same is not None:
            yield same, piece
        elif False in around:
            yield False, piece
        else:
            yield True, Piece(piece.typed, piece.typed)


def _within(one: _Token | None, other: _Token | None, counts: bool) -> Iterator[tuple[bool | None, Piece]]:
    """A pair of words, letter by letter where they are alike; with whether each piece is the same.

    None instead: it is a blank that only one text has.
    """
    if one is None or other is None:
        alone = one or other
        same = False if alone is not None and alone.key else None
        yield same, Piece(one.text if one else "", other.text if other else "")
    elif one.key == other.key:
        yield True, Piece(one.text, one.text)
    elif _unlike(one.key, other.key) <= _MOST_UNLIKE:
        for left, right in _laid(_letters(one.text, counts), _letters(other.text, counts), _other):
            same = left is not None and right is not None and left.key == right.key
            text = left.text if left else ""
            yield same, Piece(text, text if same else right.text if right else "")
    else:
        yield False, Piece(one.text, other.text)


def _tokens(text: str, counts: bool) -> list[_Token]:
    plain = normalize("NFKC", text)
    return [_Token(_key(found[0], counts), found[0]) for found in _WORD.finditer(plain)]


def _letters(text: str, counts: bool) -> list[_Token]:
    return [_Token(_key(letter, counts), letter) for letter in text]


def _laid(
    one: Sequence[_Token], other: Sequence[_Token], cost: Callable[[str, str], float]
) -> list[tuple[_Token | None, _Token | None]]:
    """Two rows of tokens over each other by the cheapest edits. Blanks cost nothing."""
    if len(one) * len(other) > MOST_COMPARED:
        cost = _other
    mine, its = [token.key for token in one], [token.key for token in other]
    costs = _costs(mine, its, cost)
    pairs: list[tuple[_Token | None, _Token | None]] = []
    i, j = len(one), len(other)
    while i or j:
        here = costs[i][j]
        if i and j and here == costs[i - 1][j - 1] + cost(mine[i - 1], its[j - 1]):
            i, j = i - 1, j - 1
            pairs.append((one[i], other[j]))
        elif i and here == costs[i - 1][j] + bool(mine[i - 1]):
            i -= 1
            pairs.append((one[i], None))
        else:
            j -= 1
            pairs.append((None, other[j]))
    return pairs[::-1]


def _other(one: str, other: str) -> float:
    """The cost of one in the place of the other, whatever they are."""
    return float(one != other)


@lru_cache(maxsize=MOST_COMPARED)
def _unlike(one: str, other: str) -> float:
    """From 0 for the same word to 1 for one that has nothing in common; short words are the same or not."""
    if one == other or min(len(one), len(other)) <= _SHORT:
        return float(one != other)
    return min(1.0, _distance(one, other) / max(len(one), len(other)))


def _distance(one: str, other: str) -> int:
    """The fewest letters to put in, take out or change."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    return round(_costs(one[start:], other[start:], _other)[-1][-1])


def _costs(one: Sequence[str], other: Sequence[str], cost: Callable[[str, str], float]) -> list[list[float]]:
    """`costs[i][j]`: the edits that make the first `i` the first `j`."""
    row = [0.0]
    for key in other:
        row.append(row[-1] + bool(key))
    costs = [row]
    for mine in one:
        before, row = row, [row[0] + bool(mine)]
        for at, key in enumerate(other):
            changed = before[at] + cost(mine, key)
            row.append(min(changed, before[at + 1] + bool(mine), row[at] + bool(key)))
        costs.append(row)
    return costs
