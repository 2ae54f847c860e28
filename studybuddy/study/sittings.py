"""A sitting with a code card: what is typed and what it took, from the question to the rating.

It is scratch beside the log, kept as one draft a card, so that leaving the app loses nothing. It belongs to
one review of the card: once that is recorded it is over, and if the review is taken back it holds again. What
it proves goes into the review event.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import NamedTuple

from studybuddy.core.card import Rating
from studybuddy.core.event import EventKind
from studybuddy.core.verdict import Verdict
from studybuddy.memory.proposal import Effort, Ground, Proposal, propose
from studybuddy.study.desk import Desk

LONGEST_RECALL_MS = 60 * 60 * 1000
"""Time at a program counts up to here."""
LONGEST_TYPED = 256 * 1024
_NOT_JUDGED = frozenset({Verdict.STOP, Verdict.IE})
"""Verdicts that say nothing about a program: they are no attempts."""


class Sitting(NamedTuple):
    """How a learner stands with a code card."""

    typed: str | None = None
    """What is in the editor, None before the first key."""
    verdict: str = ""
    """Of the newest judged program."""
    effort: Effort = Effort(accepted=False)

    @property
    def finished(self) -> bool:
        """Whether there is nothing left but to rate: accepted, or given up."""
        return self.effort.accepted or self.effort.gave_up

    @property
    def begun(self) -> bool:
        """Whether something was done that a rating can rest on."""
        return self.finished or self.effort.attempts > 0 or self.effort.hints > 0

    def judged(self, verdict: Verdict) -> Sitting:
        """After one program more."""
        if self.finished or verdict in _NOT_JUDGED:
            return self
        effort = self.effort._replace(
            attempts=self.effort.attempts + 1, accepted=verdict is Verdict.AC, gave_up=False
        )
        return self._replace(verdict=verdict.value, effort=effort)

    def longer(self, spent_ms: int) -> Sitting:
        """After some time more; once there is a result, time no longer counts."""
        if self.finished:
            return self
        elapsed = min(self.effort.elapsed_ms + max(0, spent_ms), LONGEST_RECALL_MS)
        return self._replace(effort=self.effort._replace(elapsed_ms=elapsed))


class Evidence(NamedTuple):
    """What a sitting speaks for."""

    sitting: Sitting
    proposal: Proposal

    def body(self) -> dict[str, object]:
        """As the review event keeps it."""
        effort = self.sitting.effort
        return {
            "proposed": int(self.proposal.rating),
            "grounds": [ground.value for ground in self.proposal.grounds],
            "median_ms": self.proposal.median_ms,
            "verdict": self.sitting.verdict,
            "accepted": effort.accepted,
            "gave_up": effort.gave_up,
            "attempts": effort.attempts,
            "hints": effort.hints,
            "elapsed_ms": effort.elapsed_ms,
            "source": (self.sitting.typed or "")[:LONGEST_TYPED],
        }


class Sittings:
    """Keeps the sittings of a learner."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def load(self, card: str) -> Sitting:
        """The sitting that a card's next review is about; a new one if there is none.

        One that was finished on an earlier study day is over: its answer was seen, and its time has passed.
        """
        with suppress(ValueError, TypeError, KeyError, AttributeError):
            kept = json.loads(self._desk.store.draft(_subject(card)) or "{}")
            if kept["reps"] == self._reps(card):
                sitting = _read(kept)
                if not sitting.finished or kept["day"] == self._desk.day().isoformat():
                    return sitting
        return Sitting()

    def save(self, card: str, sitting: Sitting) -> Sitting:
        """Keep a sitting; returns it."""
        effort = sitting.effort
        kept = {
            "reps": self._reps(card),
            "day": self._desk.day().isoformat(),
            "typed": None if sitting.typed is None else sitting.typed[:LONGEST_TYPED],
            "verdict": sitting.verdict,
            "effort": [effort.accepted, effort.gave_up, effort.attempts, effort.hints, effort.elapsed_ms],
        }
        self._desk.store.save_draft(_subject(card), json.dumps(kept), self._desk.now())
        return sitting

    def evidence(self, card: str) -> Evidence | None:
        """What the sitting speaks for, None where nothing was done yet or the card asks for no program."""
        if card not in self._desk.catalogue.code_cards:
            return None
        sitting = self.load(card)
        return Evidence(sitting, propose(sitting.effort, self._earlier(card))) if sitting.begun else None

    def _reps(self, card: str) -> int:
        memory = self._desk.store.queue.memory(card)
        return 0 if memory is None else memory.reps

    def _earlier(self, card: str) -> list[int]:
        """How long the accepted solutions before took."""
        found = (event.body.get("recall") for event in self._desk.store.log.events(EventKind.REVIEW, card))
        return [
            int(recall["elapsed_ms"])
            for recall in found
            if recall and recall.get("accepted") and not recall.get("gave_up")
        ]


def recorded(body: dict[str, object]) -> Evidence | None:
    """The evidence that a review event holds, None where there is none."""
    recall = body.get("recall")
    if not isinstance(recall, dict):
        return None
    names = ("accepted", "gave_up", "attempts", "hints", "elapsed_ms")
    effort = Effort(*(recall[name] for name in names))
    grounds = tuple(Ground(ground) for ground in recall["grounds"])
    proposal = Proposal(Rating(recall["proposed"]), grounds, recall["median_ms"])
    return Evidence(Sitting(recall["source"], recall["verdict"], effort), proposal)


def _read(kept: dict[str, object]) -> Sitting:
    typed, verdict, effort = kept["typed"], kept["verdict"], kept["effort"]
    if not isinstance(typed, str | None) or not isinstance(verdict, str) or not isinstance(effort, list):
        raise ValueError("no sitting")
    accepted, gave_up, attempts, hints, elapsed_ms = effort
    return Sitting(
        typed, verdict, Effort(bool(accepted), bool(gave_up), int(attempts), int(hints), int(elapsed_ms))
    )


def _subject(card: str) -> str:
    return f"{card}#recall"
