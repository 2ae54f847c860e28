"""How the app behaves towards its learner: what the settings say of looks, keys and words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.study.wiring import Study

READ_ONLY = Phrase(N_("the data folder cannot be written: look around, but nothing will be saved"))


class Manner(NamedTuple):
    """The settings that the screens follow, as of one moment."""

    name: str
    theme: str
    motion: bool
    signs: str
    """`unicode`, `plain`, or `auto`: plain on a console whose font has no others."""
    keys: dict[str, str]
    """Keys by command id, as the learner wrote them."""
    notes: tuple[Phrase, ...]
    """What in the settings cannot be used."""
    new_here: bool
    """Whether nothing was ever done with this data."""
    clock: Phrase | None = None
    """That the clock was set back, if it was."""


def manner(study: Study) -> Manner:
    """The manner the learner wants; ask it on the study's thread."""
    preferences = study.desk.preferences
    writable = study.desk.store.writable
    return Manner(
        name=preferences["name"],
        theme=preferences["theme"],
        motion=preferences["animations"],
        signs=preferences["glyphs"],
        keys=preferences.keys,
        notes=(*(() if writable else (READ_ONLY,)), *study.desk.notes()),
        new_here=writable and study.desk.store.log.last_instant_ms() == 0,
        clock=study.desk.clock_behind(),
    )
