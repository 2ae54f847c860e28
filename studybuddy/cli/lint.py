from __future__ import annotations

from pathlib import Path

import click

from studybuddy.cli.options import StudyCommand
from studybuddy.cli.output import json_option, print_json, print_line
from studybuddy.core.diagnostic import Severity
from studybuddy.course.lint import lint
from studybuddy.i18n import say
from studybuddy.study.formula_lint import lint_formulas


@click.command("lint", cls=StudyCommand)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@json_option
def lint_files(paths: tuple[Path, ...], as_json: bool) -> int:
    """Check the lesson folders PATHS."""
    read = lint(paths)
    found = (*read, *(one for one in lint_formulas(paths) if one not in read))
    if as_json:
        keys = ("code", "severity", "path", "line", "column")
        rows = [{key: getattr(d, key) for key in keys} | {"message": say(d.said)} for d in found]
        print_json({"diagnostics": rows})
    else:
        for diagnostic in found:
            print_line(f"{diagnostic.path}:{diagnostic.line}: {say(diagnostic.said)}")
    return 1 if any(d.severity is Severity.ERROR for d in found) else 0
