"""Puts lessons into the learner's folder: all of them, or none.

Everything is written into a folder beside them first. Then the folders change places, and a note in that
folder says so; it goes when the log knows of the import. Whoever finds such a folder later, after a crash,
asks the log and finishes what was begun or takes it back.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from studybuddy.core.errors import StoreError, StoreFullError, StoreReadOnlyError
from studybuddy.course.looks import WORKSHOP

_NEW, _OLD = "new", "old"


@dataclass(frozen=True, slots=True)
class FolderToWrite:
    """A lesson's folder as it is to be: texts, and files of the present folder that stay."""

    id: str
    files: Mapping[str, str]
    kept: Sequence[str] = field(default=())


class Workshop:
    """One import on its way into the folder of lessons."""

    def __init__(self, root: Path, folder: Path) -> None:
        """`root`: the folder of lessons; `folder`: where this import is made ready."""
        self._root = root
        self._folder = folder

    @property
    def name(self) -> str:
        """By what the log knows this import."""
        return self._folder.name.removeprefix(WORKSHOP)

    def folder_of(self, lesson: str) -> Path:
        """Where a lesson lies that is ready."""
        return self._folder / _NEW / lesson

    def put(self) -> None:
        """Let the lessons take their places. What lay there is set aside.

        Raises:
            StoreError: one of them could not; then none has.
        """
        try:
            for folder in sorted((self._folder / _NEW).iterdir()):
                place = self._root / folder.name
                if os.path.lexists(place):
                    place.rename(self._folder / _OLD / folder.name)
                folder.rename(place)
            settle_folder(self._root)
        except OSError as error:
            self.take_back()
            raise understood(error, self._root) from error

    def take_back(self) -> None:
        """Give every place back to what lay there before, and forget the import."""
        for name in _names(self._folder):
            new, old, place = self.folder_of(name), self._folder / _OLD / name, self._root / name
            if not new.exists() and place.exists():
                place.rename(new)
            if os.path.lexists(old):
                old.rename(place)
        self.finish()

    def finish(self) -> None:
        """The import is in the log: let go of what lay there before."""
        with suppress(OSError):
            gone = self._folder.with_name(f"{self._folder.name}.gone")
            self._folder.rename(gone)  # from here on nobody takes it for one on its way
            shutil.rmtree(gone, ignore_errors=True)
            settle_folder(self._root)


def make_ready(root: Path, lessons: Sequence[FolderToWrite]) -> Workshop:
    """Write some lessons beside their places.

    Raises:
        StoreError: they cannot be written; then nothing was.
    """
    folder: Path | None = None
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=WORKSHOP, dir=root))
        (folder / _OLD).mkdir()
        for lesson in lessons:
            write_folder(folder / _NEW / lesson.id, lesson, root / lesson.id)
        (folder / "lessons").write_text("\n".join(lesson.id for lesson in lessons), encoding="utf-8")
        for place in (folder / _NEW, folder):
            settle_folder(place)
        return Workshop(root, folder)
    except OSError as error:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        raise understood(error, root) from error


def unfinished(root: Path) -> list[Workshop]:
    """Imports that were on their way when their process ended."""
    try:
        with os.scandir(root) as children:
            names = sorted(child.name for child in children if child.name.startswith(WORKSHOP))
    except OSError:
        return []
    found = []
    for name in names:
        if name.endswith(".gone") or not (root / name / "lessons").exists():
            shutil.rmtree(root / name, ignore_errors=True)
        else:
            found.append(Workshop(root, root / name))
    return found


def recover(root: Path, logged: Callable[[str], bool]) -> bool:
    """Finish or take back what a crash left half done; whether there was anything.

    Args:
        root: the folder of lessons.
        logged: whether the log knows an import by its name.
    """
    left = unfinished(root)
    for workshop in left:
        if logged(workshop.name):
            workshop.finish()
        else:
            workshop.take_back()
    return bool(left)


def _names(folder: Path) -> list[str]:
    return (folder / "lessons").read_text(encoding="utf-8").split("\n")


def write_folder(folder: Path, lesson: FolderToWrite, present: Path) -> None:
    """Make a lesson's folder.

    Args:
        folder: where; it must not be there yet.
        lesson: what it holds.
        present: the folder from which files are kept.

    Raises:
        OSError: it cannot be written.
    """
    folder.mkdir(parents=True)
    folders = {folder}
    for name in lesson.kept:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(present / name, target, follow_symlinks=False)
        folders.add(target.parent)
    for name, text in lesson.files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        folders.add(target.parent)
        with target.open("wb") as file:
            file.write(text.encode("utf-8", "replace"))
            file.flush()
            os.fsync(file.fileno())
    for place in folders:
        settle_folder(place)


def settle_folder(folder: Path) -> None:
    """Have the names in a folder on the disk, where the system can."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def understood(error: OSError, root: Path) -> StoreError:
    """What a failed write means to the learner."""
    import errno

    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StoreFullError("the disk is full; nothing was saved. Free some space and try again")
    path = error.filename or root
    if error.errno in (errno.EACCES, errno.EROFS, errno.EPERM):
        return StoreReadOnlyError("{path} cannot be written; nothing was saved", path=path)
    reason = error.strerror or str(error)
    return StoreError("{path} cannot be written: {reason}; nothing was saved", path=path, reason=reason)
