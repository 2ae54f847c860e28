"""Cards that declare their tensors: a line of array code or a formula is worth what it computes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studybuddy.core.card_content import CardContent, CardKind
from studybuddy.core.derivation import AskedStep, StepGoal
from studybuddy.course.derivation_facts import read_quantities
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.course.table import Table


def read_checked_code(row: Table, card: CardContent) -> CardContent:
    """A card with what its `tensors` and `definitions` lead to: its `goal`, or else its first answer."""
    if "tensors" not in row.names:
        return card
    quantities, goal = read_quantities(row), row.text("goal", "")
    if card.kind not in (CardKind.CODE, CardKind.FORMULA) or card.exercise or card.derivation:
        words = N_("`tensors` is for cards of the kind code or formula without an exercise or a derivation")
        row.error("card-answer", words, "tensors")
        return card
    if not card.accept:
        row.error("card-answer", N_("a card with `tensors` names its answer in `accept`"), "tensors")
        return card
    if quantities is None:
        return card
    answer = card.accept[0]
    return replace(card, asked=AskedStep(quantities, StepGoal(goal or answer), answer))
