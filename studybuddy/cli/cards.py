from __future__ import annotations

import click

from studybuddy.cli.card_deeds import change, change_options, wishes
from studybuddy.cli.options import StudyCommand
from studybuddy.cli.output import json_option, print_json, print_line, study
from studybuddy.core.card import CardState
from studybuddy.i18n import N_, _
from studybuddy.memory.scheduler import due_text
from studybuddy.study.browser import CardLine
from studybuddy.study.outcome_words import CARD_STATE_WORDS
from studybuddy.study.wiring import Study


@click.command("cards", cls=StudyCommand, context_settings={"ignore_unknown_options": True})
@click.argument("query", nargs=-1)
@click.option(
    "--why", is_flag=True, help=N_("Why the card of this id is asked now, and its curve of forgetting.")
)
@change_options
@json_option
@click.pass_context
def cards(
    context: click.Context, /, query: tuple[str, ...], why: bool, as_json: bool, **options: str | bool | None
) -> None:
    """Cards of all installed lessons; with a query, those it asks for. Or do something to these."""
    if wanted := wishes(options):
        with study(context, writer="studybuddy cards") as opened:
            _tell_of_errors(opened)
            change(opened, " ".join(query), wanted, as_json=as_json)
        return
    with study(context) as opened:
        _tell_of_errors(opened)
        if why:
            from studybuddy.cli.why import explain

            explain(opened, " ".join(query), as_json=as_json)
            return
        found = opened.browser.find(" ".join(query))
        rows = [_row(opened, line) for line in opened.browser.lines(found)]
        if as_json:
            print_json({"cards": rows})
            return
        for row in rows:
            print_line(f"{row['id']}  [{_standing(row)}]  {row['question']}")


def _standing(row: dict[str, object]) -> str:
    """State and due day of a card, and what was set on it."""
    state = _(CARD_STATE_WORDS[CardState(str(row["state"]))])
    due = f" {row['due']}" if row["due"] else ""
    marks = [*([_("suspended")] if row["suspended"] else []), *([_("flagged")] if row["flagged"] else [])]
    return " · ".join([f"{state}{due}", *marks])


def _tell_of_errors(opened: Study) -> None:
    """Say of each lesson with an error the first one; its cards that can be read are there all the same."""
    catalogue = opened.desk.catalogue
    errors = [found[0] for found in (catalogue.errors, *(one.errors for one in catalogue.lessons)) if found]
    if errors:
        from studybuddy.study.lesson_errors import worded

        for error in errors:
            print_line(worded(error), err=True)


def _row(opened: Study, line: CardLine) -> dict[str, object]:
    memory = line.memory
    return {
        "id": memory.id,
        "kind": line.row.kind,
        "question": line.question,
        "state": memory.state.value,
        "due": due_text(memory) or None,
        "stability": memory.stability,
        "difficulty": memory.difficulty,
        "reps": memory.reps,
        "lapses": memory.lapses,
        "leech": line.leech,
        "suspended": line.row.suspended,
        "flagged": line.row.flagged,
        "tags": list(line.row.tags),
        **_concept(opened, memory.id),
        **_again(opened, memory.id),
    }


def _concept(opened: Study, identifier: str) -> dict[str, str | None]:
    """What a card is about, by id and in words; null for a card that belongs to no concept."""
    concepts = opened.desk.concepts
    concept = concepts.of(identifier)
    title = concepts.title(concept, opened.desk.language)
    return {"concept": concept or None, "concept_title": title or None}


def _again(opened: Study, identifier: str) -> dict[str, str]:
    """Which exercise a code card asks again, and which one line of it; nothing for any other card."""
    card = opened.desk.catalogue.code_cards.get(identifier)
    return {"exercise": card.exercise, "blank": card.blank} if card is not None else {}
