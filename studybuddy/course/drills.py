"""drills.toml: derivations on their own, beside the lessons."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from studybuddy.core.lesson import Derivation, DerivationStep
from studybuddy.course.derivation_facts import DerivationFacts, StepFacts, read_derivation
from studybuddy.course.macros import in_table, read_macros
from studybuddy.course.markdown import read_inline, read_markdown
from studybuddy.course.source import read_source
from studybuddy.course.table import LANGUAGES, read_toml
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from pathlib import Path

    from studybuddy.core.block import Blocks, Inlines
    from studybuddy.course.report import Report
    from studybuddy.course.table import Table

FILE_NAME = "drills.toml"
LESSON = "drill"
"""What the ids of drills begin with, where those of a lesson begin with the lesson's."""


def read_drills(root: Path, language: str, report: Report) -> tuple[Derivation, ...]:
    """The drills of the course below `root`, in the order of the file; none where there is no file.

    A drill with an error is left out, and the error is in the report.
    """
    found = [_read_drill(row, facts, language) for row, facts in open_drills(root, language, report)]
    return tuple(drill for drill in found if drill is not None)


def open_drills(root: Path, language: str, report: Report) -> list[tuple[Table, DerivationFacts]]:
    """What each drill declares, before its words, with the row it stands in."""
    path = root / FILE_NAME
    source = read_source(path, report) if os.path.lexists(path) else None
    if source is None:
        return []
    table = read_toml(source)
    table = in_table(table, read_macros(table))
    taken: set[str] = set()
    found = []
    for row in table.tables("drill"):
        for key in ("concept", *LANGUAGES):
            row.value(key)
        found.append((row, read_derivation(row, taken, language, worded=True)))
    table.close()
    return found


def _read_drill(row: Table, facts: DerivationFacts, language: str) -> Derivation | None:
    words = _words(row, language)
    title = words.text("title") if words else ""
    givens = _blocks(words, "givens") if words else ()
    if words:
        words.close()
    if not facts.id or not facts.steps or facts.quantities is None or words is None:
        if facts.quantities is None:
            row.error("missing-key", N_("a drill declares its [drill.tensors]"))
        return None
    steps = tuple(_step(facts, step, language) for step in facts.steps)
    goal = next((step.goal.formula for step in facts.steps if step.goal), "")
    return Derivation(f"{LESSON}/{facts.id}", title, givens, goal, steps, facts.quantities)


def _step(facts: DerivationFacts, step: StepFacts, language: str) -> DerivationStep:
    words = _words(step.table, language)
    prompt = _blocks(words, "prompt") if words else ()
    explanation = _blocks(words, "explanation", wanted=False) if words else ()
    hints = tuple(_inline(words, text, "hints") for text in words.texts("hints")) if words else ()
    if words:
        words.close()
    return DerivationStep(
        id=f"{LESSON}/{facts.id}/{step.id}",
        prompt=prompt,
        answer=step.answer,
        given=step.given,
        explanation=explanation,
        hints=hints,
        goal=step.goal,
    )


def _words(row: Table, language: str) -> Table | None:
    found = row.language(language)
    return row.table(found) if found else None


def _blocks(words: Table, key: str, *, wanted: bool = True) -> Blocks:
    text = words.text(key) if wanted else words.text(key, "")
    return read_markdown(text, lambda code, message: words.warning(code, message, key)) if text else ()


def _inline(words: Table, text: str, key: str) -> Inlines:
    return read_inline(text, lambda code, message: words.warning(code, message, key))
