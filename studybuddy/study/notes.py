"""Notes: what the learner wrote once, and the cards that are made of it.

A basic note, one to be typed and a numeric one are one card each; one that is asked both ways has two, a
cloze has one for each gap. Cards of a note are told apart by a number that they keep through every edit: of
the gaps of a new wording those with an old answer keep its number, then the others in their order; what is
left over is a new card, or gone. A number is never given twice.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from studybuddy.core.card_content import SIBLING, CardContent, CardKind
from studybuddy.core.errors import UsageError
from studybuddy.core.event import Event
from studybuddy.core.gaps import MOST_GAPS, read_gaps
from studybuddy.core.quantities import read_quantity
from studybuddy.i18n import N_

LONGEST_SIDE = 16_384
LONGEST_UNIT = 20
MOST_ACCEPTED = 20


class NoteKind(StrEnum):
    """What can be written. The names are stored; they never change."""

    BASIC = "basic"
    REVERSED = "reversed"
    CLOZE = "cloze"
    TYPE_IN = "type-in"
    NUMERIC = "numeric"


NOTE_WORDS = {
    NoteKind.BASIC: N_("question and answer"),
    NoteKind.REVERSED: N_("both ways"),
    NoteKind.CLOZE: N_("with gaps"),
    NoteKind.TYPE_IN: N_("typed"),
    NoteKind.NUMERIC: N_("a number"),
}
_CARD_KINDS = {
    NoteKind.BASIC: CardKind.BASIC,
    NoteKind.REVERSED: CardKind.BASIC,
    NoteKind.CLOZE: CardKind.CLOZE,
    NoteKind.TYPE_IN: CardKind.TYPE_IN,
    NoteKind.NUMERIC: CardKind.NUMERIC,
}


class Facts(NamedTuple):
    """What is said of a note beside its sides."""

    kind: str = ""
    """A `NoteKind`; empty or basic becomes a cloze where there is a gap."""
    tolerance: float = 0.0
    """Relative, of a number."""
    unit: str = ""
    """Of a number."""
    accept: tuple[str, ...] = ()
    """Other right answers of a card that is typed."""


class Wording(NamedTuple):
    """What is written of a note, checked."""

    front: str
    back: str
    kind: NoteKind = NoteKind.BASIC
    tolerance: float = 0.0
    unit: str = ""
    accept: tuple[str, ...] = ()

    @property
    def slots(self) -> tuple[str, ...]:
        """What each card of the note asks, by which it is known again in another wording."""
        if self.kind is NoteKind.REVERSED:
            return ("", SIBLING)
        if self.kind is NoteKind.CLOZE:
            return tuple(gap.answer for gap in read_gaps(self.front))
        return ("",)

    def body(self) -> dict[str, object]:
        """What an event keeps of it; what is as usual is left out."""
        body: dict[str, object] = {"front": self.front, "back": self.back, "kind": self.kind.value}
        if self.kind is NoteKind.NUMERIC:
            body |= {"tolerance": self.tolerance, "unit": self.unit}
        return body | ({"accept": list(self.accept)} if self.accept else {})


class Note(NamedTuple):
    """A note as it is now."""

    id: str
    wording: Wording
    numbers: tuple[int, ...]
    """Of its cards, in the order of `wording.slots`."""
    first: str
    """The id of card number 1, which has no `~` where it was made alone."""
    tags: tuple[str, ...] = ()
    source: str = ""

    def card(self, number: int) -> str:
        """The id of a card by its number."""
        return self.first if number == 1 else f"{self.id}{SIBLING}{number}"

    @property
    def cards(self) -> list[str]:
        """The ids of its cards."""
        return [self.card(number) for number in self.numbers]

    def contents(self) -> Iterator[CardContent]:
        """What each of its cards asks."""
        wording = self.wording
        several = len(self.numbers) > 1
        for place, number in enumerate(self.numbers):
            turned = wording.kind is NoteKind.REVERSED and place == 1
            yield CardContent(
                id=self.card(number),
                kind=_CARD_KINDS[wording.kind],
                front=wording.back if turned else wording.front,
                back=wording.front if turned else wording.back,
                section=self.source,
                accept=wording.accept,
                tolerance=wording.tolerance,
                unit=wording.unit,
                gap=place + 1 if several and wording.kind is NoteKind.CLOZE else 0,
                tags=self.tags,
                note=self.id if several else "",
            )


def read_wording(front: str, back: str, facts: Facts) -> Wording:
    """Check what was written.

    Raises:
        UsageError: a side is empty or too long, or does not suit the kind.
    """
    kind, tolerance, unit, accept = facts
    front, back = front.strip(), back.strip()
    if kind and kind not in set(NoteKind):
        words = N_("there is no kind {kind}; there are: {kinds}")
        raise UsageError(words, kind=kind[:40], kinds=", ".join(NoteKind))
    if not front:
        raise UsageError("a card needs a question")
    if max(len(front), len(back)) > LONGEST_SIDE:
        raise UsageError("a side of a card may have {limit} characters at most", limit=LONGEST_SIDE)
    gaps = len(read_gaps(front))
    found = NoteKind(kind or NoteKind.BASIC)
    if found is NoteKind.BASIC and gaps:
        found = NoteKind.CLOZE
    if found is NoteKind.CLOZE:
        check_gaps(gaps)
    elif not back:
        raise UsageError("a card needs an answer")
    if found is NoteKind.NUMERIC:
        _check_number(back, tolerance)
    else:
        tolerance, unit = 0.0, ""
    accepted = tuple(answer.strip()[:LONGEST_SIDE] for answer in accept if answer.strip())[:MOST_ACCEPTED]
    return Wording(front, back, found, tolerance, unit.strip()[:LONGEST_UNIT], accepted)


def read_tolerance(text: str) -> float:
    """A tolerance as it is typed: `0.01`, `1%`; empty is none.

    Raises:
        UsageError: it is no number.
    """
    if not text.strip():
        return 0.0
    try:
        return float(read_quantity(text)[0].numbers[0].value)
    except (UsageError, OverflowError) as error:
        raise UsageError("a tolerance is a share from 0 to less than 1, such as 0.01") from error


def check_gaps(gaps: int) -> None:
    """Check that a text with gaps has some, and not too many.

    Raises:
        UsageError: it has none, or more than a card may have.
    """
    if not gaps:
        raise UsageError("a text with gaps needs one: {gap}", gap="{{…}}")
    if gaps > MOST_GAPS:
        raise UsageError("a card may have {limit} gaps at most", limit=MOST_GAPS)


def _check_number(back: str, tolerance: float) -> None:
    try:
        read_quantity(back.split("\n", 1)[0])
    except UsageError as error:
        raise UsageError("the first line of the answer must be a number, such as 6.4e-4 or 1/3") from error
    if not (math.isfinite(tolerance) and 0 <= tolerance < 1):
        raise UsageError("a tolerance is a share from 0 to less than 1, such as 0.01")


def renumbered(old: Note, wording: Wording, last: int) -> tuple[int, ...]:
    """The numbers of the cards of another wording.

    Args:
        old: the note as it was.
        wording: how it is to read.
        last: the highest number that was ever given.
    """
    left = dict(enumerate(zip(old.wording.slots, old.numbers, strict=False)))
    found: list[int | None] = []
    for slot in wording.slots:
        place = next((place for place, known in left.items() if known[0] == slot), None)
        found.append(None if place is None else left.pop(place)[1])
    others = iter([number for _slot, number in left.values()])
    numbers = []
    for number in found:
        given = number if number is not None else next(others, None)
        if given is None:
            last = given = last + 1
        numbers.append(given)
    return tuple(numbers)


def number_of(card: str) -> int:
    """The number in the id of a card; 1 where there is none."""
    digits = card.partition(SIBLING)[2]
    return int(digits) if digits.isdecimal() and len(digits) < 9 else 1


def read_note(made: Event, edit: Event | None, tags: tuple[str, ...] | None = None) -> Note:
    """A note from the event that made it and its newest wording; `tags` in place of those in the events."""
    first = next((card for card in _texts(made.body.get("cards"))), made.subject)
    note = Note(made.subject, _wording(made, None), (1,), first, source=str(made.body.get("source", "")))
    for event in (made, edit):
        if event is not None:
            wording = _wording(event, note.wording if event is edit else None)
            numbers = _numbers(event.body.get("gaps"))
            own = tuple(_texts(event.body["tags"])) if "tags" in event.body else note.tags
            note = note._replace(wording=wording, numbers=numbers or (1,), tags=own)
    return note if tags is None else note._replace(tags=tags)


def _wording(event: Event, before: Wording | None) -> Wording:
    """The wording in an event. Old ones name no kind: a gap made a cloze, which hid all its gaps at once."""
    body = event.body
    front, back = str(body.get("front", "")), str(body.get("back", ""))
    known = body.get("kind")
    kind = NoteKind(known) if known in tuple(NoteKind) else before.kind if before else NoteKind.BASIC
    if known is None and kind in (NoteKind.BASIC, NoteKind.CLOZE):
        kind = NoteKind.CLOZE if read_gaps(front) else NoteKind.BASIC
    tolerance, unit = body.get("tolerance", 0.0), body.get("unit", "")
    return Wording(
        front,
        back,
        kind,
        float(tolerance) if isinstance(tolerance, int | float) else 0.0,
        unit if isinstance(unit, str) else "",
        tuple(_texts(body.get("accept"))),
    )


def _numbers(found: object) -> tuple[int, ...]:
    if not isinstance(found, list) or not all(type(number) is int and 0 < number < 10**9 for number in found):
        return ()
    return tuple(dict.fromkeys(found))


def _texts(found: object) -> Iterator[str]:
    if isinstance(found, list):
        yield from (text for text in found if isinstance(text, str) and text)
