"""A Pratt parser: LaTeX and plain notation to an expression.

Side by side binds tighter than the elementwise product, which binds as tight as a fraction bar typed as `/`;
a sum takes all factors behind it, and ends at a plus, a minus or a sign of equality.
"""

from __future__ import annotations

from studybuddy.core.phrase import Phrase
from studybuddy.derivation.expression import (
    Binding,
    Chain,
    Comparison,
    Expression,
    Indexed,
    Kronecker,
    Negative,
    Number,
    Ones,
    Product,
    Quotient,
    Span,
    Symbol,
    Total,
    Transpose,
)
from studybuddy.derivation.factor_reader import COMPARISONS, FactorReader
from studybuddy.derivation.signs import Token
from studybuddy.derivation.source import UnreadableError
from studybuddy.i18n import N_

_BESIDE = frozenset({"name", "number", "word", "ones", "group", "frac", "sqrt", "cases"})
_OPENING = frozenset({"(", "[", "sum", "partial", "nabla", "langle"})


class FormulaReader(FactorReader):
    """Reads one run of tokens. What stands in braces is read by a reader of its own."""

    def read(self) -> Expression:
        """The whole run. An equals sign in front goes on from the question.

        Raises:
            UnreadableError: it is no formula; names the place.
        """
        if self._is("="):
            self._take()
        found = self._chain()
        if self._now.kind != "end":
            raise self._unexpected(self._now)
        return found

    def _inner(self, tokens: tuple[Token, ...], span: Span) -> Expression:
        if not tokens:
            raise UnreadableError(Phrase(N_("something is missing in the braces")), span[0])
        found = FormulaReader(tokens, self._names, span[1] - 1).read()
        if isinstance(found, Chain):
            raise UnreadableError(Phrase(N_("an equals sign cannot stand inside a formula")), found.span[0])
        return found

    def _chain(self) -> Expression:
        sides = [self._compared()]
        while self._is("="):
            self._take()
            if self._is("="):
                self._take()
            sides.append(self._compared())
        if len(sides) == 1:
            return sides[0]
        return Chain(tuple(sides), span=self._over(sides[0], sides[-1]))

    def _compared(self) -> Expression:
        left = self._total()
        while self._is(*COMPARISONS):
            sign = self._take().value
            if self._is("=") and sign in "<>":
                self._take()
                sign += "="
            right = self._total()
            left = Comparison(left, right, sign, span=self._over(left, right))
        return left

    def _total(self) -> Expression:
        left = self._term()
        while self._is("+", "-"):
            sign = self._take()
            right = self._term()
            if sign.value == "-":
                right = Negative(right, span=(sign.span[0], right.span[1]))
            left = Total(left, right, span=self._over(left, right))
        return left

    def _term(self) -> Expression:
        if self._is("-", "+"):
            sign = self._take()
            body = self._term()
            return Negative(body, span=(sign.span[0], body.span[1])) if sign.value == "-" else body
        left = self._beside()
        while self._is("each", "star", "at", "/"):
            mark = self._take().value
            right = self._divisor() if mark == "/" else self._signed()
            span = self._over(left, right)
            if mark == "/":
                left = self._more_factors(Quotient(left, right, span=span))
            else:
                binding = {"each": Binding.EACH, "star": Binding.STAR, "at": Binding.MATRIX}[mark]
                left = Product(left, right, binding, span=span)
        return left

    def _signed(self) -> Expression:
        if self._is("-"):
            sign = self._take()
            body = self._beside()
            return Negative(body, span=(sign.span[0], body.span[1]))
        return self._beside()

    def _divisor(self) -> Expression:
        """One factor alone: `P / N X` divides by N."""
        return self._factor()

    def _beside(self) -> Expression:
        return self._more_factors(self._factor())

    def _more_factors(self, left: Expression) -> Expression:
        while True:
            if self._is("dot"):
                self._take()
                right = self._signed() if self._is("-") else self._factor()
                left, right = _dotted(left, right)
            elif self._now.kind in _BESIDE or self._is(*_OPENING):
                right = self._factor()
                if right == Number(1.0) and isinstance(left, Transpose | Symbol):
                    right = Ones(span=right.span)
            else:
                return left
            left = Product(left, right, span=self._over(left, right))


def _dotted(left: Expression, right: Expression) -> tuple[Expression, Expression]:
    r"""`a \cdot b` of columns as aᵀb, of rows as abᵀ: the factors of the product that is meant."""
    match _sliced(left), _sliced(right):
        case 0, 0:
            return Transpose(left, span=left.span), right
        case 1, 1:
            return left, Transpose(right, span=right.span)
    return left, right


def _sliced(node: Expression) -> int | None:
    """Which axis of two a colon leaves: 0 of a column, 1 of a row; None for anything else."""
    match node:
        case Indexed(_, (first, second)) | Kronecker(first, second) if (first == ":") != (second == ":"):
            return 0 if first == ":" else 1
    return None
