from __future__ import annotations

from typing import TYPE_CHECKING

import click

from studybuddy.cli.options import StudyCommand
from studybuddy.cli.output import json_option, print_json, print_line, study
from studybuddy.i18n import N_, _, ngettext, say

if TYPE_CHECKING:
    from studybuddy.core.phrase import Phrase
    from studybuddy.study.comeback import Comeback
    from studybuddy.study.day import DayPlan

BOXES = {"none": "[ ]", "partial": "[~]", "auto": "[x]", "manual": "[+]", "unticked": "[ ]"}


@click.command("today", cls=StudyCommand)
@json_option
@click.pass_context
def today(context: click.Context, as_json: bool) -> None:
    """The day's plan."""
    with study(context) as opened:
        plan = opened.day.plan()
        if notes := opened.desk.notes():
            print_line(_first_of(notes), err=True)
        if as_json:
            print_json(_as_json(plan))
        else:
            _print(plan, opened.desk.repair.summary())


def _first_of(notes: list[Phrase]) -> str:
    """What in the settings cannot be used, in one line."""
    if len(notes) == 1:
        return say(notes[0])
    words = N_("{n} things in the settings cannot be used, `studybuddy settings` shows them: {first}")
    return _(words, n=len(notes), first=say(notes[0]))


def _as_json(plan: DayPlan) -> dict[str, object]:
    lesson = plan.lesson
    return {
        "date": plan.date.isoformat(),
        "lesson": lesson.code if lesson else None,
        "title": lesson.title if lesson else None,
        "complete": lesson.complete if lesson else None,
        "sections": [
            {"id": s.id, "kind": s.kind, "title": s.title, "done": s.done, "detail": say(s.detail)}
            for s in (lesson.sections if lesson else ())
        ],
        "checklist": [
            {
                "id": item.status.id,
                "label": item.label,
                "state": item.status.state.value,
                "by": item.status.by.value,
                "evidence": say(item.status.evidence),
                "reason": item.status.reason,
                "at": item.status.when,
                "fading": item.status.fading,
            }
            for item in (lesson.checklist if lesson else ())
        ],
        "due": plan.counts.due,
        "waiting": plan.counts.waiting,
        "new": plan.counts.new,
        "minutes": plan.minutes,
        "review_minutes": plan.review_minutes,
        "minutes_a_day": plan.minutes_a_day,
        "comeback": _comeback(plan.comeback),
        "streak": plan.streak,
        "errors": list(lesson.errors) if lesson else [],
    }


def _comeback(found: Comeback | None) -> dict[str, object] | None:
    if found is None:
        return None
    spread = found.spread
    return {
        "missed": found.absence.missed,
        "waiting": found.waiting,
        "at_once": found.minutes,
        "minutes": spread.minutes,
        "cards": spread.cards,
        "days": spread.days,
        "through": None if spread.through is None else spread.through.isoformat(),
        "forgotten": spread.forgotten,
    }


def _print(plan: DayPlan, repair: list[Phrase]) -> None:
    streak = ngettext("{n}-day streak", "{n}-day streak", plan.streak)
    print_line(" · ".join(filter(None, (plan.date.isoformat(), streak, say(plan.time)))))
    counts = plan.counts
    waiting = _("{due} due, {new} new", due=counts.due, new=counts.new)
    if counts.waiting:
        total = counts.due + counts.waiting
        waiting = _("{due} of {total} due, {new} new", due=counts.due, total=total, new=counts.new)
    print_line(
        _("{label}: {text}", label=_("Review"), text=waiting) + " · " + _("~{n} min", n=plan.review_minutes)
    )
    if plan.comeback is not None:
        from studybuddy.study.limit_words import comeback_lines

        for line in comeback_lines(plan.comeback, plan.date):
            print_line(line)
    for phrase in repair:
        print_line(say(phrase))
    if plan.lesson is None:
        print_line(_("No lesson is installed."))
        return
    print_line()
    print_line(f"{plan.lesson.code} {plan.lesson.title}")
    for number, section in enumerate(plan.lesson.sections, 1):
        label = f"  {'✓' if section.done else '·'} {number} {section.title}"
        print_line(_("{label}: {text}", label=label, text=say(section.detail)))
    print_line()
    for item in plan.lesson.checklist:
        label = f"  {BOXES[item.status.state]} {item.label}"
        line = _("{label}: {text}", label=label, text=item.text)
        status = item.status
        told = (say(status.evidence), status.reason, status.when, _("fading") if status.fading else "")
        notes = [note for note in told if note]
        print_line(line + (f" ({'; '.join(notes)})" if notes else ""))
    for error in plan.lesson.errors:
        print_line(error, err=True)
