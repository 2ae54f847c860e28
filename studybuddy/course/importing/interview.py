"""The mock interview: questions as headings, bold lines or plain ones; their parts in quotations or not."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from studybuddy.core.phrase import Phrase
from studybuddy.course.importing.blocks import BlockKind
from studybuddy.course.importing.findings import Code
from studybuddy.course.importing.headings import heading_words
from studybuddy.course.importing.marks import Labelled, Mark, read_label
from studybuddy.course.importing.model import PartKind, Program, Prose, Question
from studybuddy.course.importing.numerals import read_number
from studybuddy.course.importing.parts import PartReader, written
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.course.importing.blocks import Block

_QUESTION = re.compile(
    r"(?:\*\*|__)?\s*(?:Q(?:uestion)?|问题|面试题|问)\s*(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})?\s*(?:\*\*|__)?"
    r"\s*[：:.、．]\s*(?:\*\*|__)?\s*(?P<text>.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
_NUMBERED = re.compile(r"(?P<n>\d{1,3})\s*[.)、．：:]\s*(?P<text>\S.*)\Z")
_BOLD_QUESTION = re.compile(r"\*\*[^*]*[?？]\s*\*\*\s*\Z")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)、．])\s+")
LONGEST_LIST = 200
"""Lines of a list that may hold questions."""
_FIELDS = {
    Mark.EXAM_POINT: "exam_point",
    Mark.REFERENCE: "reference",
    Mark.KEY_POINTS: "key_points",
    Mark.WRONG_POINT: "wrong_point",
    Mark.COMMON_WRONG: "common_wrong",
    Mark.FOLLOW_UP: "follow_up",
}


def question_words(text: str) -> tuple[int, str] | None:
    """Number (0 for none) and words of a question that is marked as one; None for other text."""
    found = _QUESTION.match(text.strip())
    if found is None:
        return None
    words = found["text"].strip()
    if words.endswith(("**", "__")) and words.count(words[-2:]) % 2:
        words = words[:-2].rstrip()
    return read_number(found["n"] or "") or 0, words


class InterviewReader(PartReader):
    """Reads an interview section."""

    heeded = PartReader.heeded | frozenset(_FIELDS)
    _question: Question | None = None
    _field = ""
    """The part of the question that was read last: what has no label goes on with it."""

    def heading(self, block: Block) -> None:
        """Take a heading: a question, or text."""
        words, anchor = heading_words(block.lines[0])
        found = question_words(words)
        numbered = _NUMBERED.match(words)
        if found is None and numbered is not None:
            found = (int(numbered["n"]), numbered["text"])
        elif found is None and (anchor or words.endswith(("?", "？"))):
            found = (0, words)
        if found is None:
            self.prose(block)
        else:
            self._ask(block.at, *found, anchor)

    def paragraph(self, block: Block) -> None:
        """Take a paragraph: a question with what may follow it at once, labelled parts, or text."""
        count = self._heading_lines(block)
        found = question_words("\n".join(block.lines[:count])) if count else None
        if found is None:
            super().paragraph(block)
            return
        self._ask(block.at, *found, "")
        if block.lines[count:]:
            self.paragraph(replace(block, at=block.at + count, lines=block.lines[count:]))

    def other(self, block: Block) -> None:
        """Take a list, table or formula; items of a list may be a question, or labelled parts of one."""
        if block.kind is not BlockKind.LIST or len(block.lines) > LONGEST_LIST:
            self.prose(block)
            return
        texts = [_ITEM.sub("", line) for line in block.lines]
        asked = _NUMBERED.match(block.lines[0].strip())
        if question_words(texts[0]) is not None and texts[0].startswith(("**", "Q", "问")):
            asked = None
        elif asked is None or not _BOLD_QUESTION.match(asked["text"]):
            labels = [read_label(text, 0) for text in texts]
            if not any(label and label.mark in self.heeded for label in labels):
                self.prose(block)
                return
            lines = [
                text if label else line for text, label, line in zip(texts, labels, block.lines, strict=True)
            ]
            self.labelled_block(replace(block, kind=BlockKind.PARAGRAPH, lines=lines))
            return
        if asked is not None:
            texts[0] = f"**Q{asked['n']}：{asked['text'].strip('*').strip()}**"
        self.paragraph(replace(block, kind=BlockKind.PARAGRAPH, lines=[text.strip() for text in texts]))

    def code(self, program: Program) -> None:
        """Take a program: within an answer it belongs to the answer."""
        fence = "\n".join(["```" + program.language, *program.lines, "```"])
        if not self._go_on(fence):
            self.items.append(program)

    def prose(self, block: Block) -> None:
        """Keep a block: as more of the part that was read last, if there is one."""
        texts = block.lines if block.kind is BlockKind.QUOTE else written(block)
        if block.kind is BlockKind.HEADING or not self._go_on("\n".join(texts)):
            self._field = ""
            self.items.append(Prose(self.place(block.at), tuple(written(block))))

    def labelled(self, part: Labelled) -> bool:
        """Take a part of a question, or what may stand in every section."""
        name = _FIELDS.get(part.mark) if part.mark else None
        if part.mark is Mark.ANSWER and self._question is not None and not self.waits_for_answer():
            name = "reference"
        if name is None:
            return super().labelled(part)
        grave = name == "reference"
        add = self.findings.error if grave else self.findings.warning
        if self._question is None:
            add(Code.ANSWER_ORPHAN, part.at, Phrase.of(N_("{label} without a question"), label=part.label))
            return False
        if getattr(self._question, name):
            words = N_("{label} is there twice for question {number}; the first is kept")
            add(Code.ANSWER_TWICE, part.at, Phrase.of(words, label=part.label, number=self._question.number))
            return True
        self._fill(name, part.text)
        self._field = name
        return True

    def finish(self) -> None:
        """Say what the questions lack, and whether their numbers count from 1."""
        questions = [item for item in self.items if isinstance(item, Question)]
        for question in questions:
            words = N_("question {number} has no reference answer")
            if not question.reference:
                said = Phrase.of(words, number=question.number)
                self.findings.error_at(Code.QA_MISSING, question.place, said)
            if not question.exam_point:
                said = Phrase.of(N_("question {number} has no exam point"), number=question.number)
                self.findings.warning_at(Code.QA_MISSING, question.place, said)
        numbers = [question.number for question in questions]
        for place, question in enumerate(questions, 1):
            if question.number != place and self.part.kind is PartKind.INTERVIEW:
                listed = ", ".join(map(str, numbers[:20]))
                said = Phrase.of(
                    N_("the questions are numbered {numbers}; they are kept in this order"), numbers=listed
                )
                self.findings.warning_at(Code.QA_NUMBERS, question.place, said)
                break

    def _heading_lines(self, block: Block) -> int:
        """How many lines of a paragraph are the question, 0 where it is none."""
        if question_words(block.lines[0]) is None:
            return 0
        if block.lines[0].count("**") % 2:
            for number, line in enumerate(block.lines[1:20], 2):
                if "**" in line:
                    return number
        return 1

    def _ask(self, at: int, number: int, text: str, anchor: str) -> None:
        count = sum(isinstance(item, Question) for item in self.items)
        self._question = Question(self.place(at), number or count + 1, text, id=anchor)
        self.items.append(self._question)
        self._field = ""
        self._think = None

    def _fill(self, name: str, text: str) -> None:
        assert self._question is not None
        filled = replace(self._question, **{name: text})  # type: ignore[arg-type]
        self.replace(self._question, filled)
        self._question = filled

    def _go_on(self, text: str) -> bool:
        """Put more text behind the part that was read last; False where there is none."""
        if self._question is None or not self._field:
            return False
        before = getattr(self._question, self._field)
        self._fill(self._field, f"{before}\n\n{text}".strip())
        return True
