from __future__ import annotations

from pathlib import Path

import click

from studybuddy.cli.options import StudyCommand
from studybuddy.cli.output import json_option, print_json, print_line
from studybuddy.core.diagnostic import Severity
from studybuddy.course.lint import lint


@click.command("lint", cls=StudyCommand)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@json_option
def lint_files(paths: tuple[Path, ...], as_json: bool) -> int:
    """Check the lesson folders PATHS."""
    found = lint(paths)
    if as_json:
        keys = ("code", "severity", "path", "line", "column", "message")
        print_json({"diagnostics": [{key: getattr(d, key) for key in keys} for d in found]})
    else:
        for diagnostic in found:
            print_line(str(diagnostic))
    return 1 if any(d.severity is Severity.ERROR for d in found) else 0
