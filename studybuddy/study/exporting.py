"""What a learner can take with them: cards as CSV, the log as JSON lines."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from typing import TextIO

from studybuddy.core.block import Paragraph
from studybuddy.core.card import CardMemory, CardState
from studybuddy.core.event import Event
from studybuddy.memory.scheduler import due_text
from studybuddy.study.paper import one_line
from studybuddy.study.wiring import Study

_WORDS = ("id", "kind", "front", "back", "tags", "section")
_MEMORY = ("state", "due", "stability", "difficulty", "reps", "lapses")
CARD_COLUMNS = _WORDS + _MEMORY
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is taken for a formula by spreadsheets; it gets an apostrophe."""


def write_cards(study: Study, out: TextIO) -> int:
    """Write every card with its words and its memory; returns the number of rows."""
    writer = csv.writer(out)
    writer.writerow(CARD_COLUMNS)
    rows = [[_safe(cell) for cell in row] for row in _cards(study)]
    writer.writerows(rows)
    return len(rows)


def write_log(study: Study, out: TextIO) -> int:
    """Write every event as one JSON object a line, in the order of a replay; returns the number of lines."""
    lines = 0
    for event in study.desk.store.log.all():
        out.write(json.dumps(_event(event), ensure_ascii=False) + "\n")
        lines += 1
    return lines


def _cards(study: Study) -> Iterator[tuple[object, ...]]:
    memories = study.desk.store.queue.memories()
    for identifier in study.card_ids():
        content = study.library.card(identifier)
        memory = memories.get(identifier) or CardMemory(identifier, CardState.UNSEEN)
        if content is None:
            asked = one_line((Paragraph(study.library.question(identifier).question),))
            words: tuple[object, ...] = ("interview", asked, "", "", "")
        else:
            tags = " ".join(content.tags)
            words = (content.kind.value, content.front, content.back, tags, content.section)
        yield (
            identifier, *words, memory.state.value, due_text(memory), memory.stability, memory.difficulty,
            memory.reps, memory.lapses,
        )  # fmt: skip


def _safe(cell: object) -> object:
    if cell is None:
        return ""
    if isinstance(cell, str):
        text = cell.encode("utf-8", "replace").decode().replace("\x00", "")
        return "'" + text if text.startswith(_FORMULA) else text
    return cell


def _event(event: Event) -> dict[str, object]:
    return {
        "dev": event.dev,
        "seq": event.seq,
        "at_ms": event.at_ms,
        "wall_ms": event.wall_ms,
        "tz_min": event.tz_min,
        "day": event.day.isoformat(),
        "kind": event.kind.value,
        "card": event.subject,
        "body": event.body,
    }
