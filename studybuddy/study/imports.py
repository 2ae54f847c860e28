"""What importing some files would do to the learner's shelf. Reads it and the log, and writes nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from studybuddy.core.errors import UsageError
from studybuddy.core.event import EventKind
from studybuddy.core.phrase import Phrase
from studybuddy.course.importing.lesson_files import LessonFiles, lesson_files
from studybuddy.course.importing.stable_ids import with_former
from studybuddy.course.shelf.difference import differences
from studybuddy.course.shelf.folders import recoded, texts_below
from studybuddy.course.shelf.merging import Merged, kept_apart, merge
from studybuddy.course.shelf.record import RECORD_NAME, Record, Source
from studybuddy.course.shelf.writing import FolderToWrite, write_folder
from studybuddy.i18n import N_
from studybuddy.study.import_names import Names, Target, duplicate
from studybuddy.study.import_plan import ImportPlan, PlannedLesson, known_before
from studybuddy.study.importing import Preview, preview

if TYPE_CHECKING:
    from studybuddy.store.log import EventLog


class Imports:
    """Plans imports."""

    def __init__(self, shelf: Path, content: Path, log: EventLog | None) -> None:
        """Look at the learner's folder of lessons, the course's, and the log if there is one."""
        self._shelf = shelf
        self._log = log
        self._names = Names(shelf, content, log)

    def plan(self, paths: Iterable[Path], code: str = "", *, force: bool = False) -> ImportPlan:
        """What importing some files would do.

        Args:
            paths: files, or lesson folders of our own format.
            code: the lesson that the one file is to become.
            force: whether errors in a file, and another source's lesson in its place, are no obstacle.

        Raises:
            UsageError: a path cannot be read, or no lesson can have the code.
        """
        given = preview(paths)
        if code and len(given) != 1:
            raise UsageError("--as names one lesson; import one file at a time")
        return self.planned(given, code, force=force)

    def planned(self, given: Sequence[Preview], code: str = "", *, force: bool = False) -> ImportPlan:
        """What importing files that were read before would do, as the shelf is now."""
        lessons: list[PlannedLesson] = []
        for one in given:
            if any(one.hash == other.given.hash and one.path.name == other.path.name for other in lessons):
                raise UsageError("{path} is named twice", path=one.path)
            taken = {other.id for other in lessons}
            lessons.append(self._lesson(one, code, taken, force=force))
        return ImportPlan(tuple(lessons), force, code)

    def _lesson(self, given: Preview, code: str, taken: Collection[str], *, force: bool) -> PlannedLesson:
        source = _source(given)
        target: Target | None = None
        try:
            target = self._names.target(source, code, taken, force=force)
            files = _files(given, target)
        except UsageError as error:
            if code and target is None:
                raise
            return PlannedLesson(given, refused=Phrase(error.message, tuple(error.parameters.items())))
        items = files.items if target.record is None else with_former(files.items, target.record.items)
        record = Record.of(source, items, files.files)
        if target.record is None:
            merged = Merged(dict(files.files))
        else:
            merged = self._merged(target.id, target.record, files.files)
        changes = () if target.record is None else differences(target.record.pieces, record.pieces)
        if given.files is not None and not given.imported.failed and not self._readable(target.id, merged):
            words = N_(
                "this lesson cannot be read without files that lie beside its folder, such as drills.toml"
            )
            return PlannedLesson(given, refused=Phrase(words))
        note = target.note if target.record is None else duplicate(known_before(target.id, changes))
        texts = {**merged.files, **merged.beside, RECORD_NAME: record.text()}
        reworded = [
            f"{target.id}/card/{word}"
            for change in changes
            if change.kind == "card"
            for word in change.changed
            if self._log is not None and self._log.latest(EventKind.CARD_EDIT, f"{target.id}/card/{word}")
        ]
        return PlannedLesson(
            given,
            target.id,
            target.record is not None,
            changes,
            tuple(merged.conflicts),
            tuple(reworded),
            () if note is None else (note,),
            folder=FolderToWrite(target.id, texts, tuple(merged.kept)),
        )

    def _merged(self, lesson: str, record: Record, new: Mapping[str, str]) -> Merged:
        """The learner's folder with what is new, such that it can be read."""
        folder = self._shelf / lesson
        here = texts_below(folder)
        merged = merge(record, here, new)
        if merged.edited and not self._readable(lesson, merged) and self._readable(lesson, Merged(dict(new))):
            return kept_apart(here, new)
        return merged

    def _readable(self, lesson: str, merged: Merged) -> bool:
        """Whether our reader finds no error in a lesson as it would be."""
        from studybuddy.course.reader import read_lesson

        with tempfile.TemporaryDirectory(prefix="studybuddy-") as place:
            folder = Path(place) / lesson
            write_folder(folder, FolderToWrite(lesson, merged.files, merged.kept), self._shelf / lesson)
            return read_lesson(folder, "zh").lesson is not None


def _source(given: Preview) -> Source:
    imported = given.imported
    return Source(imported.name, imported.kind.value, given.hash, imported.code.upper())


def _files(given: Preview, target: Target) -> LessonFiles:
    code = target.id.upper()
    if given.files is not None:
        return LessonFiles(target.id, recoded(dict(given.files), code), ())
    known = target.record.items if target.record is not None else ()
    return lesson_files(given.imported, code, known)
