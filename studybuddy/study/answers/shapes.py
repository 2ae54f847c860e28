"""A typed shape held against the card's: how many axes, which of them, in which order."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress

from studybuddy.core.card_content import CardContent
from studybuddy.core.errors import UsageError
from studybuddy.core.phrase import Phrase
from studybuddy.core.shape_text import Axis, read_shape
from studybuddy.i18n import N_
from studybuddy.study.answers.judged import Judged, Mark
from studybuddy.study.answers.letters import judge_letters
from studybuddy.text import clean_line

Shape = tuple[Axis, ...]


def judge_shape(card: CardContent, typed: str) -> Judged:
    """Compare axis by axis with the card's shapes; where the card has none, compare letters.

    Raises:
        UsageError: what was typed is no shape.
    """
    wanted = _shapes(card)
    if not wanted:
        return judge_letters(card, typed)
    given = read_shape(typed)
    shown = written(wanted[0])
    if any(_same(given, shape) for shape in wanted):
        return Judged(Mark.RIGHT, typed, shown)
    nearest = min(wanted, key=lambda shape: (len(shape) != len(given), _differing(given, shape)))
    return Judged(Mark.WRONG, typed, written(nearest), _difference(given, nearest))


def written(shape: Shape) -> str:
    """A shape as Python writes it."""
    inner = ", ".join(axis.written for axis in shape)
    return f"({inner},)" if len(shape) == 1 else f"({inner})"


def _shapes(card: CardContent) -> list[Shape]:
    found = []
    for answer in (card.back.strip().split("\n", 1)[0], *card.accept):
        with suppress(UsageError):
            found.append(read_shape(answer))
    return found


def _same(given: Shape, wanted: Shape) -> bool:
    if len(given) != len(wanted):
        return False
    one, other = _names(given, wanted), _names(wanted, wanted)
    return one == other


def _names(shape: Shape, wanted: Shape) -> list[str]:
    """The names that are compared: in small letters, unless that makes one of two axes of the card's."""
    names = {axis.name for axis in wanted}
    if len({name.casefold() for name in names}) < len(names):
        return [axis.name for axis in shape]
    return [axis.name.casefold() for axis in shape]


def _differing(given: Shape, wanted: Shape) -> int:
    pairs = zip(_names(given, wanted), _names(wanted, wanted), strict=False)
    return sum(one != other for one, other in pairs)


def _difference(given: Shape, wanted: Shape) -> Phrase:
    if len(given) != len(wanted):
        return Phrase.of(
            N_("{n} axis instead of {want}"),
            plural=N_("{n} axes instead of {want}"),
            n=len(given),
            want=len(wanted),
        )
    one, other = _names(given, wanted), _names(wanted, wanted)
    if Counter(one) == Counter(other):
        return Phrase(N_("the axes are swapped") if len(one) == 2 else N_("the axes stand in another order"))
    at = next(number for number, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1])
    return Phrase.of(
        N_("axis {axis} is {want}, not {got}"),
        axis=at,
        want=clean_line(wanted[at].written, 20),
        got=clean_line(given[at].written, 20),
    )
