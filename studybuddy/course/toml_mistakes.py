"""What to do about the mistakes that TOML invites: quotation marks, and backslashes between `"..."`."""

from __future__ import annotations

import re

from studybuddy.core.phrase import Phrase
from studybuddy.course.report import shorten
from studybuddy.i18n import N_

_HINTS = (
    ("Invalid value", N_("words stand between straight quotation marks")),
    ("Found invalid character", N_("a quotation mark is missing at the end of the words")),
    ("Illegal character", N_("a quotation mark is missing at the end of the words")),
    ("Unterminated", N_("a quotation mark is missing at the end of the words")),
    ("Unescaped", N_("a backslash may only stand between '...'")),
    ("Cannot overwrite", N_("this name is there already")),
    ("Expected \"'", N_("a quotation mark is missing at the end of the words")),
    ("Expected '='", N_("a line is `name = value`")),
)
"""What to do about some errors, by words of the parser's."""
_ESCAPED = re.compile(r"\$[^$\n]*(?:\t(?:heta|au\b|imes|op\b|ext\{)|\n(?:abla|eq\b))")
"""LaTeX in a formula of which `\\t` or `\\n` has been eaten."""
EATEN = N_("in `{key}` a backslash has become another sign: write words with one between '...'")


def syntax_error(message: str) -> Phrase:
    """The words for an error of the parser, with what to do where that is known."""
    reason = shorten(message, 120)
    for sign, hint in _HINTS:
        if sign in message:
            return Phrase.of(N_("not valid TOML: {reason}; {hint}"), reason=reason, hint=Phrase(hint))
    return Phrase.of(N_("not valid TOML: {reason}"), reason=reason)


def unclosed(message: str, text: str) -> int | None:
    """Where the words begin that no quotation mark ends before the end of the file; None for other errors."""
    mark = re.match(r"Expected \"('+)\"", message)
    if mark:
        return text.rfind(mark[1])
    opened = "Unterminated" in message and text.count('"""') % 2 == 1
    return text.rfind('"""') if opened else None


def control_code(key: str, sign: str) -> Phrase:
    r"""The words for a control code, such as the form feed that `"\frac"` begins with."""
    words = N_("`{key}` holds the control code U+{sign:04X}; words with a backslash stand between '...'")
    return Phrase.of(words, key=key, sign=ord(sign))


def eaten_backslash(value: str) -> bool:
    r"""Whether a formula holds what is left of `\times` or `\nabla` between `"..."`."""
    return _ESCAPED.search(value) is not None
