"""The day's checklist: items, their state and whose word the state is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """An item of the day. `rule` names the evidence rule (`math`, `code`, `interview`, `algo`)."""

    id: str
    label: str
    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class ItemStatus:
    """An item as it stands. `evidence` is a catalogue id with `parameters`."""

    item: ChecklistItem
    state: TickState
    by: TickedBy
    evidence: str = ""
    parameters: tuple[tuple[str, object], ...] = ()
    reason: str = ""
    """Why the learner ticked or unticked it by hand."""

    @property
    def ticked(self) -> bool:
        """Whether the item counts as done, by evidence or by hand."""
        return self.state in (TickState.AUTO, TickState.MANUAL)
