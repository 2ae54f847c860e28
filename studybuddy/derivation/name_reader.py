"""Names, and what hangs on them: primes, powers, indices."""

from __future__ import annotations

from studybuddy.core.phrase import Phrase
from studybuddy.derivation.expression import (
    Apply,
    Chain,
    Derivative,
    Expression,
    Indexed,
    Kronecker,
    Power,
    Span,
    Symbol,
    Transpose,
)
from studybuddy.derivation.source import UnreadableError
from studybuddy.derivation.subscripts import Subscript, read_subscript
from studybuddy.derivation.token_run import TokenRun
from studybuddy.derivation.tokens import Token
from studybuddy.i18n import N_


class NameReader(TokenRun):
    """Reads a name, and what stands behind any factor."""

    def _name(self, token: Token) -> Expression:
        word = token.value
        if self._is("_"):
            self._take()
            part = self._braced()
            subscript = read_subscript(word, part, self._names)
            return self._subscripted(token, subscript, (token.span[0], part.span[1]))
        return self._symbol(token, word, token.span)

    def _symbol(self, token: Token, word: str, span: Span) -> Expression:
        known = self._names.tensor(word)
        if known is not None:
            return Symbol(known, span=span)
        if word in (self._names.loss, "e") or (len(word) == 1 and word.islower()):
            return Symbol(word, span=span)
        gradient = self._names.gradient_of(word)
        if gradient is not None:
            return Derivative(Symbol(self._names.loss), Symbol(gradient), span=span)
        if word == "delta":
            return Symbol("delta", span=span)
        words = N_("{name} is no name of this exercise; there are {known}")
        raise UnreadableError(Phrase.of(words, name=word[:30], known=self._names.known()), span[0])

    def _subscripted(self, token: Token, subscript: Subscript, span: Span) -> Expression:
        if subscript.name == "delta" and self._names.tensor("delta") is None:
            if len(subscript.labels) == 2:
                return Kronecker(subscript.labels[0], subscript.labels[1], written=True, span=span)
            words = N_("δ of what? Write δ_Z for a gradient, δ_{ij} with two indices for the Kronecker delta")
            raise UnreadableError(Phrase(words), span[0])
        if subscript.name == "I" and len(subscript.labels) == 2 and self._names.tensor("I") is None:
            return Kronecker(subscript.labels[0], subscript.labels[1], span=span)
        name_span = token.span if subscript.labels else span
        found = self._symbol(token, subscript.name, name_span)
        return Indexed(found, subscript.labels, span=span) if subscript.labels else found

    def _after(self, found: Expression) -> Expression:
        """Primes, powers, indices and brackets of indices behind a factor."""
        while True:
            if self._is("'"):
                end = self._take().span[1]
                found = Transpose(found, span=(found.span[0], end))
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

    def _raised(self, found: Expression) -> Expression:
        part = self._braced()
        held = part.inner[0] if part.kind == "group" else (part,)
        span = (found.span[0], part.span[1])
        if held and all(token.value in ("T", "'", "t") for token in held) and len(held) == 1:
            return Transpose(found, span=span)
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

    def _agreement(self, body: Chain, span: Span) -> Expression:
        """`[i = j]`."""
        letters = [side.name for side in body.sides if isinstance(side, Symbol)]
        if len(letters) == 2 == len(body.sides):
            return Kronecker(letters[0], letters[1], span=span)
        raise UnreadableError(Phrase(N_("of two indices one may say [i = j]; of other things not")), span[0])
