"""A formula as a tree of what has to be drawn, free of MathML's spelling."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias


class Role(Enum):
    """How a part behaves towards its neighbours: the space between them, and where a line may break."""

    ORDINARY = auto()
    WORD = auto()
    """A name of several letters, such as log or softmax."""
    OPERATOR = auto()
    """A sum, a product, an integral."""
    RELATION = auto()
    BINARY = auto()
    UNARY = auto()
    """A sign, such as the minus of -x."""
    PUNCTUATION = auto()
    OPENING = auto()
    CLOSING = auto()
    FENCED = auto()
    FRACTION = auto()
    TEXT = auto()
    MIDDLE = auto()
    """A bar between two brackets, as tall as they are."""
    TAG = auto()
    """The number of an equation, at the end of its row."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """Letters, a number or a sign that stand on one row."""

    text: str
    role: Role = Role.ORDINARY


@dataclass(frozen=True, slots=True)
class Space:
    """A space the author asked for, in cells."""

    cells: int


@dataclass(frozen=True, slots=True)
class Row:
    """Parts side by side."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Fraction:
    """One over the other; without a bar it is a binomial."""

    numerator: Node
    denominator: Node
    bar: bool = True


@dataclass(frozen=True, slots=True)
class Root:
    """A root; `index` is None for a square root."""

    body: Node
    index: Node | None = None


@dataclass(frozen=True, slots=True)
class Scripts:
    """A base with something below and above; `limits` puts them under and over it, `plain` writes X_ij^T."""

    base: Node
    sub: Node | None
    sup: Node | None
    limits: bool = False
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Accent:
    """A base with a combining mark on each of its characters."""

    base: Node
    mark: str


@dataclass(frozen=True, slots=True)
class Brace:
    """A base with a brace or a line (`kind`: brace, line) above or below it."""

    base: Node
    kind: str
    above: bool


@dataclass(frozen=True, slots=True)
class Fenced:
    """Something in brackets; either may be empty."""

    opening: str
    body: Node
    closing: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; `aligned` are the rows of equations, whose cells belong together in pairs."""

    rows: tuple[tuple[Node, ...], ...]
    aligns: tuple[str, ...]
    """`left`, `center` or `right` for each column."""
    aligned: bool = False
    rules: tuple[int, ...] = ()
    """The columns in front of which a line stands; their number for the line behind the last."""


@dataclass(frozen=True, slots=True)
class Framed:
    """A formula in a box."""

    body: Node


@dataclass(frozen=True, slots=True)
class Struck:
    """A formula with a stroke through it."""

    body: Node


@dataclass(frozen=True, slots=True)
class Marked:
    """A part that somebody points at. It behaves towards its neighbours as its body does."""

    body: Node


@dataclass(frozen=True, slots=True)
class Hidden:
    """Room for a formula that is not shown."""

    body: Node


Node: TypeAlias = (
    Symbol
    | Space
    | Row
    | Fraction
    | Root
    | Scripts
    | Accent
    | Brace
    | Fenced
    | Table
    | Framed
    | Struck
    | Marked
    | Hidden
)


_OUTWARD = (Role.WORD, Role.OPERATOR, Role.RELATION, Role.FENCED, Role.FRACTION)
"""Roles that a base keeps under its scripts."""


def role(node: Node) -> Role:
    """How a node behaves towards its neighbours in a row."""
    match node:
        case Symbol():
            return node.role
        case Brace():
            return Role.FRACTION
        case Scripts() | Accent():
            inner = role(only(node.base))
            return inner if inner in _OUTWARD else Role.ORDINARY
        case Fenced() | Table() | Framed():
            return Role.FENCED
        case Fraction():
            return Role.FRACTION
        case Marked():
            return role(node.body)
        case Row() if len(node.items) == 1:
            inner = role(node.items[0])
            return inner if inner in _OUTWARD and inner is not Role.RELATION else Role.ORDINARY
        case _:
            return Role.ORDINARY


def only(node: Node) -> Node:
    """The one thing in a row, or the node itself, without its mark."""
    while isinstance(node := unwrapped(node), Marked):
        node = node.body
    return node


def unwrapped(node: Node) -> Node:
    """The one thing in a row, or the node itself."""
    while isinstance(node, Row) and len(node.items) == 1:
        node = node.items[0]
    return node


def bare(node: Node) -> Node:
    """The node without its mark."""
    return node.body if isinstance(node, Marked) else node
