"""A lesson that is damaged in any way is refused with a place, and never with a crash."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.core.diagnostic import Severity
from studybuddy.course.reader import read_lesson
from studybuddy.i18n import translation
from tests.course.sample import FILES, write_lesson

SNIPPETS = [
    *("```", ":::", "**", "$", "$$\n", "[", "(", "=", "# ", "- ", "{#q1}", "\t", "\r", "\n", "\x00", "\x0c"),
    *("> ", "> **", "**答案**：", "## 1 x {#theory}\n", "### x {#square}\n", ":::{exercise} loop\n:::\n"),
    *("[[card]]\n", "[[derivation]]\n", "a.b = 1\n", "id = 1\n", "zh = [1]\n", '"""', "'''"),
    *("|a|\n|-|\n", "---\n", "\u202e"),
]


@st.composite
def damages(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file of the sample lesson and what is left of it after a few accidents."""
    name = draw(st.sampled_from(sorted(FILES)))
    data = FILES[name].encode()
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(data)))
        accident = draw(st.sampled_from(["cut", "drop", "insert", "swap", "noise", "repeat"]))
        lines = data.split(b"\n")
        line = draw(st.integers(0, len(lines) - 1))
        if accident == "cut":
            data = data[:start]
        elif accident == "drop":
            data = b"\n".join(lines[:line] + lines[line + draw(st.integers(1, 4)) :])
        elif accident == "insert":
            data = data[:start] + draw(st.sampled_from(SNIPPETS)).encode() + data[start:]
        elif accident == "swap":
            other = draw(st.integers(0, len(lines) - 1))
            lines[line], lines[other] = lines[other], lines[line]
            data = b"\n".join(lines)
        elif accident == "repeat":
            data = b"\n".join([*lines[:line], lines[line], *lines[line:]])
        else:
            data = data[:start] + draw(st.binary(min_size=1, max_size=6)) + data[start:]
    return name, data


def check(folder: Path, language: str) -> None:
    result = read_lesson(folder, language)
    assert (result.lesson is None) is any(found.severity is Severity.ERROR for found in result.diagnostics)
    for found in result.diagnostics:
        path = Path(found.path)
        assert path.exists(), found
        text = path.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n") if path.is_file() else b""
        assert 1 <= found.line <= max(1, text.count(b"\n") + (not text.endswith(b"\n"))), found
        assert found.column >= 1
        assert found.message.isprintable()
        assert len(found.message) < 500
        assert translation(found.said.message, "zh") != found.said.message, "it has words in Chinese"


@given(damages(), st.sampled_from(["zh", "en"]))
def test_random_damage(damage: tuple[str, bytes], language: str) -> None:
    with tempfile.TemporaryDirectory() as root:
        check(write_lesson(Path(root), dict([damage])), language)


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_truncation(tmp_path: Path, name: str) -> None:
    data = FILES[name].encode()
    for number, length in enumerate(range(0, len(data), max(1, len(data) // 40))):
        check(write_lesson(tmp_path / str(number), {name: data[:length]}), "en" if ".en." in name else "zh")


@given(st.binary(max_size=200), st.sampled_from(sorted(FILES)))
def test_any_bytes(data: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as root:
        check(write_lesson(Path(root), {name: data}), "zh")
