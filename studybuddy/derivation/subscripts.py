"""What stands below a name or a sum: a part of the name, indices, bounds."""

from __future__ import annotations

from typing import NamedTuple

from studybuddy.core.phrase import Phrase
from studybuddy.derivation.expression import Span
from studybuddy.derivation.names import Names
from studybuddy.derivation.source import UnreadableError
from studybuddy.derivation.tokens import Token
from studybuddy.i18n import N_


class Subscript(NamedTuple):
    """A name with what of the subscript belongs to it, and the indices that remain."""

    name: str
    labels: tuple[str, ...]


class Bounds(NamedTuple):
    """The indices of a sum; `upper` is a dimension or empty; `lower` counts from 1."""

    labels: tuple[str, ...]
    upper: str
    lower: int


def read_subscript(name: str, part: Token, names: Names) -> Subscript:
    r"""`W_1`, `W_{1,kj}`, `\delta_Z`, `X_{ik}`, `Z_{i,:}`, `(X^T)_{ki}` (without a name).

    Raises:
        UnreadableError: it holds something that is no index.
    """
    held = list(part.inner[0]) if part.kind == "group" else [part]
    if held and held[0].kind == "group":
        held = [*held[0].inner[0], *held[1:]]
    if name and held:
        longer = f"{name}_{held[0].value}"
        if (found := _named(longer, names)) is not None:
            name, held = found, held[1:]
            if held and held[0].value == "_":
                held = held[1:]
    return Subscript(name, tuple(label for token in held for label in _labels(token)))


def _named(spelling: str, names: Names) -> str | None:
    known = names.tensor(spelling)
    if known is not None:
        return known
    stem, _, tail = spelling.partition("_")
    if stem == "delta" and (tail in names.tensors or names.tensor(tail) in names.tensors) and tail.isupper():
        return spelling  # a gradient by the name of what it belongs to
    return None


def _labels(token: Token) -> list[str]:
    if token.kind == "op" and token.value in (",", ";", "_", "dot"):
        return []
    if token.kind == "op" and token.value in (":", "star"):
        return [":"]
    if token.kind == "number":
        return [token.value]
    if token.kind == "group":
        return [label for inner in token.inner[0] for label in _labels(inner)]
    if token.kind == "name" and len(token.value) == 1:
        return [token.value]
    if token.kind == "name" and token.value.isalpha() and token.value.islower():
        return [token.value]
    if token.kind == "name":
        return list(token.value) if token.value.islower() else [token.value]
    raise UnreadableError(Phrase.of(N_("{sign} is no index"), sign=token.value[:20] or "{"), token.span[0])


def read_bounds(low: tuple[Token, ...], high: tuple[Token, ...] | None, names: Names, span: Span) -> Bounds:
    r"""`\sum_{i=1}^{N}`, `\sum_{i,j}`, `\sum_i`, `\sum_{i=0}^{N-1}`.

    Raises:
        UnreadableError: the bounds are none that can be read.
    """
    letters = [token for token in low if token.kind == "name"]
    equals = next((n for n, token in enumerate(low) if token.value == "="), None)
    if not letters:
        raise UnreadableError(Phrase(N_("a sum needs an index: \\sum_i")), span[0])
    if equals is None:
        labels = tuple(token.value for token in letters)
        return Bounds(labels, "" if high is None else _dimension(high, names, 1, span), 1)
    start = low[equals + 1 :]
    if len(letters) < 1 or len(start) != 1 or start[0].kind != "number" or "." in start[0].value:
        raise UnreadableError(Phrase(N_("a sum begins at a whole number: i = 1")), low[0].span[0])
    first = int(start[0].value)
    upper = "" if high is None else _dimension(high, names, first, span)
    zero = first == 0 and (high is None or len(high) > 1)
    return Bounds((letters[0].value,), upper, 1 if zero else max(first, 0) or 1)


def _dimension(high: tuple[Token, ...], names: Names, first: int, span: Span) -> str:
    """The dimension a sum runs to: `N`, or `N-1` where it began at 0."""
    values = [token.value for token in high]
    named = names.tensor(values[0]) if values else None
    if named in names.dimensions and (len(values) == 1 or (values[1:] == ["-", "1"] and first == 0)):
        return named or ""
    place = high[0].span[0] if high else span[0]
    raise UnreadableError(Phrase(N_("a sum ends at a size of the exercise, such as N")), place)
