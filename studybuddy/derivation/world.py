"""An exercise with numbers in it: random tensors, what is defined from them, derivatives by complex step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from studybuddy.derivation.expression import Expression, walk
from studybuddy.derivation.expression import Symbol as Name
from studybuddy.derivation.names import Names
from studybuddy.derivation.values import STEP, Array, Value

SIZES = ((5, 3, 4, 6, 2, 7), (2, 6, 3, 5, 7, 4), (7, 4, 2, 3, 6, 5), (6, 5, 7, 4, 3, 2))
"""Sizes of the dimensions in each draw, in their order: within a draw no two agree."""
DRAWS = len(SIZES)
WIDE = 3
"""The draw that also holds numbers next to zero and large ones: a mask with another threshold shows there."""
TINY = 1e-30
"""The complex step: small enough that its square vanishes, so that derivatives are exact to rounding."""


@dataclass(frozen=True)
class Setting:
    """What is given: `tensors` with their dimensions, `definitions` in order, and how tensors are drawn.

    `drawn`: `onehot` for rows of one 1, `positive` for numbers above zero; others are standard normal.
    """

    names: Names
    tensors: Mapping[str, tuple[str, ...]]
    definitions: Mapping[str, Expression]
    drawn: Mapping[str, str] = field(default_factory=dict)
    batch: str = "N"
    upstream: str = ""
    """The gradient that a bare δ with two indices may mean, empty for none."""


class World:
    """One draw of a setting."""

    def __init__(self, setting: Setting, draw: int, redrawn: str = "") -> None:
        """Draw the given tensors, `redrawn` otherwise than usual, and work out the defined ones."""
        self.setting = setting
        self.sizes = dict(zip(setting.names.dimensions, SIZES[draw], strict=False))
        self.values: dict[str, Value] = {}
        for number, (name, dimensions) in enumerate(setting.tensors.items()):
            chance = np.random.default_rng((draw, number, int(name == redrawn)))
            array = chance.standard_normal([self.sizes.get(dimension, 1) for dimension in dimensions])
            if draw == WIDE:
                array *= chance.choice([1.0, 1e-7, 20.0], size=array.shape, p=[0.5, 0.3, 0.2])
            match setting.drawn.get(name, ""):
                case "onehot":
                    count = array.shape[-1]
                    array = np.eye(count)[chance.integers(0, count, array.shape[:-1])]
                case "positive":
                    array = np.abs(array) + 0.5
            self.values[name] = Value(array, (), dimensions)
        self._slopes: dict[tuple[Expression, str], Value] = {}
        self._define()

    @classmethod
    def of(cls, setting: Setting, sizes: Mapping[str, int], given: Mapping[str, Array]) -> World:
        """A world of given numbers: an array for each given tensor, its shape as `sizes` has it."""
        world = cls.__new__(cls)
        world.setting, world.sizes, world._slopes = setting, dict(sizes), {}
        world.values = {name: Value(array, (), setting.tensors[name]) for name, array in given.items()}
        world._define()
        return world

    def _define(self) -> None:
        from studybuddy.derivation.evaluate import evaluate

        for name, expression in self.setting.definitions.items():
            self.values[name] = evaluate(expression, self)

    def derivative(self, top: Expression, name: str, bound: dict[str, str]) -> Value:
        """Of `top` by every entry of a tensor: the labels of `top`, then its dimensions, then the tensor's.

        `bound` tells over which dimensions index letters run.
        """
        key = (top, name)
        if key not in self._slopes:
            self._slopes[key] = self._stepped(top, name, bound)
        return self._slopes[key]

    def _stepped(self, top: Expression, name: str, bound: dict[str, str]) -> Value:
        from studybuddy.derivation.evaluate import Evaluation

        old = self.values[name]
        entries = old.array.size
        steps = np.eye(entries).reshape(entries, *old.array.shape) * (TINY * 1j)
        moved = World.__new__(World)
        moved.setting, moved.sizes = self.setting, self.sizes
        moved._slopes = {}
        moved.values = dict(self.values)
        moved.values[name] = Value(old.array[None] + steps, (STEP,), old.dimensions)
        touched = {name}
        for defined, expression in self.setting.definitions.items():
            if defined != name and touched & {
                node.name for node in walk(expression) if isinstance(node, Name)
            }:
                moved.values[defined] = Evaluation(moved).value(expression)
                touched.add(defined)
        found = Evaluation(moved, bound).value(top)
        if STEP not in found.labels:
            shape = (*found.array.shape, *old.array.shape)
            return Value(np.zeros(shape), found.labels, found.dimensions + old.dimensions)
        place = found.labels.index(STEP)
        slope = np.moveaxis(np.imag(found.array) / TINY, place, -1)
        labels = found.labels[:place] + found.labels[place + 1 :]
        slope = slope.reshape((*slope.shape[:-1], *old.array.shape))
        return Value(slope, labels, found.dimensions + old.dimensions)
