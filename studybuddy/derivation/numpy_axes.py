"""Calls of NumPy and PyTorch about axes: sums, transposes, new shapes, `einsum`."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from string import ascii_letters
from typing import ClassVar

from studybuddy.derivation.array_expression import (
    Einsum,
    Eye,
    Filled,
    FilledLike,
    Length,
    Reduced,
    Reshaped,
)
from studybuddy.derivation.expression import (
    NEW_AXIS,
    Apply,
    Binding,
    Expression,
    Indexed,
    Number,
    Product,
    SumOver,
    Symbol,
    Transpose,
)
from studybuddy.derivation.numpy_calls import MODULES, CallReader


class AxisReader(CallReader):
    """Reads what sums over axes, turns them, adds and removes them."""

    def _transposed(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        given = [self._literal(node, (), [argument], 0) for argument in arguments[1:]]
        given += [self._literal(node, ("axes",), [], 0)] if node.keywords else []
        order = any(isinstance(part, tuple | list) for part in given) or self._called(node) == "permute"
        axes = [axis for part in given for axis in _list(part)]
        turned = axes in ([], [1, 0], [-1, -2]) or (axes in ([0, 1], [-2, -1]) and not order)
        if not turned:
            raise self._refused(node)
        return Transpose(self.read(arguments[0]), plain=True, span=self._span(node))

    def _reduced(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        name, span = self._called(node), self._span(node)
        builtin = isinstance(node.func, ast.Name)
        if builtin and name == "max":
            return self._extreme(node, arguments)
        axis = self._literal(node, ("axis", "dim"), arguments, 1)
        keep = self._literal(node, ("keepdims", "keepdim"), arguments, 2)
        if isinstance(axis, tuple) and len(axis) == 1:
            axis = axis[0]
        if builtin and len(arguments) > 1 and axis != 0:  # what Python's own sum begins with
            raise self._refused(node)
        if isinstance(axis, bool) or axis not in (None, 0, 1, -1, -2) or len(arguments) > 3:
            raise self._refused(node)
        if not (keep is None or isinstance(keep, bool) or keep in (0, 1)):
            raise self._refused(node)
        if isinstance(arguments[0], ast.GeneratorExp | ast.ListComp):
            body = self._over(arguments[0])
            if axis not in (None, 0) or name != "sum":
                raise self._refused(node)
            return body if builtin or axis == 0 else Reduced("sum", body, span=span)
        if builtin and axis is None:
            axis = 0
        body = self.read(arguments[0])
        how = "max" if name in ("max", "amax") else name
        return Reduced(how, body, axis if isinstance(axis, int) else None, bool(keep), span=span)

    def _over(self, node: ast.GeneratorExp | ast.ListComp) -> Expression:
        """`X[i, k] for i in range(N)`: a sum over i."""
        body = self.read(node.elt)
        for loop in reversed(node.generators):
            called = loop.iter
            if not isinstance(loop.target, ast.Name) or len(loop.target.id) != 1 or loop.ifs:
                raise self._refused(node)
            if not isinstance(called, ast.Call) or len(called.args) != 1 or called.keywords:
                raise self._refused(node)
            if not isinstance(called.func, ast.Name) or called.func.id != "range":
                raise self._refused(node)
            size = self._size(called.args[0])
            upper = size.name if isinstance(size, Symbol) else ""
            body = SumOver(loop.target.id, body, upper, span=self._span(node))
        return body

    def _einsum(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        letters = self._literal(node, (), arguments, 0)
        written = _letters(letters, len(arguments) - 1) if isinstance(letters, str) else None
        if written is None:
            raise self._refused(node)
        operands = tuple(self.read(argument) for argument in arguments[1:])
        return Einsum(written, operands, span=self._span(node))

    def _tensordot(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        """Of two matrices, along one axis of each."""
        axes, span = self._literal(node, ("axes",), arguments, 2), self._span(node)
        left, right = self._read_all(node, arguments[:2], 2)
        if axes == 1:
            return Product(left, right, Binding.MATRIX, span=span)
        pair = [
            part[0] if isinstance(part, tuple | list) and len(part) == 1 else part for part in _list(axes)
        ]
        if len(pair) != 2 or not all(part in (0, 1, -1, -2) for part in pair):
            raise self._refused(node)
        first, second = (int(str(part)) % 2 for part in pair)
        inputs = ("na", "an")[first], ("nb", "bn")[second]
        return Einsum(f"{inputs[0]},{inputs[1]}->ab", (left, right), span=span)

    def _size(self, node: ast.expr) -> Expression:
        """A size of the exercise: its letter, a length, or 1."""
        found = self.read(node)
        known = isinstance(found, Symbol) and found.name in self._names.dimensions
        if known or isinstance(found, Length) or found == Number(1.0):
            return found
        raise self._refused(node)

    def _filled(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        """`np.ones(N)`, `np.ones((1, N))`, `torch.zeros(N, M)`."""
        shape = arguments[0].elts if isinstance(arguments[0], ast.Tuple | ast.List) else arguments
        if not 1 <= len(shape) <= 2 or (len(arguments) > 1 and self._is_numpy(node)):
            raise self._refused(node)
        value = 1.0 if self._called(node) == "ones" else 0.0
        return Filled(value, tuple(self._size(part) for part in shape), span=self._span(node))

    def _filled_like(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        (body,) = self._read_all(node, arguments, 1)
        return FilledLike(1.0 if self._called(node) == "ones_like" else 0.0, body, span=self._span(node))

    def _eye(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        if len(arguments) != 1:
            raise self._refused(node)
        return Eye(self._size(arguments[0]), span=self._span(node))

    def _length(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        """`len(Z)`, `Z.size(0)`."""
        if len(arguments) == 1 and not node.keywords and self._called(node) != "len":
            module = node.func.value if isinstance(node.func, ast.Attribute) else None
            if self._called(node) == "numel" or (isinstance(module, ast.Name) and module.id in MODULES):
                return self._count(node, arguments[0])
            raise self._refused(node)
        axis = self._literal(node, ("dim",), arguments, 1)
        if self._called(node) == "len":
            axis = 0 if axis is None else "none"
        if isinstance(axis, bool) or axis not in (0, 1, -1, -2):
            raise self._refused(node)
        return Length(self.read(arguments[0]), int(str(axis)), span=self._span(node))

    def _count(self, node: ast.expr, body: ast.expr) -> Expression:
        """How many entries there are: `Z.size`, `np.size(Z)`."""
        span = self._span(node)
        return Reduced("sum", FilledLike(1.0, self.read(body), span=span), span=span)

    def _reshaped(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        """Of a vector: `reshape(-1, 1)`, `view(1, -1)`, `ravel()`, `unsqueeze(-1)`."""
        given: list[ast.expr] = []
        for argument in arguments[1:]:
            given += argument.elts if isinstance(argument, ast.Tuple | ast.List) else [argument]
        shape = tuple(self._stretch(part) for part in given)
        if self._called(node) in ("ravel", "flatten", "squeeze"):
            shape = () if shape else (-1,)
        if not 1 <= len(shape) <= 2 or shape.count(-1) != 1:
            raise self._refused(node)
        named = [part for part, size in zip(given, shape, strict=False) if size == -1]
        length = self._size(named[0]) if named and not isinstance(named[0], ast.UnaryOp) else None
        return Reshaped(self.read(arguments[0]), shape, length, span=self._span(node))

    def _stretch(self, node: ast.expr) -> int:
        """1, or −1 for any other size."""
        match node:
            case ast.UnaryOp(ast.USub(), ast.Constant(1)):
                return -1
            case ast.UnaryOp():
                raise self._refused(node)
        return 1 if self._size(node) == Number(1.0) else -1

    def _new_axis(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        """`np.expand_dims(p, 1)`, `p.unsqueeze(0)`."""
        axis, span = self._literal(node, ("axis", "dim"), arguments, 1), self._span(node)
        if isinstance(axis, bool) or axis not in (0, 1, 2, -1) or len(arguments) > 2:
            raise self._refused(node)
        body = self.read(arguments[0])
        if axis == -1:
            return Reshaped(body, (-1, 1), span=span)
        return Indexed(body, (*[":"] * int(str(axis)), NEW_AXIS), plain=True, span=span)

    def _summed_products(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        """`np.vdot`: the products of the entries, summed."""
        left, right = self._read_all(node, arguments, 2)
        span = self._span(node)
        return Reduced("sum", Product(left, right, Binding.EACH, span=span), span=span)

    def _diagonal(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        (body,) = self._read_all(node, arguments, 1)
        return Apply("diag", body, span=self._span(node))

    _CALLS: ClassVar[dict[str, Callable[..., Expression]]] = {
        **CallReader._CALLS,
        **dict.fromkeys(("transpose", "t", "swapaxes", "moveaxis", "permute"), _transposed),
        **dict.fromkeys(("sum", "mean", "max", "amax"), _reduced),
        "einsum": _einsum,
        "tensordot": _tensordot,
        **dict.fromkeys(("ones", "zeros"), _filled),
        **dict.fromkeys(("ones_like", "zeros_like"), _filled_like),
        **dict.fromkeys(("eye", "identity"), _eye),
        **dict.fromkeys(("len", "size", "numel"), _length),
        **dict.fromkeys(("reshape", "view", "ravel", "flatten", "squeeze"), _reshaped),
        **dict.fromkeys(("expand_dims", "unsqueeze"), _new_axis),
        "diagonal": _diagonal,
        "vdot": _summed_products,
    }


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, tuple | list) else [value]


def _letters(given: str, operands: int) -> str | None:
    """The letters of an `einsum` with the arrow; None where they are none that are read."""
    if re.search(r"-\s+>", given):
        return None
    inputs, arrow, output = given.replace(" ", "").replace("...", "").partition("->")
    groups = inputs.split(",")
    if len(groups) != operands or len(inputs) > 40 or not set(inputs) <= {*ascii_letters, ","}:
        return None
    if not arrow:
        output = "".join(sorted(letter for letter in set(inputs) - {","} if inputs.count(letter) == 1))
    if not set(output) <= set(inputs) - {","} or len(set(output)) != len(output):
        return None
    return f"{inputs}->{output}"
