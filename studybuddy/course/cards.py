"""cards.toml: the review cards of a lesson, in the order in which they should be learnt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studybuddy.core.card_content import CardContent, CardKind
from studybuddy.core.lesson import SectionKind
from studybuddy.course.facts import read_id
from studybuddy.course.markdown import read_markdown
from studybuddy.course.report import shorten

if TYPE_CHECKING:
    from studybuddy.course.table import Table

_GAP = re.compile(r"\{\{.+?\}\}", re.DOTALL)


def read_cards(
    table: Table, lesson: str, language: str, checklist: frozenset[str] | None
) -> tuple[CardContent, ...]:
    """The cards of the lesson with the id `lesson`; `checklist` holds the full ids of its items, if known."""
    cards = []
    taken: set[str] = set()
    for row in table.tables("card"):
        card = _read_card(row, lesson, language, taken)
        if card is None:
            continue
        if checklist is not None and card.checklist and card.checklist not in checklist:
            name = shorten(card.checklist.removeprefix(f"{lesson}/"))
            row.error("unknown-id", f"lesson.toml has no checklist item {name!r}", "checklist")
        cards.append(card)
    table.close()
    return tuple(cards)


def _read_card(row: Table, lesson: str, language: str, taken: set[str]) -> CardContent | None:
    word = read_id(row, taken)
    kind = row.choice("kind", tuple(CardKind))
    section = row.choice("section", tuple(SectionKind))
    item = row.text("checklist", "")
    front, back = _read_sides(row, language, kind)
    card = CardContent(
        id=f"{lesson}/card/{word}",
        kind=CardKind(kind or CardKind.BASIC),
        front=front,
        back=back,
        section=f"{lesson}/{section}" if section else "",
        concept=row.text("concept", ""),
        accept=row.texts("accept"),
        tolerance=row.number("tolerance", 0.0),
        checklist=f"{lesson}/{item}" if item else "",
        tags=row.texts("tags"),
    )
    row.close()
    return card if word else None


def _read_sides(row: Table, language: str, kind: str) -> tuple[str, str]:
    found = row.language(language)
    sides = row.table(found) if found else None
    for other in ("zh", "en"):
        if other != found:
            row.value(other)
    if sides is None:
        return "", ""
    front = sides.text("front")
    back = sides.text("back", "" if kind == CardKind.CLOZE else None)
    if kind == CardKind.CLOZE and front and not _GAP.search(front):
        sides.error("cloze-gap", "a cloze card marks its gap as {{...}} in `front`", "front")
    for key, text in (("front", front), ("back", back)):
        read_markdown(text, lambda code, message, key=key: sides.warning(code, message, key))  # type: ignore[misc]
    sides.close()
    return front, back
