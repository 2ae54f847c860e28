"""The derivation: what is known, the goal, hints, and the steps, filled in or left to the learner."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from studybuddy.course.importing.blocks import ITEM, BlockKind
from studybuddy.course.importing.findings import Code
from studybuddy.course.importing.marks import Labelled, Mark
from studybuddy.course.importing.model import Derivation, Item, Prose, Step
from studybuddy.course.importing.parts import PartReader, written
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.course.importing.blocks import Block
    from studybuddy.course.importing.findings import Place

_STEP = re.compile(r"\s{0,3}(?P<n>\d{1,2})\s*[.、)．]\s*(?P<text>.*)\Z")
_BLANK = re.compile(
    r"请补充|待补充|补充完整|请完成|请填|\.\.\.|…|_{3,}|\?{3,}|？{2,}|TODO|fill in", re.IGNORECASE
)
_HIDDEN = re.compile(r"\$[^$\n]*\$|`[^`\n]*`")
_MARKS = frozenset((Mark.GIVENS, Mark.GOAL, Mark.HINT, Mark.DRAFT, Mark.STEP))


@dataclass(slots=True)
class _Draft:
    """A derivation as far as it was read."""

    place: Place
    title: str = ""
    givens: list[str] = field(default_factory=list)
    goal: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    draft: list[str] = field(default_factory=list)

    def finished(self) -> Derivation:
        return Derivation(
            self.place,
            self.title,
            "\n\n".join(self.givens).strip(),
            "\n\n".join(self.goal).strip(),
            tuple(self.hints),
            tuple(self.steps),
            "\n\n".join(self.draft).strip(),
        )


def is_blank(text: str) -> bool:
    """Whether a step is left open; dots within a formula leave nothing open."""
    return _BLANK.search(_HIDDEN.sub(" ", text)) is not None


class DerivationReader(PartReader):
    """Reads a derivation section."""

    heeded = PartReader.heeded | _MARKS
    _draft: _Draft | None = None
    _place: int = 0
    """Where the derivation stands among the items."""
    _field: Mark | None = None

    def labelled(self, part: Labelled) -> bool:
        """Take a part of a derivation, or what may stand in every section."""
        mark = part.mark
        if mark is None:
            return self._unlabelled(part)
        if mark in (Mark.ANSWER, Mark.REFERENCE) and not self.waits_for_answer() and self._open_steps():
            self._accept(part.text)
            return True
        if mark not in _MARKS:
            self._field = None
            return super().labelled(part)
        draft = self._current(part, new=mark is Mark.GIVENS)
        self._field = mark
        self._take(mark, part, draft)
        return True

    def _take(self, mark: Mark, part: Labelled, draft: _Draft) -> None:
        lines, rest = _split_steps(part.lines)
        text = "\n".join(lines).strip()
        if mark is Mark.STEP:
            draft.steps.append(Step(self.place(part.at), part.text, is_blank(part.text)))
            return
        target = {Mark.GIVENS: draft.givens, Mark.GOAL: draft.goal, Mark.HINT: draft.hints}.get(
            mark, draft.draft
        )
        if mark is Mark.DRAFT:
            rest, text = [], part.text
        if text:
            target.append(text)
        self._steps(rest, part.at, draft)

    def _unlabelled(self, part: Labelled) -> bool:
        """Lines of a quotation before any label: steps are taken out of them."""
        lines, rest = _split_steps(part.lines)
        if not rest:
            return False
        draft = self._current(part)
        if any(line.strip() for line in lines):
            draft.hints.append("\n".join(lines).strip())
        self._steps(rest, part.at, draft)
        return True

    def _steps(self, lines: list[tuple[int, str]], at: int, draft: _Draft) -> None:
        """The numbered lines, with those that go on with them, as steps."""
        groups: list[tuple[int, list[str]]] = []
        for offset, line in lines:
            found = _STEP.match(line)
            if found is not None:
                groups.append((offset, [found["text"].strip()]))
            elif groups and line.strip():
                groups[-1][1].append(line.strip())
        for offset, texts in groups:
            text = "\n".join(texts).strip()
            draft.steps.append(Step(self.place(at + offset), text, is_blank(text)))

    def other(self, block: Block) -> None:
        """Take a list: numbered items are steps. Formulas and tables go where the text before them went."""
        if block.kind is BlockKind.LIST and self._field is not Mark.DRAFT and _STEP.match(block.lines[0]):
            draft = self._current(Labelled(None, block.at))
            self._steps(list(enumerate(block.lines)), block.at, draft)
            self._field = None
            return
        self.prose(block)

    def prose(self, block: Block) -> None:
        """Keep a block: as more of the givens, the goal or the learner's draft, or as text."""
        draft, text = self._draft, "\n".join(written(block))
        numbered = block.kind is BlockKind.PARAGRAPH and ITEM.match(block.lines[0])
        target = None
        if draft is not None and block.kind not in (BlockKind.HEADING, BlockKind.QUOTE) and not numbered:
            if self._field is Mark.GIVENS:
                target = draft.givens
            elif self._field is Mark.GOAL and not _formula(draft.goal):
                target = draft.goal
            elif self._field is Mark.DRAFT:
                target = draft.draft
        if target is not None:
            target.append(text)
            return
        self._field = None
        self.items.append(Prose(self.place(block.at), tuple(written(block))))

    def finish(self) -> None:
        """Put the last derivation among the items."""
        self._close()

    def _current(self, part: Labelled, *, new: bool = False) -> _Draft:
        """The derivation that is being read; givens after steps begin another one."""
        if self._draft is not None and not (new and (self._draft.steps or self._draft.goal)):
            return self._draft
        self._close()
        self._draft = _Draft(self.place(part.at))
        self._place = len(self.items)
        return self._draft

    def _close(self) -> None:
        if self._draft is None:
            return
        derivation = self._draft.finished()
        for step in derivation.steps:
            if step.blank and not step.accept:
                words = N_("this step is left open and the file has no answer to it: the learner will judge")
                self.findings.warning_at(Code.STEP_NO_ACCEPT, step.place, words)
        item: Item = derivation
        self.items.insert(min(self._place, len(self.items)), item)
        self._draft = None

    def _open_steps(self) -> bool:
        return self._draft is not None and any(step.blank and not step.accept for step in self._draft.steps)

    def _accept(self, text: str) -> None:
        """Take an answer for the first open step."""
        assert self._draft is not None
        for number, step in enumerate(self._draft.steps):
            if step.blank and not step.accept:
                self._draft.steps[number] = replace(step, accept=text)
                return


def _formula(texts: list[str]) -> bool:
    return any("$" in text for text in texts)


def _split_steps(lines: list[str]) -> tuple[list[str], list[tuple[int, str]]]:
    """The lines before the first numbered one, and from there on each with its number in the part."""
    first = next((number for number, line in enumerate(lines) if _STEP.match(line)), len(lines))
    return lines[:first], list(enumerate(lines))[first:]
