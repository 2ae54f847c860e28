"""Commands that the parser does not know, in the spelling of those it does."""

from __future__ import annotations

import re

MARKED = "marked"
r"""The colour that stands for a marked part, of `\marked{…}`."""
TAG = "tag"
r"""The colour that stands for the number of an equation, of `\tag{…}`."""
_GREEK_CAPITALS = {
    "Alpha": "Α",
    "Beta": "Β",
    "Epsilon": "Ε",
    "Zeta": "Ζ",
    "Eta": "Η",
    "Iota": "Ι",
    "Kappa": "Κ",
    "Mu": "Μ",
    "Nu": "Ν",
    "Omicron": "Ο",
    "Rho": "Ρ",
    "Tau": "Τ",
    "Chi": "Χ",
}

_SAME = {
    **_GREEK_CAPITALS,
    "P": "¶",
    "copyright": "©",
    "backslash": r"\setminus ",
    "hdots": r"\ldots ",
    "textellipsis": r"\ldots ",
    "enskip": r"\enspace ",
    "hfill": r"\qquad ",
    "hfil": r"\qquad ",
    "cr": r"\\",
    "newline": r"\\",
    "nicefrac": r"\frac",
    "sfrac": r"\frac",
    "symbf": r"\mathbf",
    "hphantom": r"\phantom",
    "vcentcolon": ":",
    "varint": r"\int ",
    "nonumber": "",
    "notag": "",
    "nolimits": "",
    "displaystyle": "",
    "textstyle": "",
    "hline": "",
    "arg": r"\operatorname{arg}",
    "marked": rf"\textcolor{{{MARKED}}}",
    "numbered": rf"\textcolor{{{TAG}}}",
}
_NAMES = re.compile(r"\\(" + "|".join(sorted(_SAME, key=len, reverse=True)) + r")(?![a-zA-Z])\s*")
_SIZES = re.compile(r"\\[bB]igg?[lmr]?(?![a-zA-Z])\s*(?=[][()|/.<>]|\\[{}|a-zA-Z])")
r"""`\big` and its kin before a bracket: brackets have the size of what they hold."""
_WITH_ARGUMENT = re.compile(r"\\(?:label|vspace\*?|vphantom|rule\s*\{[^{}]*\})\s*\{[^{}]*\}")
_LENGTHS = re.compile(r"\\raisebox\s*\{[^{}]*\}")
_COLOURS = re.compile(r"\\(?:text)?color\s*(?:\[[^][]*\]\s*)?\{[^{}]*\}")
_DOLLARS = re.compile(r"\\text\s*\{([^{}$]*)\$([^$]*)\$([^{}$]*)\}")
_SPELLINGS = (
    (re.compile(r"\\arg\s*\\(max|min)(?![a-zA-Z])"), r"\\operatorname*{arg\1}"),
    (re.compile(r"(\\operatorname\*?\s*\{[a-zA-Z]+)(?:\\[,;: ]|~)\s*"), r"\1 "),
    (re.compile(r"\\not\s*="), r"\\ne "),
    (re.compile(r"\\not\s*\\in(?![a-zA-Z])"), r"\\notin "),
    (re.compile(r":\s*=(?!=)"), r"\\coloneqq "),
    (re.compile(r"\.\.\."), r"\\ldots "),
    (_SIZES, ""),
    (_WITH_ARGUMENT, ""),
    (_LENGTHS, ""),
    (_COLOURS, ""),
    (_DOLLARS, r"\\text{\1}{\2}\\text{\3}"),
)


def known_commands(latex: str) -> str:
    """The formula with each command as the parser knows it."""
    for pattern, spelling in _SPELLINGS:
        latex = pattern.sub(spelling, latex)
    return _NAMES.sub(_renamed, latex)


def _renamed(match: re.Match[str]) -> str:
    return _SAME[match[1]]
