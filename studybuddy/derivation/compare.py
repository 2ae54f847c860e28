"""Whether an answer equals the goal, and if not, in what it differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from studybuddy.core.phrase import Phrase
from studybuddy.derivation.values import Array, Value, shape
from studybuddy.derivation.wording import index
from studybuddy.i18n import N_

CLOSE = 3e-13
"""Of the largest entry of the goal: rounding stays below it, a 1e-8 added "for safety" does not."""


class Kind(StrEnum):
    """In what an answer differs. The names are part of `check --json`."""

    HALF_INDEXED = "half-indexed"
    TRANSPOSED = "transposed"
    SHAPE = "shape"
    VALUES = "values"
    FREE_INDEX = "free-index"
    LOST_INDEX = "lost-index"
    INDICES = "indices"
    SCALAR = "scalar"


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference, worded; for `VALUES` without why they differ."""

    kind: Kind
    reason: Phrase


@dataclass(frozen=True, slots=True)
class Pair:
    """Goal and answer with the same axes; `labels` are empty for tensors without indices.

    `lost`: index letters of the goal that the answer does not have.
    """

    goal: Array
    answer: Array
    dimensions: tuple[str, ...]
    labels: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether they are equal."""
        answer, goal = self.answer, self.goal
        if answer.shape != goal.shape:
            return False
        largest = float(np.max(np.abs(goal), initial=0.0))
        return bool(np.all(np.abs(answer - goal) <= CLOSE * largest + 1e-300))


def difference(goal: Value, answer: Value, bound: Mapping[str, str]) -> Difference | None:
    """None where they are equal.

    Args:
        goal: with labels where the goal has indices, else with named dimensions.
        answer: what the learner's expression came to.
        bound: dimension of each index letter, those of goal and answer.
    """
    pair = aligned(goal, answer, bound)
    if isinstance(pair, Difference):
        return pair
    if pair.same:
        return None
    if pair.lost:
        words = N_("the result no longer depends on {index}, the left side does")
        return Difference(Kind.LOST_INDEX, Phrase.of(words, index=", ".join(map(index, pair.lost))))
    words = (
        N_("the indices fit, the values do not")
        if pair.labels
        else N_("the shape is right, the values are not")
    )
    return Difference(Kind.VALUES, Phrase(words))


def aligned(goal: Value, answer: Value, bound: Mapping[str, str]) -> Pair | Difference:
    """Goal and answer axis by axis, or why their axes do not fit."""
    full, goal, answer = (goal.dimensions, answer.dimensions), goal.squeezed(), answer.squeezed()
    if answer.dimensions and answer.labels:
        words = N_("one half of the answer has indices ({indices}), the other is a tensor {shape}")
        indices = ", ".join(index(label) for label in answer.labels)
        return Difference(
            Kind.HALF_INDEXED, Phrase.of(words, indices=indices, shape=shape(answer.dimensions))
        )
    wanted = goal.dimensions or tuple(bound[label] for label in goal.labels)
    if answer.dimensions:
        return _of_tensors(goal, answer, wanted, full)
    if answer.labels:
        return _of_indices(goal, answer, wanted, bound)
    if not wanted or (goal.labels and np.ptp(goal.array) == 0):
        return Pair(goal.array, np.broadcast_to(answer.array, goal.array.shape), wanted, goal.labels)
    words = N_("this is one number; what is wanted has the shape {shape}")
    return Difference(Kind.SCALAR, Phrase.of(words, shape=shape(wanted)))


def _of_tensors(
    goal: Value, answer: Value, wanted: tuple[str, ...], full: tuple[tuple[str, ...], tuple[str, ...]]
) -> Pair | Difference:
    """`full`: the shapes of goal and answer with the axes of length one."""
    turned = len(full[0]) == 2 and full[0] == full[1][::-1] != full[1]
    if answer.dimensions == wanted and not turned:
        return Pair(goal.array, answer.array, wanted)
    facts = {"shape": shape(full[1]), "wanted": shape(full[0] or wanted)}
    if turned or answer.dimensions == wanted[::-1]:
        words = N_("your result has the shape {shape}, the gradient has {wanted}: it is transposed")
        return Difference(Kind.TRANSPOSED, Phrase.of(words, **facts))
    if not wanted:
        words = N_("your result has the shape {shape}; one number is wanted")
        return Difference(Kind.SHAPE, Phrase.of(words, shape=facts["shape"]))
    words = N_("your result has the shape {shape}, the gradient has {wanted}")
    return Difference(Kind.SHAPE, Phrase.of(words, **facts))


def _of_indices(
    goal: Value, answer: Value, wanted: tuple[str, ...], bound: Mapping[str, str]
) -> Pair | Difference:
    labels = goal.labels or _matched(answer.labels, wanted, bound)
    if labels is None:
        words = N_("free indices: {indices} over {dimensions}; the gradient has the axes {wanted}")
        dimensions = ", ".join(bound[label] for label in answer.labels)
        indices = ", ".join(index(label) for label in answer.labels)
        facts = {"indices": indices, "dimensions": dimensions, "wanted": shape(wanted)}
        return Difference(Kind.INDICES, Phrase.of(words, **facts))
    extra = [label for label in answer.labels if label not in labels]
    if extra:
        words = N_(
            "index {index} is still free, but the left side depends only on {wanted}: "
            "a sum over {index} is missing"
        )
        facts = {"index": index(extra[0]), "wanted": ", ".join(labels) or "—"}
        return Difference(Kind.FREE_INDEX, Phrase.of(words, **facts))
    order = [answer.labels.index(label) for label in labels if label in answer.labels]
    array = np.transpose(answer.array, order)
    array = array[tuple(slice(None) if label in answer.labels else None for label in labels)]
    missing = [label for label in labels if goal.labels and label not in answer.labels]
    lost = tuple(label for label in missing if np.ptp(goal.array, axis=goal.labels.index(label)).any())
    return Pair(goal.array, np.broadcast_to(array, goal.array.shape), wanted, labels, lost)


def _matched(
    labels: tuple[str, ...], wanted: tuple[str, ...], bound: Mapping[str, str]
) -> tuple[str, ...] | None:
    """The index letters in the order of the goal's axes, where their dimensions tell; None where not."""
    by_dimension = {bound[label]: label for label in labels}
    if (
        len(by_dimension) != len(labels)
        or set(by_dimension) != set(wanted)
        or len(set(wanted)) != len(wanted)
    ):
        return None
    return tuple(by_dimension[dimension] for dimension in wanted)
