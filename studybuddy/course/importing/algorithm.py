"""The algorithm section: problems, the idea behind each, and the lesson's own solution."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studybuddy.course.importing.blocks import ITEM, BlockKind
from studybuddy.course.importing.headings import heading_words
from studybuddy.course.importing.marks import Labelled, Mark
from studybuddy.course.importing.model import Problem, Program, Prose
from studybuddy.course.importing.parts import PartReader, written

if TYPE_CHECKING:
    from studybuddy.course.importing.blocks import Block
    from studybuddy.course.importing.findings import Place

KNOWN_PROBLEMS = frozenset((104, 226, 101, 543, 110, 102, 107, 236))
"""Problems of LeetCode for which the course has tests of its own."""

_NUMBER = re.compile(
    r"(?:leet\s?code|力扣|\bLC)\s*(?:第)?\s*(?:no\.?)?\s*#?\s*(?P<n>\d{1,4})\b", re.IGNORECASE
)
_BEFORE = re.compile(
    r".{0,20}?(?:leet\s?code|力扣|\bLC)\s*(?:第)?\s*(?:no\.?)?\s*#?\s*\d{1,4}\s*题?\s*[.、．:：-]?\s*",
    re.IGNORECASE,
)
_LEADING = re.compile(r"#?(?P<n>\d{1,4})\s*[.、．]\s*")


@dataclass(slots=True)
class _Draft:
    place: Place
    title: str = ""
    number: int = 0
    idea: list[str] = field(default_factory=list)
    points: list[str] = field(default_factory=list)
    programs: list[Program] = field(default_factory=list)
    index: int = 0
    """Where it stands among the items."""

    def finished(self) -> Problem:
        idea = "\n".join(self.idea).strip()
        return Problem(self.place, self.title, self.number, idea, tuple(self.points), tuple(self.programs))


def read_problem(text: str) -> tuple[int, str]:
    """Number at LeetCode (0 for none) and title of a problem: `LeetCode 104. Maximum Depth …`."""
    line = text.strip().split("\n", 1)[0][:300].strip().strip("*").strip()
    if (found := _NUMBER.search(line)) is not None:
        title = _BEFORE.sub("", line, count=1) if _BEFORE.match(line) else line
        return int(found["n"]), title.strip() or line
    if (found := _LEADING.match(line)) is not None:
        return int(found["n"]), line[found.end() :].strip() or line
    return 0, line


class AlgorithmReader(PartReader):
    """Reads an algorithm section."""

    heeded = PartReader.heeded | frozenset((Mark.PROBLEM, Mark.IDEA))
    _draft: _Draft | None = None
    _in_idea = False

    def heading(self, block: Block) -> None:
        """Take a heading: it may name a problem."""
        words, _ = heading_words(block.lines[0])
        number, title = read_problem(words)
        if number and _NUMBER.search(words):
            self._open(block.at, number, title)
        else:
            self._in_idea = False
            self.prose(block)

    def labelled(self, part: Labelled) -> bool:
        """Take a problem or the idea behind it, or what may stand in every section."""
        if part.mark is Mark.PROBLEM:
            draft, (number, title) = self._draft, read_problem(part.text)
            if draft is not None and draft.number and draft.number == number and not draft.programs:
                draft.title = title  # the heading above named it already
            else:
                self._open(part.at, number, title)
            rest = part.text.partition("\n")[2].strip()
            if rest:
                self.items.append(Prose(self.place(part.at + 1), tuple(rest.split("\n"))))
        elif part.mark is Mark.IDEA:
            draft = self._current(part.at)
            if part.text:
                draft.idea.append(part.text)
            self._in_idea = True
        else:
            return super().labelled(part)
        return True

    def other(self, block: Block) -> None:
        """Take a list: below the idea, and numbered before the program, it is the idea's."""
        numbered = ITEM.match(block.lines[0]) if block.kind is BlockKind.LIST else None
        draft = self._draft
        if numbered is None or draft is None or draft.programs:
            self.prose(block)
        elif self._in_idea or numbered["mark"][:1].isdecimal():
            draft.points += _points(block.lines)
        else:
            self.prose(block)

    def prose(self, block: Block) -> None:
        """Keep a block: as more of the idea right below it, else as text."""
        if self._in_idea and block.kind is BlockKind.PARAGRAPH and self._draft is not None:
            self._draft.idea.append("\n".join(block.lines))
            return
        self._in_idea = False
        self.items.append(Prose(self.place(block.at), tuple(written(block))))

    def code(self, program: Program) -> None:
        """Take a program: the solution of the problem."""
        self._current(self.part.at).programs.append(program)
        self._in_idea = False

    def finish(self) -> None:
        """Put the last problem among the items."""
        self._close()

    def _current(self, at: int) -> _Draft:
        """The problem that is being read; where nothing names one, the section itself does."""
        if self._draft is None:
            number, title = read_problem(self.part.title)
            self._open(at, number if _NUMBER.search(self.part.title) else 0, title)
        assert self._draft is not None
        return self._draft

    def _open(self, at: int, number: int, title: str) -> None:
        self._close()
        self._draft = _Draft(self.place(at), title, number, index=len(self.items))
        self._in_idea = False

    def _close(self) -> None:
        if self._draft is not None:
            self.items.insert(min(self._draft.index, len(self.items)), self._draft.finished())
            self._draft = None


def _points(lines: list[str]) -> list[str]:
    points: list[str] = []
    for line in lines:
        found = ITEM.match(line)
        if found is not None and (not points or len(found["indent"]) < 2):
            points.append((found["text"] or "").strip())
        elif points and line.strip():
            points[-1] = f"{points[-1]}\n{line.strip()}"
    return points
