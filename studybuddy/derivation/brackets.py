"""Products whose reading depends on brackets that were not written: `AB ⊙ C`, `A ⊙ B(1 − B)`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from studybuddy.derivation.expression import Binding, Expression, Product

_ELEMENTWISE = (Binding.EACH, Binding.STAR)


def other_readings(node: Expression) -> Iterator[tuple[Expression, Expression, Expression]]:
    """The whole with `AB ⊙ C` read as `A(B ⊙ C)`, and `A ⊙ BC` as `(A ⊙ B)C`; both readings of that part.

    A product that stood in brackets of its own is left as it is.
    """
    if isinstance(node, Product) and node.binding in _ELEMENTWISE:
        yield from ((other, node, other) for other in _of(node))
    parts = node.parts()
    for place, part in enumerate(parts):
        for whole, one, other in other_readings(part):
            yield node.with_parts((*parts[:place], whole, *parts[place + 1 :])), one, other


def _of(node: Product) -> Iterator[Expression]:
    left, inner = node.left, None
    while isinstance(left, Product) and _open(left):
        inner = left.right if inner is None else Product(left.right, inner)
        yield Product(left.left, Product(inner, node.right, node.binding))
        left = left.left
    right, tail = node.right, []
    while isinstance(right, Product) and _open(right):
        tail.append(right.right)
        right = right.left
        found = Product(node.left, right, node.binding)
        for factor in reversed(tail):
            found = Product(found, factor)
        yield found


def unsigned(node: Expression) -> Iterator[tuple[Expression, Expression, Expression]]:
    """The whole with `A ⊙ BC` read as `A ⊙ B ⊙ C`; the part `BC`, and how it would be written.

    For formulas of numbers such as σ(1 − σ) nobody writes a sign between.
    """
    if isinstance(node, Product) and node.binding in _ELEMENTWISE:
        left, right = _each(node.left), _each(node.right)
        if right != node.right:
            yield replace(node, right=right), node.right, right
        if left != node.left:
            yield replace(node, left=left), node.left, left
    parts = node.parts()
    for place, part in enumerate(parts):
        for whole, one, other in unsigned(part):
            yield node.with_parts((*parts[:place], whole, *parts[place + 1 :])), one, other


def _each(node: Expression) -> Expression:
    """A product that stands beside the sign, with every factor taken element by element."""
    if isinstance(node, Product) and _open(node):
        return Product(_each(node.left), node.right, Binding.EACH, span=node.span)
    return node


def _open(node: Product) -> bool:
    """Whether a product was written without brackets of its own."""
    return node.binding is Binding.BESIDE and node.span == (node.left.span[0], node.right.span[1])
