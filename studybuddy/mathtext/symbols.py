"""Which sign is a relation, an operator, a bracket; and the words that act as functions."""

from __future__ import annotations

from unicodedata import normalize

from studybuddy.mathtext.nodes import Role

RELATIONS = frozenset("=≠≈≡≤≥<>∈∉∋∼≃≅∝⊂⊆⊃⊇≔≜≐≪≫∣⊢⊨⊧≺≻⪯⪰⟂∥")
BINARIES = frozenset("+−±∓×÷⋅·⊙⊗⊕⊖∘∪∩∧∨∖⋆")
OPERATORS = frozenset("∑∏∐∫∬∭∮⋃⋂⨁⨂")
OPENING = frozenset("([{⟨⌊⌈")
CLOSING = frozenset(")]}⟩⌋⌉")
PUNCTUATION = frozenset(",;:，；：、。")

SAME_SIGN = {
    "-": "−",
    "~": "∼",
    "*": "*",
    "\u2032": "′",
    "\u2223": "∣",
    "⋅": "·",
    "\u2a7d": "≤",
    "\u2a7e": "≥",
    "≔": ":=",
    "≕": "=:",
    "⟶": "→",
    "⟵": "←",
    "⟹": "⇒",
    "⟸": "⇐",
    "⟺": "⇔",
    "⟼": "↦",
    "⟷": "↔",
    "⧸": "\u0338",
    "⧵": "∖",
}
"""Signs that look alike in a cell, written as the one most fonts have."""

LIMIT_OPERATORS = frozenset("∑∏∐⋃⋂⨁⨂")
"""Operators with their limits under and over them; an integral has them beside it."""

LIMIT_WORDS = frozenset({"max", "min", "lim", "sup", "inf", "arg max", "arg min", "lim sup", "lim inf"})
"""Words that carry their subscript below them in a display."""

SPACED_WORDS = {"argmax": "arg max", "argmin": "arg min", "limsup": "lim sup", "liminf": "lim inf"}

ACCENTS = {
    "^": "\u0302",
    "ˆ": "\u0302",
    "¯": "\u0304",
    "―": "\u0305",
    "‾": "\u0305",
    "~": "\u0303",
    "˜": "\u0303",
    "→": "\u20d7",
    "←": "\u20d6",
    "\u20db": "\u20db",
    "˙": "\u0307",
    "¨": "\u0308",
    "´": "\u0301",
    "`": "\u0300",
    "˘": "\u0306",
    "ˇ": "\u030c",
    "˚": "\u030a",
}
"""Accents of MathML and the combining mark that draws each."""

BRACES = {"⏞": "brace", "⏟": "brace", "⎴": "brace", "⎵": "brace", "⏜": "brace", "⏝": "brace", "―": "line"}


def sign_role(sign: str) -> Role:
    """The role of one sign that is not a letter."""
    if sign in (":=", "=:"):
        return Role.RELATION
    sign = normalize("NFD", sign)[:1]  # a crossed-out sign behaves like the sign itself
    if sign in RELATIONS or "\u2190" <= sign <= "\u21ff":
        return Role.RELATION
    for role, signs in _ROLES:
        if sign in signs:
            return role
    return Role.ORDINARY


_ROLES = (
    (Role.BINARY, BINARIES),
    (Role.OPERATOR, OPERATORS),
    (Role.OPENING, OPENING),
    (Role.CLOSING, CLOSING),
    (Role.PUNCTUATION, PUNCTUATION),
)
