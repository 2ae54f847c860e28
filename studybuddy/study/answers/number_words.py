"""Numbers as they are shown, and what is wrong with wrong ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from studybuddy.core.bounded_numbers import Number
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_

_LARGEST_PLAIN = 10**15
_ALIKE = Fraction(1, 1000)
"""Relative difference within which a factor counts as the one that is named."""
_MOST_TENS = 30


def shown(number: Number) -> str:
    """A number with as many digits as one reads."""
    value = number.value
    if value.denominator == 1 and abs(value) < _LARGEST_PLAIN:
        return str(value.numerator)
    try:
        return f"{float(value):.6g}"
    except OverflowError:
        return f"{'-' * (value < 0)}1e{len(str(abs(value.numerator // value.denominator))) - 1}"


def mistake(given: Sequence[Number], wanted: Sequence[Number]) -> Phrase:
    """What all numbers have wrong in common, else the first that is wrong."""
    if len(given) > 1 and Counter(n.value for n in given) == Counter(n.value for n in wanted):
        return Phrase(N_("the right numbers in another order"))
    if found := _in_common(given, wanted):
        return found
    if len(given) == 1:
        one, other = given[0].value, wanted[0].value
        return Phrase(N_("too small") if one < other else N_("too large"))
    at = next(n for n, pair in enumerate(zip(given, wanted, strict=True)) if pair[0].value != pair[1].value)
    words = N_("number {at} is {want}, not {got}")
    return Phrase.of(words, at=at + 1, want=shown(wanted[at]), got=shown(given[at]))


def _in_common(given: Sequence[Number], wanted: Sequence[Number]) -> Phrase | None:
    pairs = [(one.value, other.value) for one, other in zip(given, wanted, strict=True)]
    if any(bool(one) != bool(other) for one, other in pairs):
        return None
    ratios = [one / other for one, other in pairs if other]
    ratio = ratios[0] if ratios else Fraction(0)
    if not ratio or not all(_is(found, ratio) for found in ratios):
        return None
    if _is(ratio, Fraction(-1)):
        return Phrase(N_("the sign is wrong"))
    if (tens := _tens(abs(ratio))) is not None:
        return _off_by_tens(tens, negative=ratio < 0)
    if _is(ratio, Fraction(2)):
        return Phrase(N_("twice as much as it should be"))
    if _is(ratio, Fraction(1, 2)):
        return Phrase(N_("half of what it should be"))
    if len(pairs) == 1 and _is(pairs[0][0] * pairs[0][1], Fraction(1)):
        return Phrase(N_("upside down: one over the right number"))
    return None


def _is(value: Fraction, named: Fraction) -> bool:
    return abs(value - named) <= _ALIKE * abs(named)


def _tens(ratio: Fraction) -> int | None:
    """The power of ten that a ratio is, None where it is none."""
    bits = ratio.numerator.bit_length() - ratio.denominator.bit_length()
    near = round(bits * 0.30103)
    powers = (power for power in range(near - 1, near + 2) if power and abs(power) <= _MOST_TENS)
    return next((power for power in powers if _is(ratio, Fraction(10) ** power)), None)


def _off_by_tens(tens: int, *, negative: bool) -> Phrase:
    factor = str(10 ** abs(tens)) if abs(tens) <= 4 else f"10^{abs(tens)}"
    if negative:
        return Phrase.of(N_("the sign is wrong, and it is off by a factor of {factor}"), factor=factor)
    if tens > 0:
        return Phrase.of(N_("too large by a factor of {factor}"), factor=factor)
    return Phrase.of(N_("too small by a factor of {factor}"), factor=factor)
