"""What the course declares to be true, row by row, for whoever proves it: derivations, cards about them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studybuddy.course.drills import FILE_NAME, open_drills
from studybuddy.course.facts import read_facts
from studybuddy.course.macros import in_table, read_macros
from studybuddy.course.reader import read_draft
from studybuddy.course.source import read_source
from studybuddy.course.table import read_toml

if TYPE_CHECKING:
    from pathlib import Path

    from studybuddy.core.card_content import CardContent
    from studybuddy.course.derivation_facts import DerivationFacts
    from studybuddy.course.report import Report
    from studybuddy.course.table import Table


@dataclass(frozen=True, slots=True)
class Declarations:
    """Derivations and formula cards of one place; findings go to the report they were read with."""

    derivations: tuple[DerivationFacts, ...] = ()
    cards: tuple[tuple[CardContent, Table], ...] = ()
    """Cards about a step, each with its row."""


def declared_by_lesson(folder: Path, language: str, report: Report) -> Declarations:
    """Of a lesson; nothing of files that cannot be read."""
    table = _table(folder / "lesson.toml", report)
    if table is None:
        return Declarations()
    facts = read_facts(in_table(table, read_macros(table)), folder.name, language)
    lesson = read_draft(folder, language, report)
    asked = {card.id: card for card in lesson.cards if card.asked is not None}
    cards = _table(folder / "cards.toml", report) if asked else None
    rows = [(f"{folder.name}/card/{row.value('id')}", row) for row in cards.tables("card")] if cards else []
    return Declarations(facts.derivations, tuple((asked[name], row) for name, row in rows if name in asked))


def declared_by_drills(root: Path, language: str, report: Report) -> Declarations:
    """Of the drills below `root`."""
    return Declarations(tuple(facts for _row, facts in open_drills(root, language, report)))


def drills_at(path: Path) -> Path | None:
    """The folder whose drills a path names: the course, or the file of drills; None where there are none."""
    root = path if path.is_dir() else path.absolute().parent
    if path.is_file() and path.name != FILE_NAME:
        return None
    return root if os.path.lexists(root / FILE_NAME) else None


def _table(path: Path, report: Report) -> Table | None:
    source = read_source(path, report) if path.exists() else None
    return read_toml(source) if source else None
