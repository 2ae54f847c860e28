"""How a part of an answer is called in a sentence."""

from __future__ import annotations

from studybuddy.derivation.array_expression import (
    Einsum,
    Eye,
    Filled,
    FilledLike,
    Length,
    Reduced,
    Reshaped,
    Single,
)
from studybuddy.derivation.expression import (
    Apply,
    Binding,
    Chain,
    Comparison,
    Derivative,
    Expression,
    Identity,
    Indexed,
    Kronecker,
    Negative,
    Number,
    Ones,
    Power,
    Product,
    Quotient,
    SumOver,
    Symbol,
    Total,
    Transpose,
    Where,
)
from studybuddy.derivation.names import shown

LONGEST = 40
_SIGNS = {"<=": "≤", ">=": "≥", "!=": "≠"}
_CALLED: dict[type[Expression], str] = {Einsum: "einsum", Where: "where"}


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
            return repr(value).removesuffix(".0")
        case Symbol(name):
            return shown(name)
        case Ones(dimension):
            return f"1_{dimension}" if dimension else "1"
        case Identity(dimension):
            return f"I_{dimension}" if dimension else "I"
        case Indexed():
            return _indexed(node)
        case Kronecker(first, second, sign):
            delta = f"δ_{_letters((first, second))}"
            return delta if sign == "=" else f"1[{index(first)} {_SIGNS.get(sign, sign)} {index(second)}]"
        case Transpose():
            return _transposed(node)
        case Apply(_, body):
            return f"{function_name(node)}({_written(body)})"
        case Derivative(top, bottom):
            return f"∂{_closed(top)}/∂{_closed(bottom)}"
    return _joined(node)


def function_name(node: Apply) -> str:
    """A function as it is written: `ReLU′`, `σ`."""
    name = {"relu": "ReLU", "sigmoid": "σ"}.get(node.function, node.function)
    return name + "′" * node.primes


def _transposed(node: Transpose) -> str:
    """Twice is not at all; softmax of each column as NumPy writes it."""
    match node.body:
        case Transpose(body):
            return _written(body)
        case Apply("softmax", Transpose(body, plain=True)) if node.plain:
            return f"softmax({_written(body)}, axis=0)"
    return f"{_closed(node.body)}ᵀ"


def _indexed(node: Indexed) -> str:
    base = node.base
    if node.plain:
        return f"{_closed(base)}[{', '.join(map(index, node.labels))}]"
    named = isinstance(base, Symbol) and "_" not in base.name
    return f"{_closed(base) if named else f'({_written(base)})'}_{_letters(node.labels)}"


def _joined(node: Expression) -> str:
    """Of a node that joins others with a sign."""
    match node:
        case Negative(body):
            return f"−{_closed(body)}"
        case Total(left, Negative(right)):
            simple = isinstance(right, Product | Quotient | Power)
            return f"{_written(left)} − {_written(right) if simple else _closed(right)}"
        case Total(left, right):
            return f"{_written(left)} + {_written(right)}"
        case Product(left, right, binding):
            sign = {Binding.EACH: " ⊙ ", Binding.STAR: " * "}.get(binding, " ")
            return f"{_factor(left, binding)}{sign}{_factor(right, binding)}"
        case Quotient(top, bottom):
            return f"{_factor(top)}/{_closed(bottom)}"
        case Power(base, exponent):
            return f"{_closed(base)}^{_closed(exponent)}"
        case Comparison(left, right, sign):
            return f"1[{_written(left)} {_SIGNS.get(sign, sign)} {_written(right)}]"
        case SumOver(label, body):
            return f"Σ_{index(label)} {_written(body)}"
        case Chain(sides):
            return " = ".join(_written(side) for side in sides)
    return _called(node)


def _called(node: Expression) -> str:
    """Of what only NumPy has."""
    parts = ", ".join(_written(part) for part in node.parts())
    match node:
        case Single(body):
            return _written(body)
        case Filled(value):
            return f"{'ones' if value else 'zeros'}({parts})"
        case Reduced(how, body, axis):
            return f"{_closed(body)}.{how}({'' if axis is None else f'axis={axis}'})"
        case FilledLike(value):
            return f"{'ones' if value else 'zeros'}_like({parts})"
        case Eye(size):
            return f"I_{_closed(size)}"
        case Length(body, axis):
            return f"{_closed(body)}.shape[{axis}]"
        case Reshaped(body, sizes):
            return f"{_closed(body)}.reshape({', '.join(map(str, sizes))})"
    return f"{_CALLED.get(type(node), 'f')}({parts})"


def _letters(labels: tuple[str, ...]) -> str:
    """Indices below a name: `ij`, and `{i,:}` where more than letters stand there."""
    letters = [index(label) for label in labels]
    bare = all(len(letter) == 1 and letter.isalnum() for letter in letters)
    return "".join(letters) if bare else "{" + ",".join(letters) + "}"


def _factor(node: Expression, binding: Binding | None = None) -> str:
    """In brackets where it is a sum, or a product of another kind than `binding`."""
    each = isinstance(node, Product) and node.binding is Binding.EACH
    mixed = isinstance(node, Product) and each != (binding is Binding.EACH)
    return f"({_written(node)})" if isinstance(node, Total | Negative) or mixed else _written(node)


def _closed(node: Expression) -> str:
    while isinstance(node, Single):
        node = node.body
    if isinstance(node, Symbol | Number | Indexed | Ones | Identity | Kronecker | Transpose | Apply):
        return _written(node)
    return f"({_written(node)})"
