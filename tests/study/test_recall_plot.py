from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studybuddy.core.card import Rating
from studybuddy.memory.curve import planned_curve, recall_curve
from studybuddy.memory.fsrs6 import DEFAULTS, HIGHEST, LOWEST, Fsrs6
from studybuddy.study.page_line import Line
from studybuddy.study.recall_plot import GUTTER, plot_lines
from studybuddy.text import cell_width

FIRST = 739_000
HISTORY = [(FIRST, 3), (FIRST + 2, 3), (FIRST + 13, 3), (FIRST + 60, 1), (FIRST + 60, 3), (FIRST + 85, 3)]
DUES = {
    Rating.AGAIN: FIRST + 110,
    Rating.HARD: FIRST + 130,
    Rating.GOOD: FIRST + 158,
    Rating.EASY: FIRST + 900,
}


def text(line: Line) -> str:
    return "".join(span.text for span in line)


def styled(line: Line, style: str) -> str:
    return "".join(span.text for span in line if span.style == style)


def drawn(ascii_only: bool = False, width: int = 66, height: int = 12) -> list[Line]:
    curve = recall_curve(Fsrs6(), HISTORY, FIRST + 110, FIRST + 170)
    assert curve is not None
    return plot_lines(curve, 0.9, DUES, width, height, ascii_only=ascii_only)


def test_the_axis_says_what_happened_when_and_where_the_buttons_lead() -> None:
    lines = drawn()
    assert len(lines) == 14
    axis = text(lines[-2])
    days = (66 - GUTTER) / 170
    for day in (0, 2, 13, 85):
        assert axis[GUTTER + int(day * days)] == "●"
    assert axis[GUTTER + int(60 * days)] == "✗"
    assert axis[GUTTER + int(110 * days)] == "┴"
    assert axis[GUTTER + int(130 * days)] == "2"
    assert axis[GUTTER + int(158 * days)] == "3"
    assert axis[-1] == "→", "Easy is beyond the picture"
    assert "1" not in styled(lines[-2], "rating"), "Again comes back today"
    assert styled(lines[-2], "lost") == "✗"
    dates = text(lines[-1])
    assert dates.index("today") + 2 == GUTTER + int(110 * days)


def test_recall_is_read_off_where_it_is_drawn() -> None:
    curve = recall_curve(Fsrs6(), HISTORY, FIRST + 110, FIRST + 170)
    assert curve is not None
    lines = drawn(ascii_only=True, width=GUTTER + 170, height=41)
    rows = [text(line)[GUTTER:] for line in lines[:41]]
    for day in range(170):
        recall = curve.recall(FIRST + day + 0.5)
        assert recall is not None
        row = round((1 - recall) / 0.3 * 40)  # the floor is 70 %
        sign = "*" if day < 110 else "."
        assert any(rows[near][day] == sign for near in (max(0, row - 1), row, min(40, row + 1))), day


def test_the_desired_retention_has_its_row_and_its_label() -> None:
    for ascii_only, sign in ((False, "╌"), (True, "-")):
        lines = drawn(ascii_only)
        (row,) = [line for line in lines[:12] if sign in styled(line, "target")]
        assert text(row).startswith("  90% ")
        assert text(lines[0]).startswith(" 100% ")
        assert text(lines[11]).startswith("  70% ")


def test_plain_signs_are_ascii() -> None:
    assert all(text(line).isascii() for line in drawn(ascii_only=True))


def test_what_is_to_come_is_told_apart_without_colours() -> None:
    lines = drawn()
    past = "".join(styled(line, "past") for line in lines)
    future = "".join(styled(line, "future") for line in lines)
    assert future
    right = 0x08 | 0x10 | 0x20 | 0x80
    assert all((ord(sign) - 0x2800) & right == 0 for sign in future if sign != "○"), "every other column"
    assert any((ord(sign) - 0x2800) & right for sign in past)


def test_a_plan_has_no_past() -> None:
    lines = plot_lines(planned_curve(Fsrs6(), 0.9, FIRST, 36_500), 0.9, {}, 66, 8)
    assert not any(styled(line, "past") or styled(line, "kept") for line in lines)
    assert text(lines[-2])[GUTTER] == "○", "the first answer is today"
    assert text(lines[-2]).count("○") >= 3
    assert "today" in text(lines[-1])


@pytest.mark.parametrize("count", [1, 2, 2000])
def test_any_number_of_reviews(count: int) -> None:
    curve = recall_curve(Fsrs6(), [(FIRST + n, 1 + n % 4) for n in range(count)], FIRST + count, FIRST + 2100)
    assert curve is not None
    for shown in (curve, curve.latest(30)):
        lines = plot_lines(shown, 0.9, DUES, 60, 12)
        assert len(lines) == 14
        assert all(cell_width(text(line)) <= 60 for line in lines)
    assert len(curve.latest(30).marks) == min(30, count)
    assert ("…" in text(plot_lines(curve.latest(30), 0.9, {}, 60, 12)[-1])) is (count > 30)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.sampled_from([0, 1, 3, 40, 3000]), st.integers(1, 4)), min_size=1, max_size=12),
    st.sampled_from([DEFAULTS, LOWEST, HIGHEST]),
    st.integers(0, 120),
    st.integers(0, 30),
    st.integers(0, 40_000),
    st.dictionaries(st.sampled_from(Rating), st.integers(-10, 40_000)),
    st.sampled_from([0.7, 0.925, 0.97]),
    st.booleans(),
)
def test_whatever_is_drawn_fits(
    gaps: list[tuple[int, int]],
    parameters: tuple[float, ...],
    width: int,
    height: int,
    ahead: int,
    dues: dict[Rating, int],
    target: float,
    ascii_only: bool,
) -> None:
    day, history = FIRST, []
    for gap, rating in gaps:
        day += gap
        history.append((day, rating))
    curve = recall_curve(Fsrs6(parameters), history, day + 3, day + ahead)
    assert curve is not None
    days = {rating: curve.today + wait for rating, wait in dues.items()}
    lines = plot_lines(curve, target, days, width, height, ascii_only=ascii_only)
    assert len(lines) in (0, height + 2)
    assert all(cell_width(text(line)) <= width for line in lines)
    assert not ascii_only or all(text(line).isascii() for line in lines)
