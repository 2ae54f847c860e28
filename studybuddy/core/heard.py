"""Which key points an answer makes, by the words that say so. It proposes; the learner decides.

A cue is a phrase such as `loss ... constant`: its words in this order, at most a few others in place of the
dots, all within one clause. `symmetr*` stands for every word that begins so. A point is made when of each of
its groups one cue is found. What is denied or asked is not found, `the loss is not constant`, and what is
refuted or told of others is no mistake: `people often say that it becomes a linear model`. A longer English
word is known with a slip in it, `gradeint`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from studybuddy.core.denial import denied, takes_back
from studybuddy.core.said import clauses, words_of
from studybuddy.core.slips import slipped

Cues: TypeAlias = tuple[tuple[str, ...], ...]
"""Groups of cues: of each group one must be found."""

GAP = 8
"""Words that may stand in place of the dots."""
MOST_WORDS = 4000
"""Words of an answer that are looked at."""

_GAPS = re.compile(r"\.\.\.|…")
_STAR = re.compile(r"(\w)\*")
_PREFIX = "\ue000"


class Heard(NamedTuple):
    """What was found in an answer, each with the words that say it, as they were typed."""

    points: tuple[tuple[str, ...], ...]
    """For each key point its words; empty where it was not found."""
    wrong: tuple[str, ...] = ()
    """The words of the common wrong answer; empty where it was not found."""

    @property
    def made(self) -> tuple[int, ...]:
        """The numbers of the points that were found, from 0."""
        return tuple(number for number, words in enumerate(self.points) if words)


def hear(typed: str, points: Sequence[Cues], wrong: Cues = ()) -> Heard:
    """What an answer says of some key points and of a common wrong answer."""
    ears = _Ears(typed)
    return Heard(tuple(ears.hear(point) for point in points), ears.hear(wrong, mistake=True))


def readable(cue: str) -> bool:
    """Whether a cue has words that can be looked for, on both sides of its dots."""
    return all(words_of(part) for part in _GAPS.split(cue))


class _Piece(NamedTuple):
    text: str
    prefix: bool
    gap: bool
    """Whether other words may stand before it."""

    def fits(self, word: str) -> bool:
        whole = word.startswith(self.text) if self.prefix else word == self.text
        return whole or slipped(self.text, word, prefix=self.prefix)


def _pieces(cue: str) -> tuple[_Piece, ...]:
    pieces: list[_Piece] = []
    for number, part in enumerate(_GAPS.split(cue)):
        first = True
        for found in _STAR.sub(rf"\1{_PREFIX} ", part).split():
            words = words_of(found.replace(_PREFIX, ""))
            for last, word in enumerate(words, 1):
                prefix = _PREFIX in found and last == len(words)
                pieces.append(_Piece(word, prefix, first and number > 0))
                first = False
    return tuple(pieces)


class _Ears:
    """Looks for cues in one answer."""

    def __init__(self, typed: str) -> None:
        self._typed = typed
        self._said = []
        total = 0
        for clause in clauses(typed):
            total += len(clause.words)
            if total > MOST_WORDS:
                break
            self._said.append((clause, [word.text for word in clause.words]))

    def hear(self, cues: Cues, *, mistake: bool = False) -> tuple[str, ...]:
        """The words that say all of it, empty if a group is missing."""
        found = [self._first(group, mistake=mistake) for group in cues]
        return tuple(dict.fromkeys(found)) if all(found) else ()

    def _first(self, group: Sequence[str], *, mistake: bool) -> str:
        """The first words in the answer that are one of the cues."""
        cues = [_pieces(cue) for cue in group]
        for number, (clause, words) in enumerate(self._said):
            if clause.asks or (mistake and takes_back(self._following(number))):
                continue
            for cue in cues:
                for places in _matches(cue, words):
                    if not denied(words, places, mistake=mistake):
                        return self._typed[clause.words[places[0]].start : clause.words[places[-1]].end]
        return ""

    def _following(self, number: int) -> Sequence[str]:
        return self._said[number + 1][1] if number + 1 < len(self._said) else ()


def _matches(pieces: tuple[_Piece, ...], words: Sequence[str]) -> Iterator[tuple[int, ...]]:
    """Where a cue stands in a clause: the places of its words."""
    for start in range(len(words)):
        places: list[int] = []
        for piece in pieces:
            at = places[-1] + 1 if places else start
            reach = range(at, min(at + (GAP if piece.gap else 0) + 1, len(words)))
            place = next((n for n in reach if piece.fits(words[n])), None)
            if place is None:
                break
            places.append(place)
        else:
            yield tuple(places)
