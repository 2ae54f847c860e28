"""A run of tokens and where the reader stands in it."""

from __future__ import annotations

from dataclasses import replace

from studybuddy.core.phrase import Phrase
from studybuddy.derivation.expression import Expression, Span
from studybuddy.derivation.names import Names
from studybuddy.derivation.signs import Token
from studybuddy.derivation.source import UnreadableError
from studybuddy.i18n import N_

_SIGNS = {
    "at": "@",
    "dot": "·",
    "each": "⊙",
    "star": "*",
    "sum": "∑",
    "partial": "∂",
    "nabla": "∇",
}
_END = Token("end", "", (0, 0))


class TokenRun:
    """Takes one token after the other. What can be read of them is said by the classes below."""

    def __init__(self, tokens: tuple[Token, ...], names: Names, end: int) -> None:
        """Read `tokens`; `end` is the place at which a missing part is pointed at."""
        self._tokens = tokens
        self._names = names
        self._at = 0
        self._end = end

    @property
    def _now(self) -> Token:
        return self._ahead(0)

    def _ahead(self, count: int) -> Token:
        index = self._at + count
        return (
            self._tokens[index] if index < len(self._tokens) else replace(_END, span=(self._end, self._end))
        )

    def _take(self) -> Token:
        token = self._now
        self._at += 1
        return token

    def _is(self, *signs: str) -> bool:
        return self._now.kind == "op" and self._now.value in signs

    def _unexpected(self, token: Token) -> UnreadableError:
        if token.kind == "end":
            return UnreadableError(Phrase(N_("the formula breaks off here")), token.span[0])
        sign = _SIGNS.get(token.value, token.value) or "{"
        return UnreadableError(Phrase.of(N_("{sign} was not expected here"), sign=sign[:20]), token.span[0])

    def _over(self, first: Expression, last: Expression) -> Span:
        return min(first.span[0], last.span[0]), max(first.span[1], last.span[1])

    def _braced(self) -> Token:
        token = self._take()
        if token.kind in ("end",) or (
            token.kind == "op" and token.value not in ("(", ":", "T", "'", "-", "star")
        ):
            raise self._unexpected(token)
        return token

    def _inner(self, tokens: tuple[Token, ...], span: Span) -> Expression:
        """What stands in braces, by a reader of its own."""
        raise NotImplementedError

    def _chain(self) -> Expression:
        raise NotImplementedError

    def _total(self) -> Expression:
        raise NotImplementedError

    def _term(self) -> Expression:
        raise NotImplementedError
