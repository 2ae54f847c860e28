"""Cards of one's own, from the command line."""

from __future__ import annotations

import sys

import click

from studybuddy.cli.options import StudyCommand
from studybuddy.cli.output import json_option, print_json, print_line, study
from studybuddy.i18n import N_, _


@click.command("add", cls=StudyCommand)
@click.option("--front", metavar="TEXT", help=N_("The question, or a sentence with a {{gap}}."))
@click.option("--back", metavar="TEXT", help=N_("The answer."))
@click.option("--tags", default="", metavar="WORDS", help=N_("Words to find the card by."))
@json_option
@click.pass_context
def add(context: click.Context, front: str | None, back: str | None, tags: str, as_json: bool) -> None:
    """Add a card of your own; what is not given is asked for, one line each."""
    question = _line(front, _("Question:"))
    answer = _line(back, _("Answer:")) if back is not None or "{{" not in question else ""
    with study(context, writer="studybuddy add") as opened:
        card = opened.own_cards.add(question, answer, (tags,))
    if as_json:
        print_json({"card": card})
    else:
        print_line(_("added: {card}", card=card))


def _line(given: str | None, prompt: str) -> str:
    """What was given, else a line of standard input."""
    if given is not None:
        return given
    print_line(prompt, err=True)
    return sys.stdin.readline()
