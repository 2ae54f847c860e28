"""Names the one mistake of a gradient, or the two, or says honestly how much is right.

A mistake is only named if the gradient it gives is the learner's, to rounding, and the right one is not. The
fewest mistakes explain best; where two explanations are equally short, these arrays cannot tell them apart,
and both are said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from studybuddy.core.phrase import Phrase
from studybuddy.runner import messages
from studybuddy.runner import mistake_words as words
from studybuddy.runner.factors import SAME, named_factors, some_factor
from studybuddy.runner.mistakes import Mistakes, Wrong, transposed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

REPRODUCED = 1e-5
"""Relative error up to which a mistake gives the learner's gradient (and at least the tolerance)."""
_BETTER = 0.1
"""A mistake must come this much nearer to the learner's gradient than the right one."""
_SOME = 0.1
"""The share of right rows or columns that is worth saying."""


class Known(Protocol):
    """The mistakes that are known for the network, and by what its loss may have been divided."""

    @property
    def sizes(self) -> tuple[int, int]:
        """Samples and outputs."""

    def wrong(self, gradient: int, count: int) -> Iterator[Wrong]:
        """Every gradient with exactly `count` mistakes."""


def error_of(values: Array, answers: Iterable[Array]) -> float:
    """The smallest of max|a-b| / max|b| over some right answers."""
    errors = []
    for answer in answers:
        largest, difference = _largest(answer), _largest(values - answer)
        errors.append(difference / largest if largest else (0.0 if difference == 0 else float("inf")))
    return min(errors)


def name_mistake(
    values: Array, answers: Sequence[Array], known: Known, gradient: int, tolerance: float
) -> Phrase:
    """What is wrong with a gradient that is wrong; its shape is the right one or lies on its side.

    Args:
        values: the learner's gradient, finite.
        answers: every right one.
        known: the mistakes of the network.
        gradient: which gradient it is, counted from 0.
        tolerance: the relative error that is allowed.
    """
    if not values.any():
        return Phrase(words.ZERO)
    search = _Search(values, answers, known, gradient, max(REPRODUCED, tolerance))
    found = search.explanations()
    if found:
        return either([both(mistakes) for mistakes in found])
    if values.shape != answers[0].shape:
        return transposed(values.shape, answers[0].shape)
    return _share(values, answers, tolerance)


class _Search:
    """Explanations of one gradient, the shortest first."""

    def __init__(
        self, values: Array, answers: Sequence[Array], known: Known, gradient: int, limit: float
    ) -> None:
        self._answers = answers
        self._known = known
        self._gradient = gradient
        self._limit = limit
        self._views: list[tuple[Mistakes, Array]] = []
        self._limits: dict[Mistakes, float] = {}
        if values.shape == answers[0].shape:
            limit_here = error_of(values, answers) * _BETTER
            self._views.append(((), values))
            self._limits[()] = min(limit, limit_here)
        if values.shape == answers[0].T.shape and values.ndim == 2:
            side = (transposed(values.shape, answers[0].shape),)
            self._views.append((side, values.T))
            self._limits[side] = limit

    def explanations(self) -> list[Mistakes]:
        """All explanations of the smallest number of mistakes; empty if there is none."""
        for search in (self._exact(1), self._exact(2), self._scaled()):
            if found := _unique(search):
                return found
        return []

    def _wrong(self, count: int) -> Iterator[Wrong]:
        if count == 0:
            yield from (Wrong((), answer) for answer in self._answers)
        else:
            yield from self._known.wrong(self._gradient, count)

    def _exact(self, count: int) -> Iterator[Mistakes]:
        """Explanations by exactly `count` mistakes, each of them known by name."""
        for side, values in self._views:
            left = count - len(side)
            for structural in range(left, -1, -1):
                scales = left - structural
                for wrong in self._wrong(structural):
                    for factors, factor in self._factors(scales):
                        if self._is(values, factor, wrong.values, side):
                            yield (*side, *wrong.mistakes, *factors)

    def _factors(self, count: int) -> list[tuple[Mistakes, float]]:
        return named_factors(*self._known.sizes, count) if count else [((), 1.0)]

    def _scaled(self) -> Iterator[Mistakes]:
        """Explanations by at most one named mistake and a factor without a name."""
        for structural in (0, 1):
            found = False
            for side, values in self._views:
                for wrong in self._wrong(structural) if len(side) + structural <= 1 else ():
                    factor = _fitted(values, wrong.values)
                    if factor and self._is(values, factor, wrong.values, side):
                        found = True
                        yield (*side, *wrong.mistakes, some_factor(factor))
            if found:
                return

    def _is(self, values: Array, factor: float, wrong: Array, side: Mistakes) -> bool:
        """Whether factor * wrong is the learner's gradient, and much nearer to it than the right one."""
        fitted = _fitted(values, wrong)
        if not fitted or abs(fitted / factor - 1) > max(SAME, self._limit):
            return False
        return error_of(values, [factor * wrong]) <= self._limits[side]


def both(mistakes: Mistakes) -> Phrase:
    """One or two mistakes as one phrase."""
    if len(mistakes) == 1:
        return mistakes[0]
    first, *others = mistakes
    return Phrase.of(words.BOTH, first=first, second=both(tuple(others)))


def either(explanations: Sequence[Phrase]) -> Phrase:
    """Up to three explanations between which nothing decides."""
    if len(explanations) == 1:
        return explanations[0]
    message = words.EITHER if len(explanations) == 2 else words.EITHER_MORE
    names = ("first", "second", "third")
    return Phrase(message, tuple(zip(names, explanations, strict=False)))


def main_mistake(phrase: Phrase) -> Phrase:
    """The mistake that decides what to do next: of two the first."""
    inner = dict(phrase.parameters).get("first") if phrase.message == words.BOTH else None
    return main_mistake(inner) if isinstance(inner, Phrase) else phrase


def _share(values: Array, answers: Sequence[Array], tolerance: float) -> Phrase:
    """How much of a gradient is right: of its rows, of its columns, or nothing worth saying."""
    import numpy as np

    error = error_of(values, answers)
    best: tuple[float, Phrase] = (0.0, Phrase.of(messages.DIFFERS, error=error))
    if values.ndim != 2 or not np.isfinite(values).all():
        return best[1]
    for answer in answers:
        right = np.abs(values - answer) <= tolerance * _largest(answer)
        for message, axis in ((words.SOME_COLUMNS, 0), (words.SOME_ROWS, 1)):
            lines = right.all(axis=axis)
            share = float(lines.mean())
            if max(best[0], _SOME) < share < 1:
                number, count = int(lines.sum()), int(lines.size)
                best = share, Phrase.of(message, right=number, count=count, error=error)
    return best[1]


def _unique(found: Iterator[Mistakes]) -> list[Mistakes]:
    """Each set of mistakes once, in the order found."""
    seen: dict[frozenset[Phrase], Mistakes] = {}
    for mistakes in found:
        seen.setdefault(frozenset(mistakes), mistakes)
    return list(seen.values())


def _largest(values: Array) -> float:
    import numpy as np

    return float(np.abs(values).max(initial=0.0))


def _fitted(values: Array, answer: Array) -> float:
    """The k for which k * answer is nearest to values, by least squares; 0 if there is none."""
    import numpy as np

    square = float(np.vdot(answer, answer))
    factor = float(np.vdot(values, answer)) / square if square else 0.0
    return factor if np.isfinite(factor) else 0.0
