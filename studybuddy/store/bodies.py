"""What an event carries, written and read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from studybuddy.core.event import EventKind
from studybuddy.store.schema import LONGEST_TOOK_MS

STRICT = frozenset({EventKind.REVIEW, EventKind.INTERVIEW, EventKind.FORGET})
"""Kinds whose bodies SQLite reads, too: one with NaN in it, which to SQLite is no JSON, is none to anybody.

The losses of a program may well be NaN or infinite.
"""


def _refused(constant: str) -> float:
    raise ValueError(constant)


_ENCODER = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"))
_DECODER = json.JSONDecoder()
_STRICT_DECODER = json.JSONDecoder(parse_constant=_refused)


def written(body: Mapping[str, Any]) -> str:
    """A body as the log keeps it."""
    return _ENCODER.encode(body)


def read(text: str, *, strict: bool = True) -> dict[str, Any] | None:
    """A body of the log, None for what no studybuddy has written.

    Args:
        text: as it is stored.
        strict: whether NaN in it makes it none; see `STRICT`.
    """
    try:
        body, end = (_STRICT_DECODER if strict else _DECODER).raw_decode(text)
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
