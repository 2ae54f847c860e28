"""NumPy and PyTorch notation: parsed by the standard library's `ast`, walked by a whitelist, never run."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable
from math import inf
from typing import ClassVar

from studybuddy.core.phrase import Phrase
from studybuddy.derivation.array_expression import Length, Single
from studybuddy.derivation.expression import (
    NEW_AXIS,
    Binding,
    Chain,
    Comparison,
    Derivative,
    Expression,
    Indexed,
    Kronecker,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Span,
    Symbol,
    Total,
    Transpose,
    Where,
)
from studybuddy.derivation.names import Names
from studybuddy.derivation.numpy_axes import AxisReader
from studybuddy.derivation.numpy_calls import MODULES
from studybuddy.derivation.numpy_masks import OF_MASKS, is_mask
from studybuddy.derivation.source import NeverRunsError, UnreadableError
from studybuddy.i18n import N_

_ELEMENTWISE = {ast.Mult: Binding.EACH, ast.MatMult: Binding.MATRIX}
_OF_TRUTH = (ast.Add, ast.Sub, ast.MatMult)
"""Operators that NumPy refuses for two masks, or takes for `or` and `and`."""
_SIGNS: dict[type[ast.cmpop], str] = {ast.Gt: ">", ast.Lt: "<", ast.GtE: ">=", ast.LtE: "<="}


def read_numpy(text: str, names: Names) -> Expression:
    """An expression of Python.

    Raises:
        UnreadableError: it is no Python, or uses more than tensors, operators and a few functions.
    """
    body = text.strip()
    lead = len(text) - len(text.lstrip())
    try:
        with warnings.catch_warnings():  # Python warns of odd digits and escapes, on stderr
            warnings.simplefilter("ignore")
            tree = ast.parse(body.replace("\n", " ").replace("\r", " "), mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        place = getattr(error, "offset", None) or 1
        raise UnreadableError(Phrase(N_("this is no Python expression")), lead + place - 1) from error
    return _Walker(names, body, lead).whole(tree.body)


class _Walker(AxisReader):
    def __init__(self, names: Names, text: str, lead: int) -> None:
        super().__init__(names)
        self._text = text
        self._lead = lead

    def whole(self, node: ast.expr) -> Expression:
        """All that was typed: one side, or sides that are said to be equal."""
        if isinstance(node, ast.Compare) and all(isinstance(op, ast.Eq) for op in node.ops):
            sides = (node.left, *node.comparators)
            if self._letters(sides) is None:
                return Chain(tuple(self.read(side) for side in sides), span=self._span(node))
        return self.read(node)

    def read(self, node: ast.expr) -> Expression:
        reader = self._READERS.get(type(node))
        if reader is None:
            raise self._refused(node)
        return reader(self, node)

    def _span(self, node: ast.expr) -> Span:
        """In characters of what was typed; `ast` counts bytes."""
        line = self._text.encode()
        begin = len(line[: node.col_offset].decode(errors="ignore"))
        end = len(line[: node.end_col_offset or 0].decode(errors="ignore"))
        return self._lead + begin, self._lead + max(end, begin + 1)

    def _constant(self, node: ast.Constant) -> Expression:
        if isinstance(node.value, bool) or not isinstance(node.value, int | float):
            raise self._refused(node)
        try:
            value = float(node.value)
        except OverflowError:
            value = inf
        if value == inf:
            raise UnreadableError(Phrase(N_("this number is too large")), self._span(node)[0])
        return Number(value, span=self._span(node))

    def _name(self, node: ast.Name) -> Expression:
        span, word = self._span(node), node.id
        if (known := self._names.tensor(word)) is not None:
            return Symbol(known, span=span)
        if word == self._names.loss:
            return Symbol(word, span=span)
        if (tensor := self._names.gradient_of(word)) is not None:
            return Derivative(Symbol(self._names.loss), Symbol(tensor), span=span)
        if word.endswith("T") and (known := self._names.tensor(word[:-1])) in self._names.tensors:
            return Transpose(Symbol(known or "", span=(span[0], span[1] - 1)), plain=True, span=span)
        stem, _, tail = word.rpartition("_")
        if stem and tail.islower() and tail.isalpha():
            if stem == "delta" and len(tail) == 2:
                return Kronecker(tail[0], tail[1], written=True, span=span)
            if (known := self._names.tensor(stem)) is not None:
                return Indexed(Symbol(known, span=span), tuple(tail), span=span)
        raise UnreadableError(self._names.unknown(word), span[0])

    def _unary(self, node: ast.UnaryOp) -> Expression:
        if isinstance(node.op, ast.UAdd | ast.USub) and is_mask(node.operand):
            raise NeverRunsError(Phrase(OF_MASKS), self._span(node)[0])
        if isinstance(node.op, ast.UAdd):
            return self.read(node.operand)
        if isinstance(node.op, ast.Invert | ast.Not):
            mask, span = self.read(node.operand), self._span(node)
            own = isinstance(node.op, ast.Not)
            if not isinstance(mask, Comparison | Kronecker if own else Comparison):
                refused = self._refused(node)
                raise NeverRunsError(refused.reason, refused.place)  # in LaTeX ~ would be a space
            if own:
                mask = Single(mask, "not", span=span)
            return Total(Number(1.0), Negative(mask, span=span), span=span)
        if not isinstance(node.op, ast.USub):
            raise self._refused(node)
        return Negative(self.read(node.operand), span=self._span(node))

    def _binary(self, node: ast.BinOp) -> Expression:
        left, right, span = self.read(node.left), self.read(node.right), self._span(node)
        if isinstance(node.op, _OF_TRUTH) and is_mask(node.left) and is_mask(node.right):
            raise NeverRunsError(Phrase(OF_MASKS), span[0])
        match node.op:
            case ast.Add():
                return Total(left, right, span=span)
            case ast.Sub():
                return Total(left, Negative(right, span=right.span), span=span)
            case ast.Mult() | ast.MatMult():
                return Product(left, right, _ELEMENTWISE[type(node.op)], span=span)
            case ast.Div():
                return Quotient(left, right, span=span)
            case ast.Pow():
                return Power(left, right, span=span)
        raise self._refused(node)

    def _compare(self, node: ast.Compare) -> Expression:
        span = self._span(node)
        letters = self._letters((node.left, *node.comparators))
        sign = _SIGNS.get(type(node.ops[0]))
        if letters is not None and sign is not None:
            if not any(map(self._names.is_tensor, letters)):
                return Kronecker(*letters, sign, span=span)
        elif letters is not None and isinstance(node.ops[0], ast.Eq | ast.NotEq):
            equal = Kronecker(*letters, span=span)
            if isinstance(node.ops[0], ast.Eq):
                return equal
            return Total(Number(1.0), Negative(equal, span=span), span=span)
        if len(node.ops) != 1 or sign is None:
            raise self._refused(node)
        return Comparison(self.read(node.left), self.read(node.comparators[0]), sign, span=span)

    @staticmethod
    def _letters(sides: tuple[ast.expr, ...]) -> tuple[str, str] | None:
        """The two index letters that are compared; None where it is anything else."""
        letters = [side.id for side in sides if isinstance(side, ast.Name) and len(side.id) == 1]
        if len(letters) != 2 or len(sides) != 2 or not all(letter.islower() for letter in letters):
            return None
        return letters[0], letters[1]

    def _chosen(self, node: ast.IfExp) -> Expression:
        """`X[i, k] if l == j else 0`."""
        condition, yes, no = self.read(node.test), self.read(node.body), self.read(node.orelse)
        return Where(Single(condition, span=condition.span), yes, no, span=self._span(node))

    def _attribute(self, node: ast.Attribute) -> Expression:
        span = self._span(node)
        if node.attr in ("T", "mT"):
            return Transpose(self._array(node, node.value), plain=True, span=span)
        if node.attr == "grad" and isinstance(node.value, ast.Name):
            tensor = self._names.tensor(node.value.id)
            if tensor in self._names.tensors:
                return Derivative(Symbol(self._names.loss), Symbol(tensor or ""), span=span)
        if node.attr == "size":
            return self._count(node, node.value)
        raise self._refused(node)

    def _subscript(self, node: ast.Subscript) -> Expression:
        if isinstance(node.value, ast.Attribute) and node.value.attr == "shape":
            return self._axis_of(node, node.value.value)
        if (asked := self._asked_for_shape(node.value)) is not None:
            return self._axis_of(node, asked)
        held = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        labels = tuple(self._label(node, part) for part in held)
        return Indexed(self._array(node, node.value), labels, plain=True, span=self._span(node))

    def _array(self, node: ast.expr, value: ast.expr) -> Expression:
        """What has axes: a plain number and a size have none."""
        found = self.read(value)
        size = isinstance(found, Symbol) and found.name in self._names.dimensions
        if size or isinstance(found, Number | Length):
            raise self._refused(node)
        return found

    @staticmethod
    def _asked_for_shape(node: ast.expr) -> ast.expr | None:
        """What `np.shape(Z)` asks about; None for anything else."""
        if not isinstance(node, ast.Call) or len(node.args) != 1 or node.keywords:
            return None
        function = node.func
        if not isinstance(function, ast.Attribute) or function.attr != "shape":
            return None
        module = function.value
        return node.args[0] if isinstance(module, ast.Name) and module.id in MODULES else None

    def _axis_of(self, node: ast.Subscript, body: ast.expr) -> Expression:
        """`Z.shape[0]`."""
        try:
            axis = ast.literal_eval(node.slice)
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError) as error:
            raise self._refused(node) from error
        if type(axis) is not int or axis not in (0, 1, -1, -2):
            raise self._refused(node)
        return Length(self.read(body), axis, span=self._span(node))

    def _label(self, node: ast.Subscript, part: ast.expr) -> str:
        if isinstance(part, ast.Name) and len(part.id) == 1 and part.id.islower():
            return part.id
        if isinstance(part, ast.Slice) and not (part.lower or part.upper or part.step):
            return ":"
        if isinstance(part, ast.Constant) and part.value is None:
            return NEW_AXIS
        if isinstance(part, ast.Attribute) and part.attr == "newaxis" and isinstance(part.value, ast.Name):
            return NEW_AXIS
        if isinstance(part, ast.Constant) and type(part.value) is int:
            return str(part.value)
        raise self._refused(node)

    _READERS: ClassVar[dict[type[ast.expr], Callable[..., Expression]]] = {
        ast.Constant: _constant,
        ast.Name: _name,
        ast.UnaryOp: _unary,
        ast.BinOp: _binary,
        ast.Compare: _compare,
        ast.IfExp: _chosen,
        ast.Attribute: _attribute,
        ast.Subscript: _subscript,
        ast.Call: AxisReader._call,
    }
