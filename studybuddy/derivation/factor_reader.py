"""One factor: a number, a name, a bracket, a fraction, a function, a sum."""

from __future__ import annotations

from dataclasses import replace
from math import inf

from studybuddy.core.phrase import Phrase
from studybuddy.derivation.array_expression import Filled, Reduced
from studybuddy.derivation.expression import (
    Apply,
    Binding,
    Chain,
    Derivative,
    Expression,
    Number,
    Ones,
    Power,
    Product,
    Quotient,
    Span,
    SumOver,
    Symbol,
    Transpose,
    Where,
)
from studybuddy.derivation.name_reader import NameReader
from studybuddy.derivation.signs import Token
from studybuddy.derivation.source import UnreadableError
from studybuddy.derivation.subscripts import read_bounds
from studybuddy.i18n import N_

_CLOSING = {"(": ")", "[": "]", "|": "|"}
COMPARISONS = frozenset({"<", ">", "<=", ">=", "!="})


class FactorReader(NameReader):
    """Reads one factor with all that belongs to it."""

    def _factor(self) -> Expression:
        token = self._take()
        match token.kind:
            case "number":
                found = self._number(token)
            case "group":
                found = replace(self._inner(token.inner[0], token.span), span=token.span)
            case "sqrt":
                found = Apply("sqrt", self._inner(token.inner[0], token.span), span=token.span)
            case "frac":
                return self._after(self._fraction(token))
            case "ones":
                found = self._ones(token)
            case "cases":
                return self._after(self._cases(token))
            case "word":
                return self._after(self._function(token))
            case "name":
                found = self._name(token)
            case "op":
                return self._operator(token)
            case _:
                raise self._unexpected(token)
        return self._after(found)

    def _operator(self, token: Token) -> Expression:
        match token.value:
            case "(" | "[" | "|":
                return self._after(self._bracket(token))
            case "langle":
                return self._after(self._pair(token))
            case "sum":
                return self._sum(token)
            case "partial":
                return self._after(self._partial(token))
            case "nabla":
                return self._nabla(token)
        raise self._unexpected(token)

    def _bracket(self, opening: Token) -> Expression:
        inside = self._inside()
        agreement = self._agreement(inside, opening.span)
        if agreement is not None:
            self._at += len(inside)
            return replace(agreement, span=(opening.span[0], self._take().span[1]))
        body = self._chain()
        if not self._is(_CLOSING[opening.value], ")", "]"):
            if self._now.kind == "end":
                raise UnreadableError(Phrase(N_("this bracket is never closed")), opening.span[0])
            raise self._unexpected(self._now)
        span = (opening.span[0], self._take().span[1])
        if isinstance(body, Chain):
            raise UnreadableError(Phrase(N_("an equals sign cannot stand inside a formula")), body.span[0])
        return Apply("abs", body, span=span) if opening.value == "|" else replace(body, span=span)

    def _pair(self, opening: Token) -> Expression:
        r"""`\langle a, b \rangle`: the products of the entries, summed."""
        first = self._total()
        if not self._is(","):
            raise self._unexpected(self._now)
        self._take()
        second = self._total()
        if not self._is("rangle"):
            raise self._unexpected(self._now)
        span = (opening.span[0], self._take().span[1])
        return Reduced("sum", Product(first, second, Binding.EACH, span=span), span=span)

    def _inside(self) -> tuple[Token, ...]:
        """The tokens up to the closing bracket, where there are few."""
        for count in range(1, 6):
            if self._ahead(count).kind == "op" and self._ahead(count).value in (")", "]"):
                return self._tokens[self._at : self._at + count]
        return ()

    def _cases(self, token: Token) -> Expression:
        """Values under conditions; what is left without one is 0."""
        pairs = list(zip(token.inner[::2], token.inner[1::2], strict=True))
        found: Expression = Number(0.0, span=token.span)
        if not pairs[-1][1]:
            found = self._inner(pairs.pop()[0], token.span)
        for value, condition in reversed(pairs):
            where = self._condition(condition, token.span)
            found = Where(where, self._inner(value, token.span), found, span=token.span)
        return replace(found, span=token.span)

    def _condition(self, tokens: tuple[Token, ...], span: Span) -> Expression:
        """A comparison, or an agreement of two indices."""
        span = (tokens[0].span[0], tokens[-1].span[1])
        return self._agreement(tokens, span) or self._inner(tokens, span)

    def _number(self, token: Token) -> Expression:
        if token.value == "1" and (self._is("[") or (self._is("_") and not self._ahead(1).spaced)):
            return self._ones(token)
        if token.value == "1" and self._is("(") and self._holds_condition():
            return self._ones(token)
        value = float(token.value)
        if value == inf:
            raise UnreadableError(Phrase(N_("this number is too large")), token.span[0])
        return Number(value, span=token.span)

    def _ones(self, token: Token) -> Expression:
        r"""`\mathbf{1}`, `\mathbf{1}_N`, `\mathbb{1}[Z > 0]`, `\mathbf{1}_{Z > 0}`."""
        if self._is("_"):
            self._take()
            inner = self._braced()
            span = (token.span[0], inner.span[1])
            held = inner.inner[0] if inner.kind == "group" else (inner,)
            if (agreement := self._agreement(held, span)) is not None:
                return agreement
            if any(part.value in COMPARISONS for part in held):
                return replace(self._inner(held, inner.span), span=span)
            return self._sized_ones(held, inner, span)
        if self._is("[", "(") and self._holds_condition():
            opening = self._take()
            body = self._bracket(opening)
            return replace(body, span=(token.span[0], body.span[1]))
        return Number(1.0, span=token.span) if token.kind == "number" else Ones(span=token.span)

    def _sized_ones(self, held: tuple[Token, ...], inner: Token, span: Span) -> Expression:
        r"""`\mathbf{1}_N`, `\mathbf{1}_{N \times 1}`, `\mathbf{1}_{N \times M}`."""
        written = [part.value for part in held if part.value not in ("dot", ",", "(", ")")]
        named = [size if size == "1" else self._names.tensor(size) for size in written]
        known = [size for size in named if size in self._names.dimensions]
        if not known or len(named) > 2 or len(known) + named.count("1") < len(named):
            raise UnreadableError(Phrase(N_("ones of which size?")), inner.span[0])
        axes = tuple(size or "" for size in named)
        if len(axes) == 1 or axes[1] == "1":
            return Ones(axes[0], span=span)
        ones = Ones(axes[1], span=span)
        filled = Filled(1.0, tuple(Symbol(axis) for axis in axes), span=span)
        return Transpose(ones, span=span) if axes[0] == "1" else filled

    def _holds_condition(self) -> bool:
        """Whether the bracket that begins now holds a comparison at its own depth."""
        depth = 0
        for token in self._tokens[self._at :]:
            depth += (token.value in ("(", "[")) - (token.value in (")", "]")) if token.kind == "op" else 0
            if depth == 0:
                return False
            if depth == 1 and token.kind == "op" and token.value in (*COMPARISONS, "="):
                return True
        return False

    def _fraction(self, token: Token) -> Expression:
        top, bottom = token.inner
        if bottom and bottom[0].kind == "op" and bottom[0].value == "partial":
            below = self._inner(bottom[1:], token.span)
            if not top or top[0].value != "partial":
                raise UnreadableError(Phrase(N_("∂ stands below but not above")), token.span[0])
            if len(top) > 1:
                return Derivative(self._inner(top[1:], token.span), below, span=token.span)
            above = self._term()
            return Derivative(above, below, span=(token.span[0], above.span[1]))
        return Quotient(self._inner(top, token.span), self._inner(bottom, token.span), span=token.span)

    def _partial(self, token: Token) -> Expression:
        """`∂L/∂Z_ij` in one line."""
        top = self._factor()
        if not (self._is("/") and self._ahead(1).value == "partial"):
            raise UnreadableError(Phrase(N_("∂ needs a fraction: ∂L/∂W")), token.span[0])
        self._at += 2
        bottom = self._factor()
        return Derivative(top, bottom, span=(token.span[0], bottom.span[1]))

    def _nabla(self, token: Token) -> Expression:
        if not self._is("_"):
            raise UnreadableError(Phrase(N_("∇ needs to say by what: \\nabla_W L")), token.span[0])
        self._take()
        below = self._braced()
        held = below.inner[0] if below.kind == "group" else (below,)
        bottom = self._inner(held, below.span)
        loss = self._now.kind == "name" and self._now.value in (self._names.loss, self._names.loss.lower())
        if loss or self._is("("):
            top = self._take_name() if loss else self._factor()
            return Derivative(top, bottom, span=(token.span[0], top.span[1]))
        return Derivative(Symbol(self._names.loss), bottom, span=(token.span[0], bottom.span[1]))

    def _take_name(self) -> Expression:
        """A name, without what hangs on it."""
        token = self._take()
        return self._symbol(token, token.value, token.span)

    def _sum(self, token: Token) -> Expression:
        r"""A sum takes the factors behind it. `\sum_{i,j}` are two sums."""
        low = high = None
        while self._is("_", "^"):
            sign = self._take().value
            bound = self._braced()
            held = bound.inner[0] if bound.kind == "group" else (bound,)
            low, high = (held, high) if sign == "_" else (low, held)
        if low is None and self._now.kind == "name" and len(self._now.value) == 1 and self._now.spaced:
            low = (self._take(),)
        if low is None:
            return self._whole_sum(token)
        bounds = read_bounds(low, high, self._names, token.span)
        body = self._term()
        for label in reversed(bounds.labels):
            span = (token.span[0], body.span[1])
            body = SumOver(label, body, bounds.upper, bounds.lower, bounds.short, span=span)
        return body

    def _whole_sum(self, token: Token) -> Expression:
        """`sum(Z)`: over everything."""
        if not self._is("("):
            raise UnreadableError(Phrase(N_("a sum needs an index: \\sum_i")), token.span[0])
        body = self._bracket(self._take())
        return Reduced("sum", body, span=(token.span[0], body.span[1]))

    def _function(self, token: Token) -> Expression:
        word, primes, exponent = token.value, 0, None
        while self._is("'"):
            self._take()
            primes += 1
        while self._is("_", "^"):
            sign = self._take().value
            part = self._braced()
            held = part.inner[0] if part.kind == "group" else (part,)
            if sign == "^" and all(inner.value == "'" for inner in held):
                primes += len(held)
            elif sign == "^":
                exponent = self._inner(held, part.span)
        if self._is("(", "["):
            opening = self._take()
            body = self._bracket(opening) if word != "max" else self._largest(opening)
        else:
            body = self._factor()
        if word == "max":
            word = "relu"
        found: Expression = Apply(
            "log" if word == "ln" else word, body, primes, span=(token.span[0], body.span[1])
        )
        return found if exponent is None else Power(found, exponent, span=found.span)

    def _largest(self, opening: Token) -> Expression:
        """`max(0, Z)`, in either order."""
        parts = [self._total()]
        while self._is(","):
            self._take()
            parts.append(self._total())
        if not self._is(")", "]") or len(parts) != 2 or Number(0.0) not in parts:
            raise UnreadableError(Phrase(N_("max is read with 0 and one tensor: max(0, Z)")), opening.span[0])
        self._take()
        return parts[1] if parts[0] == Number(0.0) else parts[0]
