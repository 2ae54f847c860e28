r"""An expression as LaTeX: how an answer was read, to be drawn.

A part may be marked: it is wrapped in `\marked{…}`, which `mathtext` draws in another colour.
"""

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
    Span,
    SumOver,
    Symbol,
    Total,
    Transpose,
    Where,
)
from studybuddy.derivation.names import GREEK
from studybuddy.derivation.wording import index

_FUNCTIONS = {
    "relu": r"\operatorname{ReLU}",
    "sigmoid": r"\sigma",
    "softmax": r"\operatorname{softmax}",
    "diag": r"\operatorname{diag}",
    "exp": r"\exp",
    "step": "H",
    "log": r"\log",
    "tanh": r"\tanh",
}
_SIGNS = {"<": "<", ">": ">", "<=": r"\le", ">=": r"\ge", "!=": r"\ne"}
_BINDINGS = {Binding.EACH: r" \odot ", Binding.STAR: " * ", Binding.MATRIX: r" ", Binding.BESIDE: r" "}


def latex(node: Expression, marked: Span | None = None) -> str:
    """An expression as LaTeX.

    Args:
        node: what was read.
        marked: the stretch of the source whose largest part within is to be marked.
    """
    return _Writer(marked).write(node)


class _Writer:
    def __init__(self, marked: Span | None) -> None:
        self._marked = marked

    def write(self, node: Expression) -> str:
        """One node, marked where it is the part that is meant."""
        span, whole = self._marked, node.span
        if span is not None and whole != (0, 0) and span[0] <= whole[0] and whole[1] <= span[1]:
            self._marked = None
            text = self._write(node)
            self._marked = span
            return rf"\marked{{{text}}}"
        return self._write(node)

    def _write(self, node: Expression) -> str:
        match node:
            case Number(value):
                return number(value)
            case Symbol(name):
                return symbol(name)
            case Ones(dimension):
                return r"\mathbf{1}" + (f"_{{{dimension}}}" if dimension else "")
            case Identity(dimension):
                return "I" + (f"_{{{dimension}}}" if dimension else "")
            case Indexed():
                return self._indexed(node)
            case Single(body):
                return self.write(body)
            case Transpose(body):
                return rf"{self._closed(body)}^{{\top}}"
            case Apply("sqrt", body, 0):
                return rf"\sqrt{{{self.write(body)}}}"
            case Apply(function, body, primes):
                name = _FUNCTIONS.get(function, rf"\operatorname{{{function}}}")
                return rf"{name}{chr(39) * primes}\left({self.write(body)}\right)"
        return self._joined(node)

    def _indexed(self, node: Indexed) -> str:
        base = self._closed(node.base, indexed=True)
        if node.plain:
            inside = ", ".join(r"\text{None}" if label == "None" else label for label in node.labels)
            return rf"{base}\left[{inside}\right]"
        return f"{base}_{{{''.join(map(index, node.labels))}}}"

    def _joined(self, node: Expression) -> str:
        """Of a node that joins others."""
        match node:
            case Negative(body):
                return f"{self._sign('-', node.span[0], body)}{self._term(body)}"
            case Total(left, Negative(right)):
                return f"{self.write(left)} {self._sign('-', left.span[1], right)} {self._term(right)}"
            case Total(left, right):
                return f"{self.write(left)} {self._sign('+', left.span[1], right)} {self.write(right)}"
            case Product(left, right, binding):
                return f"{self._factor(left, last=False)}{_BINDINGS[binding]}{self._factor(right, last=True)}"
            case Quotient(top, bottom):
                return rf"\frac{{{self.write(top)}}}{{{self.write(bottom)}}}"
            case Power(base, exponent):
                return f"{self._closed(base)}^{{{self.write(exponent)}}}"
            case Kronecker(first, second, "="):
                return rf"\delta_{{{index(first)}{index(second)}}}"
            case Kronecker() | Comparison():
                return rf"\mathbf{{1}}\left[{self._condition(node)}\right]"
            case Derivative(top, bottom):
                return self._derivative(top, bottom)
        return self._called(node)

    def _sign(self, sign: str, begin: int, behind: Expression) -> str:
        """The sign between `begin` and the part behind it, marked where it alone is meant."""
        span = self._marked
        meant = span is not None and begin <= span[0] < span[1] <= behind.span[0]
        return rf"\marked{{{sign}}}" if meant else sign

    def _sum(self, node: SumOver) -> str:
        low = index(node.label) + (f"={node.lower}" if node.upper or node.lower > 1 else "")
        high = f"^{{{node.upper}{f'-{node.short}' if node.short else ''}}}" if node.upper else ""
        return rf"\sum_{{{low}}}{high} {self._term(node.body)}"

    def _condition(self, node: Expression) -> str:
        """What holds or not, without the 1 in front."""
        match node:
            case Kronecker(first, second, sign):
                return f"{index(first)} {_SIGNS.get(sign, sign)} {index(second)}"
            case Single(body):
                return self._condition(body)
            case Comparison(left, right, sign):
                return f"{self.write(left)} {_SIGNS[sign]} {self.write(right)}"
        return self.write(node)

    def _called(self, node: Expression) -> str:
        """Of sums, of chains, of cases and of what only NumPy has."""
        match node:
            case SumOver():
                return self._sum(node)
            case Chain(sides):
                return " = ".join(self.write(side) for side in sides)
            case Where(condition, yes, no):
                first = rf"{self.write(yes)} & {self._condition(condition)}"
                return rf"\begin{{cases}} {first} \\ {self.write(no)} & \text{{else}} \end{{cases}}"
            case Reduced(how, body, axis):
                name = rf"\operatorname{{{how}}}"
                under = "" if axis is None else rf"_{{\text{{axis {axis}}}}}"
                return rf"{name}{under}\left({self.write(body)}\right)"
            case Einsum(letters, operands):
                parts = ", ".join(self.write(operand) for operand in operands)
                return rf"\operatorname{{einsum}}_{{\text{{{letters}}}}}\left({parts}\right)"
        return self._array(node)

    def _array(self, node: Expression) -> str:
        """Of an array that is made, measured or put into another shape."""
        match node:
            case Filled(value, sizes):
                inside = r" \times ".join(self.write(size) for size in sizes)
                return rf"\mathbf{{{value:g}}}_{{{inside}}}"
            case FilledLike(value, body):
                return rf"\mathbf{{{value:g}}}_{{{self.write(body)}}}"
            case Eye(size):
                return f"I_{{{self.write(size)}}}"
            case Length(body, axis):
                return rf"\operatorname{{len}}_{{{axis}}}\left({self.write(body)}\right)"
            case Reshaped(body, sizes):
                inside = ", ".join(map(str, sizes))
                return rf"\operatorname{{reshape}}_{{({inside})}}\left({self.write(body)}\right)"
        raise TypeError(type(node).__name__)

    def _derivative(self, top: Expression, bottom: Expression) -> str:
        if isinstance(top, Symbol | Indexed):
            return rf"\frac{{\partial {self.write(top)}}}{{\partial {self.write(bottom)}}}"
        return rf"\frac{{\partial}}{{\partial {self.write(bottom)}}} {self._closed(top)}"

    def _closed(self, node: Expression, *, indexed: bool = False) -> str:
        """In brackets, unless it holds together by itself."""
        simple = isinstance(node, Symbol | Number | Ones | Apply | Identity)
        if isinstance(node, Symbol) and "_" in node.name:
            simple = not indexed
        if simple or (isinstance(node, Indexed) and not indexed):
            return self.write(node)
        return rf"\left({self.write(node)}\right)"

    def _term(self, node: Expression) -> str:
        return self._closed(node) if isinstance(node, Total | Negative) else self.write(node)

    def _factor(self, node: Expression, *, last: bool) -> str:
        closed = isinstance(node, Total | Negative) or (isinstance(node, SumOver) and not last)
        if isinstance(node, Product) and (last or node.binding is Binding.EACH):
            closed = True
        return rf"\left({self.write(node)}\right)" if closed else self.write(node)


def symbol(name: str) -> str:
    r"""A name: `delta_Z` is `\delta_Z`."""
    stem, mark, tail = name.partition("_")
    letter = "\\" + stem if stem in GREEK else stem
    return letter + (f"_{{{tail}}}" if mark else "")


def number(value: float) -> str:
    r"""A number with all its digits; a power of ten as `10^{-8}`."""
    text = repr(value).removesuffix(".0")
    digits, mark, power = text.partition("e")
    if not mark:
        return text
    factor = "" if digits == "1" else digits + r" \cdot "
    return f"{factor}10^{{{int(power)}}}"
