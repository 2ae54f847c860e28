"""Formulas that an export lost, and stray letters: what the prose looks like where something is missing.

Nothing is put back by itself. Where the sentence is of a known form, a proposal is added for the teacher.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from studybuddy.core.phrase import Phrase
from studybuddy.course.importing.blocks import Block, BlockKind
from studybuddy.course.importing.findings import Code
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from studybuddy.course.importing.findings import Findings

LONGEST_LINE = 20_000
CONTEXT = 10
"""Characters of the line that are shown around the place."""

_CJK = "\u3400-\u9fff"
_HIDDEN = re.compile(
    r"(?P<tick>`+)[^`]+(?P=tick)|\$\$?[^$]+\$\$?|\\\([^\n]*?\\\)|<[^<>\s][^<>]*>|\]\([^()\s]*\)|https?://\S+"
)
_LOST = (
    re.compile(rf"(?<=[{_CJK}\w])(?P<gap>[ ]+)(?=[，。；：！？、](?:\s|\Z|[{_CJK}§]))"),
    re.compile(rf"(?<=[{_CJK}])(?P<gap>[ ]+)(?=:(?:\s|\Z|[{_CJK}§]))"),
    re.compile(rf"(?<=[{_CJK}])(?P<gap>[ ]{{2,}})(?=[{_CJK}])"),
    re.compile(r"(?<=[，。；])(?P<gap>[ ]+)(?=[的和是与为])"),
    re.compile(r"(?<=[A-Za-z])(?P<gap>[ ]+)(?=[.,;](?:\s|\Z))"),
)
_STRAY = re.compile(rf"(?<=[{_CJK}])[a-z](?=[{_CJK}])")
_MATH_BEFORE = frozenset("第取用把对令设求以为从在和与的是乘加减除按沿给由到向把将使让则")
_MATH_AFTER = frozenset(
    "轴个维次层步阶行列类方值倍位元折项张条组轮名种点边级天时秒和与的是为乘加减除到向在可不越趋"
)
"""Words beside which a single letter is a variable: 第k个, 沿x轴."""
_PROSE = frozenset((BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST, BlockKind.TASK, BlockKind.HEADING))

Fences = ("```", "~~~")


class Gap(NamedTuple):
    """A place where a formula seems to be missing: the line it is in and where in it, both from 0."""

    at: int
    start: int
    end: int


def masked(line: str) -> str:
    """The line with code, formulas and links covered, as long as before."""
    return _HIDDEN.sub(lambda found: "§" * len(found[0]), line)


def gaps_of(line: str) -> list[tuple[int, int]]:
    """Where in a line of prose formulas seem to be missing."""
    covered = masked(line)
    found = {match.span("gap") for pattern in _LOST for match in pattern.finditer(covered)}
    return sorted(found)


def strays_of(line: str) -> list[int]:
    """Where in a line a letter stands between Chinese characters that can hardly be a variable."""
    covered = masked(line)
    return [
        match.start()
        for match in _STRAY.finditer(covered)
        if covered[match.start() - 1] not in _MATH_BEFORE and covered[match.end()] not in _MATH_AFTER
    ]


def look(
    blocks: Iterable[Block],
    texts: list[str],
    findings: Findings,
    propose: Callable[[str, Gap], str],
) -> None:
    """Say of all prose where a formula or a word seems to be damaged.

    Args:
        blocks: what the file was read as.
        texts: its lines as they stand there, so that columns are those of the file.
        findings: told of every place.
        propose: what may belong into a gap of a line; empty where no form is known.
    """
    for block in blocks:
        if block.kind not in _PROSE:
            continue
        fenced = False
        for number, inner in enumerate(block.lines, block.at):
            if inner.lstrip().startswith(Fences):
                fenced = not fenced
            elif not fenced and number < len(texts) and len(inner) <= LONGEST_LINE:
                _look_at(_spaces(texts[number]), number, findings, propose)


def _look_at(line: str, at: int, findings: Findings, propose: Callable[[str, Gap], str]) -> None:
    if "  " not in line and " " not in line and line.isascii():
        return
    for start, end in gaps_of(line):
        proposal = propose(line, Gap(at, start, end))
        context = _context(line, start, end)
        if proposal:
            words = N_("a formula seems to be lost here: {context}; perhaps {proposal}")
            message = Phrase.of(words, context=context, proposal=proposal)
        else:
            message = Phrase.of(N_("a formula seems to be lost here: {context}"), context=context)
        findings.warning(Code.LOST_FORMULA, at, message, start + 1, proposal)
    for start in strays_of(line):
        message = Phrase.of(N_("a stray letter: {context}"), context=_context(line, start, start + 1))
        findings.warning(Code.TYPO, at, message, start + 1)


def _context(line: str, start: int, end: int) -> str:
    return line[max(0, start - CONTEXT) : end + CONTEXT].strip()


def _spaces(line: str) -> str:
    return line.replace("\u00a0", " ").replace("\u3000", " ").replace("\t", " ")
