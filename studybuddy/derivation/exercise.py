"""A step to be derived: what is given, what is wanted, and the form it must have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from studybuddy.derivation.expression import (
    NEW_AXIS,
    Derivative,
    Expression,
    Indexed,
    Kronecker,
    Symbol,
    walk,
)
from studybuddy.derivation.names import Names
from studybuddy.derivation.read import read
from studybuddy.derivation.values import UNIT, Value
from studybuddy.derivation.world import DRAWS, Setting, World

if TYPE_CHECKING:
    from studybuddy.core.derivation import Quantities


@dataclass(frozen=True, slots=True)
class Form:
    """What an answer must look like, beside being equal.

    `derivatives`: pairs (`L`, `Z`) that may stay in the answer; every other ∂ restates the goal.
    `contains`: names that must appear. `shape`: `indexed` or `matrix`, empty where either will do.
    """

    derivatives: frozenset[tuple[str, str]] = frozenset()
    contains: tuple[str, ...] = ()
    shape: str = ""

    def restated(self, answer: Expression) -> Derivative | None:
        """A derivative that may not stay in an answer; None where there is none."""
        for node in walk(answer):
            if isinstance(node, Derivative) and derived(node) not in self.derivatives:
                return node
        return None


class Exercise:
    """One step of a derivation, ready to be checked against. Worlds are drawn once."""

    def __init__(self, setting: Setting, goal: Expression, form: Form | None = None) -> None:
        """`goal`: what is to be expressed, usually a derivative."""
        self.setting = setting
        self.goal = goal
        self.form = form or Form()
        self._redrawn: dict[str, World] = {}

    @cached_property
    def worlds(self) -> tuple[World, ...]:
        """The draws that an answer is compared on."""
        return tuple(World(self.setting, draw) for draw in range(DRAWS))

    @cached_property
    def truths(self) -> tuple[tuple[Value, dict[str, str]], ...]:
        """The goal in each world, and the dimensions of its index letters."""
        from studybuddy.derivation.evaluate import Evaluation

        found = []
        for world in self.worlds:
            evaluation = Evaluation(world)
            found.append((evaluation.run(self.goal), evaluation.bound))
        return tuple(found)

    def redrawn(self, name: str) -> World:
        """The first world with one given tensor drawn anew."""
        if name not in self._redrawn:
            self._redrawn[name] = World(self.setting, 0, redrawn=name)
        return self._redrawn[name]

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The index letters of the goal, in the order they are written."""
        return tuple(dict.fromkeys(label for node in walk(self.goal) for label in labels_of(node)))


@dataclass(frozen=True)
class Declaration:
    """A setting as a lesson file declares it: formulas are text.

    `tensors`: dimensions of each that is given, `1` for an axis of length one. `definitions`: LaTeX by name,
    in order.
    """

    tensors: Mapping[str, tuple[str, ...]]
    definitions: Mapping[str, str] = field(default_factory=dict)
    drawn: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    batch: str = "N"
    upstream: str = ""
    loss: str = "L"
    dimensions: tuple[str, ...] = ()

    @classmethod
    def of(cls, given: Quantities) -> Declaration:
        """What a lesson declares, taken out of its facts."""
        return cls(
            tensors=given.tensors,
            definitions=given.definitions,
            drawn=given.drawn,
            others=given.others,
            batch=given.batch,
            upstream=given.upstream,
            loss=given.loss,
            dimensions=given.dimensions,
        )

    def setting(self) -> Setting:
        """The setting, its definitions read in order.

        Raises:
            UnreadableError: a definition is no formula.
        """
        found = dict.fromkeys(dimension for axes in self.tensors.values() for dimension in axes)
        dimensions = self.dimensions or tuple(dimension for dimension in found if dimension != UNIT)
        quantities = tuple(dict.fromkeys((*self.tensors, *self.definitions)))
        names = Names(quantities, dimensions, self.loss, dict(self.others))
        definitions = {name: read(text, names).expression for name, text in self.definitions.items()}
        return Setting(
            names=names,
            tensors={name: axes for name, axes in self.tensors.items() if name not in self.definitions},
            definitions=definitions,
            drawn=self.drawn,
            batch=self.batch,
            upstream=self.upstream,
        )


def labels_of(node: Expression) -> tuple[str, ...]:
    """The index letters that one node bears itself."""
    if isinstance(node, Indexed):
        return tuple(label for label in node.labels if label not in (":", NEW_AXIS) and not label.isdigit())
    if isinstance(node, Kronecker):
        return node.first, node.second
    return ()


def derived(node: Derivative) -> tuple[str, str]:
    """What is derived by what, by name; empty for what has no name."""

    def named(part: Expression) -> str:
        base = part.base if isinstance(part, Indexed) else part
        return base.name if isinstance(base, Symbol) else ""

    return named(node.top), named(node.bottom)
