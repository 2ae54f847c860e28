"""Allowing an imported lesson's code to run, and forbidding it again."""

from __future__ import annotations

import click

from studybuddy.cli.options import StudyCommand
from studybuddy.cli.output import json_option, print_json, print_line, study
from studybuddy.i18n import N_, _
from studybuddy.study.trust import TrustState


@click.command("trust", cls=StudyCommand)
@click.argument("lesson")
@json_option
@click.pass_context
def trust(context: click.Context, lesson: str, as_json: bool) -> None:
    """Allow the code of LESSON to run, as long as none of its files changes."""
    with study(context, writer="studybuddy trust") as opened:
        found = opened.desk.catalogue.lesson(lesson)
        _show(opened.trust.allow(found.id), found.code, as_json)


@click.command("untrust", cls=StudyCommand)
@click.argument("lesson")
@json_option
@click.pass_context
def untrust(context: click.Context, lesson: str, as_json: bool) -> None:
    """Forbid the code of LESSON to run: it is only shown."""
    with study(context, writer="studybuddy untrust") as opened:
        found = opened.desk.catalogue.lesson(lesson)
        _show(opened.trust.forbid(found.id), found.code, as_json)


def _show(state: TrustState, code: str, as_json: bool) -> None:
    if as_json:
        print_json({"lesson": state.lesson, "trusted": state.trusted, "files": state.files})
        return
    if not state.imported:
        print_line(_("{code} is one of the course's own lessons; its code may always run", code=code))
        return
    words = N_("the code of {code} may run until one of these files changes:")
    shown = N_("the code of {code} is only shown:")
    print_line(_(words if state.trusted else shown, code=code))
    for name in state.files:
        print_line(f"  {state.folder / name}")
