from __future__ import annotations

import click

from studybuddy.cli.options import StudyCommand
from studybuddy.cli.output import json_option, print_json, print_line, study
from studybuddy.core.card import CardMemory, CardState
from studybuddy.core.errors import StudybuddyError
from studybuddy.i18n import _
from studybuddy.memory.scheduler import due_text
from studybuddy.study.outcome_words import CARD_STATE_WORDS
from studybuddy.study.paper import one_line
from studybuddy.study.wiring import Study


@click.command("cards", cls=StudyCommand, context_settings={"ignore_unknown_options": True})
@click.argument("query", nargs=-1)
@json_option
@click.pass_context
def cards(context: click.Context, query: tuple[str, ...], as_json: bool) -> None:
    """Cards of all installed lessons; with words, those that hold them all."""
    with study(context) as opened:
        rows = [row for row in _rows(opened) if _holds(row, query)]
        if as_json:
            print_json({"cards": rows})
            return
        for row in rows:
            due = f" {row['due']}" if row["due"] else ""
            state = _(CARD_STATE_WORDS[CardState(str(row["state"]))])
            print_line(f"{row['id']}  [{state}{due}]  {row['question']}")


def _rows(opened: Study) -> list[dict[str, object]]:
    memories = opened.desk.store.queue.memories()
    rows: list[dict[str, object]] = []
    for identifier in opened.card_ids():
        try:
            kind, question = opened.question(identifier)
        except StudybuddyError:
            continue  # a lesson with an error is reported by `lessons` and `doctor`
        memory = memories.get(identifier) or CardMemory(identifier, CardState.UNSEEN)
        rows.append(
            {
                "id": identifier,
                "kind": kind.value,
                "question": one_line(question),
                "state": memory.state.value,
                "due": due_text(memory) or None,
                "stability": memory.stability,
                "difficulty": memory.difficulty,
                "reps": memory.reps,
                "lapses": memory.lapses,
                **_again(opened, identifier),
            }
        )
    return rows


def _again(opened: Study, identifier: str) -> dict[str, str]:
    """Which exercise a code card asks again, and which one line of it; nothing for any other card."""
    card = opened.desk.catalogue.code_cards.get(identifier)
    return {"exercise": card.exercise, "blank": card.blank} if card is not None else {}


def _holds(row: dict[str, object], query: tuple[str, ...]) -> bool:
    text = f"{row['id']} {row['question']} {row['state']} {row['kind']}".casefold()
    return all(word.casefold() in text for word in query)
