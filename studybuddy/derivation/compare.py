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

RELATIVE, ABSOLUTE = 1e-8, 1e-10


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
    """A difference, worded."""

    kind: Kind
    reason: Phrase


def difference(goal: Value, answer: Value, bound: Mapping[str, str]) -> Difference | None:
    """None where they are equal.

    Args:
        goal: with labels where the goal has indices, else with named dimensions.
        answer: what the learner's expression came to.
        bound: dimension of each index letter, those of goal and answer.
    """
    goal, answer = goal.squeezed(), answer.squeezed()
    if answer.dimensions and answer.labels:
        words = N_("one half of the answer has indices ({indices}), the other is a tensor {shape}")
        indices = ", ".join(index(label) for label in answer.labels)
        return Difference(
            Kind.HALF_INDEXED, Phrase.of(words, indices=indices, shape=shape(answer.dimensions))
        )
    wanted = goal.dimensions or tuple(bound[label] for label in goal.labels)
    if answer.dimensions:
        return _of_tensors(goal, answer, wanted)
    if answer.labels:
        return _of_indices(goal, answer, wanted, bound)
    if not wanted:
        return None if _close(answer.array, goal.array) else _values()
    if goal.labels and _close(np.broadcast_to(answer.array, goal.array.shape), goal.array):
        return None
    words = N_("this is one number; what is wanted has the shape {shape}")
    return Difference(Kind.SCALAR, Phrase.of(words, shape=shape(wanted)))


def _values() -> Difference:
    return Difference(Kind.VALUES, Phrase(N_("the shape is right, the values are not")))


def _close(one: Array, other: Array) -> bool:
    return one.shape == other.shape and bool(np.allclose(one, other, RELATIVE, ABSOLUTE))


def _of_tensors(goal: Value, answer: Value, wanted: tuple[str, ...]) -> Difference | None:
    if answer.dimensions == wanted:
        return None if _close(answer.array, goal.array) else _values()
    facts = {"shape": shape(answer.dimensions), "wanted": shape(wanted)}
    if answer.dimensions == wanted[::-1]:
        words = N_("your result has the shape {shape}, the gradient has {wanted}: it is transposed")
        return Difference(Kind.TRANSPOSED, Phrase.of(words, **facts))
    if not wanted:
        words = N_("your result has the shape {shape}; one number is wanted")
        return Difference(Kind.SHAPE, Phrase.of(words, shape=facts["shape"]))
    words = N_("your result has the shape {shape}, the gradient has {wanted}")
    return Difference(Kind.SHAPE, Phrase.of(words, **facts))


def _of_indices(
    goal: Value, answer: Value, wanted: tuple[str, ...], bound: Mapping[str, str]
) -> Difference | None:
    labels = goal.labels or _matched(answer.labels, wanted, bound)
    if labels is None:
        words = N_("the free indices {indices} run over {dimensions}; the gradient has the axes {wanted}")
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
    if _close(np.broadcast_to(array, goal.array.shape), goal.array):
        return None
    lost = [label for label in labels if label not in answer.labels]
    if lost and goal.labels:
        words = N_("the result no longer depends on {index}, the left side does")
        return Difference(Kind.LOST_INDEX, Phrase.of(words, index=", ".join(lost)))
    return Difference(Kind.VALUES, Phrase(N_("the indices fit, the values do not")))


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
