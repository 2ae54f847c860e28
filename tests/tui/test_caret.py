from __future__ import annotations

import pytest

from studybuddy.text import cell_width
from studybuddy.tui.caret import caret


@pytest.mark.parametrize(
    ("typed", "place", "line"),
    [
        ("X^{", 3, "X^{"),
        ("abc\nX^{ Q\nz", 8, "X^{ Q"),
        ("", 0, ""),
        ("X", -5, "X"),
        ("X", 99, "X"),
        ("a\tb", 2, "a b"),
    ],
)
def test_a_short_line_is_shown_whole(typed: str, place: int, line: str) -> None:
    assert caret(typed, place, 60)[0] == line


@pytest.mark.parametrize("typed", ["中文" * 200, "x" * 1000, "e\u0301" * 300, "\x1b[2J" * 300, "\ud800" * 90])
@pytest.mark.parametrize("share", [0.0, 0.3, 0.5, 1.0])
@pytest.mark.parametrize("cells", [1, 12, 33])
def test_a_long_line_is_cut_around_the_place(typed: str, share: float, cells: int) -> None:
    place = int(len(typed) * share)
    excerpt, mark = caret(typed, place, cells)
    assert cell_width(excerpt) <= max(cells, 12)
    assert cell_width(mark) <= max(cells, 12)
    assert "\x1b" not in excerpt
    assert mark.strip() == "^"


def test_the_caret_stands_below_the_place_in_wide_letters() -> None:
    excerpt, mark = caret("梯度 Q", 3, 60)
    assert excerpt.index("Q") == 3
    assert len(mark) - 1 == cell_width("梯度 ")
