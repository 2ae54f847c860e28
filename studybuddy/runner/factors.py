"""Constant factors that a gradient is off by, and what they mean."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from studybuddy.core.phrase import Phrase
from studybuddy.runner import messages
from studybuddy.runner import mistake_words as words

SAME = 1e-4
"""How near a fitted factor must be to a named one; what it explains is compared again, and more strictly."""
_SIZES = ("N", "D_out")
_TOGETHER = frozenset((words.NO_TWO, words.WRONG_SIGN))
"""Of two constants that are named at once, one is a slip of these: 4/3 is not "2 twice, divided by 3"."""

Factors = list[tuple[tuple[Phrase, ...], float]]


def named_factors(samples: int, outputs: int, count: int) -> Factors:
    """The mistakes that multiply a gradient by a constant, `count` of them at a time.

    Args:
        samples: N, the rows of the prediction.
        outputs: D_out, its columns.
        count: 1 or 2.
    """
    single = _single(samples, outputs)
    if count == 1:
        return [((phrase,), factor) for phrase, factor in single]
    return [
        ((first, second), one * other)
        for (first, one), (second, other) in combinations(single, 2)
        if {first.message, second.message} & _TOGETHER and one * other != 1
    ]


def _single(samples: int, outputs: int) -> list[tuple[Phrase, float]]:
    found = [(Phrase(words.NO_TWO), 0.5), (Phrase(words.WRONG_SIGN), -1.0), (Phrase(words.TWO_TWICE), 2.0)]
    if samples * outputs > 1:
        product = "·".join(_SIZES)
        found.append((Phrase.of(words.MEAN, size=product, number=samples * outputs), 1 / (samples * outputs)))
    for size, number, other in zip(_SIZES, (samples, outputs), (outputs, samples), strict=True):
        if number > 1 and other > 1:  # else it is the mean over both
            found.append((Phrase.of(words.DIVIDED, size=size, number=number), 1 / number))
    return found


def some_factor(factor: float) -> Phrase:
    """Words for a factor without a name."""
    return Phrase.of(messages.FACTOR, factor=factor_text(factor))


def factor_text(factor: float) -> str:
    """A factor as one would write it: `1/7` rather than 0.142857."""
    fraction = Fraction(factor).limit_denominator(1_000_000)
    if fraction.numerator in (1, -1) and abs(float(fraction) / factor - 1) < SAME:
        return str(fraction)
    near = Fraction(1 / factor).limit_denominator(1)
    if abs(near) > 1 and abs(float(near) * factor - 1) < SAME:
        return f"{'-' if near < 0 else ''}1/{abs(near)}"
    return f"{factor:.4g}"
