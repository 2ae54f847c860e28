"""The figures that need a look at every review and every card."""

from __future__ import annotations

from dataclasses import dataclass

from studybuddy.study.statistics.ahead import Joined, joined
from studybuddy.study.statistics.buttons import Buttons, buttons
from studybuddy.study.statistics.hours import Hour, hours
from studybuddy.study.statistics.kinds import KindTime, kinds
from studybuddy.study.statistics.known import Known, known
from studybuddy.study.statistics.material import Material
from studybuddy.study.statistics.retention import Retention, retention
from studybuddy.study.statistics.standing import CardCounts, count_cards, learnt
from studybuddy.study.statistics.weakness import ConceptFigures, weakest


@dataclass(frozen=True, slots=True)
class Figures:
    """What reviews and cards add up to."""

    reviews: int
    """Graded answers, those of interviews included."""
    cards: CardCounts
    retention: dict[str, Retention]
    buttons: dict[str, Buttons]
    hours: tuple[Hour, ...]
    kinds: tuple[KindTime, ...]
    known: Known
    concepts: tuple[ConceptFigures, ...]
    joined: tuple[Joined, ...]


def figures(material: Material) -> Figures:
    """All of them. Takes a second for a million reviews; any thread may do it."""
    columns, today = material.columns, material.today.toordinal()
    cards = learnt(material.cards, material.parameters, today)
    return Figures(
        reviews=len(columns),
        cards=count_cards(material.cards),
        retention=retention(columns, today),
        buttons=buttons(columns),
        hours=hours(columns),
        kinds=kinds(columns, material.kinds),
        known=known(cards),
        concepts=weakest(columns, cards, lambda card: material.concepts.get(card, ""), today),
        joined=joined(material.added, material.days, material.today),
    )
