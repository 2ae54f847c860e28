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


class Needs(NamedTuple):
    """How much an evidence rule asks for. Thresholds over the log: they may change, and history does not."""

    grade: int = 3
    """The least grade of an answer, 1 to 4."""
    points: int = 2
    """Key points that an answer must have."""
    seconds: int = 15
    """An answer thought about at least this long counts as answered from memory ..."""
    characters: int = 20
    """... and so does one of at least this many typed characters."""
    ratio: float = 1.0
    """How small the last loss must be beside the first."""
    explained: tuple[str, ...] = ()
    """Where the reason can be told, in any one of these: a card, or a key point of a question (`q3/2`)."""


class ChecklistItem(NamedTuple):
    """An item of the day. `rule` names the evidence rule (`math`, `code`, `interview`, `algo`)."""

    id: str
    label: str
    text: str
    rule: str
    targets: tuple[str, ...] = ()
    """Ids the evidence is about: an exercise, a question, derivation steps, cards."""
    needs: Needs = Needs()


class Tally(NamedTuple):
    """How many items are ticked, by evidence and by hand apart, of how many."""

    evidence: int
    hand: int
    total: int


class ItemStatus(NamedTuple):
    """An item as it stands, and what it rests on."""

    id: str
    state: TickState
    by: TickedBy
    evidence: Phrase | None = None
    reason: str = ""
    """Why the learner ticked or unticked it by hand."""
    when: str = ""
    """When the evidence came, or the learner's word: `09:12` of the present study day, else the day."""
    fading: bool = False
    """Whether something of a ticked item was forgotten since. It stays ticked."""

    @property
    def ticked(self) -> bool:
        """Whether the item counts as done, by evidence or by hand."""
        return self.state in (TickState.AUTO, TickState.MANUAL)
