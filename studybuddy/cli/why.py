"""`cards CARD --why`: why a card is asked now, in words, as a picture and as JSON."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from studybuddy.cli.output import print_json, print_line
from studybuddy.core.errors import UnknownIdError
from studybuddy.i18n import _, say
from studybuddy.memory.scheduler import due_text
from studybuddy.study.outcome_words import RATING_WORDS
from studybuddy.study.page import Page, plain
from studybuddy.study.recall_plot import GUTTER, plot_lines
from studybuddy.study.spans import interval_phrase
from studybuddy.study.why import Why, why
from studybuddy.study.why_words import reason_words, why_rows
from studybuddy.text import cell_width, pad

if TYPE_CHECKING:
    from studybuddy.memory.curve import RecallCurve
    from studybuddy.study.wiring import Study

WIDTH, HEIGHT = 76, 12


def explain(opened: Study, wanted: str, *, as_json: bool) -> None:
    """Say why a card is asked.

    Raises:
        UnknownIdError: there is no such card, nor was there ever.
    """
    found = why(opened, _card(opened, wanted))
    if as_json:
        print_json(why_json(found))
        return
    print_line(found.question)
    print_line(reason_words(found))
    rows = why_rows(found)
    widest = max(cell_width(row.label) for row in rows)
    for row in rows:
        print_line(f"{pad(row.label, widest)}  {row.text}")
    if found.curve is not None:
        ascii_only = opened.desk.preferences["glyphs"] == "plain"
        dues = {} if found.curve.planned else found.dues
        retention = found.preset.desired_retention
        lines = plot_lines(found.curve, retention, dues, WIDTH, HEIGHT, ascii_only=ascii_only)
        print_line("\n" + plain(Page(tuple(lines), ())))
    buttons = [
        f"{int(rating)} {_(RATING_WORDS[rating])} {say(interval_phrase(outcome, found.now))}"
        for rating, outcome in found.outcomes.items()
    ]
    if buttons:
        print_line(" " * GUTTER + "   ".join(buttons))


def _card(opened: Study, wanted: str) -> str:
    """The id of a card; one that the course no longer has is known as long as something was learnt of it."""
    try:
        return opened.card_id(wanted)
    except UnknownIdError:
        if opened.desk.store.queue.memory(wanted) is None:
            raise
        return wanted


def why_json(found: Why) -> dict[str, object]:
    """All of it, for a program."""
    memory = found.memory
    last = found.answers[-1] if found.answers else None
    return {
        "card": memory.id,
        "question": found.question,
        "cause": found.cause.value,
        "reason": reason_words(found),
        "state": memory.state.value,
        "due": due_text(memory) or None,
        "recall": found.recall,
        "desired_retention": found.preset.desired_retention,
        "stability": memory.stability,
        "difficulty": memory.difficulty,
        "reps": memory.reps,
        "lapses": memory.lapses,
        "leech": found.leech,
        "last": last
        and {
            "rating": last.rating.name.lower(),
            "day": last.event.day.isoformat(),
            "interval_days": last.interval_days,
            "desired_retention": last.desired_retention,
        },
        "concept": found.concept or None,
        "prerequisites": list(found.prerequisites),
        "preset": found.preset.name,
        "fitted_on": found.fitted_on and found.fitted_on.isoformat(),
        "outcomes": {
            rating.name.lower(): {"due": due_text(outcome.memory), "interval_days": outcome.interval_days}
            for rating, outcome in found.outcomes.items()
        },
        "curve": found.curve and _curve_json(found.curve),
    }


def _curve_json(curve: RecallCurve) -> dict[str, object]:
    """The stretches between reviews; within one, recall falls from 1 to `recall` as FSRS-6 says."""
    return {
        "planned": curve.planned,
        "today": _day(curve.today),
        "stretches": [
            {
                "start": _day(stretch.start),
                "end": _day(stretch.end),
                "stability": stretch.stability,
                "recall": curve.model.retrievability(stretch.stability, stretch.end - stretch.start),
            }
            for stretch in curve.stretches
        ],
        "marks": [{"day": _day(mark.day), "recalled": mark.kept} for mark in curve.marks],
    }


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()
