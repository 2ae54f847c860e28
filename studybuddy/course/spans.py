"""The words of a sentence: inline tokens -> inline values of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studybuddy.core.block import CodeSpan, Emphasis, Inline, Inlines, Link, MathSpan, Strong, Text
from studybuddy.core.phrase import Phrase
from studybuddy.course.cjk import joins
from studybuddy.course.ids import is_lesson_id
from studybuddy.course.parser import parse_sentence
from studybuddy.course.report import shorten
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.token import Token

    from studybuddy.course.report import Message

    Finding = Callable[[int, str, Message], None]
    """Told of a doubt: how many lines below the first, a code, a message."""

MAX_NESTING = 12
"""Emphasis within emphasis beyond this depth is read as if it were not there."""

_ADDRESSES = ("http://", "https://", "mailto:")


def read_sentence(content: str, env: dict[str, Any], finding: Finding) -> Inlines:
    """The inline values of a sentence in Markdown; `finding` hears of what an author should look at.

    A sentence over which the parser fails is shown as it was typed.
    """
    try:
        tokens = parse_sentence(content, env)
    except Exception:  # the parser is somebody else's; what it raises over odd input cannot be listed
        finding(0, "markdown", N_("this paragraph cannot be read as Markdown; it is shown as it was typed"))
        return (Text(content),)
    return _SentenceReader(tokens, finding).read()


def plain(children: Inlines) -> str:
    """The words alone, as for a title."""
    words = []
    for child in children:
        match child:
            case Text(text) | CodeSpan(text):
                words.append(text)
            case MathSpan(latex):
                words.append(latex)
            case Strong(inner) | Emphasis(inner) | Link(inner, _):
                words.append(plain(inner))
    return "".join(words)


def unbalanced(latex: str) -> Phrase:
    """The words for a formula that is not `balanced`."""
    return Phrase.of(N_("the braces of this formula do not match: {formula}"), formula=shorten(latex, 80))


def balanced(latex: str) -> bool:
    """Whether every brace of a formula that groups is closed."""
    depth = 0
    chars = iter(latex)
    for char in chars:
        if char == "\\":
            next(chars, "")
        elif char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
        if depth < 0:
            return False
    return depth == 0


class _SentenceReader:
    def __init__(self, tokens: list[Token], finding: Finding) -> None:
        self._tokens = tokens
        self._finding = finding
        self._line = 0
        self._open: list[tuple[Token | None, list[Inline]]] = [(None, [])]

    def read(self) -> Inlines:
        for index, token in enumerate(self._tokens):
            if token.nesting > 0:
                self._open.append((token, []))
            elif token.nesting < 0:
                self._close()
            elif token.type in ("softbreak", "hardbreak"):
                self._break(index, token)
            else:
                self._leaf(token)
        while len(self._open) > 1:
            self._close()
        return tuple(self._open[0][1])

    def _add(self, inline: Inline) -> None:
        children = self._open[-1][1]
        last = children[-1] if children else None
        if isinstance(inline, Text) and isinstance(last, Text):
            children[-1] = Text(last.text + inline.text)
        elif inline != Text(""):
            children.append(inline)

    def _close(self) -> None:
        token, children = self._open.pop()
        if token is None:
            return
        inner = tuple(children)
        if len(self._open) > MAX_NESTING:
            for child in inner:
                self._add(child)
        elif token.type == "link_open":
            self._link(inner, str(token.attrs.get("href", "")))
        else:
            self._add(Strong(inner) if token.type == "strong_open" else Emphasis(inner))

    def _link(self, inner: Inlines, target: str) -> None:
        scheme, _, rest = target.partition(":")
        if target.startswith(_ADDRESSES) or (scheme == "lesson" and is_lesson_id(rest)):
            self._add(Link(inner, target))
            return
        message = N_("a link leads to https://, mailto: or lesson:s1w1d1, and to nothing else")
        self._finding(self._line, "link-target", message)
        for child in inner:
            self._add(child)

    def _break(self, index: int, token: Token) -> None:
        if token.type == "hardbreak":
            self._finding(
                self._line,
                "hard-break",
                N_("a line break inside a paragraph is not kept; begin a new paragraph"),
            )
        self._line += 1
        before, after = self._neighbour(index, -1), self._neighbour(index, 1)
        self._add(Text("" if before and after and joins(before, after) else " "))

    def _neighbour(self, index: int, step: int) -> str:
        """The visible character beside a line break, `x` for code and formulas."""
        index += step
        while 0 <= index < len(self._tokens):
            token = self._tokens[index]
            if token.type in ("text", "text_special") and token.content:
                return token.content[-1 if step < 0 else 0]
            if token.nesting == 0 and token.content:
                return "x"
            index += step
        return ""

    def _leaf(self, token: Token) -> None:
        if token.type == "code_inline":
            self._add(CodeSpan(token.content))
        elif token.type == "math_inline":
            self._math(token.content.strip())
        elif token.type == "image":
            self._finding(self._line, "image", N_("images are not shown; only their description is"))
            self._add(Text(token.content))
        else:
            if token.type == "text" and "$" in token.content:
                self._finding(
                    self._line,
                    "lone-dollar",
                    N_(
                        "a dollar that opens no formula: no space may follow or precede it inside, a formula "
                        "of its own needs an empty line before it; write \\$ for the sign"
                    ),
                )
            self._add(Text(token.content))

    def _math(self, latex: str) -> None:
        if not balanced(latex):
            self._finding(self._line, "formula-braces", unbalanced(latex))
        self._add(MathSpan(latex))
