"""LaTeX made ready for the parser: bounded, and in the spelling it knows."""

from __future__ import annotations

import re

from studybuddy.core.latex_macros import MacroError, expand, read_definitions
from studybuddy.mathtext.commands import known_commands
from studybuddy.mathtext.marks import MARK

MAX_LENGTH = 2000
"""Characters of a formula that is drawn; a longer one is shown as its source."""
MAX_DEPTH = 40
"""Groups inside groups."""


class UndrawableError(Exception):
    """This formula is shown as its source. Never leaves the room."""


_ENVIRONMENTS = {
    **{
        name: name
        for name in (
            "matrix",
            "pmatrix",
            "bmatrix",
            "Bmatrix",
            "vmatrix",
            "Vmatrix",
            "smallmatrix",
            "array",
            "cases",
        )
    },
    **dict.fromkeys(
        ("aligned", "align", "alignedat", "alignat", "flalign", "eqnarray", "split", "multline"), "align*"
    ),
    **dict.fromkeys(("gathered", "gather", "subarray"), "matrix"),
    **dict.fromkeys(("equation", "math", "displaymath"), ""),
    "dcases": "cases",
}
"""Environments without their star, and the one of the parser's that draws the same; empty: none is needed."""
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([^{}]*)\}(\s*\{[^{}]*\}|\s*\[[^][]*\])?")
_WITH_COLUMNS = ("alignedat", "alignat", "subarray")
_DEFINITION = re.compile(
    r"\\(?:re|provide)?newcommand|\\newenvironment|\\[egx]?def(?![a-z])|\\let(?![a-z])|\\DeclareMath"
)
_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_EMPTY_CELL = re.compile(r"(?<!(?<!\\)\\)&(?=\s*(?:&|\\\\|\\end))")
"""A cell at the end of a row, which the parser would lose."""
_TAG = re.compile(r"\\tag(\*?)\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_BLANK = re.compile(
    r"(?:\s|~|[{}]|\\[,;:!> ]"
    r"|\\(?:quad|qquad|enspace|thinspace|displaystyle|textstyle|nonumber|notag|strut|marked)(?![a-zA-Z])"
    r"|\\(?:[hv]?phantom|label|hspace|vspace)\*?\{[^{}]*\})*\Z"
)


def is_blank(latex: str) -> bool:
    """Whether a formula asks for nothing but room."""
    return latex.count("{") == latex.count("}") and bool(latex.strip()) and _BLANK.match(latex) is not None


def prepare(latex: str) -> str:
    """The formula as the parser should read it.

    Raises:
        UndrawableError: it is too long or too deep, defines commands without end, or uses an environment
            that nobody can draw.
    """
    if len(latex) > MAX_LENGTH:
        raise UndrawableError("too long")
    if _DEFINITION.search(latex):
        latex = _with_its_commands(latex)
    if _depth(latex) > MAX_DEPTH:
        raise UndrawableError("too deep")
    latex = " ".join(line.strip() for line in _COMMENT.sub("", latex).split("\n"))
    latex = _ENVIRONMENT.sub(_environment, latex.replace(MARK, ""))
    latex = known_commands(_TAG.sub(_tag, latex))
    return _EMPTY_CELL.sub("&{}", latex).strip()


def _with_its_commands(latex: str) -> str:
    """The formula with the commands put in that it defines itself."""
    try:
        macros, rest = read_definitions(latex)
        latex = expand(rest, macros)
    except MacroError as error:
        raise UndrawableError(str(error)) from error
    if len(latex) > MAX_LENGTH or _DEFINITION.search(latex):
        raise UndrawableError("defines what nobody can draw")
    return latex


def _tag(match: re.Match[str]) -> str:
    number = match[2] if match[1] else f"({match[2]})"
    return rf"\numbered{{\text{{{number}}}}}"


def _environment(match: re.Match[str]) -> str:
    edge, name, options = match[1], match[2].removesuffix("*"), match[3] or ""
    if name == "rcases":
        return r"\left.\begin{array}{ll}" + options if edge == "begin" else r"\end{array}\right\}" + options
    known = _ENVIRONMENTS.get(name)
    if known is None:
        raise UndrawableError(f"unknown environment {name}")
    if known == "array" and edge == "begin":
        options = _columns(options)
    if edge == "begin" and (name in _WITH_COLUMNS or (match[2] != name and "[" in options)):
        options = ""
    return (f"\\{edge}{{{known}}}" if known else "") + options


def _columns(options: str) -> str:
    """The columns of an array: two lines are one; the parser takes a single edge for a line between."""
    columns = re.sub(r"\|[|\s]*", "|", options.strip(" {}"))
    if not columns.strip("|lcr ") and columns.startswith("|") != columns.endswith("|"):
        columns = columns.strip("|")
    return f"{{{columns}}}" if options.strip().startswith("{") else options


def _depth(latex: str) -> int:
    depth = deepest = 0
    for brace in re.findall(r"\\[{}\\]|[{}]", latex):
        depth += {"{": 1, "}": -1}.get(brace, 0)
        deepest = max(deepest, depth)
    return deepest
