"""Shorthands with which the tests of imports ask."""

from __future__ import annotations

from typing import TypeVar

from studybuddy.course.importing.findings import Finding
from studybuddy.course.importing.model import Imported, PartKind
from studybuddy.course.importing.reading import read_import

TITLE = "# S3W10D2：名\n\n"
Thing = TypeVar("Thing")


def read(text: str | bytes, name: str = "lesson.txt") -> Imported:
    """What a text is read as."""
    return read_import(name, text if isinstance(text, bytes) else text.encode())


def body(text: str, name: str = "lesson.txt") -> Imported:
    """What a text below a right title is read as."""
    return read(TITLE + text, name)


def codes(imported: Imported, *, missing: bool = False) -> list[str]:
    """The codes of all findings; that sections are missing is left out unless asked for."""
    return [finding.code for finding in imported.findings if missing or finding.code != "SECTION-MISSING"]


def one(imported: Imported, code: str) -> Finding:
    """The one finding with a code."""
    found = [finding for finding in imported.findings if finding.code == code]
    assert len(found) == 1, [(other.code, other.place, other.said.english()) for other in imported.findings]
    return found[0]


def items(imported: Imported, kind: type[Thing]) -> list[Thing]:
    """All items of one kind."""
    return [item for part in imported.parts for item in part.items if isinstance(item, kind)]


def kinds(imported: Imported) -> list[PartKind]:
    """The kinds of the parts, in their order."""
    return [part.kind for part in imported.parts]
