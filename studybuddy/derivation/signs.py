"""Tokens of a formula, and what each macro and each sign is as one."""

from __future__ import annotations

from dataclasses import dataclass

from studybuddy.derivation.expression import Span


@dataclass(frozen=True, slots=True)
class Token:
    """`kind`: name, number, word (a function), ones, op, group, frac, sqrt, cases. `inner`: what braces hold.

    `cases` hold a value and a condition by turns; an empty condition is "otherwise".
    """

    kind: str
    value: str
    span: Span
    inner: tuple[tuple[Token, ...], ...] = ()
    spaced: bool = False
    """Whether white space stands before it."""


STYLES = frozenset(
    {
        *("operatorname", "mathrm", "text", "mathbf", "mathbb", "mathsf", "mathcal", "mathit"),
        *("boldsymbol", "bm", "mathds", "vec"),
    }
)
IGNORED = frozenset(
    {
        *("left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr"),
        *(",", ";", ":", "!", " ", "\n", ">", "quad", "qquad", "displaystyle", "textstyle"),
        *("limits", "nolimits", "rm", "bf", "it", "sf", "cal", "middle"),
    }
)
FRAMES = frozenset({"underbrace", "overbrace", "boxed"})
"""What is drawn around a formula; a label below or above it is no part of the formula."""
FRACTIONS = frozenset({"frac", "dfrac", "tfrac", "cfrac"})
LINE = "\\\\"
"""The value of the token between two lines."""
OPERATORS = {
    "cdot": "dot",
    "times": "dot",
    "odot": "each",
    "circ": "each",
    "ast": "star",
    "hadamard": "each",
    "le": "<=",
    "leq": "<=",
    "leqslant": "<=",
    "ge": ">=",
    "geq": ">=",
    "geqslant": ">=",
    "ne": "!=",
    "neq": "!=",
    "lt": "<",
    "gt": ">",
    "partial": "partial",
    "nabla": "nabla",
    "sum": "sum",
    "{": "(",
    "}": ")",
    "lbrace": "(",
    "rbrace": ")",
    "lbrack": "[",
    "rbrack": "]",
    "prime": "'",
    "top": "T",
    "intercal": "T",
    "lvert": "|",
    "rvert": "|",
    "langle": "langle",
    "rangle": "rangle",
    "\\": LINE,
    "newline": LINE,
}
WORDS = frozenset({"exp", "log", "ln", "tanh", "max", "sqrt", "softmax", "relu", "diag", "sign", "sigmoid"})
"""Functions that may be written in a formula."""
FOR_WORD = {
    **dict.fromkeys(("ReLU", "RELU", "Relu"), "relu"),
    **dict.fromkeys(("Softmax", "SoftMax"), "softmax"),
    **dict.fromkeys(("Sigmoid", "sigma"), "sigmoid"),
    **dict.fromkeys(("sgn", "Sign", "Sgn"), "sign"),
    "Diag": "diag",
}
CHARACTERS = {"*": "star", "@": "at", "′": "'"}
LINED_UP = frozenset(
    {
        *("aligned", "align", "align*", "split", "equation", "equation*", "gathered", "gather", "gather*"),
        *("alignedat", "displaymath", "math"),
    }
)
"""Environments that only place lines."""
CASES = frozenset({"cases", "dcases", "rcases"})
CONDITION_WORDS = frozenset(
    {
        *("if", "when", "for", "where", "otherwise", "else", "elsewhere", "other", "others"),
        *("若", "当", "如果", "其他", "其它", "其余", "否则"),
    }
)
"""Words that may stand in front of a condition, or for what is left."""
