"""Draws every formula of a lesson, and proves those that claim something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from studybuddy.core.block import MathBlock, MathSpan
from studybuddy.core.phrase import Phrase
from studybuddy.course.markdown import read_markdown
from studybuddy.course.report import Report, shorten
from studybuddy.course.within import below
from studybuddy.i18n import N_
from studybuddy.study.proving.claims import CLAIM, Claims, false_formula, unproved_formula

if TYPE_CHECKING:
    from studybuddy.core.lesson import Lesson
    from studybuddy.study.proving.scripts import Figure

_FORMULAS: tuple[type[MathBlock | MathSpan], ...] = (MathBlock, MathSpan)
WIDTH = 76
"""Cells of a line on the narrowest terminal."""
_LONGEST = 80
_TEXTS = ("*.md", "*.toml", "exercises/*/*.toml")
_SPACES = re.compile(r"\s+")


def formulas(part: object) -> Iterator[str]:
    """The LaTeX of every formula below a part of a lesson."""
    return (found.latex.strip() for found in below(part, *_FORMULAS))


def formulas_of(lesson: Lesson) -> dict[str, list[str]]:
    """Every formula of a lesson, by where it stands."""
    cards = [read_markdown(side) for card in lesson.cards for side in (card.front, card.back)]
    answers = [step.answer for derivation in lesson.derivations for step in derivation.steps]
    told = [
        read_markdown(words) for exercise in lesson.exercises for words in (exercise.task, *exercise.hints)
    ]
    tried = [
        read_markdown(words)
        for exercise in lesson.exercises
        for experiment in exercise.experiments
        for words in (experiment.question, experiment.explanation)
    ]
    return {
        **{section.kind.value: list(formulas(section.blocks)) for section in lesson.sections},
        "derivations": [
            *formulas(lesson.derivations),
            *(one.goal for one in lesson.derivations),
            *(answer for answer in answers if " = " in answer),
        ],
        "questions": list(formulas(lesson.questions)),
        "symbols": [*formulas(lesson.symbols), *(symbol.latex for symbol in lesson.symbols)],
        "terms": list(formulas(lesson.terms)),
        "around": list(formulas((lesson.introduction, lesson.closing, lesson.action))),
        "cards": list(formulas(cards)),
        "exercises": list(formulas((told, tried))),
    }


def prove_formulas(
    folder: Path,
    found: set[str],
    proved: set[str],
    claims: Claims,
    figures: dict[str, Figure],
    report: Report,
) -> None:
    """Say which of some formulas cannot be drawn, which are false, and which nobody proves.

    Args:
        folder: where they stand.
        found: every formula.
        proved: those that another check proves: backs of cards about a step.
        claims: what is known of the others.
        figures: what scripts found.
        report: takes what is found.
    """
    from studybuddy.mathtext.draw import readable

    for formula in sorted(found):
        if not formula:
            continue
        if not readable(formula):
            words = N_("this formula cannot be drawn as it is meant: {formula}")
            _say(folder, formula, "formula-drawn", Phrase.of(words, formula=_short(formula)), report)
            continue
        if not CLAIM.search(formula) or formula in proved:
            continue
        holds = claims.holds(formula, figures)
        if holds is None:
            _say(folder, formula, "formula-unproved", unproved_formula(formula), report)
        elif not holds:
            said = claims.unread(formula) or false_formula(formula)
            _say(folder, formula, "formula-false", said, report)


def _short(formula: str) -> str:
    return shorten(formula, _LONGEST)


def _say(folder: Path, formula: str, code: str, said: Phrase, report: Report) -> None:
    """Say something about a formula at the first place where it stands."""
    path, line = place_of(folder, formula)
    findings = report.file(path, line)
    if code == "formula-unproved":
        findings.warning(line, code, said)
    else:
        findings.error(line, code, said)


def place_of(folder: Path, formula: str) -> tuple[Path, int]:
    """A file of a folder that holds a formula, and the line; the folder itself where none is found."""
    pattern = re.compile(r"\s+".join(re.escape(part) for part in _SPACES.split(formula.strip())))
    doubled = re.compile(pattern.pattern.replace(r"\\", r"\\\\"))
    for name in _TEXTS:
        for path in sorted(folder.glob(name)):
            text = path.read_text("utf-8", errors="replace") if path.is_file() else ""
            found = pattern.search(text) or doubled.search(text)
            if found and path.name != "claims.toml":
                return path, text.count("\n", 0, found.start()) + 1
    return folder, 1
