"""The day's checklist: items, their state and whose word the state is."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from studybuddy.core.phrase import Phrase


class TickState(StrEnum):
    """NONE, PARTIAL and AUTO come from evidence; MANUAL and UNTICKED are the learner's own word."""

    NONE = "none"
    PARTIAL = "partial"
    AUTO = "auto"
    MANUAL = "manual"
    UNTICKED = "unticked"


class TickedBy(StrEnum):
    """Who put the item in its state."""

    EVIDENCE = "evidence"
    LEARNER = "learner"
    NONE = "none"


class ChecklistItem(NamedTuple):
    """An item of the day. `rule` names the evidence rule (`math`, `code`, `interview`, `algo`)."""

    id: str
    label: str
    text: str
    rule: str
    targets: tuple[str, ...] = ()
    """Ids the evidence is about: an exercise, a question, derivation steps, cards."""


class ItemStatus(NamedTuple):
    """An item as it stands, and what it rests on."""

    id: str
    state: TickState
    by: TickedBy
    evidence: Phrase | None = None
    reason: str = ""
    """Why the learner ticked or unticked it by hand."""

    @property
    def ticked(self) -> bool:
        """Whether the item counts as done, by evidence or by hand."""
        return self.state in (TickState.AUTO, TickState.MANUAL)
