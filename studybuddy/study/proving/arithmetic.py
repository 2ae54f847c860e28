r"""Formulas that anybody can work out: sums of plain numbers, and shapes of products."""

from __future__ import annotations

import ast
import math
import re

from studybuddy.study.proving.written import may_be_written, read_written

_RELATION = re.compile(r"(=|\\approx)")
_COMMANDS = (
    (r"\{,\}|\\[,;!]|\\quad|\\left|\\right", ""),
    (r"\\times|\\cdot|×", "*"),
    (r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}", r"((\1)/(\2))"),
    (r"\\sqrt\{([^{}]*)\}", r"((\1)**0.5)"),
    (r"\^\{([^{}]*)\}", r"**(\1)"),
    (r"\^(\d)", r"**\1"),
)
_NUMERIC = re.compile(r"[-+*/().\d\s]+\Z")
_SHAPE = re.compile(r"\(([^()]*)\)")
_PRODUCT = re.compile(r"\s*\([^()]*\)(?:\s*\\times\s*\([^()]*\))*\s*\Z")
_MOST = 200


def sums_hold(formula: str) -> bool | None:
    r"""Whether `640 \times 50001 = 32{,}000{,}640` is right; None for what holds more than numbers.

    What follows `\approx` must be what comes before it, rounded to the digits that are written.
    """
    parts = _RELATION.split(formula)
    if len(parts) < 3 or len(formula) > _MOST:
        return None
    values = [_worth(side) for side in parts[::2]]
    found = [value for value in values if value is not None]
    if len(found) < len(values):
        return None
    for before, after, side, relation in zip(found, found[1:], parts[2::2], parts[1::2], strict=False):
        written = read_written(side.strip())
        if relation == "=" or written is None:
            right = math.isclose(before, after, rel_tol=1e-12 if relation == "=" else 1e-2)
        else:
            right = may_be_written(before, written, 0.0, "")
        if not right:
            return False
    return True


def _worth(side: str) -> float | None:
    for pattern, plain in _COMMANDS:
        side = re.sub(pattern, plain, side)
    if not _NUMERIC.match(side) or "**" in re.sub(r"\*\*\(?-?\d{1,2}(?:\.5)?\)?", "", side):
        return None
    try:
        return _evaluated(ast.parse(side.strip(), mode="eval").body)
    except (SyntaxError, ValueError, ArithmeticError, RecursionError):
        return None


def _evaluated(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int() | float() as value):
            return float(value)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_evaluated(operand)
        case ast.BinOp(left=left, op=operation, right=right):
            one, other = _evaluated(left), _evaluated(right)
            match operation:
                case ast.Add():
                    return one + other
                case ast.Sub():
                    return one - other
                case ast.Mult():
                    return one * other
                case ast.Div():
                    return one / other
                case ast.Pow():
                    return float(one**other)
    raise ValueError(ast.dump(node))


def shapes_hold(formula: str) -> bool | None:
    r"""Whether `(N, D) \times (D, M) \to (N, M)` multiplies to the shape it says; None for anything else."""
    sides = re.split(r"=|\\to", formula)
    if len(sides) != 2 or not all(map(_PRODUCT.match, sides)):
        return None
    shapes = [[_axes(found) for found in _SHAPE.findall(side)] for side in sides]
    if any(len(axes) != 2 for side in shapes for axes in side) or max(map(len, shapes)) < 2:
        return None
    results = [_product(side) for side in shapes]
    return None not in results and results[0] == results[1]


def _axes(text: str) -> list[str]:
    return [axis.strip() for axis in text.split(",")]


def _product(shapes: list[list[str]]) -> list[str] | None:
    rows, columns = shapes[0]
    for above, beside in shapes[1:]:
        if columns != above:
            return None
        columns = beside
    return [rows, columns]
