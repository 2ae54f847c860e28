"""Calls of NumPy and PyTorch that an answer may hold. Others are refused; none is ever made."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import ClassVar

from studybuddy.core.phrase import Phrase
from studybuddy.derivation.array_expression import Single
from studybuddy.derivation.expression import (
    Apply,
    Binding,
    Comparison,
    Expression,
    Kronecker,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Span,
    Total,
    Transpose,
    Where,
)
from studybuddy.derivation.names import Names
from studybuddy.derivation.numpy_keywords import TYPE, readable
from studybuddy.derivation.numpy_masks import COMPARED, OF_MASKS, is_mask
from studybuddy.derivation.source import NeverRunsError, UnreadableError
from studybuddy.i18n import N_

MODULES = frozenset({"np", "numpy", "torch", "F", "nn", "functional", "jnp", "scipy", "special"})
FUNCTIONS = {
    **{name: name for name in ("exp", "log", "tanh", "sqrt", "relu", "sigmoid", "sign", "abs", "diag")},
    "ReLU": "relu",
    "diagflat": "diag",
    "expit": "sigmoid",
}
_CASTS = frozenset({"astype", "float", "double", "int", "long", "bool", "to", "type"})
_COPIES = frozenset({"copy", "clone", "detach", "contiguous", "asarray", "array", "tensor"})
AT_ZERO = N_("the second argument of heaviside is its value at 0: a slope of ReLU there lies between 0 and 1")
_ONE_NUMBER = frozenset({"int", "float", "bool"})
"""Functions of Python's own that take one number."""


def _module_of(node: ast.expr) -> str:
    """The name that a chain of attributes begins with."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


class CallReader:
    """Reads calls of functions of each element, sums, products and choices."""

    def __init__(self, names: Names) -> None:
        """`names`: those of the exercise."""
        self._names = names

    def read(self, node: ast.expr) -> Expression:
        """Any node."""
        raise NotImplementedError

    def _span(self, node: ast.expr) -> Span:
        raise NotImplementedError

    def _refused(self, node: ast.expr) -> UnreadableError:
        words = N_("{code} is not read here: tensors, operators and a few functions of NumPy are")
        code = ast.unparse(node)
        short = code if len(code) <= 40 else code[:39] + "…"
        return UnreadableError(Phrase.of(words, code=short), self._span(node)[0])

    def _call(self, node: ast.Call) -> Expression:
        function = node.func
        if not readable(node, self._called(node)):
            raise self._refused(node)
        if isinstance(function, ast.Attribute):
            module = function.value
            while isinstance(module, ast.Attribute):
                outer = (module.attr, function.attr) == ("multiply", "outer")
                if module.attr not in MODULES and _module_of(module) in MODULES and not outer:
                    raise self._refused(node)
                module = module.value
            if isinstance(module, ast.Name) and module.id in MODULES:
                return self._applied(node, function.attr, list(node.args))
            return self._applied(node, function.attr, [function.value, *node.args])
        if isinstance(function, ast.Name) and function.id not in self._names.spellings:
            return self._applied(node, function.id, list(node.args))
        raise self._refused(node)

    def _applied(self, node: ast.Call, name: str, arguments: list[ast.expr]) -> Expression:
        if not arguments or len(arguments) > 5:
            raise self._refused(node)
        if name in ("sign", "negative", "neg") and is_mask(arguments[0]):
            raise NeverRunsError(Phrase(OF_MASKS), self._span(node)[0])
        if name in FUNCTIONS:
            (body,) = self._read_all(node, arguments, 1)
            return Apply(FUNCTIONS[name], body, span=self._span(node))
        if name in _COPIES:
            return self._read_all(node, arguments, 1)[0]
        if name in _CASTS:
            return self._cast(node, name, arguments)
        if name in COMPARED:
            left, right = self._read_all(node, arguments, 2)
            return Comparison(left, right, COMPARED[name], span=self._span(node))
        reader = self._CALLS.get(name)
        if reader is None:
            raise self._refused(node)
        return reader(self, node, arguments)

    @staticmethod
    def _is_numpy(node: ast.Call) -> bool:
        """Whether a function of NumPy itself is called, not of PyTorch."""
        return isinstance(node.func, ast.Attribute) and _module_of(node.func) in ("np", "numpy", "jnp")

    def _read_all(self, node: ast.Call, arguments: list[ast.expr], count: int) -> list[Expression]:
        """As many arguments as there must be."""
        if len(arguments) != count:
            raise self._refused(node)
        return [self.read(argument) for argument in arguments]

    def _cast(self, node: ast.Call, name: str, arguments: list[ast.expr]) -> Expression:
        """To a type. What cuts off digits is read of masks alone."""
        body = self.read(arguments[0])
        named = [ast.unparse(argument) for argument in arguments[1:]]
        if any(not TYPE.search(one) and (name != "to" or not one.isidentifier()) for one in named):
            raise self._refused(node)
        if name == "astype" and not named and not node.keywords:
            raise self._refused(node)
        words = " ".join((name, *(ast.unparse(argument) for argument in arguments[1:])))
        cuts = any(word in words for word in ("int", "long", "bool", "byte", "short"))
        if len(arguments) > 2 or (cuts and not isinstance(body, Comparison | Kronecker)):
            raise self._refused(node)
        own = isinstance(node.func, ast.Name) and name in _ONE_NUMBER
        return Single(body, name, span=self._span(node)) if own else body

    def _literal(
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
        if isinstance(value, float | complex):
            raise self._refused(node)
        return value

    @staticmethod
    def _called(node: ast.Call) -> str:
        """The name that a call is made by."""
        return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")

    def _softmax(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        axis, span = self._literal(node, ("axis", "dim"), arguments, 1), self._span(node)
        if len(arguments) > 2 or isinstance(axis, bool) or axis not in (None, 0, 1, -1, -2):
            raise self._refused(node)
        if axis is None and (len(arguments) > 1 or node.keywords):  # over all entries
            raise self._refused(node)
        body = self.read(arguments[0])
        if axis in (0, -2):
            turned = Apply("softmax", Transpose(body, plain=True, span=body.span), span=span)
            return Transpose(turned, plain=True, span=span)
        return Apply("softmax", body, span=span)

    def _step(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        """`np.heaviside(Z, 0)`; at 0 any slope of ReLU will do."""
        if len(arguments) != 2:
            raise self._refused(node)
        body = self.read(arguments[0])
        try:
            at_zero = ast.literal_eval(arguments[1])
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError) as error:
            raise self._refused(node) from error
        if not isinstance(at_zero, int | float) or not 0 <= at_zero <= 1:
            raise NeverRunsError(Phrase(AT_ZERO), self._span(arguments[1])[0])
        return Apply("step", body, span=self._span(node))

    def _product(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        binding = Binding.EACH if self._called(node) in ("multiply", "mul") else Binding.MATRIX
        left, right = self._read_all(node, arguments, 2)
        return Product(left, right, binding, span=self._span(node))

    def _outer(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        """Of two vectors: `np.outer` lays a matrix out as a vector, which no answer means."""
        every = isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Attribute)
        word = "multiply.outer" if every else "outer"
        left, right = (Single(part, word, span=part.span) for part in self._read_all(node, arguments, 2))
        return Product(left, Transpose(right, span=right.span), span=self._span(node))

    def _inner(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        """Along the last axes of both: `np.inner`, `F.linear`."""
        left, right, *more = self._read_all(node, arguments, min(max(len(arguments), 2), 3))
        span = self._span(node)
        turned = Transpose(right, plain=True, span=right.span)
        found = Product(left, turned, Binding.MATRIX, span=span)
        if more and self._called(node) != "linear":
            raise self._refused(node)
        return Total(found, more[0], span=span) if more else found

    def _two(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        """`add`, `subtract`, `divide` as functions."""
        left, right = self._read_all(node, arguments, 2)
        name, span = self._called(node), self._span(node)
        if name in ("divide", "div", "true_divide"):
            return Quotient(left, right, span=span)
        return Total(left, right if name == "add" else Negative(right, span=right.span), span=span)

    def _negative(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        return Negative(*self._read_all(node, arguments, 1), span=self._span(node))

    def _power(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        if self._called(node) in ("square", "reciprocal"):
            exponent = Number(2.0 if self._called(node) == "square" else -1.0)
            (base,) = self._read_all(node, arguments, 1)
            return Power(base, exponent, span=self._span(node))
        return Power(*self._read_all(node, arguments, 2), span=self._span(node))

    def _extreme(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        """`np.maximum(Z, 0)` and `np.minimum(Z, 0)`."""
        left, right = self._read_all(node, arguments, 2)
        if Number(0.0) not in (left, right):
            raise self._refused(node)
        body, span = left if right == Number(0.0) else right, self._span(node)
        if self._called(node) == "max":
            body = Single(body, "max", span=span)
        if self._called(node) == "minimum":
            return Negative(Apply("relu", Negative(body, span=span), span=span), span=span)
        return Apply("relu", body, span=span)

    def _clamped(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        if self._literal(node, ("min", "a_min"), arguments, 1) != 0 or len(arguments) > 3:
            raise self._refused(node)
        if self._is_numpy(node) and len(arguments) < 3:  # it asks for both bounds
            raise self._refused(node)
        if self._literal(node, (), arguments, 2) is not None:
            raise self._refused(node)
        return Apply("relu", self.read(arguments[0]), span=self._span(node))

    def _where(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        return Where(*self._read_all(node, arguments, 3), span=self._span(node))

    def _not(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        """`np.logical_not` of a comparison."""
        (mask,) = self._read_all(node, arguments, 1)
        if not isinstance(mask, Comparison):
            raise self._refused(node)
        return Total(Number(1.0), Negative(mask, span=mask.span), span=self._span(node))

    def _masked(self, node: ast.Call, arguments: list[ast.expr]) -> Expression:
        body, mask, value = self._read_all(node, arguments, 3)
        return Where(mask, value, body, span=self._span(node))

    _CALLS: ClassVar[dict[str, Callable[..., Expression]]] = {
        "softmax": _softmax,
        "heaviside": _step,
        **dict.fromkeys(("matmul", "dot", "mm", "bmm", "multiply", "mul"), _product),
        "outer": _outer,
        **dict.fromkeys(("inner", "linear"), _inner),
        **dict.fromkeys(("add", "subtract", "sub", "divide", "div", "true_divide"), _two),
        **dict.fromkeys(("negative", "neg"), _negative),
        **dict.fromkeys(("power", "pow", "square", "reciprocal"), _power),
        **dict.fromkeys(("maximum", "minimum"), _extreme),
        **dict.fromkeys(("clamp", "clip", "clamp_min"), _clamped),
        "where": _where,
        "masked_fill": _masked,
        "logical_not": _not,
    }
