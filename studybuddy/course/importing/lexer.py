"""Lines -> blocks. One lexer for text, Markdown and the Markdown cells of a notebook."""

from __future__ import annotations

import re

from studybuddy.course.importing.blocks import (
    FENCE,
    HEADING,
    ITEM,
    OUTPUTS,
    PROMPT,
    PYTHON,
    RULE,
    TABLE_RULE,
    TASK,
    Block,
    BlockKind,
    language_of,
)
from studybuddy.course.importing.findings import Code, Findings
from studybuddy.course.importing.headings import heading_words, is_numbered, opens_section
from studybuddy.course.importing.lines import Lines, spaced, without_edges
from studybuddy.course.importing.prompts import read_region
from studybuddy.course.importing.python_text import flaw_of
from studybuddy.course.importing.titles import read_title
from studybuddy.i18n import N_

_BOX = re.compile(r"\s*(?:[□☐◻▢☑☒✅]|[\[［【（(]\s*[xX√✓✔]?\s*[\]］】）)])\s*\S")
"""The box of an item that has no bullet: it ends the item above."""
_SETEXT = re.compile(r" {0,3}(?:(?P<one>=+)|-{2,}) *\Z")
_DISPLAY = {"$$": "$$", "\\[": "\\]"}
LONGEST_FORMULA = 100
"""Lines that a display formula may have."""
LONGEST_SETEXT = 80


class Lexer:
    """Reads the lines from `start` up to `end` (exclusive) into blocks."""

    def __init__(self, lines: Lines, findings: Findings, start: int = 0, end: int | None = None) -> None:
        self._lines = lines.texts
        self._findings = findings
        self._at = start
        self._end = len(lines.texts) if end is None else end
        self.blocks: list[Block] = []

    def read(self) -> list[Block]:
        """All blocks of the lines."""
        while self._at < self._end:
            line = self._lines[self._at]
            if not line.strip():
                self._at += 1
            elif not self._special(line):
                self._paragraph()
        return self.blocks

    def _special(self, line: str) -> bool:
        """Read the block that a line opens by its form; False for a line of plain words."""
        first = line.lstrip()[:1]
        if first in "`~":
            return self._fence()
        if first == "I" and (found := PROMPT.match(line)) is not None:
            self._prompt(found)
            return True
        if first == ">":
            self._quote()
            return True
        if first == "#" and (found := HEADING.match(line)) is not None and _is_heading(found):
            self._add(
                Block(BlockKind.HEADING, self._at, [spaced(found["words"]).strip()], len(found["marks"])), 1
            )
            return True
        if first in "-*_=" and (RULE.match(line) or not line.strip("= ")):
            self._add(Block(BlockKind.RULE, self._at), 1)
            return True
        return self._indented(line) or self._formula(line) or self._table(line) or self._list(line)

    def _add(self, block: Block, count: int) -> None:
        """Keep a block that takes so many lines from here."""
        self._at += count
        block.end = self._at
        self.blocks.append(block)

    def _last(self) -> Block | None:
        return self.blocks[-1] if self.blocks else None

    def _fence(self) -> bool:
        found = FENCE.match(self._lines[self._at])
        if found is None or (found["mark"][0] == "`" and "`" in found["info"]):
            return False
        mark, indent = found["mark"], len(found["indent"])
        start = self._at + 1
        close = re.compile(rf"\s*{re.escape(mark[0])}{{{len(mark)},}}\s*\Z")
        end = start
        while end < self._end and not close.match(self._lines[end]):
            if self._opens_another(end, mark):
                break
            end += 1
        closed = end < self._end and close.match(self._lines[end]) is not None
        language = language_of(found["info"])
        if not closed:
            message = N_("this code fence is never closed: put ``` on a line of its own after the code")
            self._findings.error(Code.FENCE_OPEN, self._at, message)
            end = self._give_up(start, end)
        texts = [_dedented(line, indent) for line in self._lines[start:end]]
        block = Block(BlockKind.CODE, start, texts, language=language)
        self._name(block, found["info"])
        self._add(block, end - self._at + closed)
        return True

    def _opens_another(self, at: int, mark: str) -> bool:
        """Whether a line within a fence can only be the beginning of the next one."""
        line = self._lines[at]
        return line.startswith(mark) and language_of(line.lstrip(mark[0])) in PYTHON | {"output"}

    def _give_up(self, start: int, end: int) -> int:
        """Where to end a fence that is never closed: before the next section, so that it is not lost."""
        for at in range(start, end):
            line = self._lines[at]
            if line.startswith("##") and opens_section(line) and not self._lines[at - 1].strip():
                return at
        return end

    def _name(self, block: Block, info: str) -> None:
        """Say of a fence whether it is code or what code printed."""
        before = self._last()
        follows = before is not None and before.kind in (BlockKind.CODE, BlockKind.OUTPUT)
        prompt = before is not None and before.kind is BlockKind.CODE and not before.end
        if prompt and before is not None:  # the frame of the cell whose prompt stands above
            block.execution = self.blocks.pop().execution
            block.language = block.language or "python"
        elif (block.language in OUTPUTS and follows) or block.language == "output":
            block.kind = BlockKind.OUTPUT
        elif not info and any(line.strip() for line in block.lines):
            if flaw_of(block.lines) is None:
                block.language = "python"
            elif follows:
                block.kind = BlockKind.OUTPUT
        if block.kind is BlockKind.OUTPUT:
            skipped, block.lines = without_edges(block.lines)
            block.at += skipped

    def _prompt(self, found: re.Match[str]) -> None:
        number = found["number"].strip()
        if not number.isdecimal():
            message = N_("this prompt has no number: the cell was never run, or not to its end")
            self._findings.warning(Code.CELL_UNNUMBERED, self._at, message)
        following = self._at + 1
        while following < self._end and not self._lines[following].strip():
            following += 1
        fenced = following < self._end and FENCE.match(self._lines[following]) is not None
        if fenced and not found["code"].strip():
            self.blocks.append(Block(BlockKind.CODE, self._at, execution=number))
            self._at = following
            if not self._fence():
                self.blocks.pop()
            return
        region = read_region(self._lines, self._at, self._end, found["code"], self._findings)
        for block in region.blocks:
            block.execution = number
        self.blocks += region.blocks
        self._at = region.end

    def _quote(self) -> None:
        start = self._at
        at = start
        while at < self._end and self._lines[at].lstrip().startswith(">"):
            at += 1
        texts = [_unquoted(line) for line in self._lines[start:at]]
        self._check_fences(texts, start)
        self._add(Block(BlockKind.QUOTE, start, texts), at - start)

    def _check_fences(self, texts: list[str], start: int) -> None:
        """Say which fence within a quotation is still open at its end."""
        opened: tuple[int, str] | None = None
        for number, text in enumerate(texts):
            found = FENCE.match(text)
            if found is None:
                continue
            if opened is None:
                opened = (number, found["mark"])
            elif found["mark"].startswith(opened[1]) and not found["info"]:
                opened = None
        if opened is not None:
            texts.append(opened[1])
            message = N_("this code fence is not closed within its quotation")
            self._findings.error(Code.FENCE_OPEN, start + opened[0], message)

    def _indented(self, line: str) -> bool:
        """What a notebook's code printed, as its Markdown export writes it: four spaces below the fence."""
        before = self._last()
        if before is None or not line.startswith("    ") or before.kind is not BlockKind.CODE:
            return False
        if not before.framed or self._at == before.end:
            return False
        at = self._at
        while at < self._end and (self._lines[at].startswith("    ") or not self._lines[at].strip()):
            at += 1
        _, texts = without_edges([text[4:] for text in self._lines[self._at : at]])
        self._add(Block(BlockKind.OUTPUT, self._at, texts), at - self._at)
        return True

    def _formula(self, line: str) -> bool:
        text = line.strip()
        close = _DISPLAY.get(text[:2])
        if close is None:
            return False
        if len(text) > 4 and text.endswith(close):
            self._add(Block(BlockKind.MATH, self._at, [text[2:-2]]), 1)
            return True
        for at in range(self._at + 1, min(self._end, self._at + LONGEST_FORMULA)):
            below = self._lines[at].strip()
            if not below or below.startswith("#"):
                return False
            if below.endswith(close):
                texts = [text[2:], *self._lines[self._at + 1 : at], below[:-2]]
                self._add(Block(BlockKind.MATH, self._at, texts), at + 1 - self._at)
                return True
        return False

    def _table(self, line: str) -> bool:
        if "|" not in line or self._at + 1 >= self._end:
            return False
        below = self._lines[self._at + 1]
        if len(below) > 1000 or "|" not in below or not TABLE_RULE.match(below):
            return False
        at = self._at
        while at < self._end and "|" in self._lines[at] and self._lines[at].strip():
            at += 1
        texts = [spaced(text) for text in self._lines[self._at : at]]
        self._add(Block(BlockKind.TABLE, self._at, texts), at - self._at)
        return True

    def _list(self, line: str) -> bool:
        """A list, or one item of a checklist with the lines that go on with it."""
        task = TASK.match(line)
        if task is None and not ITEM.match(line):
            return False
        kind = BlockKind.LIST if task is None else BlockKind.TASK
        at = self._at + 1
        while at < self._end and self._goes_on(at, kind):
            at += 1
        while not self._lines[at - 1].strip():
            at -= 1
        texts = [spaced(text) for text in self._lines[self._at : at]]
        self._add(Block(kind, self._at, texts), at - self._at)
        return True

    def _goes_on(self, at: int, kind: BlockKind) -> bool:
        """Whether a line belongs to the list that began above."""
        line = self._lines[at]
        if not line.strip():
            below = self._lines[at + 1] if at + 1 < self._end else ""
            return kind is BlockKind.LIST and below.startswith(("  ", "\t")) and not TASK.match(below)
        if TASK.match(line):
            return False
        if ITEM.match(line) and not RULE.match(line):
            return kind is BlockKind.LIST
        if kind is BlockKind.TASK and _BOX.match(line):
            return False
        return not self._interrupts(at)

    def _interrupts(self, at: int) -> bool:
        """Whether a line ends the paragraph before it without a blank line."""
        line = self._lines[at]
        first = line.lstrip()[:1]
        if first in "`~" and FENCE.match(line):
            return True
        if first == "#":
            found = HEADING.match(line)
            return found is not None and _is_heading(found)
        if first == "I" and PROMPT.match(line):
            return True
        return first == ">" or line.strip().startswith(("$$", "\\[")) or bool(RULE.match(line))

    def _paragraph(self) -> None:
        start = at = self._at
        while at < self._end:
            line = self._lines[at]
            if not line.strip() or (at > start and self._setext(start, at)):
                break
            if at > start and (self._interrupts(at) or ITEM.match(line) or TASK.match(line)):
                break
            at += 1
        if at == start + 1 and at < self._end and self._setext(start, at):
            found = _SETEXT.match(self._lines[at])
            level = 1 if found and found["one"] else 2
            words = spaced(self._lines[start]).strip()
            self._add(Block(BlockKind.HEADING, start, [words], level), 2)
            return
        texts = [spaced(text) for text in self._lines[start:at]]
        self._add(Block(BlockKind.PARAGRAPH, start, texts), at - start)

    def _setext(self, start: int, at: int) -> bool:
        """Whether the line at `at` underlines the one line before it as a heading."""
        found = _SETEXT.match(self._lines[at])
        words = self._lines[start].strip()
        if found is None or at != start + 1 or len(words) > LONGEST_SETEXT:
            return False
        return bool(found["one"]) or read_title(words) is not None or is_numbered(words)


def _is_heading(found: re.Match[str]) -> bool:
    """Whether marks make a heading: without a space after them only where the words leave no doubt."""
    words = found["words"]
    if not words.strip():
        return False
    if words[0] in " \t\u00a0\u3000":
        return True
    title, _ = heading_words(words)
    return read_title(title) is not None if len(found["marks"]) == 1 else opens_section(words)


def _dedented(line: str, indent: int) -> str:
    return line[indent:] if indent and not line[:indent].strip() else line


def _unquoted(line: str) -> str:
    text = line.lstrip()[1:]
    return spaced(text[1:] if text[:1] in (" ", "\u00a0", "\u3000") else text)
