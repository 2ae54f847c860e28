"""How a checklist item is written: its box, and whose word the box is."""

from __future__ import annotations

from textual.content import Content

from studybuddy.core.checklist import ItemStatus, TickState
from studybuddy.i18n import _, say
from studybuddy.text import clean_line

_BOXES = {
    TickState.NONE: ("[ ]", "$text-muted"),
    TickState.PARTIAL: ("[~]", "$warning"),
    TickState.AUTO: ("[x]", "$success"),
    TickState.MANUAL: ("[+]", "$success"),
    TickState.UNTICKED: ("[ ]", "$text-muted"),
}


def box(status: ItemStatus) -> Content:
    """The box of an item: ticked, half ticked or empty."""
    return Content.styled(*_BOXES[status.state])


def item_note(status: ItemStatus) -> str:
    """What the state rests on and since when, and whether something of it was forgotten since."""
    note = _rests_on(status)
    when = status.when if note and status.ticked else ""
    return " · ".join(filter(None, (note, when, _("fading") if status.fading else "")))


def _rests_on(status: ItemStatus) -> str:
    """The evidence, or the learner's own word with its reason."""
    evidence = clean_line(say(status.evidence))
    reason = clean_line(status.reason, 500)
    match status.state:
        case TickState.PARTIAL:
            return evidence or _("in part")
        case TickState.MANUAL:
            return _("by you: {reason}", reason=reason) if reason else _("by you")
        case TickState.UNTICKED:
            return _("unticked by you: {reason}", reason=reason) if reason else _("unticked by you")
        case _:
            return evidence
