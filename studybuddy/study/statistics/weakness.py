"""The concepts that are forgotten most."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from studybuddy.study.review_table import Columns
from studybuddy.study.statistics.known import Learnt

RECENT_DAYS = 90
"""Only reviews of so many days tell how a concept stands: what was weak a year ago may be strong."""
TRUST = 5
"""A concept's own share counts fully against so many reviews of the learner's share of all."""


class ConceptFigures(NamedTuple):
    """How a concept stands: cards learnt, mean chance to recall one today, recent reviews, how many recalled.

    `strength`: share of recent reviews recalled, drawn to the share over all concepts where they are few.
    """

    concept: str
    cards: int
    chance: float
    tested: int
    recalled: int
    strength: float

    @property
    def rate(self) -> float | None:
        """Share of the recent reviews that was recalled, None without any."""
        return self.recalled / self.tested if self.tested else None


def weakest(
    columns: Columns, learnt: Learnt, concept_of: Callable[[str], str], today: int
) -> tuple[ConceptFigures, ...]:
    """Every concept with a card that was learnt, the weakest first."""
    chances: dict[str, list[float]] = {}
    for name, chance in zip(learnt.names, learnt.chance.tolist(), strict=True):
        if concept := concept_of(name):
            chances.setdefault(concept, []).append(chance)
    reviews = _recent(columns, concept_of, today)
    tested, recalled = (sum(pair[n] for pair in reviews.values()) for n in (0, 1))
    share = recalled / tested if tested else 1.0
    found = []
    for concept, own in chances.items():
        seen, right = reviews.get(concept, (0, 0))
        strength = (right + TRUST * share) / (seen + TRUST)
        found.append(ConceptFigures(concept, len(own), sum(own) / len(own), seen, right, strength))
    return tuple(sorted(found, key=lambda figures: (figures.strength, figures.chance, figures.concept)))


def _recent(columns: Columns, concept_of: Callable[[str], str], today: int) -> dict[str, tuple[int, int]]:
    """Recent reviews of each concept that tell what was kept, and how many were recalled."""
    import numpy as np

    recent = columns.tested & (columns.day > today - RECENT_DAYS)
    tested = np.bincount(columns.card[recent], minlength=len(columns.names))
    recalled = np.bincount(columns.card[recent & (columns.rating > 1)], minlength=len(columns.names))
    found: dict[str, tuple[int, int]] = {}
    for number in np.flatnonzero(tested).tolist():
        if concept := concept_of(columns.names[number]):
            seen, right = found.get(concept, (0, 0))
            found[concept] = seen + int(tested[number]), right + int(recalled[number])
    return found
