"""Lessons from elsewhere: what a file holds, what is strange about it, and bringing it into the course."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from studybuddy.cli.options import StudyCommand, launch
from studybuddy.cli.output import json_option, print_json, print_line, study
from studybuddy.core.diagnostic import Severity
from studybuddy.core.phrase import Phrase
from studybuddy.course.finder import content_root
from studybuddy.course.importing.findings import Finding
from studybuddy.i18n import N_, _, say
from studybuddy.store.connection import DATABASE_NAME
from studybuddy.study.import_plan import ImportPlan, PlannedLesson
from studybuddy.study.imports import Imports
from studybuddy.study.places import Places

_SEVERITIES = {Severity.ERROR: N_("error"), Severity.WARNING: N_("warning")}


@click.command("import", cls=StudyCommand)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help=N_("Only say what would be imported."))
@click.option("--as", "code", metavar="CODE", default="", help=N_("The lesson it becomes: S3W10D2."))
@click.option("--force", is_flag=True, help=N_("Import in spite of errors, or over another source's lesson."))
@json_option
@click.pass_context
def import_lessons(
    context: click.Context, paths: tuple[Path, ...], dry_run: bool, code: str, force: bool, as_json: bool
) -> int:
    """Import the lessons PATHS: text exports, notebooks (.ipynb) or Markdown; all of them, or none."""
    plan = _plan(context, paths, code, force=force)
    written = plan.ready and not dry_run
    shown: list[str] = []
    if written:
        with study(context, writer="studybuddy import") as opened:
            plan = opened.save_import(plan)
            states = [opened.trust.state(one.id) for one in plan.lessons]
            shown = [state.lesson.upper() for state in states if state.files and not state.trusted]
    if as_json:
        print_json(
            {"lessons": [lesson_json(one, written=written) for one in plan.lessons], "written": written}
        )
        return 0 if plan.ready else 1
    for one in plan.lessons:
        print_lesson(one)
    for one in plan.lessons if written else ():
        print_line(_("{code} is in your course", code=one.code))
        if one.code in shown:
            words = N_("its programs are only shown until you allow them: studybuddy trust {code}")
            print_line(_(words, code=one.code))
    if not written:
        print_line(_("nothing was written"))
    return 0 if plan.ready else 1


def _plan(context: click.Context, paths: tuple[Path, ...], code: str, *, force: bool) -> ImportPlan:
    """What importing would do. Of a learner who has no data yet none are made to find that out."""
    places = Places.find(launch(context).data_dir)
    if not (places.data / DATABASE_NAME).exists():
        return Imports(places.lessons, content_root(), None).plan(paths, code, force=force)
    with study(context) as opened:
        return opened.imports.plan(paths, code, force=force)


def lesson_json(one: PlannedLesson, *, written: bool) -> dict[str, Any]:
    """A lesson by the contract's keys. `code` is the file's own; once it is written, the lesson's."""
    imported = one.imported
    return {
        "path": str(one.path),
        "source": imported.kind.value,
        "code": one.code if written else imported.code,
        "id": one.id,
        "title": imported.title,
        "language": imported.language,
        "counts": imported.counts.as_dict(),
        "diagnostics": [_finding_json(finding) for finding in one.findings],
        "replaces": one.replaces,
        "difference": {
            change.kind: {"added": change.added, "changed": change.changed, "removed": change.removed}
            for change in one.changes
        },
        "conflicts": [say(warning) for warning in one.warnings],
        "refused": say(one.refused) if one.refused else None,
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


def print_lesson(one: PlannedLesson) -> None:
    """A lesson in plain lines: what it is, how much it holds, what to look at, what it changes."""
    imported = one.imported
    print_line(f"{one.code or imported.code or '?'}  {imported.title or one.path.name}")
    words = N_(
        "sections {sections} · symbols {symbols} · thinking questions {think} · programs {code_blocks} · "
        "output lines {output_lines} · interview questions {interview} · steps {steps} (open {blanks}) · "
        "checklist items {tasks} · challenges {challenges}"
    )
    print_line("  " + _(words, **imported.counts.as_dict()))
    for finding in one.findings:
        path = one.path / finding.file if finding.file else one.path
        place = str(path) if finding.place.cell else f"{path}:{finding.place.line}:{finding.place.column}"
        print_line(f"  {place}: {_(_SEVERITIES[finding.severity])} {finding.code}: {say(finding.phrase)}")
    for line in _changes(one):
        print_line(f"  {say(line)}")


def _changes(one: PlannedLesson) -> list[Phrase]:
    """What an import does to the lesson that is there, and what it leaves alone."""
    lines = list(one.difference)
    if one.replaces and not lines:
        lines.append(Phrase(N_("nothing in it is new")))
    lines += one.warnings
    if one.refused is not None and (one.imported.code or not one.imported.failed):
        lines.append(one.refused)
    return lines
