from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studybuddy.course.importing.lesson_files import lesson_files
from studybuddy.course.importing.reading import read_import
from studybuddy.course.shelf.pieces import Key, pieces_of
from tests.course.importing.sample import text_export

FILES = lesson_files(read_import("lesson.txt", text_export().encode()), "S3W10D2").files
HEADS = ["## 1 a {#theory}", "### q {#q1}", "> **思考题** {#think-1}：？", "> 答", "## 4 面试 {#interview}"]
LINES = [*HEADS, "", "```", "~~~", "text", "[[card]]", 'id = "a"', "[facts]", "  [[step]]", "\x0c"]


@pytest.mark.parametrize("path", FILES)
def test_pieces_laid_end_to_end_are_the_file(path: str) -> None:
    assert "".join(pieces_of(path, FILES[path]).values()) == FILES[path]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["lesson.zh.md", "cards.toml", "notes.txt"]), st.lists(st.sampled_from(LINES)))
def test_whatever_a_file_holds_nothing_is_lost(path: str, lines: list[str]) -> None:
    text = "\n".join(lines)
    assert "".join(pieces_of(path, text).values()) == text


def test_what_the_pieces_of_a_lesson_are_called() -> None:
    prose = list(pieces_of("lesson.zh.md", FILES["lesson.zh.md"]))
    assert Key("think", "think-1") in prose
    assert Key("question", "q2") in prose
    assert [key.id for key in prose if key.kind == "step"] == ["step-1", "step-2", "step-3"]
    assert [key.id for key in prose if key.kind == "section" and key.part == "0"][:3] == [
        "theory",
        "code",
        "derivation",
    ]
    assert next(iter(pieces_of("cards.toml", FILES["cards.toml"]))) == Key("card", "symbol-1")
    table = list(pieces_of("lesson.toml", FILES["lesson.toml"]))
    assert {key.kind for key in table} == {"file", "section", "symbol", "derivation", "checklist"}
    assert list(pieces_of("exercises/code-1/starter.py", "x = 1\n")) == [Key("exercise", "code-1")]


def test_a_heading_in_code_begins_nothing() -> None:
    text = "## 2 代码 {#code}\n\n```python\n## 3 x {#derivation}\n> **思考题** {#think-1}\n```\n\n后文\n"
    assert list(pieces_of("lesson.zh.md", text)) == [Key("section", "code", part) for part in "012"]
