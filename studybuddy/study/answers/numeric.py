"""Typed numbers held against a card's: within its tolerance, in its unit, and with the common slips by name.

Numbers without rounding on either side are compared exactly when the card has no tolerance; others to twelve
digits. A card may name a relative and an absolute tolerance: the wider holds.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from typing import NamedTuple

from studybuddy.core.bounded_numbers import Number
from studybuddy.core.card_content import CardContent
from studybuddy.core.errors import UsageError
from studybuddy.core.phrase import Phrase
from studybuddy.core.quantities import Quantity, read_quantity
from studybuddy.core.units import find_unit, same_unit
from studybuddy.i18n import N_
from studybuddy.study.answers.judged import LONGEST, Judged, Mark
from studybuddy.study.answers.letters import judge_letters
from studybuddy.study.answers.number_words import mistake
from studybuddy.text import clean_line

_ROUNDING = Fraction(1, 10**12)
"""Relative difference of what is equal, where something was rounded on the way."""
_NEAR = 3
"""Tolerances within which an answer is close."""
_BETTER = (Mark.RIGHT, Mark.CLOSE, Mark.WRONG)


def judge_numbers(card: CardContent, typed: str) -> Judged:
    """Compare every reading of what was typed with every answer of the card; the best verdict counts.

    Raises:
        UsageError: what was typed holds no numbers that can be read.
    """
    wanted = list(_wanted(card))
    if not wanted:
        return judge_letters(card, typed)
    readings = read_quantity(typed)
    found = [
        _compared(card, typed, reading, right)
        for right in wanted
        for written in readings
        for reading in _as_percent(card, written)
    ]
    return min(found, key=lambda judged: (_BETTER.index(judged.mark), judged.reason is _OTHER_COUNT))


class _Right(NamedTuple):
    """A right answer: as it is written, and as it is read."""

    written: str
    quantity: Quantity


def _wanted(card: CardContent) -> Iterator[_Right]:
    """The answers of a card: those it accepts, and the first line of its back where that is a number."""
    for answer in (*card.accept, card.back.strip().split("\n", 1)[0].strip()):
        with suppress(UsageError):
            for quantity in read_quantity(answer):
                unit = "" if quantity.unit else card.unit
                yield _Right(clean_line(f"{answer} {unit}".strip(), LONGEST), quantity)


def _as_percent(card: CardContent, given: Quantity) -> Iterator[Quantity]:
    """What was typed; on a card in percent also as a hundred times that, for `0.05` and `5%`."""
    yield given
    if not given.unit and same_unit(card.unit, "%"):
        numbers = tuple(Number(100 * number.value, number.exact) for number in given.numbers)
        yield given._replace(numbers=numbers, unit="%")


_OTHER_COUNT = Phrase(N_("not as many numbers as on the card"))


def _compared(card: CardContent, typed: str, given: Quantity, answer: _Right) -> Judged:
    wanted, right = answer
    unit = card.unit or right.unit
    factor, trouble = _factor(given, unit)
    if len(given.numbers) != len(right.numbers) or _other_rows(given, right):
        return Judged(Mark.WRONG, typed, wanted, trouble or _OTHER_COUNT)
    numbers = [Number(number.value * factor, number.exact) for number in given.numbers]
    pairs = list(zip(numbers, right.numbers, strict=True))
    if trouble is None and _within(card, pairs, 1):
        return Judged(Mark.RIGHT, typed, wanted, remark=_remark(given, unit))
    if trouble is not None:
        return Judged(Mark.WRONG, typed, wanted, trouble)
    if unit and given.unit and _within(card, list(zip(given.numbers, right.numbers, strict=True)), 1):
        return Judged(Mark.WRONG, typed, wanted, _unit_words(unit, given.unit))
    if (card.tolerance or card.absolute) and _within(card, pairs, _NEAR):
        return Judged(Mark.CLOSE, typed, wanted, Phrase(N_("near, but not within the tolerance of the card")))
    return Judged(Mark.WRONG, typed, wanted, mistake(numbers, list(right.numbers)))


def _other_rows(given: Quantity, right: Quantity) -> bool:
    """Whether both are matrices of different shapes; numbers in one row may stand for a matrix."""
    return min(len(given.rows), len(right.rows)) > 1 and given.rows != right.rows


def _factor(given: Quantity, unit: str) -> tuple[Fraction, Phrase | None]:
    """What turns numbers in the typed unit into the card's, or why that cannot be."""
    if not given.unit or not unit or same_unit(given.unit, unit):
        return Fraction(1), None
    mine, its = find_unit(given.unit), find_unit(unit)
    if mine is None or its is None or mine.measures != its.measures:
        return Fraction(1), _unit_words(unit, given.unit)
    return mine.size / its.size, None


def _unit_words(unit: str, given: str) -> Phrase:
    words = N_("the unit is {want}, not {got}")
    return Phrase.of(words, want=clean_line(unit, 20), got=clean_line(given, 20))


def _remark(given: Quantity, unit: str) -> Phrase | None:
    if unit and not given.unit:
        return Phrase.of(N_("right, without its unit: {unit}"), unit=clean_line(unit, 20))
    if given.unit and not unit:
        return Phrase.of(N_("right; “{unit}” was not compared"), unit=clean_line(given.unit, 20))
    return None


def _within(card: CardContent, pairs: list[tuple[Number, Number]], times: int) -> bool:
    """Whether every number is as near to its own as the card allows, or a few times as far."""
    relative, absolute = times * _fraction(card.tolerance), times * _fraction(card.absolute)
    return all(_near(given, right, relative, absolute) for given, right in pairs)


def _near(given: Number, right: Number, relative: Fraction, absolute: Fraction) -> bool:
    distance = abs(given.value - right.value)
    if not relative and not absolute and given.exact and right.exact:
        return not distance
    if not right.value and not absolute:
        return distance <= _ROUNDING
    return distance <= max(absolute, max(relative, _ROUNDING) * abs(right.value))


def _fraction(tolerance: float) -> Fraction:
    return Fraction(tolerance) if math.isfinite(tolerance) and tolerance > 0 else Fraction(0)
