"""Cards of one's own, from the command line."""

from __future__ import annotations

import sys
from typing import Any

import click

from studybuddy.cli.options import StudyCommand
from studybuddy.cli.output import json_option, print_json, print_line, study
from studybuddy.i18n import N_, _


@click.command("add", cls=StudyCommand)
@click.option("--front", metavar="TEXT", help=N_("The question, or a sentence with a {{gap}}."))
@click.option("--back", metavar="TEXT", help=N_("The answer."))
@click.option("--tags", default="", metavar="WORDS", help=N_("Words to find the card by."))
@click.option(
    "--kind",
    default="",
    metavar="KIND",
    help=N_("basic, reversed (asked both ways), cloze, type-in or numeric."),
)
@click.option("--tolerance", default="", metavar="SHARE", help=N_("Of a number, such as 0.01 or 1%."))
@click.option("--unit", default="", metavar="UNIT", help=N_("Of a number, such as ms."))
@click.option("--accept", multiple=True, metavar="TEXT", help=N_("Another right answer of a typed card."))
@json_option
@click.pass_context
def add(
    context: click.Context, /, front: str | None, back: str | None, tags: str, as_json: bool, **facts: Any
) -> None:
    """Add a card of your own; what is not given is asked for, one line each."""
    from studybuddy.core.gaps import read_gaps
    from studybuddy.study.notes import Facts, NoteKind, check_gaps, read_tolerance

    tolerance = read_tolerance(facts["tolerance"])
    read = Facts(facts["kind"], tolerance, facts["unit"], facts["accept"])
    question = _line(front, _("Question:"))
    if read.kind == NoteKind.CLOZE:
        check_gaps(len(read_gaps(question)))
    answer = _line(back, _("Answer:")) if back is not None or not read_gaps(question) else ""
    with study(context, writer="studybuddy add") as opened:
        card = opened.own_cards.add(question, answer, (tags,), facts=read)
        cards = opened.own_cards.note(card).cards
    if as_json:
        print_json({"card": card, "cards": cards})
        return
    for made in cards:
        print_line(_("added: {card}", card=made))


def _line(given: str | None, prompt: str) -> str:
    """What was given, else a line of standard input."""
    if given is not None:
        return given
    print_line(prompt, err=True)
    return sys.stdin.readline()
