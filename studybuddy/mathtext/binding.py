"""How tightly a formula holds together: what needs brackets under a power, in a fraction, beside a factor."""

from __future__ import annotations

from enum import IntEnum

from studybuddy.mathtext.nodes import (
    Accent,
    Fenced,
    Fraction,
    Hidden,
    Node,
    Role,
    Root,
    Row,
    Scripts,
    Space,
    Symbol,
    Table,
    bare,
    only,
    role,
)
from studybuddy.mathtext.spacing import placed

FACTORS = (Role.ORDINARY, Role.FENCED, Role.FRACTION)
_DIFFERENTIALS = ("∂", "d", "Δ")
_PRIMES = frozenset("′″‴'")


class Binding(IntEnum):
    """How tightly a part holds together, from one thing to a sum of many."""

    ATOM = 0
    DIFFERENTIAL = 1
    """`∂W`, which nobody reads apart."""
    CALL = 2
    """`p(x)`."""
    PRODUCT = 3
    QUOTIENT = 4
    SUM = 5


def binding(node: Node) -> Binding:
    """How tightly a formula holds together."""
    node = only(node)
    if isinstance(node, Fraction):
        return Binding.QUOTIENT
    if isinstance(node, Row):
        return _row_binding(node)
    if isinstance(node, Table | Space | Hidden) or (isinstance(node, Symbol) and node.role is Role.TEXT):
        return Binding.SUM
    return Binding.ATOM


def _row_binding(node: Row) -> Binding:
    parts = placed(node.items, tight=False, airy=False)
    if not parts:
        return Binding.ATOM
    if len(parts) == 2 and _is_call(parts[0].node, parts[1].node):
        return Binding.CALL
    if any(part.role not in FACTORS for part in parts):
        return Binding.SUM
    first = bare(parts[0].node)
    symbol = only(first.base) if isinstance(first, Scripts) else first
    differential = isinstance(symbol, Symbol) and symbol.text in _DIFFERENTIALS
    return Binding.DIFFERENTIAL if differential and len(parts) == 2 else Binding.PRODUCT


def _is_call(function: Node, argument: Node) -> bool:
    """`p(x + 1)` and `L(w)` are calls; `N(P - Y)` is rather a product."""
    function, argument = bare(function), bare(argument)
    name = only(function.base) if isinstance(function, Scripts | Accent) else function
    if not isinstance(name, Symbol) or not isinstance(argument, Fenced):
        return False
    if name.role is Role.WORD or name.text.islower():
        return True
    inside = argument.body.items if isinstance(argument.body, Row) else ()
    return name.text.isalpha() and not any(role(item) is Role.BINARY for item in inside)


def reads_apart(base: Node) -> bool:
    """Whether scripts of a base would be read as those of its last part: of `a + b`, `a/b`, `√x`, `x²`."""
    base = only(base)
    if isinstance(base, Scripts):
        return base.sup is not None and not base.limits and not _is_prime(base.sup)
    if isinstance(base, Root):
        return base.index is None or isinstance(only(base.body), Symbol | Scripts | Accent)
    return isinstance(base, Row | Fraction) and binding(base) > Binding.ATOM


def _is_prime(node: Node) -> bool:
    node = only(node)
    return isinstance(node, Symbol) and set(node.text) <= _PRIMES
