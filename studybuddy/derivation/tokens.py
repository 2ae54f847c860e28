"""From LaTeX to tokens. `pylatexenc` finds macros, their arguments and their places; letters are ours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from studybuddy.core.phrase import Phrase
from studybuddy.derivation.expression import Span
from studybuddy.derivation.names import GREEK, Names
from studybuddy.derivation.source import Source, UnreadableError
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from pylatexenc.macrospec import LatexContextDb

_STYLES = frozenset(
    {
        *("operatorname", "mathrm", "text", "mathbf", "mathbb", "mathsf", "mathcal", "mathit"),
        *("boldsymbol", "bm", "mathds"),
    }
)
_IGNORED = frozenset(
    {
        *("left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr"),
        *(
            ",",
            ";",
            ":",
            "!",
            " ",
            "\n",
            "\\",
            "quad",
            "qquad",
            "displaystyle",
            "textstyle",
            "limits",
            "nolimits",
        ),
    }
)
_FRACTIONS = frozenset({"frac", "dfrac", "tfrac", "cfrac"})
_OPERATORS = {
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
    "lt": "<",
    "gt": ">",
    "partial": "partial",
    "nabla": "nabla",
    "sum": "sum",
    "{": "(",
    "}": ")",
    "lbrack": "[",
    "rbrack": "]",
    "prime": "'",
    "top": "T",
    "intercal": "T",
    "lvert": "|",
    "rvert": "|",
}
_WORDS = frozenset({"exp", "log", "ln", "tanh", "max", "sqrt", "softmax", "relu", "diag"})
_FOR_WORD = {"ReLU": "relu", "RELU": "relu", "Relu": "relu", "sigma": "sigmoid", "Softmax": "softmax"}
_PIECES = re.compile(r"\s+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.mT\b|\.T\b|[A-Za-z]+|.", re.DOTALL)
_CHARACTERS = {"*": "star", "@": "at", "′": "'"}


@dataclass(frozen=True, slots=True)
class Token:
    """`kind`: name, number, word (a function), ones, op, group, frac, sqrt. `inner`: what braces hold."""

    kind: str
    value: str
    span: Span
    inner: tuple[tuple[Token, ...], ...] = ()
    spaced: bool = False
    """Whether white space stands before it."""


@cache
def _context() -> LatexContextDb:
    from pylatexenc.latexwalker import get_default_latex_context_db
    from pylatexenc.macrospec import MacroSpec

    context = get_default_latex_context_db()
    macros = [MacroSpec(name, "{") for name in _STYLES] + [MacroSpec(name, "{{") for name in _FRACTIONS]
    context.add_context_category("studybuddy", prepend=True, macros=macros)
    return context


def tokens(source: Source, names: Names) -> tuple[Token, ...]:
    """The tokens of a formula.

    Raises:
        UnreadableError: it is no LaTeX, or uses a macro that is not known here.
    """
    from pylatexenc.latexwalker import LatexWalker, LatexWalkerError

    try:
        walker = LatexWalker(source.text, latex_context=_context(), tolerant_parsing=False)
        nodes, _, _ = walker.get_latex_nodes()
    except LatexWalkerError as error:
        place = getattr(error, "pos", None)
        words = N_("braces or brackets do not match here")
        raise UnreadableError(Phrase(words), source.place(place if isinstance(place, int) else 0)) from error
    return _Reader(source, names).nodes(nodes)


class _Reader:
    def __init__(self, source: Source, names: Names) -> None:
        self._source = source
        self._names = names

    def nodes(self, nodes: list[Any]) -> tuple[Token, ...]:
        found: list[Token] = []
        for node in nodes:
            if node is not None:
                self._node(node, found)
        return tuple(found)

    def _node(self, node: Any, found: list[Token]) -> None:
        kind = type(node).__name__
        span = self._span(node.pos, node.pos + node.len)
        if kind == "LatexCharsNode":
            self._characters(node.chars, node.pos, found)
        elif kind == "LatexGroupNode":
            found.append(Token("group", "", span, (self.nodes(node.nodelist),)))
        elif kind == "LatexMacroNode":
            self._macro(node, span, found)
        elif kind in ("LatexMathNode", "LatexEnvironmentNode"):
            found += self.nodes(node.nodelist)
        elif kind == "LatexSpecialsNode" and node.specials_chars in ("~", "&"):
            return
        elif kind == "LatexSpecialsNode":
            self._characters(node.specials_chars, node.pos, found)

    def _span(self, begin: int, end: int) -> Span:
        first = self._source.place(begin)
        return first, max(first + 1, self._source.place(max(begin, end - 1)) + 1)

    def _macro(self, node: Any, span: Span, found: list[Token]) -> None:
        name: str = node.macroname
        arguments = [
            self.nodes([a]) for a in (node.nodeargd.argnlist if node.nodeargd else []) if a is not None
        ]
        inner = tuple(_unwrapped(argument) for argument in arguments)
        if name in _IGNORED:
            return
        if name in _FRACTIONS and len(inner) == 2:
            found.append(Token("frac", "", span, inner))
        elif name == "sqrt" and inner:
            found.append(Token("sqrt", "", span, (inner[-1],)))
        elif name in _STYLES:
            self._styled(name, inner[0] if inner else (), span, found)
        else:
            found.append(self._simple(name, span))

    @staticmethod
    def _simple(name: str, span: Span) -> Token:
        """A macro that is one sign, one word or one letter."""
        if name in _OPERATORS:
            value = _OPERATORS[name]
            return Token("name" if value == "T" else "op", value, span)
        if name in _WORDS or name == "sigma":
            return Token("word", _FOR_WORD.get(name, name), span)
        if name.removeprefix("var") in GREEK:
            return Token("name", name.removeprefix("var"), span)
        if name in ("dots", "ldots", "cdots"):
            raise UnreadableError(Phrase(N_("dots cannot be read: write the sum")), span[0])
        if name in _FRACTIONS:
            raise UnreadableError(Phrase(N_("a fraction needs two parts in braces")), span[0])
        raise UnreadableError(Phrase.of(N_("{macro} is not known here"), macro="\\" + name[:30]), span[0])

    def _styled(self, style: str, inner: tuple[Token, ...], span: Span, found: list[Token]) -> None:
        r"""`\mathbf{1}`, `\mathrm{ReLU}`, `\mathsf{T}`, `\mathbf{W}`: the letters inside, as one word."""
        word = "".join(token.value for token in inner)
        if (
            word in ("1", "I", "II")
            and style in ("mathbb", "mathbf", "boldsymbol", "bm", "mathds")
            and word != "II"
        ):
            known = self._names.tensor("I") is not None
            found.append(Token("name", "I", span) if word == "I" and known else Token("ones", style, span))
        elif (function := _FOR_WORD.get(word, word.lower())) in (*_WORDS, "sigmoid"):
            found.append(Token("word", function, span))
        elif len(inner) == 1 or self._names.tensor(word) is None:
            found += inner
        else:
            found.append(Token("name", word, span))

    def _characters(self, text: str, begin: int, found: list[Token]) -> None:
        """Split characters into numbers, names and signs. A run of letters may hold several names."""
        index = 0
        while index < len(text):
            match = _PIECES.match(text, index)
            assert match is not None
            piece, start = match[0], index
            index = match.end()
            if piece.isspace():
                continue
            spaced = start > 0 and text[start - 1].isspace()
            span = self._span(begin + start, begin + index)
            if piece[0].isdigit():
                found.append(Token("number", piece, span, spaced=spaced))
            elif piece in (".T", ".mT"):
                found.append(Token("op", "'", span))
            elif piece.isalpha() and piece.isascii():
                index = start + self._letters(piece, begin + start, found, spaced=spaced)
            else:
                found.append(Token("op", _CHARACTERS.get(piece, piece), span, spaced=spaced))

    def _letters(self, run: str, begin: int, found: list[Token], *, spaced: bool) -> int:
        """The names in a run of letters; returns how many letters were taken."""
        after = found[-1].value if found and found[-1].kind == "op" and not spaced else ""
        if after == "^":
            found.append(Token("name", run[0], self._span(begin, begin + 1)))
            return 1
        if after == "_":
            return self._subscript(run, begin, found)
        taken = 0
        while taken < len(run):
            rest = run[taken:]
            word = next((word for word in self._names.runs if rest.startswith(word)), rest[0])
            span = self._span(begin + taken, begin + taken + len(word))
            function = _FOR_WORD.get(word, word)
            is_word = function in (*_WORDS, "sigmoid") and self._names.tensor(word) is None
            found.append(
                Token("word" if is_word else "name", function if is_word else word, span, spaced=spaced)
            )
            taken, spaced = taken + len(word), False
        return len(run)

    def _subscript(self, run: str, begin: int, found: list[Token]) -> int:
        """`X_ik` typed without braces: small letters are indices; after a sum only the first is."""
        summed = len(found) > 1 and found[-2].value == "sum"
        small = len(run) - len(run.lstrip("abcdefghijklmnopqrstuvwxyz"))
        count = 1 if summed or not small else small
        if not small and run in {tail for name in self._names.tensors for tail in (name.partition("_")[2],)}:
            count = len(run)
        inner = tuple(
            Token("name", letter, self._span(begin + n, begin + n + 1))
            for n, letter in enumerate(run[:count])
        )
        if count == len(run) and not small and count > 1:
            inner = (Token("name", run, self._span(begin, begin + count)),)
        found.append(Token("group", "", self._span(begin, begin + count), (inner,)))
        return count


def _unwrapped(argument: tuple[Token, ...]) -> tuple[Token, ...]:
    if len(argument) == 1 and argument[0].kind == "group":
        return argument[0].inner[0]
    return argument
