from __future__ import annotations

from pathlib import Path

import click

from studybuddy.cli.options import StudyCommand
from studybuddy.cli.output import json_option, print_json, print_line
from studybuddy.i18n import N_, _


@click.command("new-lesson", cls=StudyCommand)
@click.argument("code")
@click.option(
    "--dir",
    "parent",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="DIR",
    help=N_("Where the folder is made; here by default."),
)
@json_option
def new_lesson(code: str, parent: Path, as_json: bool) -> None:
    """Write a small complete lesson CODE, such as S3W11D1, to begin with. Never overwrites."""
    from studybuddy.study.new_lesson import new_lesson as write

    folder = write(code, parent)
    if as_json:
        print_json({"path": str(folder)})
        return
    print_line(_("{path} is written; check it with: studybuddy lint --prove {path}", path=folder))
