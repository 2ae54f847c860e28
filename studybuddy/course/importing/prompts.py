"""A cell of a plain-text export: `In [2]:`, its code and what it printed, with no frame around either."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studybuddy.core.phrase import Phrase
from studybuddy.course.importing.blocks import FENCE, HEADING, OUT, PROMPT, TASK, Block, BlockKind
from studybuddy.course.importing.cells import Cut, split_cell
from studybuddy.course.importing.findings import Code
from studybuddy.course.importing.headings import heading_words, is_numbered, kind_of
from studybuddy.course.importing.lines import without_edges
from studybuddy.course.importing.python_text import looks_like_python
from studybuddy.course.importing.titles import read_title
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studybuddy.course.importing.findings import Findings


@dataclass(slots=True)
class Region:
    """The blocks of a cell, and the first line that is no longer the cell's."""

    end: int
    blocks: list[Block] = field(default_factory=list)


def read_region(lines: Sequence[str], prompt: int, end: int, code: str, findings: Findings) -> Region:
    """Code and output after the prompt in line `prompt`; `code`: what stands in the prompt's own line."""
    stop = _stop(lines, prompt + 1, end, findings)
    start = prompt if code.strip() else prompt + 1
    texts = ([code] if code.strip() else []) + list(lines[prompt + 1 : stop])
    mark = next((number for number, text in enumerate(texts) if OUT.match(text)), None)
    before = texts if mark is None else texts[:mark]
    cut = split_cell(before)
    _say(cut, start, before, findings)
    printed = texts[cut.code :]
    kept = _printed_end(printed, 0 if mark is None else mark - cut.code + 1)
    region = Region(start + cut.code + kept)
    if region.end <= prompt:
        region.end = prompt + 1
    skipped, source = without_edges(before[: cut.code])
    if source:
        block = Block(BlockKind.CODE, start + skipped, source, language="python", framed=False)
        block.end = region.end
        region.blocks.append(block)
    skipped, output = without_edges([_unmarked(text) for text in printed[:kept]])
    if output:
        at = start + cut.code + skipped
        region.blocks.append(Block(BlockKind.OUTPUT, at, output, framed=False, end=region.end))
    return region


def _stop(lines: Sequence[str], start: int, end: int, findings: Findings) -> int:
    """Where the cell surely ends: at a prompt, a section's heading, the title of another lesson."""
    quotes = {'"""': 0, "'''": 0}
    for at in range(start, end):
        line = lines[at]
        if PROMPT.match(line):
            return at
        if line.startswith("#") and _ends_cell(lines, at, end, sum(quotes.values()), findings):
            return at
        for quote in quotes:
            if quote in line:
                quotes[quote] ^= line.count(quote) & 1
    return end


def _ends_cell(lines: Sequence[str], at: int, end: int, quoted: int, findings: Findings) -> bool:
    """Whether a line that begins with # is a heading and not a comment of the code."""
    found = HEADING.match(lines[at])
    if found is None or not found["words"].strip():
        return False
    words, _ = heading_words(lines[at])
    level = len(found["marks"])
    if level == 1 and read_title(words) is None:
        return False
    python = _python_below(lines, at + 1, end)
    if level == 1:
        return not python and not quoted
    if not python and not quoted:
        return True
    heading = level == 2 and is_numbered(words) and kind_of(words) is not None
    as_heading = N_("read as a heading, though Python follows: the cell ends here; a comment has one #")
    as_comment = N_("read as a comment of the code, not as a heading: the cell goes on; a comment has one #")
    findings.warning(Code.CELL_HEADING, at, as_heading if heading else as_comment)
    return heading


def _python_below(lines: Sequence[str], at: int, end: int) -> bool:
    """Whether the next line that says anything is Python, comments passed over."""
    for number in range(at, min(end, at + 8)):
        text = lines[number].strip()
        if text and not (text.startswith("#") and not text.startswith("##")):
            return looks_like_python(text)
    return False


def _say(cut: Cut, start: int, lines: Sequence[str], findings: Findings) -> None:
    """Say where the cut was made, and where it was a guess."""
    if not cut.guessed:
        return
    place = start + min(cut.code, max(0, len(lines) - 1))
    line = findings.line(place)
    if cut.flaw is not None:
        words = N_(
            "this cell is not valid Python here ({reason}); its code is taken to end before line {cut}"
        )
        message = Phrase.of(words, reason=cut.flaw.reason, cut=line)
        findings.warning(Code.CELL_SYNTAX, start + cut.flaw.line, message, cut.flaw.column)
        return
    words = N_("the output of this cell is taken to begin here, at line {cut}: Python alone does not tell")
    findings.warning(Code.CELL_SPLIT, place, Phrase.of(words, cut=line))


def _printed_end(printed: Sequence[str], least: int) -> int:
    """How many lines are output: up to a quotation, a label, a fence or a checklist after a blank line."""
    for number in range(max(1, least), len(printed)):
        text = printed[number]
        if printed[number - 1].strip() or text[:1] in (" ", "\t", ""):
            continue
        if (text.startswith(">") and not text.startswith(">>")) or text.startswith(("**", "$$", "\\[")):
            return number
        if FENCE.match(text) or TASK.match(text):
            return number
    return len(printed)


def _unmarked(text: str) -> str:
    found = OUT.match(text)
    return found["text"] if found else text
