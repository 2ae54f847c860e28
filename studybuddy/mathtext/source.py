"""LaTeX made ready for the parser: bounded, and in the spelling it knows."""

from __future__ import annotations

import re

MAX_LENGTH = 2000
"""Characters of a formula that is drawn; a longer one is shown as its source."""
MAX_DEPTH = 40
"""Groups inside groups."""


MARKED = "marked"
r"""The colour that stands for a marked part, of `\marked{…}`."""


class UndrawableError(Exception):
    """This formula is shown as its source. Never leaves the room."""


_KNOWN_ENVIRONMENTS = frozenset(
    (
        "matrix",
        "pmatrix",
        "bmatrix",
        "Bmatrix",
        "vmatrix",
        "Vmatrix",
        "smallmatrix",
        "array",
        "cases",
        "align*",
    )
)
_SAME_ENVIRONMENT = {
    "aligned": "align*",
    "align": "align*",
    "alignedat": "align*",
    "alignat": "align*",
    "alignat*": "align*",
    "eqnarray": "align*",
    "eqnarray*": "align*",
    "split": "align*",
    "multline": "align*",
    "multline*": "align*",
    "gathered": "matrix",
    "gather": "matrix",
    "gather*": "matrix",
    "dcases": "cases",
    "equation": "",
    "equation*": "",
    "math": "",
    "displaymath": "",
}
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([^{}]*)\}(\s*\{\d+\})?")
_DEFINITION = re.compile(
    r"\\(?:re|provide)?newcommand|\\newenvironment|\\[egx]?def(?![a-z])|\\let(?![a-z])|\\DeclareMath"
)
_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_INVISIBLE = re.compile(r"\\(?:nonumber|notag|displaystyle|textstyle)(?![a-zA-Z])|\\label\s*\{[^{}]*\}")
_SPELLINGS = (
    (re.compile(r"\\(?:text)?color\s*(?:\[[^][]*\]\s*)?\{[^{}]*\}"), ""),
    (re.compile(r"\\marked(?![a-zA-Z])"), rf"\\textcolor{{{MARKED}}}"),
    (re.compile("\u2064"), ""),
    (re.compile(r"\\arg\s*\\(max|min)(?![a-zA-Z])"), r"\\operatorname*{arg\1}"),
    (re.compile(r"\\arg(?![a-zA-Z])"), r"\\operatorname{arg}"),
    (re.compile(r"(\\operatorname\*?\s*\{[a-zA-Z]+)(?:\\[,;: ]|~)\s*"), r"\1 "),
    (re.compile(r"\\not\s*="), r"\\ne "),
    (re.compile(r"\\not\s*\\in(?![a-zA-Z])"), r"\\notin "),
    (re.compile(r"\\tag\*?\s*\{([^{}]*)\}"), r"\\qquad\\text{(\1)}"),
    (re.compile(r"\.\.\."), r"\\ldots "),
    # the parser loses empty cells at the end of a row
    (re.compile(r"(?<!(?<!\\)\\)&(?=\s*(?:&|\\\\|\\end))"), "&{}"),
    (re.compile(r"\\text\s*\{([^{}$]*)\$([^$]*)\$([^{}$]*)\}"), r"\\text{\1}{\2}\\text{\3}"),
)


def prepare(latex: str) -> str:
    """The formula as the parser should read it.

    Raises:
        UndrawableError: it is too long or too deep, defines commands, or uses an environment nobody can draw.
    """
    if len(latex) > MAX_LENGTH:
        raise UndrawableError("too long")
    if _DEFINITION.search(latex):
        raise UndrawableError("defines commands")
    if _depth(latex) > MAX_DEPTH:
        raise UndrawableError("too deep")
    latex = " ".join(line.strip() for line in _COMMENT.sub("", latex).split("\n"))
    latex = _ENVIRONMENT.sub(_environment, _INVISIBLE.sub("", latex))
    for pattern, spelling in _SPELLINGS:
        latex = pattern.sub(spelling, latex)
    return latex.strip()


def _environment(match: re.Match[str]) -> str:
    edge, name, columns = match.groups()
    known = _SAME_ENVIRONMENT.get(name, name)
    if known and known not in _KNOWN_ENVIRONMENTS:
        raise UndrawableError(f"unknown environment {name}")
    kept = "" if not columns or "at" in name else columns
    return f"\\{edge}{{{known}}}{kept}" if known else ""


def _depth(latex: str) -> int:
    depth = deepest = 0
    for brace in re.findall(r"\\[{}\\]|[{}]", latex):
        depth += {"{": 1, "}": -1}.get(brace, 0)
        deepest = max(deepest, depth)
    return deepest
