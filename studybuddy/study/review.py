"""A review session: the next card, the four buttons, the answer, and taking it back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property

from studybuddy.core.card import CardMemory, CardState, Outcome, Rating
from studybuddy.core.event import Event, EventKind
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.store.queue import QueueCounts
from studybuddy.study.desk import Desk
from studybuddy.study.sittings import LONGEST_RECALL_MS, Evidence, Sittings
from studybuddy.study.terms import Terms

LONGEST_TYPED = 200
"""Characters of a typed answer that its event keeps."""


class Turn:
    """A card to answer."""

    def __init__(self, memory: CardMemory, desk: Desk) -> None:
        self.card = memory.id
        self.memory = memory
        self._desk = desk
        self._changes = desk.store.changes

    @cached_property
    def terms(self) -> Terms:
        """On what terms it is answered, as of the first look at them."""
        return Terms(self._desk, self.memory)

    @cached_property
    def outcomes(self) -> Mapping[Rating, Outcome]:
        """What each button would lead to, as of the first look at them."""
        return self.terms.outcomes()

    @property
    def current(self) -> bool:
        """Whether nothing was written since the card was drawn: it is known without asking again."""
        return self._changes == self._desk.store.changes


Done = tuple[str, int]
"""Which event something done was: its device and number."""
_REVIEWING = (
    EventKind.REVIEW,
    EventKind.CARD_STATE,
    EventKind.CARD_EDIT,
    EventKind.LEECH,
    EventKind.REPAIR,
    EventKind.ALLOWANCE,
)
"""What is done in a review."""


class Review:
    """Serves the queue. Kept between turns are the day's plan and what the last card was about."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._sittings = Sittings(desk)
        self._last_concept = ""
        self._turn: Turn | None = None

    @cached_property
    def _concepts(self) -> dict[str, str]:
        lessons = self._desk.catalogue.lessons
        return {card.id: card.concept for lesson in lessons for card in lesson.cards if card.concept}

    def next(self) -> Turn | None:
        """The card to show now, None when the queue is empty.

        Two cards of one concept do not follow each other as long as another is near: the first would give
        the second away.
        """
        memory = self._desk.queue.next(self._is_sibling if self._last_concept else None)
        return None if memory is None else self.turn(memory)

    def _is_sibling(self, card: str) -> bool:
        return self._concepts.get(card) == self._last_concept

    def turn(self, memory: CardMemory) -> Turn:
        """A given card as a turn."""
        self._turn = Turn(memory, self._desk)
        return self._turn

    def turn_of(self, card: str) -> Turn:
        """A card by its id as a turn, such as one whose answer was just taken back."""
        return self.turn(self._desk.store.queue.memory(card) or CardMemory(card, CardState.NEW))

    def counts(self) -> QueueCounts:
        """What is asked today, learning steps of the rest of the study day included."""
        return self._desk.queue.counts()

    def answer(self, card: str, rating: Rating, elapsed_ms: int = 0, typed: str = "") -> Outcome:
        """Record one answer. When this returns it is on disk.

        Args:
            card: id of the card; one that was never introduced starts with this answer.
            rating: the button.
            elapsed_ms: time from question to answer; of a program that was written, its own time counts.
            typed: what was typed before the card was turned, if anything; its beginning is kept.
        """
        desk = self._desk
        asked = self._turn if self._turn is not None and self._turn.card == card else None
        if asked is not None and asked.current:
            terms = asked.terms
        else:
            memory = desk.store.queue.memory(card) or CardMemory(card, CardState.NEW)
            terms = asked.terms if asked is not None and asked.memory == memory else Terms(desk, memory)
        outcome = terms.outcome(rating)
        body = terms.body(outcome, elapsed_ms) | ({"typed": typed[:LONGEST_TYPED]} if typed else {})
        if (evidence := self.evidence(card)) is not None:
            took = evidence.sitting.effort.elapsed_ms
            body |= {"elapsed_ms": min(took or max(0, elapsed_ms), LONGEST_RECALL_MS)}
            body |= {"recall": evidence.body()}
        if (repair := desk.repair.of(card)) is not None:
            body |= {"repair": repair.weak}
        terms.record(EventKind.REVIEW, body, outcome)
        self._last_concept = self._concepts.get(card, "")
        return outcome

    def evidence(self, card: str) -> Evidence | None:
        """What the learner did with a code card since it was last rated; None where there is nothing."""
        return self._sittings.evidence(card)

    def earlier_ms(self, card: str) -> list[int]:
        """How long each earlier answer to a card took, oldest first."""
        return self._desk.store.log.elapsed_ms(EventKind.REVIEW, [card]).get(card, [])

    def newest(self) -> Done | None:
        """The newest thing that can be taken back."""
        event = self._desk.store.log.last_undoable()
        return None if event is None else (event.dev, event.seq)

    def undo(self) -> Event | None:
        """Take back the newest thing that can be taken back."""
        return self._desk.undo()

    def undo_reviewing(self, among: Collection[Done]) -> Event | Phrase:
        """Take back the newest thing that can be taken back if it belongs to a review, or say why not.

        What a review did on this study day belongs to any later one; a group of cards was changed elsewhere.

        Args:
            among: what is taken back whatever it is.
        """
        newest = self._desk.store.log.last_undoable()
        if newest is None:
            return Phrase(N_("nothing to undo"))
        if (newest.dev, newest.seq) not in among:
            if newest.day != self._desk.day():
                return Phrase(N_("nothing of today to undo; u on Today takes back what is older"))
            if newest.kind not in _REVIEWING or (newest.kind is EventKind.CARD_STATE and not newest.subject):
                return Phrase(N_("the last thing was not done in a review; u on Today takes it back"))
        return self._desk.undo() or Phrase(N_("nothing to undo"))

    def undoable_today(self) -> bool:
        """Whether the newest thing that can be taken back is of this study day."""
        newest = self._desk.store.log.last_undoable()
        return newest is not None and newest.day == self._desk.day()

    def bury(self, card: str) -> None:
        """Put a card aside until the next study day."""
        self._desk.record(EventKind.CARD_STATE, card, {"buried": self._desk.day().isoformat()})

    def suspend(self, card: str, on: bool = True) -> None:
        """Stop asking a card, or ask it again."""
        self._desk.record(EventKind.CARD_STATE, card, {"suspended": int(on)})

    def suspended(self, card: str) -> bool:
        """Whether a card is not asked until that is lifted."""
        suspended, _, _ = self._desk.store.queue.flags(card)
        return suspended

    def put_aside(self, card: str) -> bool:
        """Whether a card is buried on this study day."""
        _, _, buried = self._desk.store.queue.flags(card)
        return buried == self._desk.day()

    def flagged(self, card: str) -> bool:
        """Whether a card bears a flag."""
        _, flagged, _ = self._desk.store.queue.flags(card)
        return flagged

    def flag(self, card: str) -> bool:
        """Set or lift the flag of a card; returns whether it is set now."""
        flagged = self.flagged(card)
        self._desk.record(EventKind.CARD_STATE, card, {"flag": int(not flagged)})
        return not flagged
