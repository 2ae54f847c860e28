"""Cards of one's own, and one's own wording of the course's cards. Both live in the log like all else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from studybuddy.core.card_content import CardContent, CardKind
from studybuddy.core.errors import UnknownIdError, UsageError
from studybuddy.core.event import Event, EventKind
from studybuddy.study.desk import OWN, Desk

LONGEST_SIDE = 16_384
MOST_TAGS = 20
UNFINISHED = OWN + "unfinished"
"""Where the card is kept that is being written."""


class Sides(NamedTuple):
    """A card as it is being written, tags in one line."""

    front: str = ""
    back: str = ""
    tags: str = ""


class OwnCards:
    """Makes, words and lists the learner's cards."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add(
        self, front: str, back: str, tags: tuple[str, ...] = (), source: str = "", about: str = ""
    ) -> str:
        """Make a card; it is new from now on. Returns its id.

        Args:
            front: Markdown with `$...$`; a gap in `{{...}}` makes it a cloze.
            back: the answer; may be empty for a cloze.
            tags: words to find it by.
            source: section it was written at, empty when none.
            about: what it was made of, so that it is not made of it twice; empty when by hand.

        Raises:
            UsageError: a side is empty or too long.
        """
        body = _sides(front, back) | {"tags": _tags(tags), "source": source}
        if about:
            body["about"] = about
        number = 1 + sum(1 for _ in self._desk.store.log.events(EventKind.CARD_NEW))
        taken = self._desk.store.queue.ids()
        while (card := f"{OWN}card/{self._desk.day().isoformat()}-{number}") in taken:
            number += 1
        self._desk.record(EventKind.CARD_NEW, card, body | {"cards": [card]})
        return card

    def edit(
        self,
        card: str,
        front: str,
        back: str,
        tags: tuple[str, ...] | None = None,
        *,
        leech: Mapping[str, object] | None = None,
    ) -> None:
        """Word a card anew, one's own or the course's; its schedule stays. Undo brings the old words back.

        Args:
            card: its id.
            front: the question.
            back: the answer.
            tags: words to find it by; None leaves them as they are.
            leech: what was decided about a card that keeps being forgotten, if that is why.
        """
        body = _sides(front, back) | ({} if leech is None else {"leech": dict(leech)})
        if tags is not None:
            body["tags"] = _tags(tags)
        self._desk.record(EventKind.CARD_EDIT, card, body)

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

    def content(self, card: str) -> CardContent:
        """A card of one's own.

        Raises:
            UnknownIdError: there is no such card.
        """
        made = self._desk.store.log.latest(EventKind.CARD_NEW, card)
        if made is None:
            raise UnknownIdError("card", card)
        return self.edited(_made(made))

    def contents(self) -> Iterator[tuple[CardContent, int]]:
        """Every card of one's own, oldest first, with the instant at which it was made, in milliseconds."""
        log = self._desk.store.log
        edits = {event.subject: event for event in log.events(EventKind.CARD_EDIT)}
        for made in log.events(EventKind.CARD_NEW):
            edit = edits.get(made.subject)
            yield self._with_edit(_made(made), edit), made.at_ms

    def edited(self, content: CardContent) -> CardContent:
        """A card with the learner's newest words, where they changed them, and what they took as right."""
        log = self._desk.store.log
        worded = self._with_edit(content, log.latest(EventKind.CARD_EDIT, content.id))
        taken = [event.body.get("accept") for event in log.events(EventKind.LEECH, content.id)]
        more = [one for found in taken if isinstance(found, list) for one in found if isinstance(one, str)]
        return replace(worded, accept=(*worded.accept, *more)) if more else worded

    def _with_edit(self, content: CardContent, edit: Event | None) -> CardContent:
        """A card with the words of an edit, and with the tags that were put on it or taken off since."""
        worded = content if edit is None else _worded(content, edit)
        since = edit if edit is not None and "tags" in edit.body else None
        tags = self._desk.own_tags.of(content.id, worded.tags, since)
        return worded if tags == worded.tags else replace(worded, tags=tags)

    def made_of(self, about: str) -> str | None:
        """The card that was made of something."""
        made = self._desk.store.log.events(EventKind.CARD_NEW)
        return next((event.subject for event in made if event.body.get("about") == about), None)

    def ids(self) -> list[str]:
        """Every card of one's own, oldest first."""
        return [event.subject for event in self._desk.store.log.events(EventKind.CARD_NEW)]


def _made(event: Event) -> CardContent:
    source = str(event.body.get("source", ""))
    return _worded(CardContent(event.subject, CardKind.BASIC, "", "", source), event)


def _worded(content: CardContent, event: Event) -> CardContent:
    front, back = str(event.body["front"]), str(event.body["back"])
    kind = content.kind
    if kind in (CardKind.BASIC, CardKind.CLOZE):
        kind = CardKind.CLOZE if "{{" in front and "}}" in front else CardKind.BASIC
    tags = tuple(event.body["tags"]) if "tags" in event.body else content.tags
    return replace(content, front=front, back=back, kind=kind, tags=tags)


def _sides(front: str, back: str) -> dict[str, object]:
    front, back = front.strip(), back.strip()
    if not front:
        raise UsageError("a card needs a question")
    if not back and "{{" not in front:
        raise UsageError("a card needs an answer")
    if max(len(front), len(back)) > LONGEST_SIDE:
        raise UsageError("a side of a card may have {limit} characters at most", limit=LONGEST_SIDE)
    return {"front": front, "back": back}


def _tags(tags: tuple[str, ...]) -> list[str]:
    words = dict.fromkeys(
        word.strip().lstrip("#")[:60] for tag in tags for word in tag.replace(",", " ").split()
    )
    return [word for word in words if word][:MOST_TAGS]
