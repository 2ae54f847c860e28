"""Cards of one's own, and one's own wording of the course's cards. Both live in the log like all else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from studybuddy.core.card_content import SIBLING, CardContent, CardKind, note_of
from studybuddy.core.errors import UnknownIdError
from studybuddy.core.event import Event, EventKind
from studybuddy.core.gaps import read_gaps
from studybuddy.study.desk import OWN, Desk
from studybuddy.study.notes import (
    LONGEST_SIDE,
    Facts,
    Note,
    NoteKind,
    Wording,
    number_of,
    read_note,
    read_tolerance,
    read_wording,
    renumbered,
)

__all__ = ["LONGEST_SIDE", "OwnCards", "Sides", "read_facts"]
PLAIN = Facts()
MOST_TAGS = 20
UNFINISHED = OWN + "unfinished"
"""Where the card is kept that is being written."""


class Sides(NamedTuple):
    """A card as it is being written, tags in one line."""

    front: str = ""
    back: str = ""
    tags: str = ""
    kind: str = ""
    """A `NoteKind`, empty for what the sides make of it."""
    tolerance: str = ""
    unit: str = ""


def read_facts(sides: Sides) -> Facts:
    """The kind of a card that is being written, and what belongs to it.

    Raises:
        UsageError: the tolerance of a number is none.
    """
    kind = "" if sides.kind in ("", NoteKind.BASIC) else sides.kind
    if kind != NoteKind.NUMERIC:
        return Facts(kind)
    return Facts(kind, read_tolerance(sides.tolerance), sides.unit)


class OwnCards:
    """Makes, words and lists the learner's cards. What was written once is a note of one card or more."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._next_number: dict[str, int] = {}

    def add(
        self,
        front: str,
        back: str,
        tags: tuple[str, ...] = (),
        source: str = "",
        about: str = "",
        *,
        facts: Facts = PLAIN,
    ) -> str:
        """Make a note; its cards are new from now on. Returns the id of the first.

        Args:
            front: Markdown with `$...$`; a gap in `{{...}}` makes it a cloze, with a card for each gap.
            back: the answer; may be empty for a cloze.
            tags: words to find it by.
            source: section it was written at, empty when none.
            about: what it was made of, so that it is not made of it twice; empty when by hand.
            facts: of which kind it is, and what belongs to that.

        Raises:
            UsageError: a side is empty or too long, or does not suit the kind.
        """
        wording = read_wording(front, back, facts)
        body = wording.body() | {"tags": _tags(tags), "source": source}
        if about:
            body["about"] = about
        note, count = self._free_id(), len(wording.slots)
        cards = [note] if count == 1 else [f"{note}{SIBLING}{number}" for number in range(1, count + 1)]
        gaps = {"gaps": list(range(1, count + 1))} if count > 1 else {}
        self._desk.record(EventKind.CARD_NEW, note, body | gaps | {"cards": cards})
        return cards[0]

    def _free_id(self) -> str:
        """An id that was never given, found without counting what there is."""
        prefix = f"{OWN}card/{self._desk.day().isoformat()}-"

        def taken(number: int) -> bool:
            return self._desk.store.log.names(EventKind.CARD_NEW, f"{prefix}{number}")

        number = self._next_number.get(prefix, 0)
        if not number:
            below, number = 0, 1
            while taken(number):
                below, number = number, 2 * number
            while number - below > 1:
                middle = (below + number) // 2
                below, number = (middle, number) if taken(middle) else (below, middle)
        while taken(number):
            number += 1
        self._next_number[prefix] = number + 1
        return f"{prefix}{number}"

    def edit(
        self,
        card: str,
        front: str,
        back: str,
        tags: tuple[str, ...] | None = None,
        *,
        facts: Facts | None = None,
        leech: Mapping[str, object] | None = None,
    ) -> None:
        """Word a card anew, one's own or the course's, and with it its siblings; their schedules stay.

        A gap that is added makes a new card; the card of one that is taken out is archived with its history.
        Undo brings all of it back.

        Args:
            card: its id.
            front: the question of the note.
            back: the answer of the note.
            tags: words to find it by; None leaves them as they are.
            facts: of which kind the note is from now on; None leaves that as it is. Only of one's own.
            leech: what was decided about a card that keeps being forgotten, if that is why.
        """
        body: dict[str, object] = {} if leech is None else {"leech": dict(leech), "card": card}
        if tags is not None:
            body["tags"] = _tags(tags)
        if card.startswith(OWN):
            body |= self._reworded(self.note(card), front, back, facts)
        else:
            wording = read_wording(front, back, Facts())
            body |= {"front": wording.front, "back": wording.back}
        self._desk.record(EventKind.CARD_EDIT, note_of(card), body)

    def _reworded(self, note: Note, front: str, back: str, facts: Facts | None) -> dict[str, object]:
        """What an event keeps of other words for a note: they, the new cards, and those that are gone."""
        wording = read_wording(front, back, facts or _facts(note.wording))
        given = [*note.numbers, *self._numbers_given(note.id)]
        numbers = renumbered(note, wording, max(given))
        body = wording.body() | {"gaps": list(numbers)}
        if fresh := [note.card(number) for number in numbers if number not in note.numbers]:
            body["cards"] = fresh
        if gone := [note.card(number) for number in note.numbers if number not in numbers]:
            body["gone"] = gone
        return body

    def _numbers_given(self, note: str) -> Iterator[int]:
        log = self._desk.store.log
        for event in (*log.events(EventKind.CARD_NEW, note), *log.events(EventKind.CARD_EDIT, note)):
            cards = event.body.get("cards")
            yield from (number_of(str(card)) for card in cards) if isinstance(cards, list) else ()

    def unfinished(self) -> Sides:
        """The card that was being written when its window was closed; empty when there is none."""
        with suppress(ValueError, TypeError):
            return Sides(*(str(side) for side in json.loads(self._desk.store.draft(UNFINISHED) or "[]")))
        return Sides()

    def keep_unfinished(self, sides: Sides) -> None:
        """Keep what is being written for another time."""
        kept = [side[:LONGEST_SIDE] for side in sides]
        if kept == list(self.unfinished()):
            return
        self._desk.store.save_draft(UNFINISHED, json.dumps(kept), self._desk.now())

    def note(self, card: str) -> Note:
        """The note that a card of one's own is made of.

        Raises:
            UnknownIdError: there is no such card.
        """
        made = self._desk.store.log.latest(EventKind.CARD_NEW, note_of(card))
        if made is None:
            raise UnknownIdError("card", card)
        return read_note(made, self._desk.store.log.latest(EventKind.CARD_EDIT, made.subject))

    def has(self, card: str) -> bool:
        """Whether this is the id of a card of one's own."""
        try:
            return card.startswith(OWN) and card in self.note(card).cards
        except UnknownIdError:
            return False

    def content(self, card: str) -> CardContent:
        """A card of one's own; by the id of a note its first.

        Raises:
            UnknownIdError: there is no such card.
        """
        note = self.note(card)
        wanted = card if card != note.id or card in note.cards else note.cards[0]
        found = next((content for content in note.contents() if content.id == wanted), None)
        if found is None:
            raise UnknownIdError("card", card)
        return self._accepting(self._tagged(found, self._edit_of(card)))

    def contents(self) -> Iterator[tuple[CardContent, int]]:
        """Every card of one's own, oldest first, with the instant at which it was made, in milliseconds."""
        log = self._desk.store.log
        edits = {event.subject: event for event in log.events(EventKind.CARD_EDIT)}
        for made in log.events(EventKind.CARD_NEW):
            edit = edits.get(made.subject)
            for content in read_note(made, edit).contents():
                yield self._tagged(content, edit), made.at_ms

    def sides(self, content: CardContent) -> Sides:
        """What is to be edited of a card: the note it is made of."""
        tags = " ".join(content.tags)
        if not content.id.startswith(OWN):
            return Sides(content.front, content.back, tags)
        wording = self.note(content.id).wording
        tolerance = f"{wording.tolerance:g}" if wording.tolerance else ""
        kind = _facts(wording).kind
        return Sides(wording.front, wording.back, tags, kind, tolerance, wording.unit)

    def edited(self, content: CardContent) -> CardContent:
        """A card of the course with the learner's newest words, and with what they took as right."""
        edit = self._edit_of(content.id)
        worded = content if edit is None else _worded(content, edit)
        return self._accepting(self._tagged(worded, edit))

    def _edit_of(self, card: str) -> Event | None:
        return self._desk.store.log.latest(EventKind.CARD_EDIT, note_of(card))

    def _accepting(self, content: CardContent) -> CardContent:
        """A card that also takes what the learner took as right."""
        taken = [
            event.body.get("accept") for event in self._desk.store.log.events(EventKind.LEECH, content.id)
        ]
        more = [one for found in taken if isinstance(found, list) for one in found if isinstance(one, str)]
        return replace(content, accept=(*content.accept, *more)) if more else content

    def _tagged(self, content: CardContent, edit: Event | None) -> CardContent:
        """A card with the tags that were put on it or taken off since its newest wording gave it some."""
        since = edit if edit is not None and "tags" in edit.body else None
        tags = self._desk.own_tags.of(content.id, content.tags, since)
        return content if tags == content.tags else replace(content, tags=tags)

    def made_of(self, about: str) -> str | None:
        """The card that was made of something."""
        made = self._desk.store.log.events(EventKind.CARD_NEW)
        return next((event.subject for event in made if event.body.get("about") == about), None)

    def ids(self) -> list[str]:
        """Every card of one's own, oldest first."""
        log = self._desk.store.log
        edits = {event.subject: event for event in log.events(EventKind.CARD_EDIT)}
        notes = (read_note(made, edits.get(made.subject)) for made in log.events(EventKind.CARD_NEW))
        return [card for note in notes for card in note.cards]


def _worded(content: CardContent, event: Event) -> CardContent:
    """A card of the course in the words of an edit; which of its gaps is asked stays."""
    front, back = str(event.body.get("front", "")), str(event.body.get("back", ""))
    kind = content.kind
    if kind in (CardKind.BASIC, CardKind.CLOZE):
        kind = CardKind.CLOZE if read_gaps(front) else CardKind.BASIC
    tags = tuple(event.body["tags"]) if "tags" in event.body else content.tags
    return replace(content, front=front, back=back, kind=kind, tags=tags)


def _facts(wording: Wording) -> Facts:
    """The facts of a wording, as another one keeps them; a gap may come and go."""
    kind = "" if wording.kind in (NoteKind.BASIC, NoteKind.CLOZE) else wording.kind.value
    return Facts(kind, wording.tolerance, wording.unit, wording.accept)


def _tags(tags: tuple[str, ...]) -> list[str]:
    words = dict.fromkeys(
        word.strip().lstrip("#")[:60] for tag in tags for word in tag.replace(",", " ").split()
    )
    return [word for word in words if word][:MOST_TAGS]
