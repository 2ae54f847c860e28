"""Expressions with numbers put in, as LaTeX, and the small numbers themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studybuddy.derivation.expression import (
    Apply,
    Binding,
    Comparison,
    Expression,
    Indexed,
    Negative,
    Number,
    Ones,
    Power,
    Product,
    Quotient,
    Symbol,
    Total,
    Transpose,
)
from studybuddy.derivation.latex import latex
from studybuddy.derivation.values import UNIT
from studybuddy.derivation.world import World

if TYPE_CHECKING:
    from studybuddy.derivation.values import Array
    from studybuddy.derivation.world import Setting

SMALL = 2
"""Every dimension of the small world: the least at which a sum has terms."""
_PATTERNS = ((1, 2, 3, -1), (1, -1, 2, 1), (2, 1, -1, 3), (-1, 2, 1, 3))
_UPSTREAM = (2, 1, 3, -2)
_DIGITS = 3


def small_world(setting: Setting) -> World:
    """A world in which every dimension is 2 and every given tensor holds small whole numbers.

    None of the first four is symmetric or another's transpose: a transpose, an order or a factor shows in the
    result.
    """
    import numpy as np

    sizes = dict.fromkeys(setting.names.dimensions, SMALL)
    given: dict[str, Array] = {}
    plain = 0
    for name, dimensions in setting.tensors.items():
        upstream = name.startswith("delta_")
        pattern = _UPSTREAM if upstream else _PATTERNS[plain % len(_PATTERNS)]
        plain += not upstream
        array = np.resize(
            np.array(pattern, dtype=float), [1 if dimension == UNIT else SMALL for dimension in dimensions]
        )
        match setting.drawn.get(name, ""):
            case "onehot":
                array = np.eye(SMALL)[::-1] if len(dimensions) == 2 else np.eye(SMALL)[0]
            case "positive":
                array = np.abs(array)
        given[name] = array
    return World.of(setting, sizes, given)


def matrix(array: Array) -> str:
    """A number, a column or a matrix as LaTeX."""
    if not array.ndim:
        return number(float(array))
    rows = array if array.ndim == 2 else array[:, None]
    lines = r" \\ ".join(" & ".join(number(float(value)) for value in row) for row in rows)
    return rf"\begin{{pmatrix}} {lines} \end{{pmatrix}}"


def number(value: float) -> str:
    """A number with as many digits as are of use."""
    rounded = round(value, _DIGITS) + 0.0
    return f"{rounded:g}"


def put_in(node: Expression, world: World) -> str:
    """An entry that was written out, its tensors replaced by their numbers; brackets where a sign asks."""
    return _Figures(world).write(node)


def factors(node: Expression, world: World) -> str:
    """A formula with each tensor replaced by its matrix of numbers; a transposed one stands transposed."""
    return _Figures(world, whole=True).write(node)


class _Figures:
    def __init__(self, world: World, *, whole: bool = False) -> None:
        self._world = world
        self._whole = whole

    def write(self, node: Expression, *, leading: bool = True) -> str:
        """One node; `leading`: nothing stands before it, so that a minus sign needs no brackets."""
        found = self._figure(node)
        if found is not None:
            return found if leading or not found.startswith("-") else f"({found})"
        match node:
            case Total(left, Negative(right)):
                return f"{self.write(left, leading=leading)} - {self._factor(right)}"
            case Total(left, right):
                return f"{self.write(left, leading=leading)} + {self.write(right, leading=False)}"
            case Product(left, right, binding):
                each = r" \odot " if binding is Binding.EACH else " "
                sign = each if self._whole else r" \cdot "
                return f"{self._factor(left, leading=leading)}{sign}{self._factor(right, last=True)}"
        return self._joined(node)

    def _joined(self, node: Expression) -> str:
        """Of what is neither a sum nor a product."""
        match node:
            case Negative(body):
                return f"-{self._factor(body)}"
            case Quotient(top, bottom):
                return rf"\frac{{{self.write(top)}}}{{{self.write(bottom)}}}"
            case Power(base, exponent):
                return f"{self._factor(base)}^{{{self.write(exponent)}}}"
            case Comparison(left, right, sign):
                return rf"\mathbf{{1}}\left[{self.write(left)} {sign} {self.write(right)}\right]"
            case Apply("sqrt", body, 0):
                return rf"\sqrt{{{self.write(body)}}}"
            case Apply():
                name = latex(Apply(node.function, Number(0.0), node.primes)).partition(r"\left(")[0]
                return rf"{name}\left({self.write(node.body)}\right)"
        return latex(node)

    def _figure(self, node: Expression) -> str | None:
        """A tensor, an entry of one, or a matrix that holds together by itself, in numbers."""
        match node:
            case Number(value):
                return number(value)
            case Symbol(name) if name in self._world.values:
                return matrix(self._world.values[name].array)
            case Symbol(name) if name in self._world.sizes:
                return number(self._world.sizes[name])
            case Indexed(Symbol(name), labels) if all(label.isdigit() for label in labels):
                place = tuple(int(label) - 1 for label in labels)
                return number(float(self._world.values[name].squeezed().array[place]))
            case Transpose(Symbol() | Ones()) | Comparison() if self._whole:
                return matrix(self._value(node))
            case Indexed() | Apply("softmax", _, _) if not self._whole:
                return number(float(self._value(node)))
        return None

    def _value(self, node: Expression) -> Array:
        from studybuddy.derivation.evaluate import Evaluation

        if isinstance(node, Indexed):
            place = tuple(int(label) - 1 for label in node.labels)
            return Evaluation(self._world).value(node.base).array[place]
        return Evaluation(self._world).value(node).array

    def _factor(self, node: Expression, *, leading: bool = False, last: bool = False) -> str:
        """In brackets where a sign, a sum or an order would be read wrongly."""
        if isinstance(node, Total | Negative) or (self._whole and last and isinstance(node, Product)):
            return rf"\left({self.write(node)}\right)"
        return self.write(node, leading=leading)
