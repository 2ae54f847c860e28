"""What only NumPy and PyTorch have, beside the expressions of formulas."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import ClassVar

from studybuddy.derivation.expression import Expression


@dataclass(frozen=True, slots=True)
class Reduced(Expression):
    """`sum`, `mean` or `max` over an axis, over all of them for None."""

    PARTS: ClassVar[tuple[str, ...]] = ("body",)
    how: str
    body: Expression
    axis: int | None = None
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Einsum(Expression):
    """NumPy's `einsum` with its letters."""

    letters: str
    operands: tuple[Expression, ...]

    def parts(self) -> tuple[Expression, ...]:
        """The operands."""
        return self.operands

    def with_parts(self, parts: tuple[Expression, ...]) -> Expression:
        """The same letters with other operands."""
        return replace(self, operands=parts)


@dataclass(frozen=True, slots=True)
class Filled(Expression):
    """An array of one number. `sizes` are dimensions, lengths or 1."""

    value: float
    sizes: tuple[Expression, ...]

    def parts(self) -> tuple[Expression, ...]:
        """The sizes."""
        return self.sizes

    def with_parts(self, parts: tuple[Expression, ...]) -> Expression:
        """The same number in another shape."""
        return replace(self, sizes=parts)


@dataclass(frozen=True, slots=True)
class Eye(Expression):
    """The identity matrix of a size."""

    PARTS: ClassVar[tuple[str, ...]] = ("size",)
    size: Expression


@dataclass(frozen=True, slots=True)
class FilledLike(Expression):
    """An array of one number in the shape of another array."""

    PARTS: ClassVar[tuple[str, ...]] = ("body",)
    value: float
    body: Expression


@dataclass(frozen=True, slots=True)
class Single(Expression):
    """What Python's own `if`, `not`, `bool` or `max` is given: one number. For `outer`: a vector."""

    PARTS: ClassVar[tuple[str, ...]] = ("body",)
    body: Expression
    word: str = field(default="if", compare=False)


@dataclass(frozen=True, slots=True)
class Length(Expression):
    """How long an axis is: `len(Z)`, `Z.shape[0]`, `Z.size(0)`."""

    PARTS: ClassVar[tuple[str, ...]] = ("body",)
    body: Expression
    axis: int = 0


@dataclass(frozen=True, slots=True)
class Reshaped(Expression):
    """A vector as a column `(-1, 1)`, as a row `(1, -1)` or as a vector `(-1,)`."""

    PARTS: ClassVar[tuple[str, ...]] = ("body",)
    body: Expression
    shape: tuple[int, ...]
    length: Expression | None = None
    """The size that was written for the axis of the vector, if one was."""
