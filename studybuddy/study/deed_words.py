"""What was done to many cards, and why some were left, in words."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.study.card_changes import Deed, Left
from studybuddy.study.due_range import DueRange
from studybuddy.study.own_tags import MOST_TAGS


class Action(StrEnum):
    """What can be done. The names are part of `cards --json`."""

    TAG = "tag"
    UNTAG = "untag"
    DUE = "due"
    FORGET = "forget"
    SUSPEND = "suspend"
    UNSUSPEND = "unsuspend"
    BURY = "bury"
    UNBURY = "unbury"
    FLAG = "flag"
    UNFLAG = "unflag"


_AGAIN = Phrase.of(N_("{n} card asked again"), plural=N_("{n} cards asked again"), n=0)
_DONE = {
    Action.TAG: Phrase.of(N_("{n} card tagged"), plural=N_("{n} cards tagged"), n=0),
    Action.UNTAG: Phrase.of(N_("{n} card without that tag"), plural=N_("{n} cards without that tag"), n=0),
    Action.DUE: Phrase.of(N_("{n} card due on {days}"), plural=N_("{n} cards due on {days}"), n=0),
    Action.FORGET: Phrase.of(N_("{n} card new again"), plural=N_("{n} cards new again"), n=0),
    Action.SUSPEND: Phrase.of(N_("{n} card suspended"), plural=N_("{n} cards suspended"), n=0),
    Action.UNSUSPEND: _AGAIN,
    Action.BURY: Phrase.of(N_("{n} card not asked today"), plural=N_("{n} cards not asked today"), n=0),
    Action.UNBURY: _AGAIN,
    Action.FLAG: Phrase.of(N_("{n} card flagged"), plural=N_("{n} cards flagged"), n=0),
    Action.UNFLAG: Phrase.of(N_("{n} card without flag"), plural=N_("{n} cards without flag"), n=0),
}
_LEFT = {
    Left.SAME: N_("{n} were so already"),
    Left.UNSEEN: N_("{n} not begun yet"),
    Left.NEW: N_("{n} never answered yet"),
    Left.FULL: N_("{n} have {limit} tags already"),
}
_NOTHING = Phrase(N_("no card was changed"))


def deed_phrase(action: Action, deed: Deed, when: DueRange | None = None) -> Phrase:
    """How many cards were changed, and how many were left and why."""
    count = len(deed.changed)
    said = _NOTHING
    if count:
        said = _DONE[action]._replace(parameters=(("n", count), ("days", _days(when))))
    for why, left in deed.left.items():
        reason = Phrase.of(_LEFT[why], n=left, limit=MOST_TAGS)
        said = Phrase.of(N_("{done} · {left}"), done=said, left=reason)
    return said


def _days(when: DueRange | None) -> str:
    if when is None:
        return ""
    return _day(when.first) if when.first == when.last else f"{_day(when.first)} – {_day(when.last)}"


def _day(day: date) -> str:
    return day.isoformat()
