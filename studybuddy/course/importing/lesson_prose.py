"""lesson.LANG.md of an imported lesson: its seven sections in order, with ids where something is done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from studybuddy.course.importing.lines import without_edges
from studybuddy.course.importing.model import (
    SECTIONS,
    Action,
    Challenge,
    Derivation,
    Imported,
    Item,
    Output,
    Part,
    PartKind,
    Problem,
    Program,
    Prose,
    Question,
    Task,
    Think,
)
from studybuddy.course.importing.taming import Tamer, escaped, fenced, quotation, unasked
from studybuddy.course.importing.worked import goal_of, step_texts

if TYPE_CHECKING:
    from studybuddy.course.importing.lesson_ids import LessonIds
    from studybuddy.course.importing.words import Words

MOST_OUTPUT_LINES = 200
"""Lines of recorded output that the page shows of one cell."""
MOST_KEY_POINTS = 6
_SENTENCE = re.compile(r"(?<=[。！？；])|(?<=[.!?])\s+(?=[A-Z一-鿿])")
_CLOSED = re.compile(r"`[^`]*`|\$[^$]*\$")
_HOSTS = (PartKind.THEORY, PartKind.CODE, PartKind.ENGINEERING, PartKind.ALGORITHM, PartKind.SUMMARY)
"""Sections that take in what belongs to none of the seven; in the others every heading means something."""


class ProseWriter:
    """Writes the page of one lesson. `lean`: without programs and their output, which the exercises have."""

    def __init__(self, imported: Imported, ids: LessonIds, words: Words, season: int, *, lean: bool) -> None:
        self._imported = imported
        self._ids = ids
        self._words = words
        self._tamer = Tamer(season)
        self._lean = lean
        self._exercises = {thing: word for word, program in ids.programs for thing in (program.source,)}

    def write(self, code: str) -> str:
        """The whole file."""
        title = self._tamer.heading(self._imported.title) or code
        blocks = [f"# {code}{self._words.colon}{title}"]
        parts = self._imported.parts
        blocks += [
            block for part in parts if part.kind is PartKind.INTRODUCTION for block in self._items(part.items)
        ]
        hosted = self._hosted()
        for number, kind in enumerate(SECTIONS, 1):
            own = [part for part in parts if part.kind is kind]
            title = self._tamer.heading(own[0].title) if own else ""
            blocks.append(f"## {number} {title or self._words.titles[kind]} {{#{kind.value}}}")
            written = [block for part in own for block in self._part(part)]
            written += [block for part in hosted.get(kind, ()) for block in self._other(part)]
            if not written and kind not in (PartKind.SUMMARY, PartKind.INTERVIEW):
                written = [self._words.no_section]
            blocks += written
        blocks += self._closing()
        return "\n\n".join(blocks) + "\n"

    def _hosted(self) -> dict[PartKind, list[Part]]:
        """The parts that are none of the seven, by the section that takes them in."""
        hosted: dict[PartKind, list[Part]] = {}
        host = PartKind.THEORY
        for part in self._imported.parts:
            if part.kind in _HOSTS:
                host = part.kind
            elif part.kind is PartKind.OTHER:
                hosted.setdefault(host, []).append(part)
        return hosted

    def _part(self, part: Part) -> list[str]:
        if part.kind is PartKind.INTERVIEW:
            return self._interview(part) if part.ordinal == 1 else []
        heading = []
        if part.ordinal > 1:
            title = self._words.part.format(number=part.ordinal, title=self._tamer.heading(part.title))
            heading = [f"### {title}"]
        slot = [self._slot(part)] if part in self._exercises else []
        return heading + self._items(part.items) + slot

    def _other(self, part: Part) -> list[str]:
        return [f"### {self._tamer.heading(part.title) or '…'}", *self._items(part.items)]

    def _items(self, items: Sequence[Item]) -> list[str]:
        return [block for item in items for block in self._item(item)]

    def _item(self, item: Item) -> list[str]:
        words, tamer = self._words, self._tamer
        match item:
            case Prose():
                return [tamer.prose(item.lines)]
            case Program():
                return [] if self._lean else [fenced(item.language, without_edges(list(item.lines))[1])]
            case Output():
                return [] if self._lean else [self._output(item)]
            case Think():
                return self._think(item)
            case Derivation():
                return self._derivation(item)
            case Problem():
                return self._problem(item)
            case Challenge():
                return [self._labelled(words.challenge, item.text)]
            case Question():  # outside an interview section it cannot be asked
                return [
                    tamer.prose([item.text]),
                    *([tamer.prose(item.reference.split("\n"))] if item.reference else []),
                ]
            case Task() | Action():
                return []

    def _labelled(self, label: str, text: str) -> str:
        head = f"**{label}**{self._words.colon}"
        return "\n".join(quotation(head, self._tamer.part(text, head) or escaped("…")))

    def _output(self, output: Output) -> str:
        lines = list(output.lines[:MOST_OUTPUT_LINES])
        if len(output.lines) > MOST_OUTPUT_LINES:
            lines.append(self._words.left_out.format(n=len(output.lines) - MOST_OUTPUT_LINES))
        return fenced("output", lines, self._words.failed if output.failed else self._words.output)

    def _think(self, think: Think) -> list[str]:
        word = self._ids.of(think)
        if not word:
            return []
        words = self._words
        head, below = f"**{words.think}** {{#{word}}}{words.colon}", f"**{words.answer}**{words.colon}"
        question = self._tamer.part(think.question, head) or "…"
        answer = self._tamer.part(think.answer, below) or words.nothing_given
        return ["\n".join([*quotation(head, question), ">", *quotation(below, answer)])]

    def _interview(self, first: Part) -> list[str]:
        """All interview sections as one: what is no question stands before the first."""
        parts = [part for part in self._imported.parts if part.kind is first.kind]
        items = [item for part in parts for item in part.items]
        others = self._items([item for item in items if not isinstance(item, Question)])
        return [unasked(block) for block in others] + [
            self._question(item) for item in items if isinstance(item, Question) and self._ids.of(item)
        ]

    def _question(self, question: Question) -> str:
        words, tamer = self._words, self._tamer
        colon = words.colon
        reference = question.reference or words.nothing_given
        rows = [
            quotation(
                f"**{words.exam_point}**{colon}", tamer.sentence(question.exam_point or words.nothing_given)
            )
        ]
        head = f"**{words.reference}**{colon}"
        rows.append(quotation(head, tamer.part(reference, head)))
        points = [f"- {tamer.point(point)}" for point in key_points(question.key_points or reference)]
        rows.append(quotation(f"**{words.key_points}**{colon}", "\n".join(points)))
        if question.wrong_point:
            rows.append(quotation(f"**{words.wrong_point}**{colon}", tamer.sentence(question.wrong_point)))
        if question.common_wrong:
            rows.append(quotation(f"**{words.common_wrong}**{colon}", tamer.sentence(question.common_wrong)))
        if question.follow_up:
            head = f"**{words.follow_up}**{colon}"
            rows.append(quotation(head, tamer.part(question.follow_up, head)))
        heading = f"### {tamer.heading(question.text) or '？'} {{#{self._ids.of(question)}}}"
        return heading + "\n\n" + "\n>\n".join("\n".join(row) for row in rows)

    def _derivation(self, derivation: Derivation) -> list[str]:
        words, tamer, goal = self._words, self._tamer, goal_of(derivation)
        word = self._ids.of(derivation)
        givens = [self._labelled(words.givens, derivation.givens or words.nothing_given)]
        if not goal or not word:
            texts = [derivation.goal, *derivation.hints, *(step.text for step in derivation.steps)]
            return [*givens, *(tamer.prose(text.split("\n")) for text in texts if text)]
        blocks = [f"### {tamer.heading(derivation.title) or words.derive} {{#{word}}}", *givens]
        blocks.append(f"> **{words.goal}**{words.colon}${goal}$")
        hints = [tamer.sentence(hint) for hint in derivation.hints]
        texts = step_texts(derivation, words.derive)
        opened = next((number for number, step in enumerate(derivation.steps) if step.blank), 0)
        for number, (name, text) in enumerate(zip(self._ids.steps(derivation), texts, strict=False)):
            head = f"**{words.step}** {{#{name}}}{words.colon}"
            rows = quotation(head, tamer.part(text, head) or "…")
            for hint in hints if number == opened else ():
                rows += [">", f"> **{words.hint}**{words.colon}{hint}"]
            blocks.append("\n".join(rows))
        return blocks

    def _problem(self, problem: Problem) -> list[str]:
        title = self._tamer.heading(problem.title) or self._words.titles[PartKind.ALGORITHM]
        number = f" (LeetCode {problem.number})" if problem.number else ""
        blocks = [f"### {title}{number}"]
        if problem in self._exercises:
            return [*blocks, self._slot(problem)]
        blocks += [self._tamer.prose(text.split("\n")) for text in (problem.idea, *problem.points) if text]
        return blocks + [fenced(program.language, program.lines) for program in problem.programs]

    def _slot(self, thing: Part | Problem) -> str:
        return f":::{{exercise}} {self._exercises[thing]}\n:::"

    def _closing(self) -> list[str]:
        parts = [part for part in self._imported.parts if part.kind is PartKind.CLOSING]
        action = next(
            (item for part in self._imported.parts for item in part.items if isinstance(item, Action)), None
        )
        if not parts and action is None:
            return []
        title = self._tamer.heading(parts[0].title) if parts else ""
        blocks = [f"## {title or self._words.closing} {{#closing}}"]
        blocks += [block for part in parts for block in self._items(part.items)]
        return blocks + ([self._labelled(self._words.action, action.text)] if action else [])


def key_points(text: str) -> list[str]:
    """What an answer must have: the items of a list, else its sentences. At least one, at most six."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    items = [
        re.sub(r"^(?:[-*+]|\d{1,3}[.)、])\s+", "", line)
        for line in lines
        if re.match(r"(?:[-*+]|\d{1,3}[.)、])\s+", line)
    ]
    if len(items) == len(lines):
        return items[:MOST_KEY_POINTS]
    joined = " ".join(lines)
    covered = _CLOSED.sub(lambda found: "x" * len(found[0]), joined)
    cuts = [found.end() for found in _SENTENCE.finditer(covered)]
    pieces = [joined[start:end].strip() for start, end in zip([0, *cuts], [*cuts, len(joined)], strict=True)]
    return [piece for piece in pieces if len(piece) > 1][:MOST_KEY_POINTS] or [joined or "…"]
