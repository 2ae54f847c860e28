"""concepts.toml: what the course is about, and what rests on what. It lies beside the lessons."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from studybuddy.core.phrase import Phrase
from studybuddy.course.ids import MAX_ID_LENGTH, lesson_order
from studybuddy.course.indexed import IndexedConcept
from studybuddy.course.report import shorten
from studybuddy.course.source import read_source
from studybuddy.course.table import LANGUAGES, read_toml
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from pathlib import Path

    from studybuddy.course.report import Report
    from studybuddy.course.table import Table

FILE_NAME = "concepts.toml"
LONGEST_TITLE = 60
"""Characters of a title: it stands in the middle of sentences."""
MOST_REQUIRED = 40
_ID = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\Z")
_SHOWN = 8
"""Concepts of a circle that are named."""

Rows = dict[str, "tuple[IndexedConcept, Table]"]
"""The concepts of a file by id, with the table each was read from."""


def read_concepts(root: Path, report: Report) -> list[IndexedConcept]:
    """The concepts of the course below `root`, in the order of the file; none where there is no file.

    A prerequisite that is unknown, of a later lesson or part of a circle is reported and left out, so that
    what comes back has no circles.
    """
    path = root / FILE_NAME
    source = read_source(path, report) if os.path.lexists(path) else None
    if source is None:
        return []
    table = read_toml(source)
    rows: Rows = {}
    for row in table.tables("concept"):
        concept = _read_concept(row, rows)
        if concept.id:
            rows[concept.id] = concept, row
    table.close()
    kept = {name: _known_prerequisites(concept, row, rows) for name, (concept, row) in rows.items()}
    _cut_circles(kept, rows)
    return [concept._replace(requires=kept[name]) for name, (concept, _row) in rows.items()]


def check_card_concepts(folder: Path, known: frozenset[str], report: Report) -> None:
    """Say which cards of a lesson name no concept, or one that the course has not."""
    lacking = N_("this card belongs to no concept: `concept` is missing")
    _check_named(folder / "cards.toml", "card", lacking, known, report)


def check_drill_concepts(path: Path, known: frozenset[str], report: Report) -> None:
    """As `check_card_concepts`, of a file of drills."""
    _check_named(path, "drill", N_("this drill belongs to no concept: `concept` is missing"), known, report)


def _check_named(path: Path, key: str, lacking: str, known: frozenset[str], report: Report) -> None:
    source = read_source(path, report) if os.path.lexists(path) else None
    if source is None:
        return
    for row in read_toml(source).tables(key):
        name = row.text("concept", "")
        if name and name not in known:
            row.error(
                "unknown-concept",
                Phrase.of(N_("{file} has no concept {name!r}"), file=FILE_NAME, name=shorten(name)),
                "concept",
            )
        elif not name and row.value("concept") in (None, ""):
            row.warning("concept-missing", lacking)


def _read_concept(row: Table, taken: Rows) -> IndexedConcept:
    name, lesson = row.text("id"), row.text("lesson")
    if name and (len(name) > MAX_ID_LENGTH or not _ID.match(name)):
        row.error(
            "bad-id",
            Phrase.of(N_("{name!r} is no id: use letters and digits joined by dashes"), name=shorten(name)),
            "id",
        )
        name = ""
    if name in taken:
        row.error("id-twice", Phrase.of(N_("the id {name!r} is there twice"), name=name), "id")
        name = ""
    if lesson and lesson_order(lesson) is None:
        row.error(
            "bad-id",
            Phrase.of(N_("{lesson!r} is no lesson: write it as s3w10d1"), lesson=shorten(lesson)),
            "lesson",
        )
        lesson = ""
    titles = {language: _read_title(row, language) for language in LANGUAGES}
    requires = list(dict.fromkeys(row.texts("requires")))
    if len(requires) > MOST_REQUIRED:
        row.error(
            "too-many",
            Phrase.of(N_("a concept rests on {limit} others at most"), limit=MOST_REQUIRED),
            "requires",
        )
    also = list(row.texts("also"))
    row.close()
    titles = {language: title for language, title in titles.items() if title}
    return IndexedConcept(name, lesson, titles, requires[:MOST_REQUIRED], also)


def _read_title(row: Table, language: str) -> str:
    title = row.text(language)
    if len(title) > LONGEST_TITLE or "\n" in title:
        message = Phrase.of(N_("a title is one line of at most {limit} characters"), limit=LONGEST_TITLE)
        row.error("title-long", message, language)
        return ""
    return title.strip()


def _known_prerequisites(concept: IndexedConcept, row: Table, rows: Rows) -> list[str]:
    """What a concept may rest on: concepts of the file that do not come after it."""
    kept = []
    day = lesson_order(concept.lesson)
    for name in concept.requires:
        if name not in rows:
            row.error(
                "unknown-concept",
                Phrase.of(N_("no concept is called {name!r}"), name=shorten(name)),
                "requires",
            )
            continue
        lesson = rows[name][0].lesson
        other = lesson_order(lesson)
        if day is not None and other is not None and other > day:
            message = Phrase.of(
                N_("{concept} of {lesson} cannot rest on {name}, which comes with {later}"),
                concept=concept.id,
                lesson=concept.lesson,
                name=name,
                later=lesson,
            )
            row.error("later-concept", message, "requires")
            continue
        kept.append(name)
    return kept


def _cut_circles(kept: dict[str, list[str]], rows: Rows) -> None:
    """Report each circle and take its last link out. One walk through the graph, without recursion."""
    done: set[str] = set()
    for start in kept:
        if start in done:
            continue
        path, places, at = [start], {start: 0}, [0]
        while path:
            here = path[-1]
            if at[-1] == len(kept[here]):
                done.add(here)
                del places[here]
                path.pop()
                at.pop()
                continue
            below = kept[here][at[-1]]
            if below in places:
                _report_circle(path[places[below] :], rows)
                del kept[here][at[-1]]
                continue
            at[-1] += 1
            if below not in done:
                places[below] = len(path)
                path.append(below)
                at.append(0)


def _report_circle(circle: list[str], rows: Rows) -> None:
    shown = [*circle[:_SHOWN], *(["…"] if len(circle) > _SHOWN else []), circle[0]]
    message = Phrase.of(N_("a concept cannot rest on itself: {circle}"), circle=" → ".join(shown))
    rows[circle[-1]][1].error("concept-circle", message, "requires")
