"""Blocks -> parts: the title, the seven sections by their words, the closing, and what stands before them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studybuddy.core.phrase import Phrase
from studybuddy.course.importing.blocks import Block, BlockKind
from studybuddy.course.importing.findings import Code
from studybuddy.course.importing.headings import heading_words, is_closing, opens_section, read_section
from studybuddy.course.importing.model import SECTIONS, PartKind
from studybuddy.course.importing.titles import FORMS, LessonCode, read_title
from studybuddy.course.report import shorten
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studybuddy.course.importing.findings import Findings
    from studybuddy.course.importing.front_matter import FrontMatter

DAYS = range(1, 8)
LARGEST = 999
"""Seasons and weeks are counted up to here."""
_NAMES = {
    PartKind.THEORY: N_("theory"),
    PartKind.CODE: N_("code"),
    PartKind.DERIVATION: N_("derivation"),
    PartKind.INTERVIEW: N_("interview"),
    PartKind.ENGINEERING: N_("engineering"),
    PartKind.ALGORITHM: N_("algorithm"),
    PartKind.SUMMARY: N_("summary"),
    PartKind.CLOSING: N_("closing"),
}


@dataclass(slots=True)
class RawPart:
    """A section whose blocks are not looked at yet."""

    kind: PartKind
    at: int
    number: int = 0
    title: str = ""
    ordinal: int = 1
    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """The frame of a lesson."""

    code: LessonCode | None = None
    title: str = ""
    line: int = 0
    parts: list[RawPart] = field(default_factory=list)


class OutlineReader:
    """Cuts blocks at their headings of level 1 and 2, and says what is strange about these."""

    def __init__(self, matter: FrontMatter, findings: Findings) -> None:
        self._findings = findings
        self._introduction = RawPart(PartKind.INTRODUCTION, 0)
        self._current = self._introduction
        self._titled = False
        self._unformed = False
        self._highest = -1
        self._outline = Outline(matter.code, matter.title)

    def read(self, blocks: Iterable[Block]) -> Outline:
        """The outline of all blocks, up to the title of a second lesson."""
        for block in blocks:
            if block.kind is not BlockKind.HEADING:
                self._keep(block)
            elif block.level == 1:
                if not self._level_one(block):
                    break
            elif block.level <= 4 and is_closing(heading_words(block.lines[0])[0]):
                self._open(RawPart(PartKind.CLOSING, block.at, title=heading_words(block.lines[0])[0]))
            elif block.level == 2:
                self._section(block)
            else:
                self._keep(block)
        self._finish()
        return self._outline

    def _keep(self, block: Block) -> None:
        if block.kind is not BlockKind.RULE:
            self._current.blocks.append(block)

    def _level_one(self, block: Block) -> bool:
        """Read a heading of level 1; False where a second lesson begins."""
        words = heading_words(block.lines[0])[0]
        title = read_title(words)
        if title is not None and self._titled:
            words = N_("a second lesson begins here; only the first is read: split the file at this line")
            self._findings.error(Code.TITLE_TWICE, block.at, words)
            return False
        if title is not None:
            self._titled = True
            self._outline.line = block.at
            self._outline.title = title.name or self._outline.title
            self._outline.code = self._outline.code or title.code
            self._check_code(title.code, block.at)
        elif self._titled and opens_section(words):
            self._section(block)
        elif self._outline.code is not None and not self._titled:
            self._titled, self._outline.line = True, block.at
            self._outline.title = self._outline.title or words
        else:
            message = Phrase.of(
                N_("the heading {words!r} names no lesson; a title is written {forms}"),
                words=shorten(words),
                forms=FORMS,
            )
            self._findings.error(Code.TITLE_FORM, block.at, message)
            self._unformed = True
            self._outline.title = self._outline.title or words
        return True

    def _check_code(self, code: LessonCode, at: int) -> None:
        if code.day not in DAYS:
            message = Phrase.of(N_("day {day} is not one of 1 to 7"), day=code.day)
            self._findings.error(Code.DAY_RANGE, at, message)
        elif not 1 <= code.week <= LARGEST or code.season > LARGEST:
            message = Phrase.of(N_("{code}: season and week are counted from 1 to 999"), code=code.written())
            self._findings.error(Code.DAY_RANGE, at, message)
        if not code.season and self._outline.code is not None and not self._outline.code.season:
            message = Phrase.of(
                N_("{code} does not say which season; it is imported into the one being studied"),
                code=code.written(),
            )
            self._findings.warning(Code.SEASON_MISSING, at, message)
        if not self._outline.title:
            message = Phrase.of(N_("{code} has no name; write one behind it"), code=code.written())
            self._findings.warning(Code.TITLE_EMPTY, at, message)

    def _section(self, block: Block) -> None:
        found = read_section(block.lines[0])
        part = RawPart(found.kind or PartKind.OTHER, block.at, found.number, found.title)
        name = shorten(found.title or heading_words(block.lines[0])[0])
        if found.kind is None:
            message = Phrase.of(
                N_("{name!r} is none of the seven sections; it is kept as it stands"), name=name
            )
            self._findings.warning(Code.SECTION_UNKNOWN, block.at, message)
        elif found.by_number:
            words = N_("{name!r} says of no section what it is; read as {kind}, by its number {number}")
            message = Phrase.of(words, name=name, kind=_named(found.kind), number=found.number)
            self._findings.warning(Code.SECTION_UNKNOWN, block.at, message)
        elif block.level == 1:
            message = Phrase.of(
                N_("a heading of level 1 read as the section {kind}"), kind=_named(found.kind)
            )
            self._findings.warning(Code.SECTION_UNKNOWN, block.at, message)
        earlier = [other for other in self._outline.parts if other.kind is part.kind]
        if earlier and part.kind is not PartKind.OTHER:
            part.ordinal = len(earlier) + 1
            message = Phrase.of(
                N_("another section {kind}; kept as its part {ordinal}"),
                kind=_named(part.kind),
                ordinal=part.ordinal,
            )
            self._findings.warning(Code.SECTION_REPEAT, block.at, message)
        self._check_order(part, repeated=bool(earlier))
        self._open(part)

    def _check_order(self, part: RawPart, *, repeated: bool) -> None:
        place = SECTIONS.index(part.kind) if part.kind in SECTIONS else self._highest
        numbered = [other.number for other in self._outline.parts if other.number]
        if part.number and numbered and part.number != numbered[-1] + 1:
            words = N_("section {number} does not follow {before}; read as {kind} all the same")
            message = Phrase.of(words, number=part.number, before=numbered[-1], kind=_named(part.kind))
            self._findings.warning(Code.SECTION_ORDER, part.at, message)
        elif place < self._highest and not repeated:
            words = N_("the section {kind} stands after {before}; it is put in its place")
            before = _named(SECTIONS[self._highest])
            self._findings.warning(
                Code.SECTION_ORDER, part.at, Phrase.of(words, kind=_named(part.kind), before=before)
            )
        self._highest = max(self._highest, place)

    def _open(self, part: RawPart) -> None:
        self._outline.parts.append(part)
        self._current = part

    def _finish(self) -> None:
        outline = self._outline
        if outline.code is None and not self._unformed:
            message = Phrase.of(N_("the file has no title; its first line is {forms}"), forms=FORMS)
            self._findings.error(Code.TITLE_NONE, 0, message)
        for kind in SECTIONS:
            if all(part.kind is not kind for part in outline.parts):
                message = Phrase.of(N_("there is no section {kind}"), kind=_named(kind))
                self._findings.warning(Code.SECTION_MISSING, outline.line, message)
        blocks = self._introduction.blocks
        if blocks:
            first, last = (
                self._findings.line(blocks[0].at),
                self._findings.line(max(blocks[0].at, blocks[-1].end - 1)),
            )
            words = N_("lines {first} to {last} stand before the first section; kept as an introduction")
            self._findings.warning(Code.ORPHAN, blocks[0].at, Phrase.of(words, first=first, last=last))
            self._introduction.at = blocks[0].at
            outline.parts.insert(0, self._introduction)


def _named(kind: PartKind) -> Phrase:
    """A kind of section in the words of whoever reads it."""
    return Phrase(_NAMES.get(kind, kind.value))
