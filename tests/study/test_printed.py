from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.study.printed import COLUMNS, Piece, Style, printed_lines, printed_text
from studybuddy.text import cell_width

RED = Style(hue="red")


def only(text: str) -> list[Piece]:
    lines = printed_lines(text, 10)
    assert len(lines) == 1
    return lines[0]


def test_colours_and_styles_are_understood() -> None:
    assert only("a\x1b[31mb\x1b[0mc") == [Piece("a"), Piece("b", RED), Piece("c")]
    assert only("\x1b[1;4;91mx\x1b[22my\x1b[39;24mz") == [
        Piece("x", Style("red", bold=True, underline=True)),
        Piece("y", Style("red", underline=True)),
        Piece("z"),
    ]
    assert only("\x1b[42mx\x1b[49my") == [Piece("x", Style(ground="green")), Piece("y")]
    assert only("\x1b[7;9;3;2mx\x1b[m") == [
        Piece("x", Style(dim=True, italic=True, strike=True, reverse=True))
    ]
    assert only("\x9b31mx") == [Piece("x", RED)]


@pytest.mark.parametrize(
    ("codes", "hue"),
    [
        *(("38;5;9", "red"), ("38;5;46", "green"), ("38;5;21", "blue"), ("38;5;244", ""), ("38;5;999", "")),
        *(("38;2;255;120;0", "red"), ("38;2;250;230;20", "yellow"), ("38;2;90;90;99", "")),
        *(("38:2:0:200:220", "cyan"), ("38;2;1", ""), ("38", ""), ("38;7;31", ""), ("37", ""), ("30", "")),
    ],
)
def test_more_colours_are_reduced_to_hues(codes: str, hue: str) -> None:
    assert only(f"\x1b[{codes}mx") == [Piece("x", Style(hue=hue))]


def test_the_rest_of_the_control_sequences_is_dropped() -> None:
    for sequence in (
        *("\x1b[2J", "\x1b[10;10H", "\x1b[?1049h", "\x1b[6n", "\x1bc", "\x1b(0", "\x1b[>0q", "\x1b[5 q"),
        *("\x1b]0;title\x07", "\x1b]52;c;cHduZWQ=\x1b\\", "\x1bPq#0\x1b\\", "\x1b_G\x1b\\", "\x9d0;x\x9c"),
        *("\x1b]8;;http://x\x1b\\", "\x1b[4:3m"[:-1] + "p", "\x1b7", "\x1b)B"),
    ):
        assert printed_text(f"a{sequence}b") == "ab", repr(sequence)
    assert printed_text("a\x1b]0;no end\nb") == "a\nb", "no further than its line"
    assert printed_text("a\x1b[3") == "a"
    assert printed_text("a\x1b\nb") == "a\nb"
    assert printed_text("a\x1b[" + "1;" * 500 + "mb").startswith("a")
    assert "\x1b" not in printed_text("\x1b" * 100 + "[31m")


def test_a_line_is_written_over_as_on_a_terminal() -> None:
    assert printed_text("  1%\r 50%\r100%\ndone") == "100%\ndone"
    assert printed_text("abc\rX") == "Xbc"
    assert printed_text("abc\b\bX") == "aXc"
    assert printed_text("\b\b\rx\r\ny\r\n") == "x\ny"
    assert printed_text("e\u0301x\rE") == "Ex"
    assert only("\x1b[31mabc\r\x1b[0mX") == [Piece("X"), Piece("bc", RED)]
    assert printed_text("a\tb\n中\tc") == "a       b\n中      c"


def test_the_last_lines_keep_the_colours_of_those_before() -> None:
    text = "\x1b[31m" + "\n".join(str(n) for n in range(1000)) + "\n"
    assert printed_lines(text, 2) == [[Piece("998", RED)], [Piece("999", RED)]]
    assert printed_lines("x", 0) == []
    assert printed_lines("", 3) == [[]]


def test_lines_have_a_greatest_length() -> None:
    assert len(printed_text("x" * 100_000)) == COLUMNS
    assert len(printed_text("y\r" + "x" * 100_000)) == COLUMNS
    assert printed_text("x" * 100_000 + "\rdone")[:5] == "donex"


@given(
    st.text(
        st.sampled_from("ab中\u0301\u200d\t\r\n\b\x1b[]0123;:mKH\x07\x9b\x9c\x9d\\?P_\u202e\x00"),
        max_size=200,
    ),
    st.integers(1, 10),
)
def test_nothing_that_does_something_is_left(text: str, count: int) -> None:
    lines = printed_lines(text, count)
    assert len(lines) <= count
    for line in lines:
        shown = "".join(piece.text for piece in line)
        assert not set(shown) & {
            "\x1b",
            "\r",
            "\n",
            "\b",
            "\t",
            "\x07",
            "\x9b",
            "\x9c",
            "\x9d",
            "\u202e",
            "\0",
        }
        assert cell_width(shown) >= 0
