"""The gradients that known mistakes give, computed from the learner's own arrays.

A backward pass is a row of choices: from which error it starts, which w2 it goes back through, which mask it
takes, what it multiplies at last. Each may be the right one or a known wrong one; a mistake is a wrong
choice, and two mistakes are wrong choices at two places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import product
from operator import matmul
from typing import TYPE_CHECKING, NamedTuple

from studybuddy.core.phrase import Phrase
from studybuddy.runner import messages
from studybuddy.runner import mistake_words as words
from studybuddy.runner.networks import shape_text
from studybuddy.runner.observed import Group, Step

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

Mistakes = tuple[Phrase, ...]
Compute = Callable[[], "Array"]
Choice = tuple[Phrase | None, "Array"]
"""A value, and the mistake it is, None for the right one."""


class Wrong(NamedTuple):
    """A gradient computed with some mistakes; none of them: the right one."""

    mistakes: Mistakes
    values: Array


class TwoLayerMistakes:
    """Mistakes in the gradients of L = Σ (relu(x w1) w2 - y)², for one step of a script."""

    def __init__(self, step: Step, names: Sequence[str]) -> None:
        """Take in a step whose arrays fit together; `names` are those of x, y, w1 and w2."""
        self._x, self._y, self._w1, self._w2 = (step.arrays[name].values for name in names)
        self._names = names
        self._after = step.after
        self._h: Array = self._x @ self._w1

    @property
    def sizes(self) -> tuple[int, int]:
        """By what a loss may have been divided: how many samples and outputs there are."""
        samples, outputs = self._y.shape
        return samples, outputs

    def wrong(self, gradient: int, count: int) -> Iterator[Wrong]:
        """Every gradient with exactly `count` mistakes: of w1 (0) or of w2 (1)."""
        seen = set()
        for choices, compute in self._of_w1() if gradient == 0 else self._of_w2():
            mistakes = _merged(choices)
            if len(mistakes) == count and mistakes not in seen:
                seen.add(mistakes)
                yield Wrong(mistakes, compute())

    def _of_w1(self) -> Iterator[tuple[Mistakes, Compute]]:
        x = self._x.T
        for (error, start), (old, w2) in product(self._errors(), self._second_weights()):
            up = start @ w2.T  # (N, H)
            before = (*error, *_some(old))
            for mask, back in self._masked(up):
                yield (*before, *_some(mask)), partial(matmul, x, back)
            by_weight = Phrase.of(words.MASK_BY, array=self._names[2])
            yield (*before, by_weight), partial(self._masked_by_weight, up)

    def _of_w2(self) -> Iterator[tuple[Mistakes, Compute]]:
        for (error, start), (inner, active) in product(self._errors(), self._active()):
            yield (*error, *_some(inner)), partial(matmul, active.T, start)

    def _errors(self) -> Iterator[tuple[Mistakes, Array]]:
        """What the way back may start from, (N, O)."""
        import numpy as np

        forward: list[Choice] = [(None, np.maximum(self._h, 0)), (Phrase(words.STRAIGHT), self._h)]
        for straight, active in forward:
            prediction = active @ self._w2
            error = prediction - self._y
            yield _some(straight), 2 * error
            yield (*_some(straight), Phrase(words.NO_TARGET)), 2 * prediction
            yield (*_some(straight), Phrase(words.SQUARED)), error * error

    def _second_weights(self) -> list[Choice]:
        """The w2 that the way back may have met."""
        choices: list[Choice] = [(None, self._w2)]
        name = self._names[3]
        if (new := _usable(self._after, name, self._w2)) is not None:
            choices.append((Phrase.of(words.EARLY_UPDATE, weight=name), new))
        return choices

    def _masked(self, up: Array) -> Iterator[Choice]:
        """What may become of the gradient at the ReLU, (N, H)."""
        import numpy as np

        h = self._h
        yield None, up * (h > 0)
        yield Phrase(messages.NO_MASK), up
        yield Phrase(words.INVERTED_MASK), up * (h < 0)
        yield Phrase(messages.SIGN_MASK), np.maximum(up, 0)
        yield Phrase.of(words.TIMES_H, array="h"), up * h
        yield Phrase.of(words.TIMES_H, array="h_relu"), up * np.maximum(h, 0)
        yield Phrase(words.SIGN_OF_H), up * np.sign(h)
        prediction = np.maximum(h, 0) @ self._w2
        others = {"x": self._x, "y": self._y, "y_pred": prediction, "grad_y_pred": prediction - self._y}
        for name, other in others.items():
            if other.shape in (h.shape, (len(h), 1)):
                yield Phrase.of(words.MASK_BY, array=name), up * (other > 0)

    def _masked_by_weight(self, up: Array) -> Array:
        masked: Array = (self._x.T @ up) * (self._w1 > 0)
        return masked

    def _active(self) -> Iterator[Choice]:
        """What the second layer may be said to have been given, (N, H)."""
        import numpy as np

        yield None, np.maximum(self._h, 0)
        yield Phrase(messages.NO_RELU), self._h
        yield Phrase(words.MASK_FOR_RELU), (self._h > 0).astype(float)
        name = self._names[2]
        if (new := _usable(self._after, name, self._w1)) is not None:
            yield Phrase.of(words.EARLY_UPDATE, weight=name), np.maximum(self._x @ new, 0)


MISTAKES = {"two-layer-relu": TwoLayerMistakes}
"""By the rule of an exercise."""


def transposed(got: tuple[int, ...], wanted: tuple[int, ...]) -> Phrase:
    """The mistake of a gradient that lies on its side."""
    return Phrase.of(messages.TRANSPOSED, got=shape_text(got), wanted=shape_text(wanted))


def _usable(after: Group, name: str, before: Array) -> Array | None:
    """A weight after its update, if it is known."""
    found = after.get(name)
    if found is None or found.bad or found.values.shape != before.shape:
        return None
    values: Array = found.values
    return values


def _some(mistake: Phrase | None) -> Mistakes:
    return () if mistake is None else (mistake,)


def _merged(mistakes: Mistakes) -> Mistakes:
    """Wrong choices of one origin are one mistake: no ReLU on the way forth, and none on the way back."""
    said = {mistake.message for mistake in mistakes}
    for end in (messages.NO_MASK, messages.NO_RELU):
        if {words.STRAIGHT, end} <= said:
            rest = tuple(m for m in mistakes if m.message not in (words.STRAIGHT, end))
            return (*rest, Phrase(messages.NO_RELU_AT_ALL))
    return mistakes
