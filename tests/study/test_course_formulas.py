"""Every formula of the course is drawn as a whole, in both languages, at 80 columns and in half of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from studybuddy.core.block import MathBlock, MathSpan
from studybuddy.course.drills import read_drills
from studybuddy.course.finder import lesson_folders
from studybuddy.course.markdown import read_markdown
from studybuddy.course.reader import read_lesson
from studybuddy.course.report import Report
from studybuddy.mathtext import display, inline, readable
from studybuddy.text import cell_width

CONTENT = Path(__file__).parents[2] / "content"
LESSONS = [path.name for path in lesson_folders(CONTENT)]


def formulas_in(value: object) -> Iterator[str]:
    """The LaTeX of all formulas in a value and the values it is made of."""
    if isinstance(value, MathSpan | MathBlock):
        yield value.latex
    elif is_dataclass(value):
        for field in fields(value):
            yield from formulas_in(getattr(value, field.name))
    elif isinstance(value, tuple | list):
        for part in value:
            yield from formulas_in(part)


def formulas_of_lesson(name: str, language: str) -> list[str]:
    lesson = read_lesson(CONTENT / name, language).lesson
    assert lesson is not None
    found = list(formulas_in(lesson))
    found += [text for symbol in lesson.symbols for text in (symbol.latex, symbol.shape)]
    found += [step.answer for derivation in lesson.derivations for step in derivation.steps]
    found += [derivation.goal for derivation in lesson.derivations]
    sides = [side for card in lesson.cards for side in (card.front, card.back)]
    sides += [text for exercise in lesson.exercises for text in (exercise.task, *exercise.hints)]
    found += formulas_in([read_markdown(side) for side in sides])
    return [latex for latex in found if latex]


def formulas_of_drills(language: str) -> list[str]:
    drills = read_drills(CONTENT, language, Report())
    found = list(formulas_in(drills))
    found += [step.answer for drill in drills for step in drill.steps]
    return found + [drill.goal for drill in drills if drill.goal]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", [*LESSONS, "drills"])
def test_every_formula_of_the_course_is_drawn(name: str, language: str) -> None:
    found = formulas_of_drills(language) if name == "drills" else formulas_of_lesson(name, language)
    assert len(found) > 20
    for latex in found:
        drawn = [inline(latex), *display(latex)]
        assert readable(latex), latex
        assert not any(sign in row for row in drawn for sign in "\\$"), latex
        for width in (76, 36):
            assert max(map(cell_width, display(latex, width))) <= width, latex
        plain = [inline(latex, plain=True), *display(latex, 76, plain=True)]
        assert all(ord(char) < 128 or ord(char) > 0x2E80 for row in plain for char in row), latex
