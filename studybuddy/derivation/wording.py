"""How a part of an answer is called in a sentence."""

from __future__ import annotations

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
    SumOver,
    Symbol,
    Total,
    Transpose,
    Where,
)
from studybuddy.derivation.names import shown

LONGEST = 40
_CALLED: dict[type[Expression], str] = {Reduced: "sum", Einsum: "einsum", Where: "where", Chain: "="}


def index(label: str) -> str:
    """An index as it was written."""
    return label.partition("~")[0]


def written(node: Expression) -> str:
    """A part on one line: `Xᵀ`, `W_{kj}`, `∂L/∂Z`; a long one is cut."""
    text = _written(node)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _written(node: Expression) -> str:
    match node:
        case Number(value):
            return f"{value:g}"
        case Symbol(name):
            return shown(name)
        case Ones():
            return "1"
        case Indexed(base, labels):
            return f"{_closed(base)}_{{{''.join(index(label) for label in labels)}}}"
        case Kronecker(first, second):
            return f"δ_{{{index(first)}{index(second)}}}"
        case Transpose(body):
            return f"{_closed(body)}ᵀ"
        case Apply(function, body, primes):
            name = {"relu": "ReLU", "sigmoid": "σ"}.get(function, function)
            return f"{name}{'′' * primes}({_written(body)})"
        case Derivative(top, bottom):
            return f"∂{_closed(top)}/∂{_closed(bottom)}"
    return _joined(node)


def _joined(node: Expression) -> str:
    """Of a node that joins others with a sign."""
    match node:
        case Negative(body):
            return f"−{_closed(body)}"
        case Total(left, Negative(right)):
            return f"{_written(left)} − {_closed(right)}"
        case Total(left, right):
            return f"{_written(left)} + {_written(right)}"
        case Product(left, right, binding):
            sign = {Binding.EACH: " ⊙ ", Binding.STAR: " * "}.get(binding, " ")
            return f"{_factor(left)}{sign}{_factor(right)}"
        case Quotient(top, bottom):
            return f"{_factor(top)}/{_closed(bottom)}"
        case Power(base, exponent):
            return f"{_closed(base)}^{_closed(exponent)}"
        case Comparison(left, right, sign):
            return f"[{_written(left)} {sign} {_written(right)}]"
        case SumOver(label, body):
            return f"Σ_{index(label)} {_written(body)}"
    parts = ", ".join(_written(part) for part in node.parts())
    return f"{_CALLED.get(type(node), 'f')}({parts})"


def _factor(node: Expression) -> str:
    return f"({_written(node)})" if isinstance(node, Total | Negative) else _written(node)


def _closed(node: Expression) -> str:
    if isinstance(node, Symbol | Number | Indexed | Ones | Kronecker | Transpose | Apply):
        return _written(node)
    return f"({_written(node)})"
