"""Which paths a program can reach behind the wall: the allow list of `wall.py`, asked and not enforced."""

from __future__ import annotations

import os
import sys
from os import getcwd
from os.path import dirname, islink, lexists, normpath, realpath
from pathlib import Path
from typing import Any

from studybuddy.runner.harness.wall import Standing

_HARNESS = f"{Path(__file__).parent}/"


class Reach:
    """What stands open. Asked by an audit hook at every `open`: it opens nothing itself, without pathlib."""

    def __init__(self, standing: Standing) -> None:
        self._folder = standing.folder
        self._inside = f"{standing.folder}/"
        self._readable = frozenset((*standing.readable, "/proc/self", *sys.path))
        self._below = (_HARNESS, "/proc/self/", *(f"{place}/" for place in standing.readable))

    def refuses(self, path: Any, writes: bool) -> bool:
        """Whether the wall is why `path` cannot be opened. What is not there at all is not refused."""
        name = name_of(path)
        if not name or name == ":memory:":
            return False
        full = normpath(name if name.startswith("/") else f"{getcwd()}/{name}")  # noqa: PTH109
        if self._open_to(full, writes) and not islink(full):  # noqa: PTH114
            return False
        real = realpath(full)
        if self._open_to(real, writes):
            return False
        there = dirname(real) if writes else real  # noqa: PTH120
        return lexists(there)

    def _open_to(self, path: str, writes: bool) -> bool:
        if path in (self._folder, os.devnull) or path.startswith((self._inside, *_own_pipes())):
            return True
        return not writes and (path in self._readable or path.startswith(self._below))


def _own_pipes() -> tuple[str, str]:
    """Where the descriptors of this process are, which are open already."""
    return "/proc/self/fd/", f"/proc/{os.getpid()}/fd/"


def name_of(path: Any) -> str:
    """A path as it was given; empty for a descriptor, which is open already."""
    return os.fsdecode(path) if isinstance(path, (str, bytes, os.PathLike)) else ""
