"""Names, and what hangs on them: primes, powers, indices."""

from __future__ import annotations

from studybuddy.core.phrase import Phrase
from studybuddy.derivation.expression import (
    Apply,
    Derivative,
    Expression,
    Identity,
    Indexed,
    Kronecker,
    Negative,
    Number,
    Ones,
    Power,
    Span,
    Symbol,
    Total,
    Transpose,
)
from studybuddy.derivation.signs import Token
from studybuddy.derivation.source import UnreadableError
from studybuddy.derivation.subscripts import Subscript, read_subscript
from studybuddy.derivation.token_run import TokenRun
from studybuddy.i18n import N_

UNIT_VECTOR = N_("unit vectors such as e_i are not read here: write the entry itself, such as X_ik")
BARE_DELTA = N_("δ of what? Write δ_Z for a gradient, δ_ij with two indices for the Kronecker delta")
ORDERS = frozenset({"<", ">", "<=", ">="})
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")


class NameReader(TokenRun):
    """Reads a name, and what stands behind any factor."""

    def _name(self, token: Token) -> Expression:
        word = token.value
        if (layer := self._layer(word)) is not None:
            return Symbol(layer, span=(token.span[0], self._tokens[self._at - 1].span[1]))
        if word == "I" and self._names.tensor("I") is None and self._is("[", "(") and self._holds_condition():
            return self._ones(token)
        if self._is("_"):
            self._take()
            part = self._braced()
            subscript = read_subscript(word, part, self._names)
            return self._subscripted(token, subscript, (token.span[0], part.span[1]))
        return self._symbol(token, word, token.span)

    def _layer(self, word: str) -> str | None:
        """The name that a number above makes of a letter: `W^{(1)}`, `W^{[1]}`, `W^1`."""
        if not self._is("^") or self._names.tensor(word) is not None:
            return None
        above = self._ahead(1)
        held = above.inner[0] if above.kind == "group" else (above,)
        turned = len(held) > 1 and held[-1].value == "T"
        inside = held[:-1] if turned else held
        number = "".join(token.value for token in inside if token.value not in ("(", ")", "[", "]"))
        named = self._names.tensor(f"{word}_{number}") if number.isdigit() else None
        if named is not None:
            self._at += 2
            if turned:  # what is left of the exponent is read behind the name
                self._at -= 1
                self._tokens = (*self._tokens[: self._at], held[-1], *self._tokens[self._at + 1 :])
        return named

    def _symbol(self, token: Token, word: str, span: Span) -> Expression:
        known = self._names.tensor(word)
        if known is not None:
            return Symbol(known, span=span)
        if word == "I":
            return Identity(span=span)
        if word in (self._names.loss, "e") or (len(word) == 1 and word.islower()):
            return Symbol(word, span=span)
        if word == "H" and self._is("("):
            return Apply("step", self._factor(), span=span)
        gradient = self._names.gradient_of(word)
        if gradient is not None:
            return Derivative(Symbol(self._names.loss), Symbol(gradient, span=span), span=span)
        if word == "delta":
            raise UnreadableError(Phrase(BARE_DELTA), span[0])
        raise UnreadableError(self._names.unknown(word), span[0])

    def _subscripted(self, token: Token, subscript: Subscript, span: Span) -> Expression:
        labels = subscript.labels
        if subscript.name == "delta" and self._names.tensor("delta") is None:
            return self._delta(labels, span)
        if subscript.name == "e" and labels and self._names.tensor("e") is None:
            raise UnreadableError(Phrase(UNIT_VECTOR), span[0])
        if subscript.name == "I" and self._names.tensor("I") is None:
            if len(labels) == 2:
                return Kronecker(labels[0], labels[1], span=span)
            if len(labels) == 1 and self._names.tensor(labels[0]) in self._names.dimensions:
                return Identity(self._names.tensor(labels[0]) or "", span=span)
        if (layer := self._layer(subscript.name)) is not None:
            end = self._tokens[self._at - 1].span[1]
            return Indexed(Symbol(layer, span=token.span), labels, span=(span[0], end))
        found = self._symbol(token, subscript.name, token.span if labels else span)
        if isinstance(found, Derivative) and labels:
            bottom = Indexed(found.bottom, labels, span=span)
            return Derivative(found.top, bottom, span=span)
        return Indexed(found, labels, span=span) if labels else found

    def _delta(self, labels: tuple[str, ...], span: Span) -> Expression:
        if len(labels) == 2:
            return Kronecker(labels[0], labels[1], written=True, span=span)
        spelling = f"delta_{''.join(labels)}"
        if labels and self._names.gradient_of(spelling) == labels[0]:
            return Derivative(Symbol(self._names.loss), Symbol(labels[0], span=span), span=span)
        if labels and self._names.near(spelling) is not None:
            raise UnreadableError(self._names.unknown(spelling), span[0])
        raise UnreadableError(Phrase(BARE_DELTA), span[0])

    def _after(self, found: Expression) -> Expression:
        """Primes, powers, indices and brackets of indices behind a factor."""
        while True:
            if self._is("'", "T"):
                found = self._turned(found, self._take().span[1])
            elif self._is("^"):
                self._take()
                found = self._raised(found)
            elif self._is("_"):
                self._take()
                part = self._braced()
                labels = read_subscript("", part, self._names).labels
                old = found.labels if isinstance(found, Indexed) else ()
                base = found.base if isinstance(found, Indexed) else found
                found = Indexed(base, (*old, *labels), span=(found.span[0], part.span[1]))
            elif self._is("[") and isinstance(found, Symbol | Transpose) and self._indices_follow():
                found = self._indexed(found)
            else:
                return found

    @staticmethod
    def _turned(found: Expression, end: int) -> Expression:
        """Transposed; a plain 1 that is transposed is a vector of ones."""
        body = Ones(span=found.span) if found == Number(1.0) else found
        return Transpose(body, span=(found.span[0], end))

    def _raised(self, found: Expression) -> Expression:
        part = self._braced()
        held = part.inner[0] if part.kind == "group" else (part,)
        span = (found.span[0], part.span[1])
        if len(held) == 1 and held[0].value in ("T", "'", "t"):
            return self._turned(found, span[1])
        if len(held) > 1 and held[0].value == "each":
            held = held[1:]
        number = "".join(token.value for token in held if token.kind == "number")
        if isinstance(found, Symbol) and number and (named := self._names.tensor(f"{found.name}_{number}")):
            return Symbol(named, span=span)
        exponent = self._inner(held, part.span)
        if found == Symbol("e"):
            return Apply("exp", exponent, span=span)
        return Power(found, exponent, span=span)

    def _indices_follow(self) -> bool:
        """Whether the bracket holds indices such as `[i, :]`, and nothing else."""
        depth = self._at + 1
        while depth < len(self._tokens):
            token = self._tokens[depth]
            if token.kind == "op" and token.value == "]":
                return depth > self._at + 1
            single = token.kind == "name" and len(token.value) == 1
            if not (single or token.kind == "number" or (token.kind == "op" and token.value in (",", ":"))):
                return False
            depth += 1
        return False

    def _indexed(self, found: Expression) -> Expression:
        self._take()
        labels = []
        while not self._is("]"):
            token = self._take()
            if token.value != ",":
                labels.append(token.value)
        return Indexed(found, tuple(labels), span=(found.span[0], self._take().span[1]))

    def _agreement(self, tokens: tuple[Token, ...], span: Span) -> Expression | None:
        """`i = j` and `i ≠ j` of two letters; None for anything else."""
        while len(tokens) > 2 and tokens[0].value in ("(", "[") and tokens[-1].value in (")", "]"):
            tokens = tokens[1:-1]
        signs = tuple(token.value for token in tokens[1:-1])
        letters = [token.value for token in (*tokens[:1], *tokens[-1:])]
        if len(letters) != 2 or not all(len(letter) == 1 and letter in _LETTERS for letter in letters):
            return None
        ordered = "".join(signs)
        if ordered in ORDERS and not any(map(self._names.is_tensor, letters)):
            return Kronecker(letters[0], letters[1], ordered, span=span)
        equal = Kronecker(letters[0], letters[1], span=span)
        if signs in (("=",), ("=", "=")):
            return equal
        return Total(Number(1.0), Negative(equal), span=span) if signs == ("!=",) else None

    def _factor(self) -> Expression:
        raise NotImplementedError

    def _ones(self, token: Token) -> Expression:
        raise NotImplementedError

    def _holds_condition(self) -> bool:
        raise NotImplementedError
