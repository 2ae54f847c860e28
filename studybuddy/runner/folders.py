"""The folder of one run: empty when it starts, gone when it ends, whatever was put into it."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from studybuddy.core.errors import RunnerError
from studybuddy.i18n import N_

PREFIX = "studybuddy-run-"
_MADE_BY = re.compile(rf"{PREFIX}(\d+)-")
"""The name of a folder tells the process that made it."""


@contextmanager
def run_folder(scratch: Path | None) -> Iterator[Path]:
    """A fresh folder inside `scratch`, by default the system's temporary folder.

    Raises:
        RunnerError: it cannot be created.
    """
    try:
        folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=scratch))
    except OSError as error:
        message = N_("cannot create a temporary folder in {folder}: {why}")
        where = str(scratch or tempfile.gettempdir())
        raise RunnerError(message, folder=where, why=error.strerror or str(error)) from error
    try:
        yield folder
    finally:
        remove(folder)


def sweep() -> int:
    """Remove folders of runs whose app was killed before it could; returns how many."""
    found = 0
    with suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        for entry in entries:
            maker = _MADE_BY.match(entry.name)
            if maker and entry.is_dir(follow_symlinks=False) and not _is_in_use(entry, int(maker[1])):
                remove(Path(entry.path))
                found += 1
    return found


def _is_in_use(entry: os.DirEntry[str], maker: int) -> bool:
    """Whether a folder is somebody else's, or a process with the number of its maker lives."""
    import psutil

    foreign = sys.platform != "win32" and entry.stat(follow_symlinks=False).st_uid != os.getuid()
    return foreign or psutil.pid_exists(maker)


def remove(folder: Path) -> None:
    """Remove a folder. Its processes must be dead: paths are looked at first and acted on later."""
    with suppress(RecursionError):  # nested as deeply as a program can
        shutil.rmtree(folder, ignore_errors=True)
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        _flatten(folder)
        shutil.rmtree(folder, ignore_errors=True)


def _flatten(folder: Path) -> None:
    """Open locked folders and lift everything out of them, level by level, until nothing is nested."""
    numbers = itertools.count()
    try:
        folder.chmod(0o700)
        while inner := _folders_in(folder):
            for path in inner:
                path.chmod(0o700)
                for locked in _folders_in(path):  # a folder that is locked itself cannot be moved
                    locked.chmod(0o700)
                for entry in path.iterdir():
                    entry.rename(folder / f"{PREFIX}{next(numbers)}")
                path.rmdir()
    except OSError:
        return


def _folders_in(folder: Path) -> list[Path]:
    return [Path(entry.path) for entry in os.scandir(folder) if entry.is_dir(follow_symlinks=False)]
