from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from studybuddy.text import (
    MARKS_PER_CELL,
    STRICT_NO_END,
    STRICT_NO_START,
    cell_width,
    chop,
    clean,
    clean_line,
    pad,
    truncate,
    wrap,
    wrap_text,
)

FORBIDDEN = (
    {chr(code) for code in range(32)} - {"\n", "\t"}
    | {chr(code) for code in range(0x7F, 0xA0)}
    | set("\u200e\u200f\u061c\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)
any_text = st.text(st.characters(codec=None), max_size=200)
"""Also surrogates and control characters."""


def plain(line: tuple[tuple[str, str], ...]) -> str:
    return "".join(text for text, _ in line)


@pytest.mark.parametrize(
    ("foreign", "shown"),
    [
        ("plain\ntext\twith tabs", "plain\ntext\twith tabs"),
        ("\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇"),
        ("\x1b[2J\x00\x7f", "␛[2J␀␡"),
        ("\x9b6n\x90q\x9c", "\ufffd6n\ufffdq\ufffd"),
        ("abc\u202edef\u2066\u2028", "abc\ufffddef\ufffd\ufffd"),
        ("lone \ud800 half", "lone \ufffd half"),
        ("one\r\ntwo\rthree", "one\ntwo␍three"),
        ("👨\u200d👩\u200d👧\u200d👦 🏴\U000e0067\U000e0062\U000e007f", None),
        ("é naïve ệ 한글 ฏิ์", None),
    ],
)
def test_clean_leaves_nothing_that_acts_on_a_terminal(foreign: str, shown: str | None) -> None:
    assert clean(foreign) == (foreign if shown is None else shown)


def test_clean_cuts_piles_of_marks_and_long_texts() -> None:
    assert clean("e" + "\u0301" * 500 + "x") == "e" + "\u0301" * MARKS_PER_CELL + "x"
    assert clean("a" * 100_000) == "a" * 65536
    assert clean("abc", limit=2) == "ab"
    assert len(clean("a" + "\u200db" * 500)) <= 2 * MARKS_PER_CELL + 500


def test_clean_line_is_one_line() -> None:
    assert clean_line("a\r\nb\tc\x1b") == "a b c␛"


@given(any_text)
@settings(deadline=None)
def test_clean_is_complete_and_idempotent(text: str) -> None:
    shown = clean(text)
    assert not set(shown) & FORBIDDEN
    assert not any("\ud800" <= char <= "\udfff" for char in shown)
    assert clean(shown) == shown
    assert "\n" not in clean_line(text)
    shown.encode()


@given(any_text, st.integers(0, 40))
@settings(deadline=None)
def test_truncate_and_pad_count_cells(text: str, cells: int) -> None:
    line = clean_line(text)
    short = truncate(line, cells)
    assert cell_width(short) <= cells
    assert short == line or cells == 0 or short.endswith("…")
    assert cell_width(pad(short, cells)) == cells


def test_truncate_examples() -> None:
    assert truncate("反向传播", 8) == "反向传播"
    assert truncate("反向传播", 7) == "反向传…"
    assert truncate("反向传播", 6) == "反向…"
    assert truncate("two words", 5) == "two…", "no space before the ellipsis"
    assert truncate("abc", 0) == ""


def test_chop_keeps_every_character() -> None:
    assert chop("", 10) == [""]
    assert chop("    x = 反向传播()", 10) == ["    x = 反", "向传播()"]


def test_wrap_breaks_chinese_between_characters_and_latin_at_spaces() -> None:
    text = (
        "Adam 优化器结合了动量和自适应学习率的优点，并且通常不需要过多调参；在 Transformer 训练中（AdamW）。"
    )
    assert wrap_text(text, 30) == [
        "Adam 优化器结合了动量和自适应",
        "学习率的优点，并且通常不需要过",
        "多调参；在 Transformer 训练中",
        "（AdamW）。",
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("一二三四。五六", ["一二三", "四。五", "六"]),
        ("一二三（四五）", ["一二三", "（四", "五）"]),
        ("一二三 。四", ["一二", "三 。", "四"]),
        ("中文中……中", ["中文", "中……中"]),
        ("abcdefghij", ["abcdef", "ghij"]),
        ("abcdef)g", ["abcde", "f)g"]),
        ("abcde(fg)", ["abcde", "(fg)"]),
        ("a\nb  c", ["a", "b  c"]),
        ("", [""]),
    ],
)
def test_wrap_follows_the_line_rules(text: str, lines: list[str]) -> None:
    assert wrap_text(text, 6) == lines


def test_wrap_keeps_styles_and_whole_formulas() -> None:
    spans = [("梯度 ", ""), ("∂L/∂W = Xᵀδ_Z", "math"), ("，形状为 ", ""), ("(D, M)", "math"), ("。", "")]
    lines = wrap(spans, 16, frozenset({"math"}))
    assert [plain(line) for line in lines] == ["梯度", "∂L/∂W = Xᵀδ_Z，", "形状为 (D, M)。"]
    assert lines[1] == (("∂L/∂W = Xᵀδ_Z", "math"), ("，", ""))
    narrow = wrap(spans, 8, frozenset({"math"}))
    assert max(cell_width(plain(line)) for line in narrow) <= 8


@given(any_text, st.integers(2, 40))
@example("a" + "\u200d" + "中" * 30, 2)
@example("❤\ufe0f" * 10, 5)
@settings(deadline=None)
def test_wrapped_lines_fit_and_lose_only_spaces_at_breaks(text: str, width: int) -> None:
    text = clean(text)
    lines = wrap_text(text, width)
    assert all(cell_width(line) <= width for line in lines)
    squeezed = text.replace("\t", " ")
    assert _without_spaces("".join(lines)) == _without_spaces(squeezed)
    at = 0
    for line in lines:
        at = squeezed.index(line, at)
        at += len(line)


def _without_spaces(text: str) -> str:
    return "".join(char for char in text if char not in " \u3000\n")


words = st.sampled_from(
    ["的", "学习", "gradient", "W", "，", "。", "（", "）", "「", "」", " ", "x", "！", "N2"]
)


@given(st.lists(words, max_size=60), st.integers(20, 60))
@settings(deadline=None)
def test_no_line_begins_or_ends_with_the_wrong_punctuation(parts: list[str], width: int) -> None:
    text = "".join(parts)
    marks = STRICT_NO_START | STRICT_NO_END | {" "}
    runs = [""]
    for char in text:
        runs = [*runs, ""] if char not in marks else [*runs[:-1], runs[-1] + char]
    if max(cell_width(run) for run in runs) > 8:
        return  # a heap of punctuation may have to be cut
    lines = wrap_text(text, width)
    assert not any(line[:1] in STRICT_NO_START for line in lines[1:] if line)
    assert not any(line[-1:] in STRICT_NO_END for line in lines[:-1] if line)


@given(st.lists(st.tuples(st.text("ab 中，（", max_size=12), st.sampled_from(["", "math"])), max_size=12))
@settings(deadline=None)
def test_a_span_that_fits_is_never_broken(spans: list[tuple[str, str]]) -> None:
    width = 12
    lines = wrap(spans, width, frozenset({"math"}))
    wanted = [text for text, style in spans if style == "math" and text.strip() and cell_width(text) <= width]
    shown = [text for line in lines for text, style in line if style == "math"]
    for text in wanted:
        assert any(text.rstrip(" ") == piece.rstrip(" ") for piece in shown)


def test_the_module_is_light() -> None:
    probe = "import sys, studybuddy.text; print(len({'rich', 're', 'typing'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "0"
