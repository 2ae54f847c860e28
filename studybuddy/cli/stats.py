from __future__ import annotations

import click

from studybuddy.cli.options import StudyCommand
from studybuddy.cli.output import json_option, print_json, print_line, study
from studybuddy.i18n import N_, _, ngettext


@click.command("stats", cls=StudyCommand)
@click.option("--workload", is_flag=True, help=N_("Also what other desired retentions would cost in a year."))
@json_option
@click.pass_context
def stats(context: click.Context, workload: bool, as_json: bool) -> None:
    """The figures of your studies."""
    from studybuddy.cli.stats_json import Everything, stats_json
    from studybuddy.cli.stats_text import print_stats

    with study(context) as opened:
        foresight = opened.statistics.foresight()
        found = Everything(
            glance=opened.statistics.glance(),
            figures=opened.statistics.figures(),
            calibration=foresight.calibration(),
            mean=foresight.mean_recall(),
            year=foresight.year(),
            workload=foresight.workload() if workload or as_json else (),
        )
        desk, leeches = opened.desk, len(opened.leeches.cards())
        ticks = opened.checklist.tally()
    if as_json:
        said = stats_json(found, lambda concept: desk.concepts.title(concept, desk.language))
        print_json(said | {"leeches": leeches, "ticks": ticks._asdict()})
    else:
        print_stats(found, lambda concept: desk.concepts.title(concept, desk.language))
        print_line(
            _(
                "checklists: {evidence} of {total} items ticked by evidence, {hand} by hand",
                evidence=ticks.evidence,
                total=ticks.total,
                hand=ticks.hand,
            )
        )
        if leeches:
            print_line(
                ngettext(
                    "{n} card is forgotten again and again: `studybuddy cards is:leech`",
                    "{n} cards are forgotten again and again: `studybuddy cards is:leech`",
                    leeches,
                )
            )
