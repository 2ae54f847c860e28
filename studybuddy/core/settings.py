"""What a learner can set: keys, kinds, bounds and defaults, and nothing about where it is kept."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any, NamedTuple

from studybuddy.core.errors import UsageError
from studybuddy.core.steps import read_steps, steps_text
from studybuddy.core.week import Week, read_week, week_text


class Setting(NamedTuple):
    """What can be set; `label`, `help`: catalogue ids.

    The kinds: `text`, `zone`, `whole`, `share` (0..1), `choice`, `yesno`, `steps` (waits in seconds) and
    `week` (how much each weekday carries).
    """

    key: str
    kind: str
    default: Any
    label: str
    help: str
    choices: tuple[str, ...] = ()
    low: float = 0
    high: float = 0

    def read(self, value: Any) -> Any:
        """The value in its own type.

        Args:
            value: as typed, as TOML or as JSON.

        Raises:
            UsageError: it is of another kind or out of bounds; the error says what is allowed.
        """
        readers: dict[str, Callable[[Setting, Any], Any]] = {
            "text": _text,
            "zone": _zone,
            "whole": _whole,
            "share": _share,
            "choice": _choice,
            "yesno": _yes_no,
            "steps": _steps,
            "week": _week,
        }
        return readers[self.kind](self, value)

    def plain(self, value: Any) -> Any:
        """The value as the log and JSON keep it and as one would type it; `read` takes it back."""
        if self.kind == "steps":
            return steps_text(value)
        return week_text(value) if self.kind == "week" else value


def _text(setting: Setting, value: Any) -> str:
    if not isinstance(value, str) or len(value) > 200 or not value.isprintable():
        raise UsageError("{key} must be one line of at most 200 characters", key=setting.key)
    return value.strip()


def _zone(setting: Setting, value: Any) -> str:
    name = _text(setting, value)
    if name:
        from zoneinfo import ZoneInfo

        try:
            ZoneInfo(name)
        except (OSError, ValueError, KeyError) as error:
            raise UsageError("{key}: there is no time zone {value}", key=setting.key, value=name) from error
    return name


def _number(setting: Setting, value: Any) -> float:
    try:
        number = float("nan") if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        number = float("nan")
    if not setting.low <= number <= setting.high:
        raise UsageError(
            "{key} must be a number from {low} to {high}", key=setting.key, low=setting.low, high=setting.high
        )
    return number


def _whole(setting: Setting, value: Any) -> int:
    number = _number(setting, value)
    if number != int(number):
        raise UsageError("{key} must be a whole number", key=setting.key)
    return int(number)


def _share(setting: Setting, value: Any) -> float:
    """A share, which may be typed in percent: 0.92, 92% or 92."""
    with suppress(TypeError, ValueError, OverflowError):
        text = value.strip().rstrip("%％") if isinstance(value, str) else value
        number = float(text)
        value = number / 100 if number > 1 or text != value else number
    return round(_number(setting, value), 4)


def _steps(setting: Setting, value: Any) -> tuple[int, ...]:
    return read_steps(setting.key, value)


def _week(setting: Setting, value: Any) -> Week:
    return read_week(setting.key, value)


def _choice(setting: Setting, value: Any) -> str:
    if value not in setting.choices:
        raise UsageError(
            "{key} must be one of {choices}", key=setting.key, choices=", ".join(setting.choices)
        )
    return str(value)


def _yes_no(setting: Setting, value: Any) -> bool:
    words = {
        "yes": True,
        "on": True,
        "true": True,
        "1": True,
        "no": False,
        "off": False,
        "false": False,
        "0": False,
    }
    if isinstance(value, bool):
        return value
    if str(value).lower() not in words:
        raise UsageError("{key} must be yes or no", key=setting.key)
    return words[str(value).lower()]
