r"""Commands for formulas that a lesson defines, put into its texts before anything else reads them.

`[macros]` of lesson.toml holds them, or a display formula of the prose with nothing but `\newcommand` in it.
They reach every formula of the lesson: prose, symbols, steps, cards, tasks. Lines stay where they are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from studybuddy.core.latex_macros import (
    MOST_PARAMETERS,
    NAME,
    Macro,
    MacroError,
    Macros,
    expand,
    macro,
    read_definitions,
)
from studybuddy.core.phrase import Phrase
from studybuddy.course.report import shorten
from studybuddy.course.spans import balanced
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.course.source import Source
    from studybuddy.course.table import Table

FORMULA_KEYS = frozenset(("latex", "shape", "answer", "goal", "accept"))
"""Keys of TOML files whose strings are formulas without dollars."""
MOST_MACROS = 200

_PIECES = re.compile(
    r"^[ >]*(?P<fence>`{3,}+|~{3,}+)[^\n]*\n.*?(?:^[ >]*(?P=fence)|\Z)"
    r"|(?<!`)(?P<code>`++)[^\n]*?(?<!`)(?P=code)(?!`)"
    r"|\\."
    r"|\$\$(?P<display>.*?)\$\$"
    r"|\$(?!\s)(?P<inline>(?:\\.|[^$\\])+?)(?<!\s)\$",
    re.DOTALL | re.MULTILINE,
)
"""Code, escaped signs and formulas of a Markdown text; only the formulas are of interest."""


def read_macros(table: Table) -> dict[str, Macro]:
    """The commands of `[macros]`: each that can be used; what is wrong with the others is said."""
    found = table.table("macros")
    if found is None:
        return {}
    macros: dict[str, Macro] = {}
    for key in found.names:
        body, name = found.text(key), key.removeprefix("\\")
        if not NAME.match(name):
            words = N_("{name!r} is no name of a command: letters alone, such as dZ")
            found.error("bad-macro", Phrase.of(words, name=shorten(key)), key)
        elif not balanced(body):
            found.error("bad-macro", N_("the braces of this command do not match"), key)
        elif body:
            macros[name] = macro(body)
    found.close()
    return _without_bombs(macros, found)


def _without_bombs(macros: dict[str, Macro], table: Table) -> dict[str, Macro]:
    """The commands that come to an end."""
    tame = dict(list(macros.items())[:MOST_MACROS])
    if len(tame) < len(macros):
        table.error("too-many", Phrase.of(N_("there are more than {limit} commands"), limit=MOST_MACROS))
    wild = []
    for name in tame:
        try:
            expand(rf"\{name}" + "{x}" * MOST_PARAMETERS, tame)
        except MacroError:
            message = Phrase.of(N_("the command {name} grows without end, or lacks a parameter"), name=name)
            table.error("bad-macro", message, name)
            wild.append(name)
    return {name: own for name, own in tame.items() if name not in wild}


def macros_of_prose(source: Source) -> tuple[Source, dict[str, Macro]]:
    """The prose without its display formulas that only define commands, and these commands."""
    if "command" not in source.text and r"\def" not in source.text and "Operator" not in source.text:
        return source, {}
    found: dict[str, Macro] = {}

    def taken_out(match: re.Match[str]) -> str:
        latex = match["display"]
        if not latex:
            return match[0]
        try:
            macros, rest = read_definitions(latex)
        except MacroError:
            return match[0]
        if not macros or rest.strip():
            return match[0]
        found.update(macros)
        return "\n" * match[0].count("\n")

    text = _PIECES.sub(taken_out, source.text)
    return type(source)(source.path, text, source.report), found


def in_prose(source: Source, macros: Macros) -> Source:
    """The prose with the commands put in."""
    if not macros:
        return source
    return type(source)(source.path, in_formulas(source.text, macros), source.report)


def in_table(table: Table, macros: Macros) -> Table:
    """The table with the commands put into its formulas."""
    if not macros:
        return table

    def change(key: str, text: str) -> str:
        if "$" in text:
            return in_formulas(text, macros)
        return _expanded(text, macros) if key in FORMULA_KEYS else text

    return table.rewritten(change)


def in_formulas(text: str, macros: Macros) -> str:
    """A Markdown text with the commands put into its formulas; code stays what it is."""

    def change(match: re.Match[str]) -> str:
        for kind in ("display", "inline"):
            latex: Any = match[kind]
            if latex:
                return match[0].replace(latex, _expanded(latex, macros), 1)
        return match[0]

    return _PIECES.sub(change, text) if "\\" in text else text


def _expanded(latex: str, macros: Macros) -> str:
    try:
        return expand(latex, macros)
    except MacroError:
        return latex
