"""Lessons from elsewhere: what a file holds and what is strange about it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from studybuddy.cli.options import StudyCommand
from studybuddy.cli.output import json_option, print_json, print_line
from studybuddy.core.diagnostic import Severity
from studybuddy.course.importing.findings import Finding
from studybuddy.i18n import N_, _, say
from studybuddy.study.importing import Preview, preview

_SEVERITIES = {Severity.ERROR: N_("error"), Severity.WARNING: N_("warning")}


@click.command("import", cls=StudyCommand)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help=N_("Only say what would be imported."))
@json_option
def import_lessons(paths: tuple[Path, ...], dry_run: bool, as_json: bool) -> int:
    """Import the lessons PATHS: text exports, notebooks (.ipynb) or Markdown."""
    del dry_run  # nothing is written yet in any case, and it is said
    found = preview(paths)
    if as_json:
        print_json({"lessons": [lesson_json(one) for one in found], "written": False})
    else:
        for one in found:
            print_lesson(one)
        print_line(_("nothing was written"))
    return 1 if any(one.imported.failed for one in found) else 0


def lesson_json(one: Preview) -> dict[str, Any]:
    """A lesson by the contract's keys."""
    imported = one.imported
    return {
        "path": str(one.path),
        "source": imported.kind.value,
        "code": imported.code,
        "title": imported.title,
        "language": imported.language,
        "counts": imported.counts.as_dict(),
        "diagnostics": [_finding_json(finding) for finding in imported.findings],
    }


def _finding_json(finding: Finding) -> dict[str, Any]:
    row: dict[str, Any] = {
        "code": finding.code,
        "severity": finding.severity.value,
        "line": finding.place.line,
        "column": finding.place.column,
        "message": say(finding.phrase),
    }
    optional = {"cell": finding.place.cell, "file": finding.file, "proposal": finding.proposal}
    return row | {key: value for key, value in optional.items() if value}


def print_lesson(one: Preview) -> None:
    """A lesson in plain lines: what it is, how much it holds, what to look at."""
    imported = one.imported
    print_line(f"{imported.code or '?'}  {imported.title or one.path.name}")
    words = N_(
        "sections {sections} · symbols {symbols} · thinking questions {think} · programs {code_blocks} · "
        "output lines {output_lines} · interview questions {interview} · steps {steps} (open {blanks}) · "
        "checklist items {tasks} · challenges {challenges}"
    )
    print_line("  " + _(words, **imported.counts.as_dict()))
    for finding in imported.findings:
        path = one.path / finding.file if finding.file else one.path
        place = str(path) if finding.place.cell else f"{path}:{finding.place.line}:{finding.place.column}"
        print_line(f"  {place}: {_(_SEVERITIES[finding.severity])} {finding.code}: {say(finding.phrase)}")
