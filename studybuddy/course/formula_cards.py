"""Cards that ask a step of a derivation again: their answers are checked, not compared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studybuddy.core.card_content import CardKind
from studybuddy.core.phrase import Phrase
from studybuddy.course.asked_steps import DRILL
from studybuddy.course.derivation_facts import SHAPES
from studybuddy.course.report import shorten
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.core.derivation import AskedStep
    from studybuddy.course.asked_steps import AskedSteps
    from studybuddy.course.table import Table

_OF_DRILLS = ("section", "checklist")
"""Keys that mean nothing on a card about a drill: it comes when the drill is solved."""


@dataclass(frozen=True, slots=True)
class FormulaCard:
    """What the keys `derivation` and `form` of a card lead to."""

    step: str
    """Full id."""
    asked: AskedStep | None
    section: str = ""
    """Full id of the section that the card belongs to; empty where the card says so itself."""


def read_formula_card(row: Table, steps: AskedSteps | None) -> FormulaCard:
    """The step that a card asks; says where there is none. `steps` is None where they could not be read."""
    name, form = row.text("derivation"), row.text("form", "")
    if row.value("kind") != CardKind.FORMULA:
        row.error("card-derivation", N_("a card with `derivation` is of the kind formula"), "kind")
    if form not in SHAPES:
        words = N_("`form` is {form!r}; it must be indexed, matrix or product")
        row.error("unknown-word", Phrase.of(words, form=shorten(form)), "form")
        form = ""
    drill = name.startswith(DRILL)
    for key in _OF_DRILLS if drill else ():
        if row.value(key) is not None:
            row.error("card-derivation", Phrase.of(N_("a card about a drill takes no `{key}`"), key=key), key)
    if steps is None or not name:
        return FormulaCard("", None)
    step, asked = steps.full_id(name), None
    try:
        asked = steps.find(step)
        if asked is None:
            words = N_("the step {name!r} declares no goal: nothing can check this card")
            row.error("card-derivation", Phrase.of(words, name=shorten(name)), "derivation")
    except KeyError:
        words = N_("there is no derivation step {name!r}")
        row.error("unknown-id", Phrase.of(words, name=shorten(name)), "derivation")
    if asked is not None and form:
        asked = replace(asked, goal=replace(asked.goal, shape=form))
    return FormulaCard(step, asked, steps.section if drill else "")
