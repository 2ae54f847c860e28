"""NumPy and PyTorch notation: parsed by the standard library's `ast`, walked by a whitelist, never run."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import ClassVar

from studybuddy.core.phrase import Phrase
from studybuddy.derivation.expression import (
    Apply,
    Binding,
    Chain,
    Comparison,
    Derivative,
    Einsum,
    Expression,
    Indexed,
    Kronecker,
    Negative,
    Number,
    Ones,
    Power,
    Product,
    Quotient,
    Reduced,
    Span,
    Symbol,
    Total,
    Transpose,
    Where,
)
from studybuddy.derivation.names import Names
from studybuddy.derivation.source import UnreadableError
from studybuddy.i18n import N_

MODULES = frozenset({"np", "numpy", "torch", "F", "nn", "functional", "jnp"})
_FUNCTIONS = {
    "exp": "exp",
    "log": "log",
    "tanh": "tanh",
    "sqrt": "sqrt",
    "softmax": "softmax",
    "relu": "relu",
    "ReLU": "relu",
    "sigmoid": "sigmoid",
    "diag": "diag",
}
_SAME = frozenset({"astype", "float", "double", "copy", "clone", "detach", "contiguous", "to", "type"})
_ELEMENTWISE = {ast.Mult: Binding.EACH, ast.MatMult: Binding.MATRIX}
_SIGNS: dict[type[ast.cmpop], str] = {ast.Gt: ">", ast.Lt: "<", ast.GtE: ">=", ast.LtE: "<="}


def read_numpy(text: str, names: Names) -> Expression:
    """An expression of Python.

    Raises:
        UnreadableError: it is no Python, or uses more than tensors, operators and a few functions.
    """
    body = text.strip()
    lead = len(text) - len(text.lstrip())
    try:
        tree = ast.parse(body.replace("\n", " "), mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        place = getattr(error, "offset", None) or 1
        raise UnreadableError(Phrase(N_("this is no Python expression")), lead + place - 1) from error
    return _Walker(names, body, lead).read(tree.body)


class _Walker:
    def __init__(self, names: Names, text: str, lead: int) -> None:
        self._names = names
        self._text = text
        self._lead = lead

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

    def _refused(self, node: ast.expr) -> UnreadableError:
        words = N_("{code} is not read here: tensors, operators and a few functions of NumPy are")
        code = ast.unparse(node)
        short = code if len(code) <= 40 else code[:39] + "…"
        return UnreadableError(Phrase.of(words, code=short), self._span(node)[0])

    def _constant(self, node: ast.Constant) -> Expression:
        if isinstance(node.value, bool) or not isinstance(node.value, int | float):
            raise self._refused(node)
        try:
            return Number(float(node.value), span=self._span(node))
        except OverflowError as error:
            raise self._refused(node) from error

    def _name(self, node: ast.Name) -> Expression:
        span, word = self._span(node), node.id
        if (known := self._names.tensor(word)) is not None:
            return Symbol(known, span=span)
        if word == self._names.loss:
            return Symbol(word, span=span)
        if (tensor := self._names.gradient_of(word)) is not None:
            return Derivative(Symbol(self._names.loss), Symbol(tensor), span=span)
        stem, _, tail = word.rpartition("_")
        if stem and tail.islower() and tail.isalpha():
            if stem == "delta" and len(tail) == 2:
                return Kronecker(tail[0], tail[1], written=True, span=span)
            if (known := self._names.tensor(stem)) is not None:
                return Indexed(Symbol(known, span=span), tuple(tail), span=span)
        words = N_("{name} is no name of this exercise; there are {known}")
        raise UnreadableError(Phrase.of(words, name=word[:30], known=self._names.known()), span[0])

    def _unary(self, node: ast.UnaryOp) -> Expression:
        if isinstance(node.op, ast.UAdd):
            return self.read(node.operand)
        if not isinstance(node.op, ast.USub):
            raise self._refused(node)
        return Negative(self.read(node.operand), span=self._span(node))

    def _binary(self, node: ast.BinOp) -> Expression:
        left, right, span = self.read(node.left), self.read(node.right), self._span(node)
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
        if len(node.ops) != 1 or (sign := _SIGNS.get(type(node.ops[0]))) is None:
            if all(isinstance(op, ast.Eq) for op in node.ops):
                sides = tuple(self.read(side) for side in (node.left, *node.comparators))
                return Chain(sides, span=self._span(node))
            raise self._refused(node)
        return Comparison(self.read(node.left), self.read(node.comparators[0]), sign, span=self._span(node))

    def _attribute(self, node: ast.Attribute) -> Expression:
        if node.attr not in ("T", "mT"):
            raise self._refused(node)
        return Transpose(self.read(node.value), plain=True, span=self._span(node))

    def _subscript(self, node: ast.Subscript) -> Expression:
        held = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        labels = []
        for part in held:
            if isinstance(part, ast.Name) and len(part.id) == 1:
                labels.append(part.id)
            elif isinstance(part, ast.Slice) and not (part.lower or part.upper or part.step):
                labels.append(":")
            else:
                raise self._refused(node)
        return Indexed(self.read(node.value), tuple(labels), span=self._span(node))

    def _call(self, node: ast.Call) -> Expression:
        function = node.func
        if isinstance(function, ast.Attribute):
            module = function.value
            while isinstance(module, ast.Attribute):
                module = module.value
            if isinstance(module, ast.Name) and module.id in MODULES:
                return self._applied(node, function.attr, list(node.args))
            return self._applied(node, function.attr, [function.value, *node.args])
        if isinstance(function, ast.Name) and self._names.tensor(function.id) is None:
            return self._applied(node, function.id, list(node.args))
        raise self._refused(node)

    def _applied(self, node: ast.Call, name: str, arguments: list[ast.expr]) -> Expression:
        span = self._span(node)
        if not arguments:
            raise self._refused(node)
        if name in _FUNCTIONS:
            self._last_axis(node, arguments)
            return Apply(_FUNCTIONS[name], self.read(arguments[0]), span=span)
        if name in _SAME:
            return self.read(arguments[0])
        special = self._SPECIAL.get(name)
        if special is None:
            raise self._refused(node)
        return special(self, node, arguments)

    def _last_axis(self, node: ast.Call, arguments: list[ast.expr]) -> None:
        """Softmax runs along a row, and nothing else is written here."""
        axis = self._keyword(node, ("axis", "dim"), arguments, 1)
        if axis not in (None, 1, -1):
            raise self._refused(node)

    def _keyword(
        self, node: ast.Call, words: tuple[str, ...], arguments: list[ast.expr], place: int
    ) -> object:
        """A literal argument by name or by place, None where it is not there."""
        found = next((k.value for k in node.keywords if k.arg in words), None)
        if found is None and len(arguments) > place:
            found = arguments[place]
        if found is None:
            return None
        try:
            value: object = ast.literal_eval(found)
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError) as error:
            raise self._refused(node) from error
        return value

    def _product(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        if len(arguments) != 2:
            raise self._refused(node)
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        binding = Binding.EACH if name in ("multiply", "mul") else Binding.MATRIX
        left, right = (self.read(argument) for argument in arguments)
        return Product(left, right, binding, span=self._span(node))

    def _outer(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        if len(arguments) != 2:
            raise self._refused(node)
        left, right = (self.read(argument) for argument in arguments)
        return Product(left, Transpose(right, span=right.span), span=self._span(node))

    def _sums(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        """`add`, `subtract`, `divide` as functions."""
        if len(arguments) != 2:
            raise self._refused(node)
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        left, right = (self.read(argument) for argument in arguments)
        span = self._span(node)
        if name == "divide":
            return Quotient(left, right, span=span)
        return Total(left, right if name == "add" else Negative(right, span=right.span), span=span)

    def _transposed(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        axes = []
        for argument in arguments[1:]:
            value = self._keyword(node, (), [argument], 0)
            axes += list(value) if isinstance(value, tuple | list) else [value]
        if axes not in ([], [0, 1], [1, 0], [-2, -1], [-1, -2]):
            raise self._refused(node)
        return Transpose(self.read(arguments[0]), plain=True, span=self._span(node))

    def _reduced(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        axis = self._keyword(node, ("axis", "dim"), arguments, 1)
        keep = self._keyword(node, ("keepdims", "keepdim"), arguments, 2)
        if isinstance(axis, tuple) and len(axis) == 1:
            axis = axis[0]
        if axis is not None and (isinstance(axis, bool) or axis not in (0, 1, -1, -2)):
            raise self._refused(node)
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "sum")
        how = "mean" if name == "mean" else "sum"
        return Reduced(
            how,
            self.read(arguments[0]),
            axis if isinstance(axis, int) else None,
            bool(keep),
            span=self._span(node),
        )

    def _einsum(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        letters = self._keyword(node, (), arguments, 0)
        if (
            not isinstance(letters, str)
            or len(arguments) > 5
            or not _einsum_letters(letters, len(arguments) - 1)
        ):
            raise self._refused(node)
        operands = tuple(self.read(argument) for argument in arguments[1:])
        return Einsum(letters.replace(" ", ""), operands, span=self._span(node))

    def _maximum(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        if len(arguments) != 2:
            raise self._refused(node)
        left, right = (self.read(argument) for argument in arguments)
        if Number(0.0) not in (left, right):
            raise self._refused(node)
        return Apply("relu", left if right == Number(0.0) else right, span=self._span(node))

    def _clamped(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        if self._keyword(node, ("min", "a_min"), arguments, 1) != 0 or len(arguments) > 2:
            raise self._refused(node)
        return Apply("relu", self.read(arguments[0]), span=self._span(node))

    def _where(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        if len(arguments) != 3:
            raise self._refused(node)
        condition, yes, no = (self.read(argument) for argument in arguments)
        return Where(condition, yes, no, span=self._span(node))

    def _ones(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        """`np.ones(N)`, `np.ones((N, 1))`, `np.ones((1, N))`."""
        shape = arguments[0].elts if isinstance(arguments[0], ast.Tuple) else arguments
        held = [part for part in shape if not (isinstance(part, ast.Constant) and part.value == 1)]
        if len(held) != 1 or not isinstance(held[0], ast.Name) or len(shape) > 2:
            raise self._refused(node)
        dimension = self._names.tensor(held[0].id)
        if dimension is None or dimension not in self._names.dimensions:
            raise self._refused(node)
        span = self._span(node)
        ones: Expression = Ones(dimension, span=span)
        if len(shape) == 1:
            return ones
        return (
            Transpose(ones, span=span) if shape[0] is not held[0] else Transpose(Transpose(ones), span=span)
        )

    def _power(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        if len(arguments) == 1:
            return Power(self.read(arguments[0]), Number(2.0), span=self._span(node))
        if len(arguments) != 2:
            raise self._refused(node)
        return Power(self.read(arguments[0]), self.read(arguments[1]), span=self._span(node))

    _READERS: ClassVar[dict[type[ast.expr], Callable[..., Expression]]] = {
        ast.Constant: _constant,
        ast.Name: _name,
        ast.UnaryOp: _unary,
        ast.BinOp: _binary,
        ast.Compare: _compare,
        ast.Attribute: _attribute,
        ast.Subscript: _subscript,
        ast.Call: _call,
    }
    _SPECIAL: ClassVar[dict[str, Callable[..., Expression]]] = {
        **dict.fromkeys(("matmul", "dot", "mm", "multiply", "mul"), _product),
        **dict.fromkeys(("transpose", "t", "swapaxes", "permute"), _transposed),
        **dict.fromkeys(("add", "subtract", "divide"), _sums),
        **dict.fromkeys(("sum", "mean"), _reduced),
        **dict.fromkeys(("power", "pow", "square"), _power),
        **dict.fromkeys(("clamp", "clip"), _clamped),
        "outer": _outer,
        "einsum": _einsum,
        "maximum": _maximum,
        "where": _where,
        "ones": _ones,
    }


def _einsum_letters(letters: str, operands: int) -> bool:
    text = letters.replace(" ", "")
    inputs, arrow, output = text.partition("->")
    groups = inputs.split(",")
    if not arrow or len(groups) != operands or len(text) > 40:
        return False
    if not all(group.isalpha() and group.isascii() for group in groups):
        return False
    return set(output) <= set(inputs) and len(set(output)) == len(output)
