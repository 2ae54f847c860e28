"""What a review asks of the study; these run on the study's thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from studybuddy.core.card import CardState, Rating
from studybuddy.core.errors import StudybuddyError
from studybuddy.core.event import Event, EventKind
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import _
from studybuddy.study.day import words
from studybuddy.study.faces import CardFace, face
from studybuddy.study.outcome_words import CARD_STATE_WORDS
from studybuddy.study.outlook import Outlook, look_ahead
from studybuddy.study.recall_words import standing
from studybuddy.study.spans import interval_phrase
from studybuddy.study.wiring import understood

if TYPE_CHECKING:
    from studybuddy.store.queue import QueueCounts
    from studybuddy.study.repair import RepairCard
    from studybuddy.study.review import Done
    from studybuddy.study.sittings import Evidence
    from studybuddy.study.wiring import Study


class Promise(NamedTuple):
    """What the buttons say: for each the interval in days and in words."""

    days: Mapping[Rating, int]
    words: Mapping[Rating, Phrase]


class Drawn(NamedTuple):
    """A card on the table. `face` is the reason instead where its text cannot be read."""

    card: str
    face: CardFace | StudybuddyError
    place: str
    """The lesson's code and the section."""
    state: CardState
    flagged: bool
    promise: Promise
    counts: QueueCounts
    evidence: Evidence | None = None
    """What was done with a code card so far."""
    weak: str = ""
    """The concept that slipped and brought the card before its turn; empty where none did."""
    repair: tuple[Phrase, Phrase] | None = None
    """What is said of that, before the card is turned and after."""
    leech: bool = False
    """Whether it keeps being forgotten."""
    earlier_ms: Sequence[int] = ()
    """How long each earlier answer took, of a card that is typed."""

    @property
    def solved(self) -> bool:
        """Whether a program was accepted or given up, so that the card waits for its rating."""
        return self.evidence is not None and self.evidence.sitting.finished

    @property
    def readable(self) -> bool:
        """Whether there is something to show."""
        return not isinstance(self.face, StudybuddyError)


class Onward(NamedTuple):
    """Where to go when the queue is empty."""

    lesson: str
    section: str
    title: str


class Finished(NamedTuple):
    """An empty queue."""

    outlook: Outlook
    onward: Onward | None


class Session:
    """What this visit to the review did; all of it can be taken back here. Used on the study's thread."""

    def __init__(self) -> None:
        self._done: set[Done] = set()

    def did(self, study: Study) -> None:
        """Take note of what was just recorded."""
        if (newest := study.review.newest()) is not None:
            self._done.add(newest)

    def undo(self, study: Study) -> Event | Phrase:
        """Take back the newest thing, if it was done here or in a review of this study day; else why not."""
        return study.review.undo_reviewing(self._done)


def draw(study: Study, card: str | None = None) -> Drawn | Finished:
    """The card to show now, or the one wanted."""
    turn = study.review.next() if card is None else study.review.turn_of(card)
    if turn is None:
        return Finished(look_ahead(study.desk), _onward(study))
    repair = study.desk.repair.of(turn.card)
    return Drawn(
        card=turn.card,
        face=(found := face_of(study, turn.card)),
        place=place_of(study, found),
        state=turn.memory.state,
        flagged=study.review.flagged(turn.card),
        promise=promise(study, turn.card),
        counts=study.review.counts(),
        evidence=study.review.evidence(turn.card),
        leech=study.leeches.marked(turn.memory),
        weak=repair.weak if repair else "",
        repair=_told(study, repair) if repair else None,
        earlier_ms=study.review.earlier_ms(turn.card) if _is_typed(found) else (),
    )


def _is_typed(found: CardFace | StudybuddyError) -> bool:
    return not isinstance(found, StudybuddyError) and found.typed


def _told(study: Study, repair: RepairCard) -> tuple[Phrase, Phrase]:
    path = study.desk.repair
    return path.phrase(repair), path.phrase(repair, turned=True)


def face_of(study: Study, card: str) -> CardFace | StudybuddyError:
    """The text of a card in the language in use, or why it cannot be shown."""
    try:
        return face(study.library, card)
    except StudybuddyError as error:
        return error


def place_of(study: Study, found: CardFace | StudybuddyError) -> str:
    """Where a card comes from, in words."""
    if isinstance(found, StudybuddyError):
        return ""
    if not found.section:
        return _("your own card")
    lesson = study.desk.catalogue.lesson_of(found.section)
    title = next((words(s.titles, study.desk.language) for s in lesson.sections if s.id == found.section), "")
    return f"{lesson.code} · {title}" if title else lesson.code


def redraw(study: Study, drawn: Drawn) -> Drawn:
    """The same card in the language in use; promise and figures stay."""
    found = face_of(study, drawn.card)
    repair = study.desk.repair.of(drawn.card) if drawn.repair else None
    said = _told(study, repair) if repair else drawn.repair
    return drawn._replace(face=found, place=place_of(study, found), repair=said)


def about(drawn: Drawn) -> str:
    """What kind of card it is and where it comes from, in words."""
    parts = [_(CARD_STATE_WORDS[drawn.state]), drawn.place]
    if drawn.evidence is not None and not drawn.solved:
        parts.append(standing(drawn.evidence.sitting))
    marks = [_("leech")] if drawn.leech else []
    return " · ".join([*parts, *marks, *([_("flagged") + " !"] if drawn.flagged else [])])


def promise(study: Study, card: str) -> Promise:
    """What each button would lead to, as of now."""
    outcomes = study.review.turn_of(card).outcomes
    now = study.desk.now()
    return Promise(
        {rating: outcome.interval_days for rating, outcome in outcomes.items()},
        {rating: interval_phrase(outcome, now) for rating, outcome in outcomes.items()},
    )


class Given(NamedTuple):
    """An answer as it was given. `typed`: what was typed before the card was turned."""

    rating: Rating
    elapsed_ms: int
    typed: str = ""


def answer(study: Study, session: Session, drawn: Drawn, given: Given) -> Promise | None:
    """Record an answer, unless it would no longer get the interval its button said.

    Returns:
        None when the answer is on disk; the new promise when the study day has turned in the meantime.
    """
    fresh = promise(study, drawn.card)
    if fresh.days[given.rating] != drawn.promise.days[given.rating]:
        return fresh
    study.review.answer(drawn.card, given.rating, given.elapsed_ms, given.typed)
    session.did(study)
    return None


class Undrawn(NamedTuple):
    """The answer is on disk, but no further card can be drawn."""

    error: BaseException


def go_on(study: Study, session: Session, drawn: Drawn, given: Given) -> Promise | Drawn | Finished | Undrawn:
    """Record an answer and draw the next card, in one question: what `answer` returns, or the card."""
    if (renewed := answer(study, session, drawn, given)) is not None:
        return renewed
    try:
        return draw(study)
    except Exception as error:
        return Undrawn(understood(error))


def put_aside(study: Study, session: Session, card: str, *, suspend: bool) -> None:
    """Do not ask a card any more, or not today."""
    (study.review.suspend if suspend else study.review.bury)(card)
    session.did(study)


def decline(study: Study, session: Session, weak: str) -> str:
    """Leave out for today what a concept would bring that slipped; returns its title."""
    study.desk.repair.decline(weak)
    session.did(study)
    return study.desk.repair.title(weak)


def flag(study: Study, session: Session, card: str) -> bool:
    """Set or lift a flag; returns whether it is set now."""
    flagged = study.review.flag(card)
    session.did(study)
    return flagged


class TakenBack(NamedTuple):
    """What was taken back, and what lies on the table then; `stays`: the card that lay there before."""

    event: Event
    found: Drawn | Finished
    stays: Drawn | None = None


def take_back(study: Study, session: Session, lying: Drawn | None) -> TakenBack | Phrase:
    """Undo the newest thing done in a review; if it was about a card, that card is drawn again.

    Nothing that can be taken back here is said in words.
    """
    event = session.undo(study)
    if isinstance(event, Phrase):
        return event
    about_card = event.kind in (EventKind.REVIEW, EventKind.CARD_STATE, EventKind.CARD_EDIT)
    if lying is not None and _lies_on(event, lying, about_card):
        fresh = lying._replace(flagged=study.review.flagged(lying.card), counts=study.review.counts())
        return TakenBack(event, fresh, fresh)
    return TakenBack(event, draw(study, _card_of(study, event, lying) if about_card else None))


def _card_of(study: Study, event: Event, lying: Drawn | None) -> str | None:
    """The card that an event is about; of an edit of several siblings the one that lies on the table."""
    if event.kind is not EventKind.CARD_EDIT:
        return event.subject
    known = study.siblings_of(event.subject)
    if lying is not None and lying.card in known:
        return lying.card
    return known[0] if known else None


def _lies_on(event: Event, lying: Drawn, about_card: bool) -> bool:
    """Whether the card on the table may stay as it lies: nothing of it changed but its flag."""
    if event.kind in (EventKind.REPAIR, EventKind.ALLOWANCE):
        return False
    if "leech" in event.body or not about_card:
        return lying.card not in (event.subject, *event.body.get("cards", ()))
    return event.subject == lying.card and "flag" in event.body


def _onward(study: Study) -> Onward | None:
    lesson = study.day.plan().lesson
    section = next((s for s in lesson.sections if not s.done), None) if lesson else None
    return None if lesson is None or section is None else Onward(lesson.id, section.id, section.title)
