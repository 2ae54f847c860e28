"""What a part holds: the base of all extractors, which reads what may stand in any section."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from studybuddy.core.phrase import Phrase
from studybuddy.course.importing.actions import section_named
from studybuddy.course.importing.blocks import PYTHON, Block, BlockKind
from studybuddy.course.importing.findings import Code, Findings, Place
from studybuddy.course.importing.marks import Labelled, Mark, read_labelled
from studybuddy.course.importing.model import (
    Action,
    Challenge,
    Item,
    Output,
    Part,
    Program,
    Prose,
    SourceKind,
    SymbolRow,
    Think,
)
from studybuddy.course.importing.python_text import flaw_of
from studybuddy.course.importing.tasks import read_task
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.course.importing.lines import Lines
    from studybuddy.course.importing.outline import RawPart


class PartReader:
    """Reads the blocks of one part into items. Subclasses know what is special about their section."""

    heeded: ClassVar[frozenset[Mark]] = frozenset((Mark.THINK, Mark.ANSWER, Mark.CHALLENGE, Mark.ACTION))
    """Marks at which a paragraph outside a quotation is taken apart."""

    def __init__(self, part: RawPart, lines: Lines, source: SourceKind, findings: Findings) -> None:
        self.part = part
        self.findings = findings
        self.items: list[Item] = []
        self.symbols: list[SymbolRow] = []
        self._programs: list[Program] = []
        self._lines = lines
        self._source = source
        self._think: Think | None = None
        """The last thinking question."""

    def read(self) -> Part:
        """The part with all it holds."""
        for block in self.part.blocks:
            self.block(block)
        self.finish()
        for item in self.items:
            if isinstance(item, Think) and not item.answer:
                message = N_("this thinking question has no answer: the learner will judge")
                self.findings.warning_at(Code.THINK_NO_ANSWER, item.place, message)
        raw = self.part
        return Part(
            kind=raw.kind,
            place=self._lines.place(raw.at),
            number=raw.number,
            title=raw.title,
            ordinal=raw.ordinal,
            items=tuple(self.items),
            symbols=tuple(self.symbols),
            programs=tuple(self._programs),
        )

    def finish(self) -> None:
        """What is left to do after the last block."""

    def block(self, block: Block) -> None:
        """Read one block."""
        match block.kind:
            case BlockKind.CODE:
                self.code(self.program(block))
            case BlockKind.OUTPUT:
                self.items.append(Output(self.place(block.at), tuple(block.lines), block.failed))
            case BlockKind.TASK:
                self.items.append(read_task(block, self._lines, self.findings))
            case BlockKind.QUOTE:
                self.labelled_block(block)
            case BlockKind.PARAGRAPH:
                self.paragraph(block)
            case BlockKind.HEADING:
                self.heading(block)
            case _:
                self.other(block)

    def code(self, program: Program) -> None:
        """Take a program."""
        self.items.append(program)

    def heading(self, block: Block) -> None:
        """Take a heading inside the section."""
        self.prose(block)

    def paragraph(self, block: Block) -> None:
        """Take a paragraph: apart where it begins with a label that means something here, else as it is."""
        parts = read_labelled(block.lines, block.at)
        if any(part.mark in self.heeded for part in parts):
            self.labelled_block(block)
        else:
            self.prose(block)

    def other(self, block: Block) -> None:
        """Take a list, a table or a formula."""
        self.prose(block)

    def prose(self, block: Block) -> None:
        """Keep a block as text to read."""
        self.items.append(Prose(self.place(block.at), tuple(written(block))))

    def labelled_block(self, block: Block) -> None:
        """Take a quotation or paragraph apart at its labels; what has none stays text."""
        parts = read_labelled(block.lines, block.at)
        taken: list[bool] = []
        places: list[int] = []
        for part in parts:
            places.append(len(self.items))
            taken.append(self.labelled(part))
        if not any(taken):
            self.prose(block)
            return
        ends = [part.at for part in parts[1:]] + [block.at + len(block.lines)]
        for number in reversed(range(len(parts))):
            if not taken[number]:
                start = parts[number].at
                piece = replace(
                    block, at=start, lines=block.lines[start - block.at : ends[number] - block.at]
                )
                self.items.insert(places[number], Prose(self.place(start), tuple(written(piece))))

    def labelled(self, part: Labelled) -> bool:
        """Take a labelled part; False for one that means nothing here."""
        match part.mark:
            case Mark.THINK:
                self._think = Think(self.place(part.at), part.text, id=part.id)
                self.items.append(self._think)
            case Mark.ANSWER:
                return self.answer(part)
            case Mark.CHALLENGE:
                self.items.append(Challenge(self.place(part.at), part.text))
            case Mark.ACTION if part.text and not self._has_action():
                self.items.append(Action(self.place(part.at), part.text, section_named(part.text)))
            case _:
                return False
        return True

    def answer(self, part: Labelled) -> bool:
        """Take the answer to the last thinking question."""
        if self._think is None:
            self.findings.warning(
                Code.ANSWER_ORPHAN, part.at, N_("an answer without a question; kept as text")
            )
            return False
        if self._think.answer:
            message = N_("a second answer to one thinking question; only the first is hidden")
            self.findings.warning(Code.ANSWER_TWICE, part.at, message)
            return False
        answered = replace(self._think, answer=part.text)
        self.replace(self._think, answered)
        self._think = answered
        return True

    def replace(self, old: Item, new: Item) -> None:
        """Put an item in the place of another; both are near the end."""
        for number in reversed(range(len(self.items))):
            if self.items[number] is old:
                self.items[number] = new
                return

    def waits_for_answer(self) -> bool:
        """Whether the last thinking question has no answer yet."""
        return self._think is not None and not self._think.answer

    def program(self, block: Block) -> Program:
        """The program in a block of code, with what is wrong with it said."""
        parses: bool | None = None
        first = next((line for line in block.lines if line.strip()), "")
        if block.language in PYTHON and first.startswith(">>>"):
            block.language = "pycon"  # a session, as it was typed
        if block.language in PYTHON:
            flaw = flaw_of(block.lines)
            parses = flaw is None
            if flaw is not None and block.framed:
                message = Phrase.of(N_("not valid Python: {reason}"), reason=flaw.reason)
                add = self.findings.warning if self._source is SourceKind.TEXT else self.findings.error
                add(Code.CODE_SYNTAX, block.at + flaw.line, message, flaw.column)
        place = self.place(block.at)
        program = Program(place, tuple(block.lines), block.language, block.execution, parses)
        self._programs.append(program)
        return program

    def place(self, at: int) -> Place:
        """Where a line stands in the file."""
        return self._lines.place(at)

    def _has_action(self) -> bool:
        return any(isinstance(item, Action) for item in self.items)


def written(block: Block) -> list[str]:
    """A block as Markdown again."""
    match block.kind:
        case BlockKind.HEADING:
            return ["#" * max(3, block.level) + " " + block.lines[0]]
        case BlockKind.QUOTE:
            return [f"> {line}".rstrip() for line in block.lines]
        case BlockKind.MATH:
            return ["$$", *(line for line in block.lines if line.strip()), "$$"]
    return block.lines
