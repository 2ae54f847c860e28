"""Cards that ask a line of array code: the line is worth what it computes, however it is written."""

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
    """A card with what its `tensors` and `definitions` lead to: its first answer is the goal."""
    if "tensors" not in row.names:
        return card
    quantities = read_quantities(row)
    if card.kind is not CardKind.CODE or card.exercise:
        row.error("card-answer", N_("`tensors` is for cards of the kind code without an exercise"), "tensors")
        return card
    if not card.accept:
        row.error("card-answer", N_("a card with `tensors` names its answer in `accept`"), "tensors")
        return card
    if quantities is None:
        return card
    answer = card.accept[0]
    return replace(card, asked=AskedStep(quantities, StepGoal(answer), answer))
