"""Truth values of NumPy: what is one, and what NumPy does not do with them."""

from __future__ import annotations

import ast

from studybuddy.i18n import N_

OF_MASKS = N_("NumPy does not add, subtract or negate masks as numbers: write (…).astype(float)")
COMPARED = {
    **dict.fromkeys(("greater", "gt"), ">"),
    **dict.fromkeys(("less", "lt"), "<"),
    **dict.fromkeys(("greater_equal", "ge"), ">="),
    **dict.fromkeys(("less_equal", "le"), "<="),
}
"""Comparisons by the names of their functions."""


def is_mask(node: ast.expr) -> bool:
    """Whether NumPy keeps a value as truth values."""
    match node:
        case ast.Compare(ast.Name(one), [_], [ast.Name(other)]) if len(one) == len(other) == 1:
            return not (one.islower() and other.islower())
        case ast.Compare():
            return True
        case ast.UnaryOp(ast.Invert(), operand):
            return is_mask(operand)
        case ast.BinOp(left, ast.Mult(), right):
            return is_mask(left) and is_mask(right)
        case ast.Call(ast.Attribute(attr=name) | ast.Name(name)):
            return name in COMPARED or name == "logical_not"
        case ast.Attribute(value, "T"):
            return is_mask(value)
    return False
