"""`course-open`: a course of 30 imported lessons, until every card has its place.

Each time in a process of its own, from before the first import, the cache warm, as at a start of the app.
Beside it: with one lesson edited since, and with no cache at all.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from studybuddy.course.importing.lesson_files import lesson_files
from studybuddy.course.importing.reading import read_import
from tests.benchmarks.measure import Figure
from tests.course.importing.sample import text_export

ROUNDS = 7
LESSONS = 30
GOAL_MS = 150.0

_CHILD = """
import sys, time
began = time.perf_counter()
from pathlib import Path
from studybuddy.course.finder import content_root
from studybuddy.course.index import load_index
from studybuddy.study.catalogue import Catalogue
catalogue = Catalogue(load_index(content_root(), Path(sys.argv[1], "cache"), Path(sys.argv[1], "course")))
cards = len(catalogue.card_ids)
took = time.perf_counter() - began
import json
whole = sum(lesson.imported and not lesson.errors for lesson in catalogue.lessons)
print(json.dumps([took * 1000, whole, cards]))
"""


def course_open() -> Figure:
    """Milliseconds until a course of 30 lessons more than its own is open."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        _write_lessons(home / "course")
        cold = _opened(home)
        warm = min(_opened(home) for _ in range(ROUNDS))
        edited = []
        for _ in range(ROUNDS):
            with (home / "course" / "s4w1d1" / "cards.toml").open("a", encoding="utf-8") as file:
                file.write("\n")
            edited.append(_opened(home))
    note = f"{min(edited):.0f} ms with one lesson edited, {cold:.0f} ms the first time"
    return Figure("course-open", warm, None, "ms", GOAL_MS, note=note)


def _write_lessons(shelf: Path) -> None:
    imported = read_import("lesson.txt", text_export().encode())
    for number in range(LESSONS):
        made = lesson_files(imported, f"S4W{number // 7 + 1}D{number % 7 + 1}")
        for name, text in made.files.items():
            path = shelf / made.id / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


def _opened(home: Path) -> float:
    command = [sys.executable, "-c", _CHILD, str(home)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    took, lessons, cards = json.loads(done.stdout)
    assert lessons == LESSONS
    assert cards > LESSONS
    return float(took)
