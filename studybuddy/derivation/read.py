"""Which notation an answer is in, and reading it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import normalize

from studybuddy.core.phrase import Phrase
from studybuddy.derivation.expression import Chain, Expression
from studybuddy.derivation.formula_reader import FormulaReader
from studybuddy.derivation.names import Names
from studybuddy.derivation.numpy_calls import MODULES
from studybuddy.derivation.numpy_reader import read_numpy
from studybuddy.derivation.source import NeverRunsError, UnreadableError, bounded, normalised
from studybuddy.derivation.tokens import tokens
from studybuddy.i18n import N_

_PYTHON = re.compile(
    r"\b(?:"
    + "|".join(sorted(MODULES))
    + r")\.|@|\*\*|\.m?T\b(?!\^)|\.(?:sum|mean|dot|t|transpose|matmul|exp|log)\(|"
    r"\b(?:axis|dim|keepdims?)\s*=|__\w+__|\blambda\b|\bimport\b"
)
"""What only Python has."""
_FORMULA = re.compile(r"\\|\^|[{}$]|[^\x00-\x7f]|'(?![\w\s]*[,)>-])|\bsum_")
"""What only a formula has."""
_COMMENT = re.compile(r"(?<!\\)%")
"""What begins a comment in LaTeX and is a remainder in Python: an answer needs neither."""
_CALL = re.compile(r"([A-Za-z_]\w*)\s*\(|__")
"""A call, or a factor in front of a bracket."""
_LIST = re.compile(r"(?:^(?:\s*\w+\s*=)?|[-+*/@]|(?<![\w=])\()\s*(\[)(?=[^\]]*[A-Za-z])")
"""A bracket that begins a list in Python."""
A_LIST = N_("in Python […] is a list: write (…)")
_ASSIGNED = re.compile(r"^\s*([A-Za-z_]\w*(?:\.grad)?(?:\[[^\[\]=]*\])?)\s*=(?!=)\s*")
_NUMPY = re.compile(
    r"\w\.[a-z]\w*|\[\s*:|:\s*\]|\b(?:len|range|float|int)\(|\b(?:for|if|lambda|import|None|True|False)\b"
)
"""What makes it NumPy rather than a formula, once it was readable as neither."""
_TRAILING = re.compile(r"(?<!\\)[\s.,;，。；．]+$")
TOO_LONG = N_("this is longer, or deeper, than any formula of the course")
MOST_NODES = 400
DEEPEST_TREE = 120
"""Parts of an expression, and how deep they may lie. An answer of the course has some thirty, ten deep."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, and whether by the rules of NumPy."""

    expression: Expression
    python: bool


def read(typed: str, names: Names) -> Reading:
    """An answer in LaTeX, plain or NumPy notation.

    Raises:
        UnreadableError: it is in none; names a place and a reason.
    """
    bounded(typed)
    if (
        (comment := _COMMENT.search(typed)) is not None
        and "\\" not in typed
        and typed[: comment.start()].strip()
    ):
        raise UnreadableError(Phrase(N_("% is not read here")), comment.start())
    if "&" in typed and "\\" not in typed:
        raise UnreadableError(Phrase(N_("& is not read here")), typed.index("&"))
    if _PYTHON.search(typed) and (listed := _LIST.search(typed)) is not None:
        raise UnreadableError(Phrase(A_LIST), listed.start(1))
    trimmed = _TRAILING.sub("", typed)
    try:
        found = _read(trimmed, names)
    except RecursionError as error:
        raise UnreadableError(Phrase(TOO_LONG), 0) from error
    _small(found.expression)
    return found


def _read(typed: str, names: Names) -> Reading:
    if _FORMULA.search(typed) and not (_PYTHON.search(typed) and "\\" not in typed):
        return Reading(_formula(typed, names), python=False)
    try:
        return Reading(_python(typed, names), python=True)
    except NeverRunsError:
        raise
    except UnreadableError:
        if _NUMPY.search(typed) or any(not _beside(match[1], names) for match in _CALL.finditer(typed)):
            raise
        return Reading(_formula(typed, names), python=False)


def _small(root: Expression) -> None:
    """Refuse a tree that would take long to work out.

    Raises:
        UnreadableError: it has too many parts, or they lie too deep.
    """
    count, level = 0, [root]
    for _ in range(DEEPEST_TREE):
        count += len(level)
        if not level:
            return
        if count > MOST_NODES:
            break
        level = [part for node in level for part in node.parts()]
    raise UnreadableError(Phrase(TOO_LONG), 0)


def _python(typed: str, names: Names) -> Expression:
    """`dW = X.T @ dZ` is read from behind its name; full-width letters as narrow ones."""
    text = "".join(plain if len(plain := normalize("NFKC", char)) == 1 else char for char in typed)
    match = _ASSIGNED.match(text)
    if match is None:
        return read_numpy(text, names)
    right = read_numpy(" " * match.end() + text[match.end() :], names)
    left = _named(match[1], match.start(1), names)
    if left is None or isinstance(right, Chain):
        return right
    return Chain((left, right), span=(left.span[0], right.span[1]))


def _named(text: str, begin: int, names: Names) -> Expression | None:
    """What is assigned to; None for a name of the learner's own.

    Raises:
        UnreadableError: a name of the learner's own bears indices.
    """
    word = re.match(r"\w+", text)
    known = word is not None and (names.tensor(word[0]) or names.gradient_of(word[0]))
    if word is not None and not known and "[" in text:  # its letters would say nothing of any axis
        raise UnreadableError(names.unknown(word[0]), begin)
    return read_numpy(" " * begin + text, names) if known else None


def _beside(word: str | None, names: Names) -> bool:
    """Whether a word in front of a bracket is a factor, or a function that formulas have too."""
    if not word:
        return False
    stem = word.partition("_")[0]
    return word in (*names.spellings, "I", "H") or stem in names.spellings or stem in names.runs


def _formula(typed: str, names: Names) -> Expression:
    source = normalised(typed)
    found = tokens(source, names)
    if not found:
        raise UnreadableError(Phrase(N_("nothing is written yet")), 0)
    return FormulaReader(found, names, len(typed)).read()
