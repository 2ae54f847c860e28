from __future__ import annotations

import click

from studybuddy.cli.options import StudyCommand
from studybuddy.cli.output import json_option, print_json, print_line, study
from studybuddy.i18n import N_, _, ngettext, say
from studybuddy.study.rescheduling import Done, Moved, Preview
from studybuddy.study.rescheduling_words import preview_phrases
from studybuddy.study.wiring import Study


@click.command("reschedule", cls=StudyCommand)
@click.option("--dry-run", is_flag=True, help=N_("Say what would move, and move nothing."))
@json_option
@click.pass_context
def reschedule(context: click.Context, dry_run: bool, as_json: bool) -> None:
    """Move due days to where the memory model in force has them."""
    with study(context, writer=None if dry_run else "studybuddy reschedule") as opened:
        preview = opened.rescheduling.preview()
        done = not dry_run and move(opened, preview)
    if as_json:
        print_json(preview_json(preview, rescheduled=done))
    else:
        print_preview(preview, rescheduled=done)


def move(opened: Study, preview: Preview) -> bool:
    """Move what a preview shows; whether anything moved. No one else writes between: the lock is held."""
    return opened.rescheduling.confirm(preview).done is Done.MOVED


def preview_json(preview: Preview, *, rescheduled: bool) -> dict[str, object]:
    """The keys that `reschedule --json` promises, and `fit --preview --json`; minutes of each coming day."""
    return {
        "rescheduled": rescheduled,
        "day": preview.day.isoformat(),
        "cards": preview.looked,
        "moved": len(preview.moves),
        "sooner": _spans(preview.sooner),
        "later": _spans(preview.later),
        "become_due": preview.due_now,
        "no_longer_due": preview.not_now,
        "minutes_before": [round(minutes, 2) for minutes in preview.before],
        "minutes_after": [round(minutes, 2) for minutes in preview.after],
        "left_out": {"learning": preview.stepping, "suspended": preview.suspended},
    }


def _spans(moves: tuple[Moved, ...]) -> dict[str, int | None]:
    """How many cards, and the least and the most days."""
    return {
        "cards": len(moves),
        "least_days": abs(moves[-1].days) if moves else None,
        "most_days": abs(moves[0].days) if moves else None,
    }


def print_preview(preview: Preview, *, rescheduled: bool) -> None:
    """The same in sentences."""
    for phrase in preview_phrases(preview):
        print_line(say(phrase))
    if rescheduled:
        moved = ngettext(
            "{n} card was moved; `studybuddy undo` takes it back.",
            "{n} cards were moved; `studybuddy undo` takes it back.",
            len(preview.moves),
        )
        print_line(moved)
    elif preview.moves:
        print_line(_("Nothing was moved."))
