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


_AGAIN = (N_("{n} card asked again"), N_("{n} cards asked again"))
_DONE = {
    Action.TAG: (N_("{n} card tagged"), N_("{n} cards tagged")),
    Action.UNTAG: (N_("{n} card without that tag"), N_("{n} cards without that tag")),
    Action.DUE: (N_("{n} card due on {days}"), N_("{n} cards due on {days}")),
    Action.FORGET: (N_("{n} card new again"), N_("{n} cards new again")),
    Action.SUSPEND: (N_("{n} card suspended"), N_("{n} cards suspended")),
    Action.UNSUSPEND: _AGAIN,
    Action.BURY: (N_("{n} card not asked today"), N_("{n} cards not asked today")),
    Action.UNBURY: _AGAIN,
    Action.FLAG: (N_("{n} card flagged"), N_("{n} cards flagged")),
    Action.UNFLAG: (N_("{n} card without flag"), N_("{n} cards without flag")),
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
    singular, plural = _DONE[action]
    said = Phrase.of(singular, plural=plural, n=count, days=_days(when)) if count else _NOTHING
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
