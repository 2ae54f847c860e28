"""cards.toml: the review cards of a lesson, in the order in which they should be learnt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studybuddy.core.card_content import CardContent, CardKind
from studybuddy.core.gaps import MOST_GAPS, read_gaps
from studybuddy.core.lesson import SectionKind
from studybuddy.core.phrase import Phrase
from studybuddy.course.answer_checks import check_answers
from studybuddy.course.checked_code import read_checked_code
from studybuddy.course.code_cards import CodeFaces, read_code_card
from studybuddy.course.formula_cards import FormulaCard, read_formula_card
from studybuddy.course.ids import read_id
from studybuddy.course.markdown import read_markdown
from studybuddy.course.report import shorten
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.course.asked_steps import AskedSteps
    from studybuddy.course.code_cards import Exercises
    from studybuddy.course.table import Table


def read_cards(
    table: Table,
    lesson: str,
    language: str,
    checklist: frozenset[str] | None,
    exercises: Exercises,
    steps: AskedSteps | None = None,
) -> tuple[CardContent, ...]:
    """The cards of a lesson, in their order.

    Args:
        table: the file.
        lesson: id of the lesson.
        language: of the words.
        checklist: full ids of the lesson's items, None where they are not known.
        exercises: the lesson's exercises by full id, None for one that could not be read.
        steps: the derivation steps that cards may ask, None where they are not known.
    """
    cards = []
    taken: set[str] = set()
    for row in table.tables("card"):
        code = read_code_card(row, lesson, exercises) if "exercise" in row.names else None
        formula = read_formula_card(row, steps) if "derivation" in row.names else None
        card = _read_card(row, lesson, language, taken, code, formula)
        if card is None:
            continue
        if checklist is not None and card.checklist and card.checklist not in checklist:
            name = shorten(card.checklist.removeprefix(f"{lesson}/"))
            row.error(
                "unknown-id",
                Phrase.of(N_("lesson.toml has no checklist item {name!r}"), name=name),
                "checklist",
            )
        cards += _siblings(card)
    table.close()
    return tuple(cards)


def _read_card(
    row: Table,
    lesson: str,
    language: str,
    taken: set[str],
    code: CodeFaces | None,
    formula: FormulaCard | None,
) -> CardContent | None:
    word = read_id(row, taken)
    note = row.text("note", "")
    kind = row.choice("kind", tuple(CardKind))
    placed = code or (formula and formula.section)
    section = "" if placed else row.choice("section", tuple(SectionKind))
    item = "" if code else row.text("checklist", "")
    front, back = _read_sides(row, language, kind, answered=code is not None)
    card = CardContent(
        id=f"{lesson}/card/{word}",
        kind=CardKind(kind or CardKind.BASIC),
        front=code.front(front) if code else front,
        back=code.back(back) if code else back,
        section=_section(lesson, section, code, formula),
        concept=row.text("concept", ""),
        accept=() if code else row.texts("accept"),
        tolerance=0.0 if code else row.number("tolerance", 0.0),
        checklist=f"{lesson}/{item}" if item else "",
        tags=row.texts("tags"),
        exercise=code.exercise if code else "",
        blank=code.blank if code else "",
        note=f"{lesson}/card/{note}" if note else "",
        absolute=row.number("absolute", 0.0),
        unit=row.text("unit", ""),
        case=row.flag("case"),
        derivation=formula.step if formula else "",
        asked=formula.asked if formula else None,
    )
    card = read_checked_code(row, card)
    check_answers(row, card)
    row.close()
    return card if word else None


def _section(lesson: str, own: str, code: CodeFaces | None, formula: FormulaCard | None) -> str:
    """Full id of the section of a card: as it says, or that of what it asks."""
    if code is not None:
        return code.section
    return (formula.section if formula else "") or (f"{lesson}/{own}" if own else "")


def _siblings(card: CardContent) -> list[CardContent]:
    """The card itself, or one for each of several gaps: `dw~1`, `dw~2`."""
    gaps = len(read_gaps(card.front)[:MOST_GAPS]) if card.kind is CardKind.CLOZE else 0
    if gaps < 2:
        return [card]
    note = card.note or card.id
    return [replace(card, id=f"{card.id}~{gap}", gap=gap, note=note) for gap in range(1, gaps + 1)]


def _read_sides(row: Table, language: str, kind: str, *, answered: bool) -> tuple[str, str]:
    """Front and back; the back may be empty where the gap of a cloze or a program is the answer."""
    found = row.language(language)
    sides = row.table(found) if found else None
    for other in ("zh", "en"):
        if other != found:
            row.value(other)
    if sides is None:
        return "", ""
    front = sides.text("front")
    back = sides.text("back", "" if kind == CardKind.CLOZE or answered else None)
    if kind == CardKind.CLOZE and front:
        gaps = len(read_gaps(front))
        if not gaps:
            sides.error("cloze-gap", N_("a cloze card marks its gap as {{...}} in `front`"), "front")
        elif gaps > MOST_GAPS:
            sides.error(
                "cloze-gap", Phrase.of(N_("a cloze card has at most {limit} gaps"), limit=MOST_GAPS), "front"
            )
    for key, text in (("front", front), ("back", back)):
        read_markdown(text, lambda code, message, key=key: sides.warning(code, message, key))  # type: ignore[misc]
    sides.close()
    return front, back
