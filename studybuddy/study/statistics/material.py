"""What the figures are made of, gathered from the store a piece at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from studybuddy.core.card_content import CardKind
from studybuddy.store.card_figures import CardFigures, Standing
from studybuddy.store.days import DayTotals
from studybuddy.study.desk import OWN, Desk
from studybuddy.study.parameters import parameters_in_force
from studybuddy.study.review_table import PIECE, Columns, ReviewTable
from studybuddy.study.statistics.ahead import JOINED_DAYS

INTERVIEW = "interview"
"""What stands for the kind of an interview question."""
GONE = "gone"
"""What stands for the kind of a card whose text is no longer in the course."""


@dataclass(frozen=True)
class Material:
    """Everything that figures are computed from; it needs no store any more.

    `kinds`: of each of `columns.names`; `concepts`: of each card that has one; `cards`: whose text is there.
    """

    today: date
    columns: Columns
    kinds: Sequence[str]
    concepts: Mapping[str, str]
    cards: Sequence[Standing]
    parameters: tuple[float, ...]
    days: Sequence[DayTotals]
    added: Mapping[str, int]


def gather(desk: Desk, table: ReviewTable, piece: int = PIECE) -> Iterator[float | Material]:
    """Yields the share that is done after each piece, the material last. Use it on the store's thread.

    Args:
        desk: whose figures.
        table: reviews that were read already are not read again.
        piece: how many rows are read at once.
    """
    figures = desk.store.figures
    days = desk.store.days.all()
    reviews = sum(day.reviews + day.interviews for day in days)
    while not table.read_on(piece):
        yield min(0.99, len(table) / max(1, reviews))
    cards: list[Standing] = []
    asked = desk.catalogue.card_ids
    for some in figures.pieces(piece):
        cards += [card for card in some if card.card.startswith(OWN) or card.card in asked]
        yield 0.99
    today = desk.day()
    columns = table.columns()
    kind_of = _Kinds(desk, figures)
    names = set(columns.names) | {card.card for card in cards}
    first = today - timedelta(days=JOINED_DAYS - 1)
    yield Material(
        today=today,
        columns=columns,
        kinds=[kind_of.kind(name) for name in columns.names],
        concepts={name: concept for name in names if (concept := desk.concepts.of(name))},
        cards=cards,
        parameters=parameters_in_force(desk.store.log)[1],
        days=days,
        added=figures.added(_before(first, desk.now()), first.isoformat()),
    )


def _before(day: date, now: datetime) -> int:
    """An instant before a study day wherever one is, in milliseconds since 1970."""
    return round((now - timedelta(days=(now.date() - day).days + 3)).timestamp() * 1000)


class _Kinds:
    """Tells the kind of a card by its id."""

    def __init__(self, desk: Desk, figures: CardFigures) -> None:
        lessons = desk.catalogue.lessons
        self._known = {card.id: card.kind for lesson in lessons for card in lesson.cards}
        self._known |= dict.fromkeys(desk.catalogue.code_cards, CardKind.CODE.value)
        self._known |= {question: INTERVIEW for lesson in lessons for question in lesson.questions}
        self._known |= figures.own_kinds()

    def kind(self, card: str) -> str:
        """The kind; of a card made of a note, that of the note."""
        return self._known.get(card) or self._known.get(card.split("~", 1)[0], GONE)
