"""What an event carries, written and read: JSON without numbers that are none."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from studybuddy.store.schema import LONGEST_TOOK_MS


def _refused(constant: str) -> float:
    raise ValueError(constant)


_ENCODER = json.JSONEncoder(ensure_ascii=True, allow_nan=False, separators=(",", ":"))
_DECODER = json.JSONDecoder(parse_constant=_refused)


def written(body: Mapping[str, Any]) -> str:
    """A body as the log keeps it. NaN and infinity become null: SQLite would call the text damaged."""
    try:
        return _ENCODER.encode(body)
    except ValueError:
        return _ENCODER.encode(_without_nan(body))


def read(text: str) -> dict[str, Any] | None:
    """A body of the log, None for what no studybuddy has written."""
    try:
        body, end = _DECODER.raw_decode(text)
    except (ValueError, RecursionError):
        return None
    return body if end == len(text) and type(body) is dict else None


def took_ms(body: Mapping[str, Any]) -> int:
    """The time that a review took, 0 where it is not known."""
    elapsed = body.get("elapsed_ms")
    return min(max(elapsed, 0), LONGEST_TOOK_MS) if type(elapsed) is int else 0


def named(body: Mapping[str, Any], key: str = "cards") -> list[str]:
    """The cards that a body lists; what is no card is left out."""
    cards = body.get(key)
    return [card for card in cards if isinstance(card, str) and card] if isinstance(cards, list) else []


def _without_nan(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _without_nan(one) for key, one in value.items()}
    return [_without_nan(one) for one in value] if isinstance(value, list | tuple) else value
