"""Reads shapes of arrays as people write them: `(N, D_out)`, `[N, D_out]`, `N×D_out`, `64 x 1000`."""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import normalize

from studybuddy.core.errors import UsageError

LONGEST = 300
"""Characters of a typed shape."""
MOST_AXES = 16
_LATEX = (
    (re.compile(r"\\(?:text|mathrm|mathbf|operatorname)\s*\{([^{}]*)\}"), r"\1"),
    (re.compile(r"\\times(?![a-zA-Z])"), "×"),
    (re.compile(r"\\(?:left|right|,|;|!|:| )"), ""),
    (re.compile(r"\\(?=[a-zA-Z])"), ""),
    (re.compile(r"\{,\}"), ""),
    (re.compile(r"_\{([^{}]*)\}"), r"_\1"),
)
_WORDS = re.compile(r"\s*(?:(?:torch\.)?Size|(?:\w+\.)?shape\s*(?:==?)?|形状(?:是|为)?)\s*")
_APART = re.compile(r"\s*[,×*;、]\s*|\s+(?:x|X|by|乘)\s+|(?<=\d)[xX](?=\d)|(?<=[A-Z0-9])x(?=[A-Z0-9])")
_AXIS = re.compile(r"[^\W]+(?:[-+/][^\W]+)?")
_SCALAR = ("scalar", "标量")


class Axis(NamedTuple):
    """An axis: its length or name as it is compared, and as it was written."""

    name: str
    written: str


def read_shape(text: str) -> tuple[Axis, ...]:
    """The axes of a shape; a scalar has none.

    Raises:
        UsageError: the text is no shape.
    """
    if len(text) > LONGEST:
        raise UsageError("the answer is longer than {limit} characters", limit=LONGEST)
    plain = text
    for pattern, put in _LATEX:
        plain = pattern.sub(put, plain)
    plain = normalize("NFKC", plain.replace("$", "").replace("`", "")).strip().rstrip("。.").strip()
    plain = plain[found.end() :] if (found := _WORDS.match(plain)) else plain
    inner, bracketed = _without_brackets(plain)
    if inner.casefold() in _SCALAR or (bracketed and not inner):
        return ()
    parts = _APART.split(inner)
    if len(parts) == 1 and (bracketed or re.fullmatch(r"[0-9 ]+", inner)):
        parts = inner.split()  # as NumPy prints lists: [64 1000]
    if len(parts) > 1 and not parts[-1]:
        parts.pop()  # the comma of (3,)
    if len(parts) > MOST_AXES:
        raise UsageError("there are more than {limit} axes in it", limit=MOST_AXES)
    return tuple(_axis(part) for part in parts)


def _without_brackets(text: str) -> tuple[str, bool]:
    """The text inside one or more pairs of brackets, and whether there were any."""
    bracketed = False
    for _ in range(3):
        if len(text) < 2 or (text[0], text[-1]) not in (("(", ")"), ("[", "]"), ("{", "}")):
            break
        text, bracketed = text[1:-1].strip(), True
    return text, bracketed


def _axis(part: str) -> Axis:
    written = part.strip()
    name = written.replace("_", "")
    if not name or not _AXIS.fullmatch(written):
        raise UsageError("cannot read “{text}” as an axis", text=written[:20])
    if name.isdecimal():
        name = name.lstrip("0") or "0"
    return Axis(name, written)
