"""In what an answer of the right shape differs: a factor, some places, a term, what it depends on.

Everything is found by numbers: the answer is compared with the goal in every world.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from studybuddy.core.phrase import Phrase
from studybuddy.derivation.compare import Difference, Pair, aligned
from studybuddy.derivation.evaluate import Evaluation
from studybuddy.derivation.expression import Expression, Symbol, Total, walk
from studybuddy.derivation.multiples import factor_name
from studybuddy.derivation.names import shown
from studybuddy.derivation.source import UnreadableError
from studybuddy.derivation.values import Array, MistakeError
from studybuddy.derivation.wording import index
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.derivation.exercise import Exercise
    from studybuddy.derivation.world import World


class Known(NamedTuple):
    """Something that could be missing or too many, in the axes of the goal."""

    text: str
    arrays: tuple[Array, ...]


def diagnosed(exercise: Exercise, answer: Expression) -> Phrase | None:
    """What is said of an answer whose shape is right; None where its numbers tell nothing."""
    pairs = _pairs(exercise, answer)
    if not pairs:
        return None
    if all(np.allclose(pair.answer, 0) for pair in pairs):
        return Phrase(N_("your answer is 0 everywhere"))
    return (
        _multiple(exercise.worlds, pairs)
        or _in_places(exercise.worlds, pairs)
        or _zeros(exercise.worlds, pairs)
        or _known(exercise.worlds, pairs, several=any(isinstance(node, Total) for node in walk(answer)))
    )


def dependence(exercise: Exercise, answer: Expression) -> Phrase | None:
    """What the goal depends on and the answer does not, and the other way round."""
    missing: list[str] = []
    more: list[str] = []
    for name in exercise.setting.tensors:
        goal, found = (_depends(exercise, node, name) for node in (exercise.goal, answer))
        if goal != found:
            (missing if goal else more).append(shown(name))
    facts = {"missing": ", ".join(missing), "more": ", ".join(more)}
    if missing and more:
        words = N_("what is wanted depends on {missing}; your answer depends on {more} instead")
        return Phrase.of(words, **facts)
    if missing:
        words = N_("what is wanted depends on {missing}, your answer does not")
        return Phrase.of(words, missing=facts["missing"])
    if more:
        return Phrase.of(N_("your answer depends on {more}, what is wanted does not"), more=facts["more"])
    return None


def joined_wrongly(exercise: Exercise, answer: Expression) -> Phrase:
    """The last thing to say of an answer: what it is made of."""
    values = exercise.worlds[0].values
    names = {node.name for node in walk(answer) if isinstance(node, Symbol) and node.name in values}
    if not names:
        return Phrase(N_("your answer names no tensor of the exercise"))
    words = N_("this is not the right combination of {names}")
    return Phrase.of(words, names=", ".join(shown(name) for name in sorted(names)))


def _pairs(exercise: Exercise, answer: Expression) -> list[Pair]:
    """Answer and goal in every world; none where their shapes differ."""
    found = []
    for world, (goal, bound) in zip(exercise.worlds, exercise.truths, strict=True):
        evaluation = Evaluation(world, bound)
        try:
            pair = aligned(goal, evaluation.run(answer), evaluation.bound)
        except (MistakeError, UnreadableError):
            return []
        if isinstance(pair, Difference):
            return []
        found.append(pair)
    return found


def _multiple(worlds: tuple[World, ...], pairs: list[Pair]) -> Phrase | None:
    """The answer is a multiple of what is wanted, by a number or a size."""
    ratios = []
    for pair in pairs:
        wanted = np.abs(pair.goal) > 1e-9 * np.max(np.abs(pair.goal))
        if not wanted.any() or not np.allclose(pair.answer[~wanted], 0):
            return None
        found = pair.answer[wanted] / pair.goal[wanted]
        if not np.allclose(found, found.flat[0], rtol=1e-7):
            return None
        ratios.append(float(found.flat[0]))
    if np.allclose(ratios, -1):
        return Phrase(N_("it has the opposite sign of what is wanted"))
    factor = factor_name(worlds, ratios)
    if factor is None:
        return Phrase(N_("it is a multiple of what is wanted, by a number that depends on the sizes"))
    return Phrase.of(N_("it is {factor} times what is wanted"), factor=factor)


def _in_places(worlds: tuple[World, ...], pairs: list[Pair]) -> Phrase | None:
    """Right in some places that can be named, wrong in the others."""
    right = [np.isclose(pair.answer, pair.goal, 1e-8, 1e-10) for pair in pairs]
    if not any(places.any() for places in right):
        return None
    first = pairs[0]
    if first.goal.ndim == 2 and first.dimensions[0] == first.dimensions[1]:
        if all(np.allclose(pair.answer.T, pair.goal, 1e-8, 1e-10) for pair in pairs):
            return Phrase(N_("it is the transpose of what is wanted"))
        eyes = [np.eye(len(pair.goal)) > 0 for pair in pairs]
        one, other = first.labels or ("i", "j")
        facts = {"one": index(one), "other": index(other)}
        if all((places == eye).all() for places, eye in zip(right, eyes, strict=True)):
            return Phrase.of(N_("right for {one} = {other}, wrong for {one} ≠ {other}"), **facts)
        if all((places != eye).all() for places, eye in zip(right, eyes, strict=True)):
            return Phrase.of(N_("right for {one} ≠ {other}, wrong for {one} = {other}"), **facts)
    for known in _tensors(worlds, first):
        above = [array > 0 for array in known.arrays]
        if all((places == positive).all() for places, positive in zip(right, above, strict=True)):
            return Phrase.of(N_("right where {tensor} > 0, wrong elsewhere"), tensor=known.text)
        if all((places != positive).all() for places, positive in zip(right, above, strict=True)):
            return Phrase.of(N_("wrong where {tensor} > 0, right elsewhere"), tensor=known.text)
    return None


def _zeros(worlds: tuple[World, ...], pairs: list[Pair]) -> Phrase | None:
    """0 in places where what is wanted is not; of a square also the wrong sign beside the diagonal."""
    none = [(pair.answer == 0, pair.goal == 0) for pair in pairs]
    if all((found != wanted).all() for found, wanted in none):
        return Phrase(N_("your answer is 0 just where what is wanted is not, and the other way round"))
    for known in _tensors(worlds, pairs[0]):
        zeros = [
            np.broadcast_to(array == 0, pair.goal.shape)
            for array, pair in zip(known.arrays, pairs, strict=True)
        ]
        if all(
            places.any() and found[places].all() and not wanted[places].any()
            for places, (found, wanted) in zip(zeros, none, strict=True)
        ):
            return Phrase.of(
                N_("your answer is 0 where {tensor} = 0, what is wanted is not"), tensor=known.text
            )
    first = pairs[0]
    if first.goal.ndim == 2 and first.dimensions[0] == first.dimensions[1]:
        beside = [np.eye(len(pair.goal)) == 0 for pair in pairs]
        if all(np.allclose(p.answer[b], -p.goal[b], 1e-8, 1e-10) for p, b in zip(pairs, beside, strict=True)):
            one, other = first.labels or ("i", "j")
            words = N_("for {one} ≠ {other} it has the opposite sign, for {one} = {other} it is wrong")
            return Phrase.of(words, one=index(one), other=index(other))
    return None


def _known(worlds: tuple[World, ...], pairs: list[Pair], *, several: bool) -> Phrase | None:
    """A factor or a term that is missing or too many, element by element; `several`: the answer has terms."""
    tensors = list(_tensors(worlds, pairs[0]))
    rest = [Known(f"(1 − {known.text})", tuple(1 - array for array in known.arrays)) for known in tensors]
    masks = [Known(f"1[{known.text} > 0]", tuple(array > 0 for array in known.arrays)) for known in tensors]
    for known in (*tensors, *rest, *masks):
        if _same([pair.answer * k for pair, k in zip(pairs, known.arrays, strict=True)], pairs):
            return Phrase.of(N_("element by element the factor {part} is missing"), part=known.text)
        goals = [pair.goal * k for pair, k in zip(pairs, known.arrays, strict=True)]
        if all(np.allclose(goal, pair.answer, 1e-8, 1e-10) for goal, pair in zip(goals, pairs, strict=True)):
            return Phrase.of(N_("element by element the factor {part} is too many"), part=known.text)
    for known in (*tensors, *_products(tensors)):
        factor = _term(worlds, pairs, known.arrays)
        if factor == "−1" and not several:
            return Phrase.of(N_("the term {part} is missing"), part=f"−{known.text}")
        if factor == "1":
            return Phrase.of(N_("the term {part} is missing"), part=known.text)
        if factor == "−1":
            return Phrase.of(N_("the term {part} is too many"), part=known.text)
        if factor is not None:
            return Phrase.of(N_("the term {part} is missing"), part=f"{factor} {known.text}")
    return None


def _term(worlds: tuple[World, ...], pairs: list[Pair], arrays: tuple[Array, ...]) -> str | None:
    """What a tensor must be multiplied by to be what is missing; None where nothing does it."""
    ratios = []
    for pair, array in zip(pairs, arrays, strict=True):
        term = np.broadcast_to(array, pair.goal.shape)
        some = np.abs(term) > 1e-9 * np.max(np.abs(term))
        missing = pair.goal - pair.answer
        ratio = float(missing[some].flat[0] / term[some].flat[0])
        if not np.allclose(missing, ratio * term, 1e-8, 1e-10):
            return None
        ratios.append(ratio)
    return factor_name(worlds, ratios)


def _same(arrays: list[Array], pairs: list[Pair]) -> bool:
    return all(np.allclose(array, pair.goal, 1e-8, 1e-10) for array, pair in zip(arrays, pairs, strict=True))


def _tensors(worlds: tuple[World, ...], pair: Pair) -> Iterator[Known]:
    """Every tensor in every way that fits the axes of the goal."""
    rank = pair.goal.ndim
    for name, value in worlds[0].values.items():
        axes = value.squeezed().dimensions
        for places in permutations(range(rank), len(axes)):
            if not axes or tuple(pair.dimensions[place] for place in places) != axes:
                continue
            arrays = tuple(_placed(world.values[name].squeezed().array, places, rank) for world in worlds)
            yield Known(_called(name, places, pair), arrays)


def _placed(array: Array, places: tuple[int, ...], rank: int) -> Array:
    """An array with its axes at `places` among `rank` axes."""
    order = sorted(range(len(places)), key=lambda axis: places[axis])
    turned = np.transpose(array, order)
    return turned[tuple(slice(None) if place in places else None for place in range(rank))]


def _called(name: str, places: tuple[int, ...], pair: Pair) -> str:
    word = shown(name)
    if pair.labels:
        letters = "".join(index(pair.labels[place]) for place in places)
        return f"({word})_{letters}" if "_" in word else f"{word}_{letters}"
    return word + ("ᵀ" if places in ((1, 0), (1,)) and pair.goal.ndim == 2 else "")


def _products(tensors: list[Known]) -> Iterator[Known]:
    """Products of two vectors along different axes."""
    rows = [known for known in tensors if 1 in known.arrays[0].shape]
    for one, other in combinations(rows, 2):
        if one.arrays[0].shape != other.arrays[0].shape:
            products = tuple(a * b for a, b in zip(one.arrays, other.arrays, strict=True))
            yield Known(f"{one.text} {other.text}", products)


def _depends(exercise: Exercise, node: Expression, name: str) -> bool:
    """Whether a value changes when one given tensor is drawn anew."""
    bound = exercise.truths[0][1]
    try:
        one, other = (Evaluation(w, bound).run(node) for w in (exercise.worlds[0], exercise.redrawn(name)))
    except (MistakeError, UnreadableError):
        return False
    return not np.allclose(one.array, other.array, 1e-9, 1e-11)
