"""What every notation is read into: one tree of what a learner wrote.

Each node keeps the stretch of the source that it was read from, so that a wrong part can be pointed at; two
nodes are equal whatever their stretches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, ClassVar, TypeAlias

Span: TypeAlias = tuple[int, int]
"""Begin and end of a stretch of the source, as indices into it."""


NEW_AXIS = "None"
"""The label of an axis that NumPy adds."""


class Binding(StrEnum):
    """How two factors were joined."""

    BESIDE = "beside"
    """Side by side, or with a dot: a matrix product where both are tensors."""
    MATRIX = "matrix"
    """`@`: a matrix product by NumPy's rules."""
    EACH = "each"
    """Element by element."""
    STAR = "star"
    """A star typed in a formula: element by element where the shapes fit, else a matrix product."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A node. `PARTS` names the fields that hold nodes."""

    PARTS: ClassVar[tuple[str, ...]] = ()
    span: Span = field(default=(0, 0), compare=False, repr=False, kw_only=True)

    def parts(self) -> tuple[Expression, ...]:
        """The nodes below, in the order they were written."""
        return tuple(getattr(self, name) for name in self.PARTS)

    def with_parts(self, parts: tuple[Expression, ...]) -> Expression:
        """The same node above other nodes."""
        changes: dict[str, Any] = dict(zip(self.PARTS, parts, strict=True))
        return replace(self, **changes) if parts else self


@dataclass(frozen=True, slots=True)
class Number(Expression):
    """A number."""

    value: float


@dataclass(frozen=True, slots=True)
class Symbol(Expression):
    """A name of the exercise, in its own spelling."""

    name: str


@dataclass(frozen=True, slots=True)
class Ones(Expression):
    """A vector of ones. Without a dimension it takes that of its neighbour."""

    dimension: str = ""


@dataclass(frozen=True, slots=True)
class Identity(Expression):
    """The identity matrix. Without a dimension it takes that of its neighbour."""

    dimension: str = ""


@dataclass(frozen=True, slots=True)
class Indexed(Expression):
    """A tensor with a letter, a number or `:` (the whole axis) for each of its axes.

    By NumPy's rules (`plain`) labels may be fewer than axes, `None` is a new axis, and a row is no matrix.
    """

    PARTS: ClassVar[tuple[str, ...]] = ("base",)
    base: Expression
    labels: tuple[str, ...]
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Kronecker(Expression):
    """1 where two indices agree, or are in another order (`sign`), else 0.

    `written`: as a bare δ, which may also mean a gradient.
    """

    first: str
    second: str
    sign: str = "="
    written: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Transpose(Expression):
    """Axes turned round. By NumPy's rules (`plain`) a vector stays as it is, else it becomes a row."""

    PARTS: ClassVar[tuple[str, ...]] = ("body",)
    body: Expression
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Negative(Expression):
    """With the other sign."""

    PARTS: ClassVar[tuple[str, ...]] = ("body",)
    body: Expression


@dataclass(frozen=True, slots=True)
class Total(Expression):
    """Two terms added; a difference adds a `Negative`."""

    PARTS: ClassVar[tuple[str, ...]] = ("left", "right")
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Product(Expression):
    """Two factors."""

    PARTS: ClassVar[tuple[str, ...]] = ("left", "right")
    left: Expression
    right: Expression
    binding: Binding = Binding.BESIDE


@dataclass(frozen=True, slots=True)
class Quotient(Expression):
    """A fraction."""

    PARTS: ClassVar[tuple[str, ...]] = ("top", "bottom")
    top: Expression
    bottom: Expression


@dataclass(frozen=True, slots=True)
class Power(Expression):
    """A power, element by element."""

    PARTS: ClassVar[tuple[str, ...]] = ("base", "exponent")
    base: Expression
    exponent: Expression


@dataclass(frozen=True, slots=True)
class SumOver(Expression):
    """A sum over an index. `upper` names the dimension it runs to, empty when none was written.

    `lower` is the first value, counted from 1; `short` how many are left out at the end.
    """

    PARTS: ClassVar[tuple[str, ...]] = ("body",)
    label: str
    body: Expression
    upper: str = ""
    lower: int = 1
    short: int = 0


@dataclass(frozen=True, slots=True)
class Comparison(Expression):
    """1 where it holds, else 0. `sign` is one of `<`, `>`, `<=`, `>=`."""

    PARTS: ClassVar[tuple[str, ...]] = ("left", "right")
    left: Expression
    right: Expression
    sign: str


@dataclass(frozen=True, slots=True)
class Where(Expression):
    """One value where a condition holds, another elsewhere."""

    PARTS: ClassVar[tuple[str, ...]] = ("condition", "yes", "no")
    condition: Expression
    yes: Expression
    no: Expression


@dataclass(frozen=True, slots=True)
class Apply(Expression):
    """A function; `primes` counts its derivatives."""

    PARTS: ClassVar[tuple[str, ...]] = ("body",)
    function: str
    body: Expression
    primes: int = 0


@dataclass(frozen=True, slots=True)
class Derivative(Expression):
    """The derivative of `top` by `bottom`, a name or a name with indices."""

    PARTS: ClassVar[tuple[str, ...]] = ("top", "bottom")
    top: Expression
    bottom: Expression


@dataclass(frozen=True, slots=True)
class Chain(Expression):
    """`a = b = c`."""

    sides: tuple[Expression, ...]

    def parts(self) -> tuple[Expression, ...]:
        """The sides."""
        return self.sides

    def with_parts(self, parts: tuple[Expression, ...]) -> Expression:
        """Other sides."""
        return replace(self, sides=parts)


def walk(node: Expression) -> Iterator[Expression]:
    """A node and all below it."""
    yield node
    for part in node.parts():
        yield from walk(part)


def mapped(node: Expression, change: Callable[[Expression], Expression]) -> Expression:
    """The tree with every node changed, the lower ones first."""
    parts = node.parts()
    fresh = tuple(mapped(part, change) for part in parts)
    if any(new is not old for new, old in zip(fresh, parts, strict=True)):
        node = node.with_parts(fresh)
    return change(node)


def renamed(node: Expression, old: str, new: str) -> Expression:
    """The tree with one free index called otherwise."""
    if isinstance(node, SumOver) and node.label == old:
        return node
    if isinstance(node, Indexed):
        labels = tuple(new if label == old else label for label in node.labels)
        return replace(node, base=renamed(node.base, old, new), labels=labels)
    if isinstance(node, Kronecker):
        first, second = (new if label == old else label for label in (node.first, node.second))
        return replace(node, first=first, second=second)
    parts = node.parts()
    return node.with_parts(tuple(renamed(part, old, new) for part in parts)) if parts else node
