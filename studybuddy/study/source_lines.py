"""The lines that findings point at, to be shown beside what is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studybuddy.core.diagnostic import Severity
from studybuddy.core.errors import UsageError
from studybuddy.core.phrase import Phrase
from studybuddy.course.importing.decoding import decode
from studybuddy.course.importing.findings import Findings
from studybuddy.course.importing.model import SourceKind
from studybuddy.course.importing.notebook import Notebook, read_notebook
from studybuddy.course.importing.opening import read_bytes
from studybuddy.study.importing import Preview, mark_of, preview

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studybuddy.course.importing.findings import Finding

BEFORE, AFTER = 400, 400
"""Characters of a line that are kept around the place."""


class Found(NamedTuple):
    """A finding as it is shown: what is said, where, and the line it is about."""

    code: str
    error: bool
    said: Phrase
    line: int
    column: int
    cell: int = 0
    """The cell of a notebook, 0 elsewhere."""
    file: str = ""
    """The file of a lesson folder, empty elsewhere."""
    proposal: str = ""
    source: str = ""
    """The line, or what stands around the place in it; empty where it cannot be had."""
    at: int = 0
    """The place as an index into `source`."""


class Look(NamedTuple):
    """A file as it was looked at."""

    given: Preview
    found: tuple[Found, ...]


def look(path: Path) -> Look:
    """Read what may be imported, with the lines its findings point at. Takes a while for a large file.

    Raises:
        UsageError: it cannot be read, or is a folder of another kind.
    """
    given = preview([path])[0]
    line_of = _reader(given) if given.imported.findings else None
    return Look(given, tuple(_found(finding, line_of) for finding in given.imported.findings))


def _found(finding: Finding, line_of: Callable[[Finding], str] | None) -> Found:
    place = finding.place
    line = line_of(finding) if line_of is not None else ""
    at = min(max(place.column - 1, 0), len(line))
    first = max(0, at - BEFORE)
    return Found(
        finding.code,
        finding.severity is Severity.ERROR,
        finding.said,
        place.line,
        place.column,
        place.cell,
        finding.file,
        finding.proposal,
        line[first : at + AFTER],
        at - first,
    )


def _reader(given: Preview) -> Callable[[Finding], str] | None:
    """What gives the line of a finding; None where the file is no longer as it was read."""
    if given.files is not None:
        files = {name: text.split("\n") for name, text in given.files.items()}
        return lambda finding: _line(files.get(finding.file, []), finding.place.line)
    try:
        data = read_bytes(given.path)
    except UsageError:
        return None
    if mark_of(data) != given.hash:
        return None
    is_notebook = given.imported.kind is SourceKind.NOTEBOOK
    decoded = decode(data, notebook=is_notebook).text
    text = decoded
    if text is None:
        text = data.decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    cells: dict[tuple[int, int], str] = {}
    if is_notebook and decoded is not None:
        notebook = Notebook()
        read_notebook(decoded, notebook, Findings(notebook.lines))
        cells = dict(zip(notebook.lines.origins, notebook.lines.texts, strict=False))

    def line_of(finding: Finding) -> str:
        place = finding.place
        return cells.get((place.cell, place.line), "") if place.cell else _line(lines, place.line)

    return line_of


def _line(lines: list[str], number: int) -> str:
    return lines[number - 1] if 0 < number <= len(lines) else ""
