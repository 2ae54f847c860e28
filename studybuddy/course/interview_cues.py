"""interview.toml: the words by which key points and common mistakes are found in a typed answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studybuddy.core.heard import Cues, readable
from studybuddy.core.lesson import InterviewQuestion
from studybuddy.core.phrase import Phrase
from studybuddy.course.report import Report, shorten
from studybuddy.course.source import read_source
from studybuddy.course.table import Table, read_toml
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from pathlib import Path

FILE = "interview.toml"


def with_cues(
    questions: tuple[InterviewQuestion, ...], folder: Path, language: str, report: Report
) -> tuple[InterviewQuestion, ...]:
    """The questions of a lesson, each with its cues; as they are where the file is not there."""
    path = folder / FILE
    source = read_source(path, report) if path.exists() else None
    if source is None:
        return questions
    found = {question.id: question for question in questions}
    table = read_toml(source)
    taken: set[str] = set()
    for row in table.tables("question"):
        name = row.text("id")
        question = found.get(f"{folder.name}/{name}")
        if name and question is None:
            row.error(
                "unknown-id",
                Phrase.of(N_("the lesson asks no question {name!r}"), name=shorten(name)),
                "id",
            )
        if name in taken:
            row.error("id-twice", Phrase.of(N_("the id {name!r} is there twice"), name=shorten(name)), "id")
        taken.add(name)
        if question is not None:
            found[question.id] = _with_cues(question, row, language)
            row.close()
    table.close()
    return tuple(found.values())


def _with_cues(question: InterviewQuestion, row: Table, language: str) -> InterviewQuestion:
    rows = row.tables("point")
    points = tuple(_read_cues(point, "all") for point in rows)
    for point in rows:
        point.close()
    if len(points) != len(question.key_points):
        message = Phrase.of(
            N_("the {language} prose has {n} key points here, and this file has cues for {found}"),
            language=language,
            n=len(question.key_points),
            found=len(points),
        )
        row.error("cues", message, "point")
    wrong = _read_cues(row, "wrong")
    if wrong and not question.wrong_point:
        words = N_("cues of a wrong point, and the {language} prose has none")
        row.error("cues", Phrase.of(words, language=language), "wrong")
    return replace(question, cues=points, wrong_cues=wrong)


def _read_cues(row: Table, key: str) -> Cues:
    """Groups of cues: of each group one must be found."""
    value = row.value(key)
    if value is None and key == "wrong":
        return ()
    groups = value if isinstance(value, list) else []
    cues: list[tuple[str, ...]] = []
    for group in groups:
        listed = group if isinstance(group, list) else []
        if not listed or not all(isinstance(cue, str) and readable(cue) for cue in listed):
            row.error("cues", Phrase.of(N_("`{key}` is a list of lists of words to look for"), key=key), key)
            return ()
        cues.append(tuple(listed))
    if not cues:
        row.error("cues", Phrase.of(N_("`{key}` is a list of lists of words to look for"), key=key), key)
    return tuple(cues)
