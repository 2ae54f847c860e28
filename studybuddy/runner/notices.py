"""What a program tried and was refused, in words: `harness/notices.py` tells of it as it happens."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from studybuddy.core.phrase import Phrase
from studybuddy.runner import messages
from studybuddy.text import clean_line

MOST = 5
LONGEST_TARGET = 80

_WORDS = {
    "connect": (messages.TRIED_NETWORK, messages.TRIED_CONNECT),
    "program": (messages.TRIED_A_PROGRAM, messages.TRIED_PROGRAM),
    "process": (messages.TRIED_PROCESS, messages.TRIED_PROCESS),
    "signal": (messages.TRIED_SIGNAL, messages.TRIED_SIGNAL),
    "read": (messages.TRIED_FILE, messages.TRIED_READ),
    "write": (messages.TRIED_FILE, messages.TRIED_WRITE),
    "list": (messages.TRIED_FILE, messages.TRIED_LIST),
    "remove": (messages.TRIED_FILE, messages.TRIED_REMOVE),
    "change": (messages.TRIED_FILE, messages.TRIED_CHANGE),
}
"""What was tried: a sentence without and one with what it was tried on."""


def phrase(attempt: Mapping[str, Any]) -> Phrase:
    """The sentence for an attempt as the child put it; nothing in it is trusted."""
    act, target = attempt.get("act"), attempt.get("target")
    shown = _shortened(target) if isinstance(target, str) else ""
    if not isinstance(act, str) or act not in _WORDS:
        return Phrase.of(messages.BLOCKED, text=shown)
    bare, full = _WORDS[act]
    return Phrase.of(full, target=shown) if shown and full != bare else Phrase(bare)


def _shortened(target: str) -> str:
    text = clean_line(target, 1000).strip()
    home = str(Path.home())
    if text.startswith(f"{home}/") and len(home) > 1:
        text = "~" + text[len(home) :]
    return text if len(text) <= LONGEST_TARGET else text[: LONGEST_TARGET - 1] + "…"


class Notices:
    """The first few different attempts of one run, over all its children."""

    def __init__(self) -> None:
        self._phrases: dict[Phrase, None] = {}

    def take(self, attempts: list[dict[str, Any]]) -> None:
        """Add what one child tried."""
        for attempt in attempts:
            if len(self._phrases) < MOST:
                self._phrases.setdefault(phrase(attempt))

    def phrases(self) -> tuple[Phrase, ...]:
        """The attempts in their order, each once."""
        return tuple(self._phrases)
