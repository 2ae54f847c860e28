"""How the suite is spread over the machine, and what is done once for all of it."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from studybuddy.course.finder import content_root
from studybuddy.course.index import CACHE_NAME, load_index
from studybuddy.course.indexed import CourseIndex
from studybuddy.study import own_course

CONTENT = content_root()
WORKERS_A_CORE = 2
"""The tests wait as long as they compute: for terminals, time limits and processes."""


def pytest_xdist_auto_num_workers() -> int:
    """How many workers `-n auto` starts."""
    return WORKERS_A_CORE * (os.cpu_count() or 1)


@pytest.fixture(scope="session")
def course_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache file of the real course, as its first reading leaves it."""
    folder = tmp_path_factory.mktemp("course")
    load_index(CONTENT, folder)
    return folder / CACHE_NAME


@pytest.fixture(autouse=True)
def course_read_once(course_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new data folder finds the course read already: 0.2 s in more than a thousand tests."""

    def load(root: Path, cache_dir: Path | None, imported: Path | None = None) -> CourseIndex:
        kept = cache_dir and cache_dir / CACHE_NAME
        if kept and root == CONTENT and not os.path.lexists(kept):
            with suppress(OSError):
                kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                shutil.copy(course_cache, kept)
        return load_index(root, cache_dir, imported)

    monkeypatch.setattr(own_course, "load_index", load)
