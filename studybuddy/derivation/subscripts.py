"""What stands below a name or a sum: a part of the name, indices, bounds."""

from __future__ import annotations

from typing import NamedTuple

from studybuddy.core.phrase import Phrase
from studybuddy.derivation.expression import Span
from studybuddy.derivation.names import Names
from studybuddy.derivation.signs import Token
from studybuddy.derivation.source import UnreadableError
from studybuddy.i18n import N_


class Subscript(NamedTuple):
    """A name with what of the subscript belongs to it, and the indices that remain."""

    name: str
    labels: tuple[str, ...]


class Bounds(NamedTuple):
    """The indices of a sum; `upper` is a dimension or empty; `lower` counts from 1.

    `short`: how many are left out at the end.
    """

    labels: tuple[str, ...]
    upper: str
    lower: int = 1
    short: int = 0


def read_subscript(name: str, part: Token, names: Names) -> Subscript:
    r"""`W_1`, `W_{1,kj}`, `\delta_Z`, `X_{ik}`, `Z_{i,:}`, `(X^T)_{ki}` (without a name).

    Raises:
        UnreadableError: it holds something that is no index.
    """
    held = list(part.inner[0]) if part.kind == "group" else [part]
    if held and held[0].kind == "group":
        held = [*held[0].inner[0], *held[1:]]
    if name and held:
        longer = f"{name}_{_stem(held)}"
        if (found := _named(longer, names)) is not None:
            name, held = found, held[3 if longer.count("_") > 1 else 1 :]
            if held and held[0].value == "_":
                held = held[1:]
    return Subscript(name, tuple(label for token in held for label in _labels(token)))


def _stem(held: list[Token]) -> str:
    """What of a subscript may belong to the name: the `Z` of `Z, ij`, the `H_1` of `H_1, ij`."""
    if len(held) > 2 and held[0].kind == "name" and held[1].value == "_":
        inner = held[2].inner[0] if held[2].kind == "group" else (held[2],)
        if len(inner) == 1 and inner[0].kind == "number":
            return f"{held[0].value}_{inner[0].value}"
    return held[0].value


def _named(spelling: str, names: Names) -> str | None:
    known = names.tensor(spelling)
    if known is not None:
        return known
    stem, _, tail = spelling.partition("_")
    gradient = tail.isupper() if stem in ("delta", "grad") else len(stem) == 2 and stem[0] == "d"
    if gradient and names.gradient_of(spelling) is not None:
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
        if high is None:
            return Bounds(labels, "")
        upper, cut = _dimension(high, names, span)
        return Bounds(labels, upper, short=cut)
    start = low[equals + 1 :]
    dots = next((n for n, token in enumerate(start) if token.value == "."), None)
    if high is None and dots is not None:
        start, high = start[:dots], tuple(token for token in start[dots:] if token.value != ".")
    if len(start) != 1 or start[0].kind != "number" or "." in start[0].value:
        raise UnreadableError(Phrase(N_("a sum begins at a whole number: i = 1")), low[0].span[0])
    first = int(start[0].value[:9])
    if high is None:
        return Bounds((letters[0].value,), "", max(first, 1))
    upper, cut = _dimension(high, names, span)
    if first == 0:
        if cut == 0:
            words = N_("a sum from 0 ends at {size}−1, one from 1 at {size}")
            raise UnreadableError(Phrase.of(words, size=upper), high[0].span[0])
        return Bounds((letters[0].value,), upper, 1, cut - 1)
    return Bounds((letters[0].value,), upper, first, cut)


def _dimension(high: tuple[Token, ...], names: Names, span: Span) -> tuple[str, int]:
    """The dimension a sum runs to and how many are left out: `N`, `N-1`."""
    values = [token.value for token in high]
    named = names.tensor(values[0]) if values else None
    if named in names.dimensions and (len(values) == 1 or values[1:] == ["-", "1"]):
        return named or "", len(values) // 2
    place = high[0].span[0] if high else span[0]
    raise UnreadableError(Phrase(N_("a sum ends at a size of the exercise, such as N")), place)
