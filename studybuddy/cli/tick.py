from __future__ import annotations

import click

from studybuddy.cli.options import StudyCommand
from studybuddy.cli.output import json_option, print_json, print_line, study
from studybuddy.cli.today import BOXES
from studybuddy.core.checklist import ItemStatus
from studybuddy.i18n import N_


@click.command("tick", cls=StudyCommand)
@click.argument("item")
@click.option("--reason", default="", metavar="TEXT", help=N_("Why; it is shown beside the item."))
@json_option
@click.pass_context
def tick(context: click.Context, item: str, reason: str, as_json: bool) -> None:
    """Tick ITEM by hand."""
    with study(context, writer="studybuddy tick") as opened:
        _show(opened.checklist.tick(item, reason), as_json)


@click.command("untick", cls=StudyCommand)
@click.argument("item")
@click.option("--reason", default="", metavar="TEXT", help=N_("Why; it is shown beside the item."))
@json_option
@click.pass_context
def untick(context: click.Context, item: str, reason: str, as_json: bool) -> None:
    """Untick ITEM by hand."""
    with study(context, writer="studybuddy untick") as opened:
        _show(opened.checklist.untick(item, reason), as_json)


def _show(status: ItemStatus, as_json: bool) -> None:
    if as_json:
        print_json(
            {"item": status.id, "state": status.state.value, "by": status.by.value, "reason": status.reason}
        )
    else:
        print_line(f"{BOXES[status.state]} {status.id}")
