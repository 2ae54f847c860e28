from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from studybuddy.course.index import CACHE_NAME, load_index
from studybuddy.course.indexed import (
    IndexedCard,
    IndexedDerivation,
    IndexedExercise,
    IndexedItem,
    IndexedSection,
)
from tests.course.sample import PROSE_ZH, changed, write_lesson


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_lesson(tmp_path / "content")
    return tmp_path / "content"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def test_what_the_index_holds(root: Path) -> None:
    (lesson,) = load_index(root, None).lessons
    assert (lesson.id, lesson.code) == ("s1w2d3", "S1W2D3")
    assert lesson.titles == {"zh": "平方（Square）", "en": "Square"}
    assert len(lesson.sections) == 7
    assert lesson.sections[0] == IndexedSection("s1w2d3/theory", "theory", {"zh": "理论", "en": "Theory"}, 5)
    targets = ["s1w2d3/square/local", "s1w2d3/card/local"]
    assert lesson.checklist[0] == IndexedItem(
        "s1w2d3/math", "math", "Math", {"zh": "推导", "en": "derive"}, targets
    )
    assert [card.id for card in lesson.cards] == [
        f"s1w2d3/card/{name}" for name in ("local", "chain", "value")
    ]
    assert lesson.cards[0] == IndexedCard(
        "s1w2d3/card/local", "type-in", "s1w2d3/derivation", "s1w2d3/math", "K01", tags=[]
    )
    titles = {"zh": "最大深度", "en": "Maximum depth"}
    assert lesson.exercises[1] == IndexedExercise(
        "s1w2d3/depth", "function", "s1w2d3/algorithm", True, titles
    )
    assert lesson.questions == ["s1w2d3/q1"]
    assert lesson.derivations == [IndexedDerivation("s1w2d3/square", ["s1w2d3/square/local"])]
    assert lesson.think == ["s1w2d3/think-sign"]
    assert lesson.errors == []


def test_the_cache_says_the_same(root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = load_index(root, cache)
    assert (cache / CACHE_NAME).exists()
    monkeypatch.setattr("studybuddy.course.indexing.read_parts", lambda *_: pytest.fail("read again"))
    cached = load_index(root, cache)
    assert cached == fresh
    assert [type(entry) for entry in cached.lessons[0]] == [type(entry) for entry in fresh.lessons[0]]
    assert isinstance(cached.lessons[0].derivations[0], IndexedDerivation)


def test_the_cache_is_private_json(root: Path, cache: Path) -> None:
    load_index(root, cache)
    path = cache / CACHE_NAME
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    parts = json.loads(path.read_text())["index"]["parts"]
    assert parts[str(path.parents[1] / "content" / "s1w2d3")][2][0] == "s1w2d3"
    assert [child.name for child in cache.iterdir()] == [CACHE_NAME]


def test_any_change_of_the_course_is_seen(root: Path, cache: Path) -> None:
    load_index(root, cache)
    prose = root / "s1w2d3" / "lesson.zh.md"
    prose.write_text(PROSE_ZH.replace("平方（Square）", "立方（Square）", 1))
    assert load_index(root, cache).lessons[0].titles["zh"] == "立方（Square）"
    shutil.copytree(root / "s1w2d3", root / "s1w2d4")
    assert [lesson.id for lesson in load_index(root, cache).lessons] == ["s1w2d3", "s1w2d4"]
    shutil.rmtree(root / "s1w2d3")
    assert [lesson.id for lesson in load_index(root, cache).lessons] == ["s1w2d4"]
    (root / "s1w2d4" / "exercises" / "loop" / "exercise.toml").unlink()
    assert load_index(root, cache).lessons[0].errors


def test_a_change_of_time_alone_is_seen(root: Path, cache: Path) -> None:
    load_index(root, cache)
    path = cache / CACHE_NAME
    before = path.read_bytes()
    os.utime(root / "s1w2d3" / "lesson.zh.md", ns=(1, 1))
    load_index(root, cache)
    assert path.read_bytes() != before


def test_another_version_does_not_trust_the_cache(
    root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_index(root, cache)
    before = (cache / CACHE_NAME).read_bytes()
    monkeypatch.setattr("studybuddy.course.index.__version__", "99")
    load_index(root, cache)
    assert (cache / CACHE_NAME).read_bytes() != before


@pytest.mark.parametrize(
    "garbage", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"null", b'{"crc":"00000000","index":{}}']
)
def test_garbage_is_made_anew(root: Path, cache: Path, garbage: bytes) -> None:
    fresh = load_index(root, cache)
    (cache / CACHE_NAME).write_bytes(garbage)
    assert load_index(root, cache) == fresh
    assert (cache / CACHE_NAME).read_bytes() != garbage


def test_every_damaged_byte_is_noticed(root: Path, cache: Path) -> None:
    fresh = load_index(root, cache)
    path = cache / CACHE_NAME
    whole = path.read_bytes()
    for place in range(0, len(whole) - 1, 97):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert load_index(root, cache) == fresh
    path.write_bytes(whole[: len(whole) // 2])
    assert load_index(root, cache) == fresh


def test_a_cache_that_cannot_be_written_is_no_error(root: Path, tmp_path: Path) -> None:
    fresh = load_index(root, None)
    blocker = tmp_path / "file"
    blocker.write_text("in the way")
    assert load_index(root, blocker) == fresh
    assert load_index(root, blocker / "below") == fresh
    folder = tmp_path / "folder"
    (folder / CACHE_NAME).mkdir(parents=True)
    assert load_index(root, folder) == fresh
    assert [child.name for child in folder.iterdir()] == [CACHE_NAME]
    assert load_index(root, tmp_path / "nul\0byte") == fresh


def test_a_broken_lesson_is_named_with_its_errors(tmp_path: Path) -> None:
    root = tmp_path / "content"
    write_lesson(root, changed("lesson.toml", "[facts]", "[facts"))
    write_lesson(root, lesson="s1w2d4")
    write_lesson(root, {"lesson.zh.md": b"\xff", "lesson.en.md": b"\xff"}, lesson="s1w2d5")
    (root / "s1w2d6").mkdir()
    lessons = load_index(root, tmp_path).lessons
    assert [(lesson.id, lesson.code) for lesson in lessons] == [
        ("s1w2d3", "S1W2D3"),
        ("s1w2d4", "S1W2D3"),
        ("s1w2d5", "S1W2D3"),
        ("s1w2d6", "S1W2D6"),
    ]
    assert all(lesson.errors for lesson in lessons)
    assert lessons[0].titles == {"zh": "平方（Square）", "en": "Square"}
    error = lessons[0].errors[0]
    assert error.path.endswith("lesson.toml")
    assert (error.line, error.message) == (64, "not valid TOML: {reason}")
    assert set(error.parameters) == {"reason"}
    assert len(lessons[2].cards) == 3
    assert load_index(root, tmp_path).lessons == lessons


def test_a_course_without_lessons(tmp_path: Path) -> None:
    assert load_index(tmp_path, tmp_path).lessons == []
    assert load_index(tmp_path / "missing", None).lessons == []


def test_a_warm_start_imports_next_to_nothing(root: Path, cache: Path) -> None:
    load_index(root, cache)
    program = """
import sys
from studybuddy.course.index import load_index
assert load_index(sys.argv[1], sys.argv[2]).lessons[0].id == "s1w2d3"
heavy = "markdown_it tomllib dataclasses inspect ast hashlib tempfile pathlib".split()
print(*sorted(name for name in sys.modules if name.startswith("studybuddy") or name in heavy))
"""
    command = [sys.executable, "-S", "-c", program, str(root), str(cache)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    ours = ["", ".course", *(f".course.{name}" for name in ("index", "indexed", "lesson_names", "looks"))]
    assert done.stdout.split() == [f"studybuddy{name}" for name in ours]
