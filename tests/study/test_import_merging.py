"""Whatever the learner and the source did, the lesson reads, and no word of the learner's is lost."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studybuddy.course.finder import content_root
from studybuddy.course.reader import read_lesson
from studybuddy.course.shelf.writing import FolderToWrite, write_folder
from studybuddy.study.import_plan import PlannedLesson
from studybuddy.study.imports import Imports
from tests.course.importing.sample import text_export

LESSON = "s3w10d2"
SOURCE = text_export().replace("S3W10D1", "S3W10D2")
BLOCKS = SOURCE.split("\n\n")
MARK = "学习者的话"
EDITS = st.lists(
    st.tuples(
        st.sampled_from(["lesson.zh.md", "cards.toml", "lesson.toml"]),
        st.sampled_from(["reword", "add", "drop", "swap"]),
        st.integers(0, 200),
    ),
    max_size=4,
)
CHANGES = st.lists(
    st.tuples(st.sampled_from(["reword", "add", "drop", "swap"]), st.integers(0, 200)), max_size=4
)


def edited(blocks: list[str], deed: str, number: int, words: str) -> list[str]:
    """Some blocks with one of them reworded, dropped, exchanged with the next, or one added behind it."""
    at = number % len(blocks)
    found = list(blocks)
    if deed == "reword":
        found[at] = found[at].replace("的", f"的{words}", 1)
    elif deed == "add":
        found.insert(at + 1, f"{words}{number}。")
    elif deed == "drop":
        del found[at]
    else:
        found[at : at + 2] = found[at : at + 2][::-1]
    return found or blocks


def written(shelf: Path, path: Path) -> PlannedLesson:
    """Import a file as the use case does, without a log."""
    (lesson,) = Imports(shelf, content_root(), None).plan([path], LESSON, force=True).lessons
    assert lesson.folder is not None
    folder = shelf / f"{LESSON}.2"  # beside it first, as the workshop does
    write_folder(folder, FolderToWrite(lesson.id, lesson.folder.files, lesson.folder.kept), shelf / LESSON)
    if (shelf / LESSON).exists():
        (shelf / LESSON).rename(shelf.parent / "old")
    folder.rename(shelf / LESSON)
    return lesson


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(EDITS, CHANGES)
def test_it_reads_and_nothing_of_the_learners_is_lost(
    edits: list[tuple[str, str, int]], changes: list[tuple[str, int]]
) -> None:
    with tempfile.TemporaryDirectory() as place:
        shelf, path = Path(place) / "course", Path(place) / "lesson.txt"
        path.write_text(SOURCE, encoding="utf-8")
        written(shelf, path)
        for name, deed, number in edits:
            file = shelf / LESSON / name
            before = file.read_text(encoding="utf-8")
            blocks = edited(before.split("\n\n"), deed, number, MARK if name.endswith(".md") else "# " + MARK)
            file.write_text("\n\n".join(blocks), encoding="utf-8")
            if read_lesson(shelf / LESSON, "zh").lesson is None:
                file.write_text(before, encoding="utf-8")  # a learner who breaks a lesson sees that at once
        mine = "".join(
            (shelf / LESSON / name).read_text(encoding="utf-8") for name in ("lesson.zh.md", "cards.toml")
        )
        blocks = BLOCKS
        for deed, number in changes:
            blocks = edited(blocks, deed, number, "来源的话")
        path.write_text("\n\n".join(blocks), encoding="utf-8")
        lesson = written(shelf, path)
        assert read_lesson(shelf / LESSON, "zh").lesson is not None
        now = "".join(
            (shelf / LESSON / name).read_text(encoding="utf-8") for name in ("lesson.zh.md", "cards.toml")
        )
        assert now.count(MARK) >= mine.count(MARK)
        if not edits:
            assert (lesson.conflicts, lesson.folder.kept if lesson.folder else None) == ((), ())
