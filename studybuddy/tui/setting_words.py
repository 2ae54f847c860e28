"""Settings and their values as they are read."""

from __future__ import annotations

from typing import Any

from studybuddy.core.settings import Setting
from studybuddy.core.steps import measured
from studybuddy.core.week import DayLoad, Week
from studybuddy.i18n import N_, _, ngettext
from studybuddy.text import clean_line

CHOICES = {
    "auto": N_("automatic"),
    "plain": N_("plain ASCII"),
    "dark": N_("dark"),
    "light": N_("light"),
    "high-contrast": N_("high contrast"),
    "terminal": N_("the terminal's own colours"),
    "prerequisites": N_("what others rest on first"),
    "due": N_("the longest due first"),
    "retrievability": N_("the most forgotten first"),
    "interval": N_("short intervals first"),
    "random": N_("at random"),
    "course": N_("as in the course"),
    "after": N_("after the due ones"),
    "before": N_("before the due ones"),
    "mixed": N_("among the due ones"),
}
"""Words of the values of settings with a choice."""
_AS_THEY_ARE = {"zh": "中文", "en": "English", "unicode": "Unicode ✓ ✗ →"}
"""Values that read the same in every language."""
_EMPTY = {"zone": N_("like the system"), "editor": "$EDITOR", "learning_steps": N_("no steps")}
_NOUGHT = {
    "reviews": N_("no limit"),
    "leech_lapses": N_("never"),
    "comeback_minutes": N_("as on every day"),
}
"""What 0 stands for."""
WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
LOADS = {DayLoad.NORMAL: N_("normal"), DayLoad.REDUCED: N_("reduced"), DayLoad.MINIMUM: N_("minimum")}
_UNITS = {"s": N_("{n} s"), "m": N_("{n} min"), "h": N_("{n} h"), "d": N_("{n} d")}
YEAR = 365


def value_words(setting: Setting, value: Any) -> str:
    """A value as it is read."""
    match setting.kind:
        case "yesno":
            return _("on") if value else _("off")
        case "choice":
            return _AS_THEY_ARE.get(value) or _(CHOICES.get(value, value))
        case "share":
            return f"{value:.0%}" if round(value * 100, 2) % 1 == 0 else f"{value:.1%}"
        case "steps":
            return steps_words(value)
        case "week":
            return week_words(value)
        case "whole":
            return _number_words(setting.key, value)
    return clean_line(str(value)) or _(_EMPTY.get(setting.key, N_("none")))


def steps_words(steps: tuple[int, ...]) -> str:
    """`1 min · 10 min`."""
    return " · ".join(_(_UNITS[unit], n=count) for count, unit in map(measured, steps)) or _("no steps")


def week_words(week: Week) -> str:
    """The days that are not normal: `Sat reduced · Sun minimum`."""
    parts = []
    for load in (DayLoad.REDUCED, DayLoad.MINIMUM):
        days = [_(day) for day, of_day in zip(WEEKDAYS, week, strict=True) if of_day is load]
        if days:
            parts.append(_("{days} {load}", days=" ".join(days), load=_(LOADS[load])))
    return " · ".join(parts) or _("every day alike")


def _number_words(key: str, value: int) -> str:
    if not value and key in _NOUGHT:
        return _(_NOUGHT[key])
    if key in ("minutes", "learn_ahead"):
        return _("{n} min", n=value)
    if key == "rollover":
        return f"{value:02}:00"
    if key == "leech_lapses":
        return ngettext("{n} lapse", "{n} lapses", value)
    if key == "maximum_interval":
        if value % YEAR:
            return ngettext("{n} day", "{n} days", value)
        return ngettext("{n} year", "{n} years", value // YEAR)
    return str(value)
