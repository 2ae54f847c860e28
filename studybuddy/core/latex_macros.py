r"""Commands that an author defined for formulas (`\newcommand`), put in before anybody reads the formula.

Only text is replaced, as TeX does it. A definition that calls itself, or grows without end, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

MOST_STEPS = 500
"""Commands put in for one formula."""
LONGEST = 8192
"""Characters that they may add to it."""
MOST_PARAMETERS = 9


class MacroError(ValueError):
    """A definition, or the use of one, that cannot be carried out."""


@dataclass(frozen=True, slots=True)
class Macro:
    """What a command stands for; `#1` to `#9` in its body are its parameters."""

    body: str
    parameters: int = 0
    default: str | None = None
    """Of the first parameter, which then stands in square brackets or is left out."""


Macros: TypeAlias = Mapping[str, Macro]
"""By name, without the backslash."""
NO_MACROS: Macros = MappingProxyType({})

NAME = re.compile(r"[A-Za-z]+\Z")
_COMMAND = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
_ENDS_IN_COMMAND = re.compile(r"\\[A-Za-z]+\Z")
_PARAMETER = re.compile(r"#([1-9])")
_DEFINES = re.compile(
    r"\\((?:re)?newcommand|providecommand|DeclareMathOperator)(\*?)(?![A-Za-z])\s*"
    r"(?:\{\s*\\([A-Za-z]+)\s*\}|\\([A-Za-z]+))\s*(?:\[\s*([0-9])\s*\]\s*(?:\[([^][]*)\]\s*)?)?"
    r"|\\(def|gdef|edef|xdef)(?![A-Za-z])\s*\\([A-Za-z]+)\s*((?:#[1-9])*)\s*"
    r"|\\(let)(?![A-Za-z])\s*\\([A-Za-z]+)\s*=?\s*(\\(?:[A-Za-z]+|.)|[^\s\\])"
)


def macro(body: str) -> Macro:
    """The command with this body; as many parameters as it mentions."""
    return Macro(body, max((int(number) for number in _PARAMETER.findall(body)), default=0))


def read_definitions(latex: str) -> tuple[dict[str, Macro], str]:
    """The commands that a formula defines, and what is left of it without the definitions.

    Raises:
        MacroError: a definition has no body, or one whose braces do not close.
    """
    found: dict[str, Macro] = {}
    rest: list[str] = []
    at = 0
    while match := _DEFINES.search(latex, at):
        rest.append(latex[at : match.start()])
        at = match.end()
        if match[10]:
            found[match[11]] = Macro(match[12])
            continue
        body, at = _argument(latex, at)
        if match[7]:
            found[match[8]] = Macro(body, len(match[9]) // 2)
        else:
            found[match[3] or match[4]] = _declared(match, body)
    return found, "".join(rest) + latex[at:]


def _declared(match: re.Match[str], body: str) -> Macro:
    if match[1] == "DeclareMathOperator":
        return Macro(rf"\operatorname{match[2]}{{{body}}}")
    return Macro(body, int(match[5] or 0), match[6])


def expand(latex: str, macros: Macros) -> str:
    """The formula with every defined command put in.

    Raises:
        MacroError: a parameter is missing, or the formula grows beyond `MOST_STEPS` or `LONGEST`.
    """
    if not macros or "\\" not in latex:
        return latex
    done: list[str] = []
    rest = latex
    limit = len(latex) + LONGEST
    at = steps = length = 0
    while match := _COMMAND.search(rest, at):
        known = macros.get(match[1])
        at = match.end()
        if known is None:
            continue
        steps += 1
        filled, end = _filled(known, rest, at)
        done.append(rest[: match.start()])
        length += match.start()
        rest = _beside(filled, rest[end:])
        if done[-1] and filled[:1].isalpha() and _ENDS_IN_COMMAND.search(done[-1]):
            rest = " " + rest
        at = 0
        if steps > MOST_STEPS or length + len(rest) > limit:
            raise MacroError("a command grows without end")
    return "".join(done) + rest


def _beside(filled: str, rest: str) -> str:
    space = " " if rest[:1].isalpha() and _ENDS_IN_COMMAND.search(filled) else ""
    return filled + space + rest


def _filled(known: Macro, text: str, at: int) -> tuple[str, int]:
    """The body with its parameters put in, and where the text goes on."""
    arguments: list[str] = []
    if known.default is not None and known.parameters:
        given = re.compile(r"\s*\[([^][]*)\]").match(text, at)
        arguments.append(given[1] if given else known.default)
        at = given.end() if given else at
    while len(arguments) < known.parameters:
        argument, at = _argument(text, at)
        arguments.append(argument)

    def parameter(match: re.Match[str]) -> str:
        number = int(match[1])
        return arguments[number - 1] if number <= len(arguments) else match[0]

    return _PARAMETER.sub(parameter, known.body), at


def _argument(text: str, at: int) -> tuple[str, int]:
    """The group or the single sign that begins at a place, and the place behind it."""
    while at < len(text) and text[at].isspace():
        at += 1
    if at >= len(text) or text[at] == "}":
        raise MacroError("a parameter is missing")
    if text[at] != "{":
        command = _COMMAND.match(text, at)
        end = command.end() if command else at + 1
        return text[at:end], end
    depth = 0
    for match in re.compile(r"\\.|[{}]", re.DOTALL).finditer(text, at):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0:
            return text[at + 1 : match.start()], match.end()
    raise MacroError("a brace is not closed")
