"""How a thing taken back is called."""

from __future__ import annotations

from studybuddy.core.event import Event, EventKind
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_

_WORDS = {
    EventKind.REVIEW: N_("undone: review of {id}"),
    EventKind.TICK: N_("undone: tick of {id}"),
    EventKind.UNTICK: N_("undone: untick of {id}"),
    EventKind.INTERVIEW: N_("undone: interview answer {id}"),
    EventKind.STEP: N_("undone: derivation step {id}"),
    EventKind.SECTION: N_("undone: reading of {id}"),
    EventKind.CARD_NEW: N_("undone: new card {id}"),
    EventKind.CARD_EDIT: N_("undone: edit of {id}"),
    EventKind.CARD_STATE: N_("undone: change of {id}"),
    EventKind.RESCHEDULE: N_("undone: rescheduling"),
}


def undone_phrase(event: Event | None) -> Phrase:
    """What was taken back, or that there was nothing."""
    if event is None:
        return Phrase(N_("nothing to undo"))
    return Phrase.of(_WORDS[event.kind], id=event.subject)
