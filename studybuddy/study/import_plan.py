"""What an import will do: which lesson each file becomes, and what that changes. Ready to be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from studybuddy.core.phrase import Phrase
from studybuddy.course.importing.findings import Finding
from studybuddy.course.importing.model import Imported
from studybuddy.course.shelf.difference import Change
from studybuddy.course.shelf.merging import Clash, Conflict
from studybuddy.course.shelf.writing import FolderToWrite
from studybuddy.i18n import N_
from studybuddy.study.importing import Preview

KIND_WORDS = {
    "card": N_("cards"),
    "question": N_("interview questions"),
    "think": N_("thinking questions"),
    "derivation": N_("derivations"),
    "step": N_("steps"),
    "exercise": N_("programs"),
    "symbol": N_("symbols"),
    "checklist": N_("checklist items"),
    "section": N_("sections"),
}
"""The kinds of items that a difference tells."""
_CLASHES = {
    Clash.BOTH: N_("{item}: you changed it and so did the source; yours stays, the new one is in {beside}"),
    Clash.GONE: N_("{item}: the source has it no longer; yours stays, because you changed it"),
    Clash.REMOVED: N_("{item}: you took it out and the source changed it; it stays out, see {beside}"),
    Clash.UNFIT: N_(
        "your changes and the new version make no lesson together; all of yours stay, the new files lie "
        "beside them as *.new"
    ),
}


@dataclass(frozen=True, slots=True)
class PlannedLesson:
    """One file on its way to become a lesson."""

    given: Preview
    id: str = ""
    """The lesson it becomes; empty where that cannot be said."""
    replaces: bool = False
    """Whether an earlier import of it is brought up to date."""
    changes: tuple[Change, ...] = ()
    """What is not as it was; nothing for a lesson that is new."""
    conflicts: tuple[Conflict, ...] = ()
    reworded: tuple[str, ...] = ()
    """Cards that the learner worded in the app and whose words the source changed; the learner's stay."""
    notes: tuple[Finding, ...] = ()
    """What is to be said beside the file's own findings: that a code is taken."""
    refused: Phrase | None = None
    """Why it cannot become a lesson, whatever anyone says."""
    folder: FolderToWrite | None = None

    @property
    def path(self) -> Path:
        """The file."""
        return self.given.path

    @property
    def imported(self) -> Imported:
        """What it holds."""
        return self.given.imported

    @property
    def code(self) -> str:
        """The lesson's code, as learners type it."""
        return self.id.upper()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything there is to say about the file."""
        return (*self.notes, *self.imported.findings)

    @property
    def difference(self) -> tuple[Phrase, ...]:
        """What an import of it changes, a line a kind."""
        return tuple(change_words(change) for change in self.changes)

    @property
    def warnings(self) -> tuple[Phrase, ...]:
        """What of the learner's own stands against the source."""
        words = N_("{card}: you worded it yourself and the source changed it; your words stay")
        kept = (Phrase.of(words, card=card) for card in self.reworded)
        return (*(conflict_words(conflict) for conflict in self.conflicts), *kept)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Some files on their way to become lessons: all of them, or none."""

    lessons: tuple[PlannedLesson, ...] = ()
    force: bool = False
    """Whether findings that are errors do not keep a file from being imported."""
    wanted: str = field(default="")
    """The code that was asked for."""

    @property
    def ready(self) -> bool:
        """Whether all of it can be written."""
        return bool(self.lessons) and all(
            one.folder is not None and (self.force or not one.imported.failed) for one in self.lessons
        )


def known_before(lesson: str, changes: Sequence[Change]) -> Phrase:
    """That a lesson was imported already, and how many of its items are new, other and gone."""
    added, changed, removed = (
        sum(len(getattr(change, what)) for change in changes) for what in ("added", "changed", "removed")
    )
    words = N_(
        "{code} was imported before; of its items {added} are added, {changed} changed, {removed} removed"
    )
    return Phrase.of(words, code=lesson.upper(), added=added, changed=changed, removed=removed)


def change_words(change: Change) -> Phrase:
    """`cards: 2 added (q3, q4), 1 changed (q1)`."""
    parts = [
        Phrase.of(words, n=len(ids), ids=_some(ids))
        for words, ids in (
            (N_("{n} added ({ids})"), change.added),
            (N_("{n} changed ({ids})"), change.changed),
            (N_("{n} removed ({ids})"), change.removed),
        )
        if ids
    ]
    rest = parts[-1]
    for part in reversed(parts[:-1]):
        rest = Phrase.of(N_("{first}, {rest}"), first=part, rest=rest)
    return Phrase.of(N_("{label}: {text}"), label=Phrase(KIND_WORDS[change.kind]), text=rest)


def conflict_words(conflict: Conflict) -> Phrase:
    """Which item, who changed it, and what becomes of it."""
    item = f"{conflict.path} · {conflict.id}" if conflict.id not in ("", conflict.path) else conflict.path
    if conflict.clash is Clash.UNFIT:
        return Phrase(_CLASHES[conflict.clash])
    if conflict.clash is Clash.GONE:
        return Phrase.of(_CLASHES[conflict.clash], item=item)
    return Phrase.of(_CLASHES[conflict.clash], item=item, beside=f"{conflict.path}.new")


def _some(ids: tuple[str, ...], most: int = 5) -> str:
    return ", ".join(ids[:most]) + (", …" if len(ids) > most else "")
