"""A new version of a lesson beside what the learner changed in its files: both are kept where they can be.

Three versions meet: what was written at the last import (known by its digests alone), what lies in the
folder, and what the source says now. Where only one of the latter two is new, it is taken. Where both are,
the learner's stays, and the whole new file is laid beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from studybuddy.course.shelf.aligning import aligned
from studybuddy.course.shelf.pieces import Key, Pieces, digest, piece_digest, pieces_of
from studybuddy.course.shelf.record import Record

BESIDE = ".new"
"""What the name of a file ends in that lies beside the learner's."""


class Clash(StrEnum):
    """How the learner's change and the source's do not go together."""

    BOTH = "both"
    """Both changed it, or made it: the learner's stays."""
    GONE = "gone"
    """The source has it no longer: the learner's stays."""
    REMOVED = "removed"
    """The learner took it out and the source changed it: it stays out."""
    UNFIT = "unfit"
    """The two together are no lesson that can be read: every file of the learner's stays."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """An item that the learner and the source both changed."""

    path: str
    kind: str
    id: str
    clash: Clash


@dataclass(slots=True)
class Merged:
    """The files of a lesson as they are to be."""

    files: dict[str, str] = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)
    """New versions that are laid beside the learner's, by the names they get."""
    kept: list[str] = field(default_factory=list)
    """Files of the folder that stay as they are."""
    conflicts: list[Conflict] = field(default_factory=list)
    mixed: bool = False
    """Whether some file is in part the learner's."""

    @property
    def edited(self) -> bool:
        """Whether anything of the learner's is in it."""
        return self.mixed or bool(self.kept)


def kept_apart(here: Mapping[str, str | None], new: Mapping[str, str]) -> Merged:
    """The learner's files as they are, with those of the source beside them, where the two do not fit."""
    merged = Merged(kept=[path for path in here if not path.endswith(BESIDE)])
    merged.beside = {path + BESIDE: text for path, text in new.items() if here.get(path) != text}
    merged.conflicts = [Conflict("", "file", "", Clash.UNFIT)]
    return merged


def merge(record: Record, here: Mapping[str, str | None], new: Mapping[str, str]) -> Merged:
    """The learner's folder with what is new in the source.

    Args:
        record: the last import.
        here: the texts in the folder by path, None for a file that is no text.
        new: the texts that the source makes now.
    """
    merged = Merged()
    for path, text in new.items():
        lies = here.get(path, "")
        if path not in here or lies == text or (lies and digest(lies) == record.files.get(path)):
            merged.files[path] = text
        elif digest(text) == record.files.get(path):
            merged.kept.append(path)
        else:
            _merge_file(path, record, lies, text, merged)
    for path, lies in here.items():
        if path in new or path.endswith(BESIDE):
            continue
        mark = record.files.get(path)
        if mark is None or lies is None or digest(lies) != mark:
            merged.kept.append(path)
            if mark is not None:
                [key] = list(pieces_of(path, ""))[:1] or [Key("file", path)]
                merged.conflicts.append(Conflict(path, key.kind, key.id, Clash.GONE))
    _whole_exercises(merged, here)
    return merged


def _merge_file(path: str, record: Record, lies: str | None, text: str, merged: Merged) -> None:
    """Put one file together, piece by piece."""
    if lies is None:
        merged.kept.append(path)
        merged.conflicts.append(Conflict(path, "file", path, Clash.BOTH))
        merged.beside[path + BESIDE] = text
        return
    merged.mixed = True
    before = record.pieces.get(path, {})
    mine, new = (aligned(before, pieces_of(path, version)) for version in (lies, text))
    pieces, clashes = _meet(before, mine, new)
    merged.files[path] = "\n\n".join(words.rstrip("\n") for words in pieces.values()) + "\n"
    if clashes:
        merged.beside[path + BESIDE] = text
        told = (Conflict(path, key.kind, key.id, clash) for key, clash in clashes.items())
        merged.conflicts += dict.fromkeys(told)


def _meet(before: Mapping[str, str], mine: Pieces, new: Pieces) -> tuple[Pieces, dict[Key, Clash]]:
    """The pieces of a file as they are to be, and those where the learner's stays against the source's."""
    found: Pieces = {}
    clashes: dict[Key, Clash] = {}
    for key, words in new.items():
        mark, own = before.get(str(key)), mine.get(key)
        source_changed = piece_digest(words) != mark
        if own is None:
            if mark is None:
                found[key] = words
            elif source_changed:
                clashes[key] = Clash.REMOVED
        elif own == words or piece_digest(own) == mark:
            found[key] = words
        else:
            found[key] = own
            if source_changed:
                clashes[key] = Clash.BOTH
    return _with_own(found, before, mine, new, clashes), clashes


def _with_own(
    found: Pieces, before: Mapping[str, str], mine: Pieces, new: Pieces, clashes: dict[Key, Clash]
) -> Pieces:
    """The pieces with those of the learner's that the source has not, each behind the one it stood behind."""
    last: Key | None = None
    for key, own in mine.items():
        if key not in new:
            mark = before.get(str(key))
            if mark is not None and piece_digest(own) == mark:
                continue
            if mark is not None:
                clashes[key] = Clash.GONE
            found = _after(found, last, key, own)
        last = key if key in found else last
    return found


def _after(pieces: Pieces, last: Key | None, key: Key, words: str) -> Pieces:
    """The pieces with one more behind another; at the beginning where that is None."""
    if last is None:
        return {key: words, **pieces}
    found: Pieces = {}
    for name, text in pieces.items():
        found[name] = text
        if name == last:
            found[key] = words
    return found


def _whole_exercises(merged: Merged, here: Mapping[str, str | None]) -> None:
    """An exercise of which one file stays although the source has it no longer keeps its other files too."""
    gone = {conflict.path.rpartition("/")[0] for conflict in merged.conflicts if conflict.clash is Clash.GONE}
    gone = {folder for folder in gone if folder.startswith("exercises/")}
    for path in here:
        known = path in merged.files or path in merged.kept
        if not known and not path.endswith(BESIDE) and path.rpartition("/")[0] in gone:
            merged.kept.append(path)
