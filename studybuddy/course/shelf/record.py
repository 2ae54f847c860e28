"""What is remembered in an imported lesson's folder: where it came from, and what was written there.

With it a later import of the same file finds its items again, and knows what the learner has changed since.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from studybuddy.course.importing.stable_ids import KnownItem
from studybuddy.course.shelf.pieces import digest, piece_digest, pieces_of

RECORD_NAME = "import.json"
VERSION = 1
MOST_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class Source:
    """The file a lesson was imported from; `hash` is of its bytes."""

    name: str
    kind: str
    hash: str
    code: str
    """The lesson it says it is."""

    def same_as(self, other: Source) -> bool:
        """Whether the other is this file, or another version of it."""
        named = self.name.casefold() == other.name.casefold()
        return self.code == other.code and (named or self.hash == other.hash)


@dataclass(frozen=True, slots=True)
class Record:
    """An import as it was written."""

    source: Source
    items: tuple[KnownItem, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    """The digest of each file, by its path in the folder."""
    pieces: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The digests of its pieces by their names, of each file."""

    @classmethod
    def of(cls, source: Source, items: Sequence[KnownItem], files: Mapping[str, str]) -> Record:
        """The record of files as they come from the source, by their path."""
        pieces = {
            path: {str(key): piece_digest(words) for key, words in pieces_of(path, text).items()}
            for path, text in files.items()
        }
        return cls(source, tuple(items), {path: digest(text) for path, text in files.items()}, pieces)

    def text(self) -> str:
        """The record as JSON."""
        source = self.source
        content = {
            "v": VERSION,
            "source": {"name": source.name, "kind": source.kind, "hash": source.hash, "code": source.code},
            "items": [list(item) for item in self.items],
            "files": dict(self.files),
            "pieces": {path: dict(pieces) for path, pieces in self.pieces.items()},
        }
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def read_record(folder: Path) -> Record | None:
    """The record in a lesson's folder; None where there is none that can be understood."""
    try:
        with (folder / RECORD_NAME).open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        return _understood(json.loads(data)) if len(data) <= MOST_BYTES else None
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None


def _understood(content: Any) -> Record | None:
    if content["v"] != VERSION:
        return None
    source = content["source"]
    return Record(
        Source(*(_text(source[name]) for name in ("name", "kind", "hash", "code"))),
        tuple(
            KnownItem(_text(name), _text(kind), int(ordinal), _text(mark))
            for name, kind, ordinal, mark in content["items"]
        ),
        _marks(content["files"]),
        {path: _marks(marks) for path, marks in content["pieces"].items()},
    )


def _marks(found: Any) -> dict[str, str]:
    return {_text(name): _text(mark) for name, mark in found.items()}


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
