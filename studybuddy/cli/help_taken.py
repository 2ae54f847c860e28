"""`run --hint` and `run --give-up`: help that is counted."""

from __future__ import annotations

import click

from studybuddy.cli.output import print_json, print_line, study
from studybuddy.cli.writing import written
from studybuddy.i18n import _, ngettext
from studybuddy.study.paper import lay_out
from studybuddy.study.task import read_task

WIDTH = 78


def next_hint(context: click.Context, exercise: str, *, as_json: bool) -> int:
    """Show the next hint and count it; exit code 1 when there is none left."""
    with study(context) as opened:
        found = opened.library.exercise(opened.desk.catalogue.exercise(exercise))
        taken = opened.lab.hints.taken(found.id)
        hints = read_task(found).hints
        number = taken + 1
    if number > len(hints):
        if as_json:
            print_json({"exercise": found.id, "hint": None, "number": None, "of": len(hints), "left": 0})
        else:
            print_line(ngettext("the {n} hint is taken", "all {n} hints are taken", len(hints)))
        return 1
    counted = written(context, lambda writer: writer.lab.hints.take(found.id, number))
    text = lay_out(None, hints[number - 1], WIDTH)
    left = len(hints) - number
    if as_json:
        said = {"hint": text, "number": number, "of": len(hints), "left": left, "recorded": counted}
        print_json({"exercise": found.id, **said})
    else:
        print_line(_("Hint {number} of {count}", number=number, count=len(hints)))
        print_line(text)
    return 0


def give_up(context: click.Context, exercise: str, *, as_json: bool) -> int:
    """Show the reference, and remember that it was shown."""
    with study(context) as opened:
        found = opened.library.exercise(opened.desk.catalogue.exercise(exercise))
    recorded = written(context, lambda writer: writer.lab.reveal_reference(found.id))
    if as_json:
        print_json({"exercise": found.id, "source": found.reference, "recorded": recorded})
    else:
        print_line(found.reference.rstrip("\n"))
    return 0
