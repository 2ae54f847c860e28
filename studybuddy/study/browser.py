"""Looking for cards, and acting on many at once. Whatever is done to a group is one thing to take back."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from studybuddy.core.block import Blocks
from studybuddy.core.card import CardMemory, CardState
from studybuddy.core.errors import StudybuddyError
from studybuddy.core.event import EventKind
from studybuddy.core.query_parser import parse_query
from studybuddy.store.card_search import CardRow
from studybuddy.store.card_search import Order as Order
from studybuddy.study.card_finder import CardFinder
from studybuddy.study.desk import Desk
from studybuddy.study.faces import CardFace, face
from studybuddy.study.leeches import Leeches, with_leeches
from studybuddy.study.library import Library
from studybuddy.study.own_cards import OwnCards
from studybuddy.study.query_names import named

MOST_QUESTIONS = 4096
"""Questions of cards that are kept as one line each."""
_MARKED = frozenset("$*_`[\\#>|{}~<&!\n\r\t")
"""A question without these is plain text and needs no reader."""


class Change(StrEnum):
    """What is done to cards: the column of the event."""

    SUSPEND = "suspended"
    BURY = "buried"
    FLAG = "flag"


class Changed(NamedTuple):
    """What was done: to how many cards, whether it was set or lifted, and how many had not been begun."""

    cards: int
    on: bool
    unseen: int = 0


class CardLine(NamedTuple):
    """A card in the list. `question` is in the language in use, on one line."""

    row: CardRow
    question: str
    leech: bool = False
    """Whether it keeps being forgotten."""

    @property
    def memory(self) -> CardMemory:
        """What is remembered of it."""
        return self.row.memory


class Browser:
    """Finds cards and changes their states."""

    def __init__(self, desk: Desk, library: Library, own: OwnCards) -> None:
        self._desk = desk
        self._library = library
        self._finder = CardFinder(desk, library, own)
        self._leeches = Leeches(desk)
        self._questions: dict[tuple[str, str], str] = {}
        self._questions_of = ""

    def find(self, text: str, order: Order = Order.COURSE) -> list[str]:
        """The ids of the cards that a query asks for, all of them for an empty one.

        Raises:
            QueryError: it cannot be read, or names a lesson or concept that there is not; says where.
        """
        query = named(parse_query(text), self._finder.named, self._desk.concepts)
        query = with_leeches(query, self._leeches.cards)
        return self._finder.find(query, order)

    def rows(self, cards: list[str]) -> list[CardRow]:
        """Some cards as they stand, in the order given, without their questions; unknown ones left out."""
        return self._finder.rows(cards)

    def lines(self, cards: Sequence[str]) -> list[CardLine]:
        """Some cards as they stand. One whose lesson cannot be read is left out."""
        rows = self._finder.rows(list(cards))
        if self._questions_of != self._finder.made_from or len(self._questions) > MOST_QUESTIONS:
            self._questions.clear()
            self._questions_of = self._finder.made_from
        lines = []
        for row in rows:
            try:
                leech = self._leeches.marked(row.memory)
                lines.append(CardLine(row, self._question(row.card), leech))
            except StudybuddyError:
                continue  # a lesson with an error is reported by `lessons` and `doctor`
        return lines

    def _question(self, card: str) -> str:
        key = (card, self._desk.language)
        if key not in self._questions:
            content = self._library.card(card)
            if content is not None and not _MARKED.intersection(content.front):
                self._questions[key] = " ".join(content.front.split())
            else:
                from studybuddy.study.paper import one_line

                self._questions[key] = one_line(face(self._library, card).words)
        return self._questions[key]

    def faces(self, card: str) -> CardFace:
        """Both sides of a card in the language in use."""
        return face(self._library, card)

    def question_of(self, card: str) -> Blocks:
        """What a card asks."""
        return self.faces(card).words

    # ---- acting on many

    def change(self, cards: Sequence[str], change: Change) -> Changed:
        """Suspend, bury or flag cards; where all of them are so already, lift that. One event.

        A card that was not begun is not asked yet: it may be suspended, but it is neither buried nor flagged.
        """
        rows = self._finder.rows(list(dict.fromkeys(cards)))
        fit = [row for row in rows if change is Change.SUSPEND or row.memory.state is not CardState.UNSEEN]
        if not fit:
            return Changed(0, True, len(rows))
        on = not all(_has(row, change) for row in fit)
        targets = [row.card for row in fit if _has(row, change) is not on]
        value: object = int(on)
        if change is Change.BURY:
            value = self._desk.day().isoformat() if on else None
        if len(targets) == 1:
            self._desk.record(EventKind.CARD_STATE, targets[0], {change.value: value})
        else:
            self._desk.record(EventKind.CARD_STATE, "", {change.value: value, "cards": targets})
        return Changed(len(targets), on, len(rows) - len(fit))

    def close(self) -> None:
        """Let go of what cannot be kept."""
        self._finder.close()


def _has(row: CardRow, change: Change) -> bool:
    return {Change.SUSPEND: row.suspended, Change.BURY: row.buried, Change.FLAG: row.flagged}[change]
