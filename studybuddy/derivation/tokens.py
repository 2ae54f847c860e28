"""From LaTeX to tokens. `pylatexenc` finds macros, their arguments and their places; letters are ours."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from studybuddy.core.phrase import Phrase
from studybuddy.derivation.expression import Span
from studybuddy.derivation.letters import LetterReader
from studybuddy.derivation.names import GREEK, Names
from studybuddy.derivation.signs import (
    CASES,
    CONDITION_WORDS,
    FOR_WORD,
    FRACTIONS,
    FRAMES,
    IGNORED,
    LINE,
    LINED_UP,
    OPERATORS,
    STYLES,
    WORDS,
    Token,
)
from studybuddy.derivation.source import Source, UnreadableError
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from pylatexenc.macrospec import LatexContextDb

_JOINING = frozenset({"=", "+", "-", "dot", "each", "star", "<", ">", "<=", ">="})


@cache
def _context() -> LatexContextDb:
    from pylatexenc.latexwalker import get_default_latex_context_db
    from pylatexenc.macrospec import MacroSpec

    context = get_default_latex_context_db()
    macros = [MacroSpec(name, "{") for name in (*STYLES, *FRAMES)] + [
        MacroSpec(name, "{{") for name in FRACTIONS
    ]
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
    return _one_line(_Reader(source, names).nodes(nodes))


def _one_line(found: tuple[Token, ...]) -> tuple[Token, ...]:
    """Without the breaks between lines: one line must go on where the other ended."""
    kept: list[Token] = []
    for place, token in enumerate(found):
        if token.value != LINE:
            kept.append(token)
            continue
        rest = [after for after in found[place:] if after.value != LINE]
        if kept and rest and rest[0].value not in _JOINING and kept[-1].value not in _JOINING:
            words = N_("two formulas: write one, or a chain a = b = c")
            raise UnreadableError(Phrase(words), rest[0].span[0])
    return tuple(kept)


class _Reader(LetterReader):
    def nodes(self, nodes: list[Any]) -> tuple[Token, ...]:
        found: list[Token] = []
        for place, node in enumerate(nodes):
            before = getattr(nodes[place - 1], "macroname", "") if place else ""
            if node is None:
                continue
            if before in ("left", "right") and getattr(node, "chars", "").lstrip().startswith("."):
                self._characters(node.chars.replace(".", " ", 1), node.pos, found)
            else:
                self._node(node, found)
        return _unframed(found)

    def _node(self, node: Any, found: list[Token]) -> None:
        kind = type(node).__name__
        span = self._span(node.pos, node.pos + node.len)
        if kind == "LatexCharsNode":
            self._characters(node.chars, node.pos, found)
        elif kind == "LatexGroupNode":
            found.append(Token("group", "", span, (self.nodes(node.nodelist),)))
        elif kind == "LatexMacroNode":
            self._macro(node, span, found)
        elif kind == "LatexEnvironmentNode":
            self._environment(node, span, found)
        elif kind == "LatexMathNode":
            found += self.nodes(node.nodelist)
        elif kind == "LatexSpecialsNode" and node.specials_chars not in ("~", "&"):
            self._characters(node.specials_chars, node.pos, found)

    def _environment(self, node: Any, span: Span, found: list[Token]) -> None:
        name = node.environmentname
        if name in CASES:
            found.append(Token("cases", "", span, self._cases(node.nodelist, span)))
        elif name in LINED_UP:
            found += self.nodes(node.nodelist)
        else:
            words = N_("{environment} is not read here")
            raise UnreadableError(Phrase.of(words, environment=rf"\begin{{{name[:20]}}}"), span[0])

    def _cases(self, nodes: list[Any], span: Span) -> tuple[tuple[Token, ...], ...]:
        """Value, condition, value, condition and so on."""
        rows: list[list[list[Any]]] = [[[]]]
        for node in nodes:
            if type(node).__name__ == "LatexMacroNode" and node.macroname == "\\":
                rows.append([[]])
            elif type(node).__name__ == "LatexSpecialsNode" and node.specials_chars == "&":
                rows[-1].append([])
            else:
                rows[-1][-1].append(node)
        parts: list[tuple[Token, ...]] = []
        for row in rows:
            value = _clean(self.nodes(row[0]))
            if len(row) == 1 and not value:
                continue
            condition = [node for cell in row[1:] for node in cell]
            parts += [value, _clean(self._condition(condition))]
            if not value:
                raise UnreadableError(Phrase(N_("a case has no value")), span[0])
        if not parts or any(not condition for condition in parts[1:-1:2]):
            raise UnreadableError(Phrase(N_("cases: write a value & a condition on each line")), span[0])
        return tuple(parts)

    def _condition(self, nodes: list[Any]) -> tuple[Token, ...]:
        """Without the words around it."""
        found: list[Token] = []
        for node in nodes:
            if type(node).__name__ == "LatexMacroNode" and node.macroname in STYLES:
                text = "".join(getattr(inner, "chars", "") for inner in _held(node)).strip(" ,.，。")
                if text.lower() in CONDITION_WORDS:
                    continue
            if (
                type(node).__name__ == "LatexCharsNode"
                and node.chars.strip(" ,.\n").lower() in CONDITION_WORDS
            ):
                continue
            self._node(node, found)
        return tuple(found)

    def _macro(self, node: Any, span: Span, found: list[Token]) -> None:
        name: str = node.macroname
        if name in IGNORED:
            return
        arguments = [
            self.nodes([a]) for a in (node.nodeargd.argnlist if node.nodeargd else []) if a is not None
        ]
        inner = tuple(_unwrapped(argument) for argument in arguments)
        if name in FRACTIONS and len(inner) == 2:
            found.append(Token("frac", "", span, inner))
        elif name == "sqrt" and inner:
            found.append(Token("sqrt", "", span, (inner[-1],)))
        elif name in STYLES:
            self._styled(name, inner[0] if inner else (), span, found)
        elif name in FRAMES:
            found.append(Token("framed", name, span, inner[:1] or ((),)))
        elif name == "ell":
            found.append(Token("name", self._names.loss, span))
        else:
            found.append(self._simple(name, span))

    @staticmethod
    def _simple(name: str, span: Span) -> Token:
        """A macro that is one sign, one word or one letter."""
        if name in OPERATORS:
            return Token("op", OPERATORS[name], span)
        if name in WORDS or name == "sigma":
            return Token("word", FOR_WORD.get(name, name), span)
        if name.removeprefix("var") in GREEK:
            return Token("name", name.removeprefix("var"), span)
        if name in ("dots", "ldots", "cdots"):
            raise UnreadableError(Phrase(N_("dots cannot be read: write the sum")), span[0])
        if name in FRACTIONS:
            raise UnreadableError(Phrase(N_("a fraction needs two parts in braces")), span[0])
        raise UnreadableError(Phrase.of(N_("{macro} is not known here"), macro="\\" + name[:30]), span[0])

    def _styled(self, style: str, inner: tuple[Token, ...], span: Span, found: list[Token]) -> None:
        r"""`\mathbf{1}`, `\mathrm{ReLU}`, `\mathsf{T}`, `\mathbf{W}`: the letters inside, as one word."""
        word = "".join(token.value for token in inner)
        if word == "grad":
            found.append(Token("op", "nabla", span))
        elif word in ("1", "I") and style in ("mathbb", "mathbf", "boldsymbol", "bm", "mathds", "vec"):
            known = word == "I" and (style in ("mathbf", "boldsymbol", "bm") or self._names.tensor("I"))
            found.append(Token("name", "I", span) if known else Token("ones", style, span))
        elif (function := FOR_WORD.get(word, word.lower())) in WORDS:
            found.append(Token("word", function, span))
        elif len(inner) == 1 or self._names.tensor(word) is None:
            if style in ("operatorname", "text", "mathrm") and len(word) > 2 and not self._splits(word):
                raise UnreadableError(Phrase.of(N_("{macro} is not known here"), macro=word[:30]), span[0])
            found += inner
        else:
            found.append(Token("name", word, span))


def _unframed(found: list[Token]) -> tuple[Token, ...]:
    """With what stands in a frame instead of the frame and its label."""
    kept: list[Token] = []
    skip = 0
    for place, token in enumerate(found):
        if skip:
            skip -= 1
        elif token.kind == "framed":
            kept.append(Token("group", "", token.span, token.inner))
            label = place + 1 < len(found) and found[place + 1].value in ("_", "^")
            skip = 2 if label and token.value != "boxed" else 0
        else:
            kept.append(token)
    return tuple(kept)


def _held(node: Any) -> list[Any]:
    """The nodes in the braces behind a macro."""
    found: list[Any] = []
    for argument in node.nodeargd.argnlist if node.nodeargd else []:
        found += getattr(argument, "nodelist", [argument])
    return found


def _clean(found: tuple[Token, ...]) -> tuple[Token, ...]:
    """Without a comma at the end."""
    while found and found[-1].value in (",", ".", ";"):
        found = found[:-1]
    return found


def _unwrapped(argument: tuple[Token, ...]) -> tuple[Token, ...]:
    if len(argument) == 1 and argument[0].kind == "group":
        return argument[0].inner[0]
    return argument
