"""lesson.toml and cards.toml of an imported lesson."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studybuddy.core.errors import UsageError
from studybuddy.core.shape_text import read_shape
from studybuddy.course.importing.algorithm import KNOWN_PROBLEMS
from studybuddy.course.importing.model import (
    SECTIONS,
    Derivation,
    Imported,
    Part,
    PartKind,
    Prose,
    Question,
    SymbolRow,
    Task,
    Think,
)
from studybuddy.course.importing.toml_text import listed, quoted
from studybuddy.course.importing.worked import answers_of, goal_of

if TYPE_CHECKING:
    from studybuddy.course.importing.lesson_ids import LessonIds
    from studybuddy.course.importing.words import Words

BY_HAND = "hand"
"""The rule of an item that no evidence ticks."""
CHARACTERS_A_MINUTE = 300
MINUTES_A_PROGRAM, MINUTES_A_QUESTION, MINUTES_A_STEP = 15, 4, 5
LONGEST = 10_000
"""Characters of a side of a card, or of an item's text."""


def lesson_toml(imported: Imported, ids: LessonIds, code: str) -> str:
    """The facts of the lesson."""
    language = imported.language
    rows = [f"code = {quoted(code)}", ""]
    for kind in SECTIONS:
        minutes = sum(_minutes(part) for part in imported.parts if part.kind is kind)
        rows += ["[[section]]", f'kind = "{kind.value}"', f"minutes = {minutes}", ""]
    for row in _symbols(imported, ids):
        rows += ["[[symbol]]", f"latex = {quoted(row.latex)}", f"shape = {quoted(row.shape)}"]
        rows += [f"{language} = {quoted(row.meaning or row.latex)}", ""]
    items = [item for part in imported.parts for item in part.items]
    for item in items:
        if isinstance(item, Derivation) and ids.of(item) and goal_of(item):
            rows += _derivation(item, ids)
    for item in items:
        if isinstance(item, Task) and (word := ids.of(item)):
            targets = _targets(item.kind, imported, ids)
            rule = BY_HAND if item.kind == "other" else item.kind
            rows += ["[[checklist]]", f'id = "{word}"', f'rule = "{rule}"', f"targets = {listed(targets)}"]
            rows += [f"label = {quoted(item.label or item.kind.capitalize())}"]
            rows += [f"{language} = {quoted((item.text or item.label or '…')[:LONGEST])}", ""]
    return "\n".join(rows)


def cards_toml(imported: Imported, ids: LessonIds, words: Words) -> str:
    """The cards: one for each symbol and each thinking question that has an answer.

    Interview questions are reviewed as they are; cards of theirs would ask everything twice.
    """
    rows: list[str] = []
    for part in imported.parts:
        section = part.kind.value if part.kind in SECTIONS else PartKind.THEORY.value
        for row in part.symbols:
            if ids.of(row) and row.shape:
                kind = "shape" if _readable(row.shape) else "basic"
                front = words.shape_of.format(latex=row.latex, meaning=row.meaning or row.latex)
                back = row.shape if kind == "shape" else f"${row.shape}$"
                rows += _card(ids.of(row), kind, section, imported.language, front, back)
        for item in part.items:
            if isinstance(item, Think) and ids.of(item) and item.answer and item.question:
                rows += _card(ids.of(item), "basic", section, imported.language, item.question, item.answer)
    return "\n".join(rows)


def _card(word: str, kind: str, section: str, language: str, front: str, back: str) -> list[str]:
    return [
        "[[card]]",
        f'id = "{word}"',
        f'kind = "{kind}"',
        f'section = "{section}"',
        f"  [card.{language}]",
        f"  front = {quoted(front[:LONGEST])}",
        f"  back = {quoted(back[:LONGEST])}",
        "",
    ]


def _symbols(imported: Imported, ids: LessonIds) -> list[SymbolRow]:
    return [row for part in imported.parts for row in part.symbols if ids.of(row) and row.latex]


def _readable(shape: str) -> bool:
    """Whether a typed shape can be compared with it."""
    try:
        read_shape(shape)
    except UsageError:
        return False
    return True


def _derivation(derivation: Derivation, ids: LessonIds) -> list[str]:
    rows = ["[[derivation]]", f'id = "{ids.of(derivation)}"']
    for name, (answer, given) in zip(ids.steps(derivation), answers_of(derivation), strict=False):
        rows += ["  [[derivation.step]]", f'  id = "{name}"', *(["  given = true"] if given else [])]
        rows += [f"  answer = {quoted(answer)}"]
    return [*rows, ""]


def _targets(kind: str, imported: Imported, ids: LessonIds) -> list[str]:
    """What the evidence for an item is about. A program without tests proves nothing, so it is no target."""
    items = [item for part in imported.parts for item in part.items]
    if kind == "interview":
        asked = [item for part in imported.parts if part.kind is PartKind.INTERVIEW for item in part.items]
        return [ids.of(item) for item in asked if isinstance(item, Question) and ids.of(item)]
    if kind == "math":
        return [
            f"{ids.of(item)}/{name}"
            for item in items
            if isinstance(item, Derivation) and ids.of(item) and goal_of(item)
            for name, (_, given) in zip(ids.steps(item), answers_of(item), strict=False)
            if not given
        ]
    if kind == "algo":
        return [word for word, program in ids.programs if program.number in KNOWN_PROBLEMS]
    return []


def _minutes(part: Part) -> int:
    """A guess at the time that a section takes, in minutes."""
    letters = sum(len(line) for item in part.items if isinstance(item, Prose) for line in item.lines)
    minutes = -(-letters // CHARACTERS_A_MINUTE) + MINUTES_A_PROGRAM * bool(part.programs)
    for item in part.items:
        if isinstance(item, Question):
            minutes += MINUTES_A_QUESTION
        elif isinstance(item, Derivation):
            minutes += MINUTES_A_STEP * max(1, len(item.steps))
    return min(minutes, 600)
