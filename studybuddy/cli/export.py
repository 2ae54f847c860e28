from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from studybuddy.cli.options import StudyCommand
from studybuddy.cli.output import json_option, print_json, print_line, study
from studybuddy.core.errors import UsageError
from studybuddy.i18n import N_, ngettext


@click.command("export", cls=StudyCommand)
@click.argument("what", type=click.Choice(["cards", "log"]), default="cards")
@click.option("--output", metavar="FILE", help=N_("Where to; `-` is standard output."))
@json_option
@click.pass_context
def export(context: click.Context, what: str, output: str | None, as_json: bool) -> None:
    """Write your cards as CSV or your log as JSON lines; `--output -` is standard output."""
    from studybuddy.study.exporting import write_cards, write_log

    write = write_cards if what == "cards" else write_log
    with study(context) as opened:
        if output == "-":
            write(opened, sys.stdout)
            return
        default = f"studybuddy-{what}-{opened.desk.day().isoformat()}.{'csv' if what == 'cards' else 'jsonl'}"
        path = Path(output or default)
        part = path.with_name(path.name + ".part")
        try:
            with part.open("w", encoding="utf-8", newline="") as out:
                rows = write(opened, out)
            os.replace(part, path)  # noqa: PTH105 - replaces in one stroke on every system
        except OSError as error:
            raise UsageError("cannot write {file}: {reason}", file=path, reason=error.strerror) from error
    if as_json:
        print_json({"path": str(path), "rows": rows})
    else:
        print_line(ngettext("{n} row written to {path}", "{n} rows written to {path}", rows, path=path))
