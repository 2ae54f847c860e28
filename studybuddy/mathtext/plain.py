"""A formula in ASCII, for terminals and fonts that have no more: `dL/dW = X^T delta_Z`.

The tree is changed before it is laid out, since names are longer than signs. Chinese text stays what it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from unicodedata import east_asian_width, name, normalize

from studybuddy.mathtext.marks import marked_parts
from studybuddy.mathtext.nodes import (
    Accent,
    Brace,
    Fenced,
    Fraction,
    Framed,
    Hidden,
    Marked,
    Node,
    Role,
    Root,
    Row,
    Scripts,
    Space,
    Struck,
    Symbol,
    Table,
    only,
    role,
)

_SIGNS = {
    "∂": "d", "∇": "grad", "∑": "sum", "∏": "prod", "∐": "coprod", "∫": "int", "∬": "iint", "∭": "iiint",
    "∮": "oint", "⋃": "union", "⋂": "intersection", "⨁": "(+)", "⨂": "(x)", "√": "sqrt", "∞": "inf",
    "−": "-", "±": "+-", "∓": "-+", "×": "x", "÷": "/", "·": "*", "⋅": "*", "∘": "o", "⊙": ".*", "⊗": "(x)",
    "⊕": "(+)", "⊖": "(-)", "⋆": "*", "∗": "*", "∖": "\\", "∪": "union", "∩": "intersect",
    "≠": "!=", "≤": "<=", "≥": ">=", "≈": "~=", "∼": "~", "≃": "~=", "≅": "~=", "≡": "==", "∝": "~",
    "≪": "<<", "≫": ">>", "≜": ":=", "≐": ".=", "→": "->", "←": "<-", "↔": "<->", "⇒": "==>", "⇐": "<==",
    "⇔": "<=>", "↦": "|->", "↑": "^", "↓": "v", "∈": "in", "∉": "not in", "∋": "contains", "⊂": "subset of",
    "⊆": "subset of or equal to", "⊃": "superset of", "⊇": "superset of or equal to", "∅": "{}",
    "∀": "for all", "∃": "exists", "∄": "there is no", "∧": "and", "∨": "or", "¬": "not", "∣": "|", "‖": "||",
    "∥": "||", "⟂": "perp", "⊥": "perp", "⊤": "T", "⊺": "T", "†": "+", "‡": "++", "′": "'", "″": "''",
    "‴": "'''", "…": "...", "⋯": "...", "⋮": ":", "⋱": "...", "⋰": "...", "⟨": "<", "⟩": ">", "⌊": "[",
    "⌋": "]", "⌈": "[", "⌉": "]", "ℓ": "l", "ℏ": "hbar", "ℜ": "Re", "ℑ": "Im", "°": "deg", "∴": "therefore",
    "∵": "because", "⊢": "|-", "⊨": "|=", "⊧": "|=", "•": "*", "◻": "[]", "∎": "QED", "✓": "v", "≔": ":=",
    "¶": "P", "§": "S", "©": "(c)", "⏞": "^", "⏟": "v",
}  # fmt: skip
_STROKE = "\u0338"
_WORDS = frozenset("∀∃∄¬∴∵")
_HALVES = {"⌊": "floor", "⌈": "ceil"}
_ACCENTS = {
    "\u0302": "hat",
    "\u0303": "tilde",
    "\u0304": "bar",
    "\u0305": "bar",
    "\u20d7": "vec",
    "\u20d6": "vec",
    "\u0308": "ddot",
    "\u20db": "dddot",
    "\u030c": "check",
    "\u0306": "breve",
    "\u0301": "acute",
    "\u0300": "grave",
    "\u030a": "ring",
}
_PIECES = str.maketrans(
    "─═│┌┐└┘╱╲╭╮╰╯⎛⎜⎝⎞⎟⎠⎡⎢⎣⎤⎥⎦⎧⎪⎨⎩⎫⎪⎬⎭⏞⏟‾‖⟨⟩√",
    r"-=|++++/\/\\//|\\|/[[[]]]/|<\\|>/v^-|<>v",
)
"""What brackets, bars and frames are put together from."""


def plain_tree(node: Node) -> Node:
    """The formula with each sign as ASCII writes it."""
    return _CHANGES[type(node)](node)


def plain_row(row: str) -> str:
    """A drawn row with its brackets and bars in ASCII."""
    return row.translate(_PIECES)


def plain_text(text: str) -> str:
    """Signs and letters in ASCII; characters of two cells, such as Chinese, stay."""
    return text if text.isascii() else "".join(map(_plain_char, text))


def _plain_char(char: str) -> str:
    if char.isascii() or east_asian_width(char) in "WF":
        return char
    if char in _SIGNS:
        return _SIGNS[char]
    simple = normalize("NFKC", char)
    if simple.isascii():
        return simple
    words = name(simple[0], "").lower()
    kind, _, letter = words.removesuffix(" symbol").partition("letter ")
    if words.startswith("greek") and letter:
        letter = letter.split()[-1]
        return letter.capitalize() if "capital" in kind else letter
    parts = normalize("NFD", char)
    if len(parts) == 1:
        return words or "?"
    return _negated(_plain_char(parts[0])) if _STROKE in parts else _plain_char(parts[0])


def _negated(sign: str) -> str:
    return f"not {sign}" if sign[0].isalpha() else f"!{sign}"


def _symbol(node: Symbol) -> Node:
    if node.role is Role.TEXT or node.text.isascii():
        return node
    text = plain_text(node.text.removesuffix(_STROKE))
    if node.text.endswith(_STROKE):
        text = _negated(text)
    return Symbol(text, Role.WORD if node.text in _WORDS else node.role)


def _row(node: Row) -> Node:
    """The parts with a space wherever names would run into each other."""
    parts: list[Node] = []
    of_differential = False
    for item in node.items:
        part = plain_tree(item)
        if parts and not of_differential and _keep_apart(parts[-1], part):
            parts.append(Space(1))
        parts.append(part)
        of_differential = only(item) == Symbol("∂")
    return Row(tuple(parts))


_OPERANDS = (Role.ORDINARY, Role.FRACTION, Role.WORD)


def _keep_apart(before: Node, after: Node) -> bool:
    if isinstance(before, Space) or isinstance(after, Space):
        return False
    if _is_verb(before) or _is_verb(after) or (_is_matrix(before) and _is_matrix(after)):
        return True
    if role(after) not in _OPERANDS or role(before) not in (*_OPERANDS, Role.FENCED):
        return False
    if not (_edge(before, -1).isalnum() or role(before) is Role.FENCED) or not _edge(after, 0).isalnum():
        return False
    return _is_long(before) or _is_long(after)


def _is_matrix(node: Node) -> bool:
    node = only(node)
    return isinstance(node, Fenced) and isinstance(only(node.body), Table)


def _edge(node: Node, end: int) -> str:
    """The sign at one end of a part; a letter where the end is a script or a bracket."""
    node = only(node)
    if isinstance(node, Scripts):
        return _edge(node.base, 0)
    if isinstance(node, Row) and node.items:
        return _edge(node.items[0], 0)
    return node.text[end] if isinstance(node, Symbol) and node.text else "x"


def _is_verb(node: Node) -> bool:
    """Whether a relation or an operation is a word, which keeps its distance even in a subscript."""
    node = only(node)
    return (
        isinstance(node, Symbol)
        and node.role in (Role.RELATION, Role.BINARY)
        and node.text.replace(" ", "").isalpha()
    )


def _is_long(node: Node) -> bool:
    """Whether a part is a name of several letters, or ends in one."""
    node = only(node)
    if isinstance(node, Scripts):
        return True
    if isinstance(node, Row) and node.items:
        return _is_long(node.items[0])
    return isinstance(node, Symbol) and len(node.text) > 1 and node.text[0].isalpha()


def _scripts(node: Scripts) -> Node:
    sub = plain_tree(node.sub) if node.sub is not None else None
    sup = plain_tree(node.sup) if node.sup is not None else None
    return Scripts(plain_tree(node.base), sub, sup, node.limits, plain=True)


def _fenced(node: Fenced) -> Node:
    body = plain_tree(node.body)
    if node.opening in _HALVES and node.closing:
        return Row((Symbol(_HALVES[node.opening], Role.WORD), Fenced("(", body, ")")))
    return Fenced(plain_text(node.opening), body, plain_text(node.closing))


def _root(node: Root) -> Node:
    word: Node = Symbol("sqrt", Role.WORD)
    if node.index is not None:
        word = Scripts(Symbol("root", Role.WORD), plain_tree(node.index), None, plain=True)
    return Row((word, Fenced("(", plain_tree(node.body), ")")))


def _accent(node: Accent) -> Node:
    return _named(node.base, _ACCENTS.get(node.mark, "dot"))


def _brace(node: Brace) -> Node:
    if node.kind == "line":
        return _named(node.base, "bar" if node.above else "underline")
    return Brace(plain_tree(node.base), node.kind, node.above)


def _named(base: Node, word: str) -> Node:
    """`x_hat` for one letter, `hat(x + y)` for more."""
    body = plain_tree(base)
    sign = only(body)
    if isinstance(sign, Symbol):
        symbol = Symbol(f"{sign.text}_{word}")
        return Marked(symbol) if _is_marked(body) else symbol
    return Row((Symbol(word, Role.WORD), Fenced("(", body, ")")))


def _is_marked(node: Node) -> bool:
    while isinstance(node, Row) and len(node.items) == 1:
        node = node.items[0]
    return isinstance(node, Marked)


def _marked(node: Marked) -> Node:
    return marked_parts(plain_tree(node.body))


def _struck(node: Struck) -> Node:
    return Row((Symbol("cancel", Role.WORD), Fenced("(", plain_tree(node.body), ")")))


def _table(node: Table) -> Node:
    return replace(node, rows=tuple(tuple(map(plain_tree, row)) for row in node.rows))


_CHANGES: dict[type[Any], Callable[[Any], Node]] = {
    Symbol: _symbol,
    Space: lambda node: node,
    Row: _row,
    Fraction: lambda node: Fraction(plain_tree(node.numerator), plain_tree(node.denominator), node.bar),
    Root: _root,
    Scripts: _scripts,
    Accent: _accent,
    Brace: _brace,
    Fenced: _fenced,
    Table: _table,
    Framed: lambda node: Framed(plain_tree(node.body)),
    Struck: _struck,
    Marked: _marked,
    Hidden: lambda node: Hidden(plain_tree(node.body)),
}
