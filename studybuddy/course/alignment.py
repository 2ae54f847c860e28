"""Whether the two languages of a lesson say the same: ids and parts, code, formulas, the order of blocks."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from studybuddy.core.block import Callout, CodeBlock, Heading, ListBlock, MathBlock, OutputBlock, Slot, Table
from studybuddy.core.phrase import Phrase
from studybuddy.course.indexing import think_blocks
from studybuddy.course.report import shorten
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studybuddy.core.block import Block, Blocks
    from studybuddy.core.lesson import Lesson, Section
    from studybuddy.course.report import Report

_WORDS = re.compile(r"\\(?:text|mathrm|textrm|operatorname)\{[^{}]*\}|\s+")
"""What may differ in a formula: words in it, and blanks."""
_KINDS = {
    Heading: N_("subheadings"),
    CodeBlock: N_("code blocks"),
    OutputBlock: N_("recorded outputs"),
    MathBlock: N_("formulas on lines of their own"),
    Table: N_("tables"),
    ListBlock: N_("lists"),
    Callout: N_("boxes"),
    Slot: N_("places to do something"),
}


def compare_languages(folder: Path, one: Lesson, other: Lesson, report: Report) -> None:
    """Say what one language has and the other has not: switching would lose the learner's place."""
    if one.language == other.language:
        return
    first, second = _contents(one), _contents(other)
    for lesson, twin, here, there in ((one, other, first, second), (other, one, second, first)):
        path, twin_path = (folder / f"lesson.{each.language}.md" for each in (lesson, twin))
        for thing, anchor in there.items():
            if thing not in here:
                words = N_(
                    "the other language has {thing}, this one not; write it here too, with the same id"
                )
                line = _line_of(path, anchor) or _line_of(twin_path, anchor)
                report.file(path, line).error(line, "translation-ids", Phrase.of(words, thing=thing))
    for here_section, there_section in zip(one.sections, other.sections, strict=False):
        _compare_sections(folder, one, other, (here_section, there_section), report)


def _compare_sections(
    folder: Path, one: Lesson, other: Lesson, pair: tuple[Section, Section], report: Report
) -> None:
    """The blocks of a section, by how many there are of each kind and by what may not be translated."""
    blocks = [list(_all(section.blocks)) for section in pair]
    path = folder / f"lesson.{other.language}.md"
    line = _line_of(path, pair[1].kind.value) or 1
    findings = report.file(path, line)
    counts = [Counter(type(block) for block in found) for found in blocks]
    for kind, words in _KINDS.items():
        here, there = counts[1][kind], counts[0][kind]
        if here != there:
            said = N_("this section has {n} {what} here and {other} in the other language")
            findings.error(
                line, "translation-differs", Phrase.of(said, n=here, what=Phrase(words), other=there)
            )
    if counts[0] != counts[1]:
        return
    for block, twin in zip(*blocks, strict=True):
        if isinstance(block, CodeBlock) and isinstance(twin, CodeBlock) and block.source != twin.source:
            said = N_("this code is not the same in both languages: {code}")
            findings.error(line, "translation-differs", Phrase.of(said, code=shorten(twin.source)))
        elif isinstance(block, MathBlock) and isinstance(twin, MathBlock) and not _same(block, twin):
            said = N_("this formula is not the same in both languages: {formula}")
            findings.error(line, "translation-differs", Phrase.of(said, formula=shorten(twin.latex)))


def _all(blocks: Blocks) -> Iterator[Block]:
    """Blocks with those inside boxes."""
    for block in blocks:
        yield block
        if isinstance(block, Callout):
            yield from _all(block.children)


def _same(one: MathBlock, other: MathBlock) -> bool:
    return _WORDS.sub("", one.latex) == _WORDS.sub("", other.latex)


def _line_of(path: Path, anchor: str) -> int:
    """Where an id stands, of a section's heading or of a part; 0 where it does not."""
    mark = f"{{#{anchor}}}"
    for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1):
        if mark in line:
            return number
    return 0


def _contents(lesson: Lesson) -> dict[Phrase, str]:
    """What a translation must keep, in words, with the id at which it stands."""
    contents = {
        Phrase.of(N_("the thinking question {name}"), name=name_of(question.id)): name_of(question.id)
        for question in think_blocks(lesson)
    }
    for question in lesson.questions:
        name, points = name_of(question.id), len(question.key_points)
        words = N_("the interview question {name} with {points} key points")
        contents[Phrase.of(words, name=name, points=points)] = name
        if question.wrong_point:
            contents[Phrase.of(N_("a wrong point in the interview question {name}"), name=name)] = name
    for card in lesson.cards:
        if card.gap:
            name = card.id.rpartition("/")[2]
            contents[Phrase.of(N_("the gap {gap} of card {name}"), gap=card.gap, name=name)] = name
    for derivation in lesson.derivations:
        for step in derivation.steps:
            words = N_("the step {name} with {hints} hints")
            said = Phrase.of(words, name=name_of(step.id), hints=len(step.hints))
            contents[said] = step.id.rpartition("/")[2]
    return contents


def name_of(full_id: str) -> str:
    """What stands after the lesson in an id, cut to what a line can hold."""
    return shorten(full_id.partition("/")[2], 80)
