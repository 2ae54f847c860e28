"""Charts stay within their cells, whatever the numbers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.i18n import use_language
from studybuddy.memory.calibration import Bin
from studybuddy.store.days import DayTotals
from studybuddy.study.statistics.heat_map import Measure, heat_map
from studybuddy.tui.charts.bars import bar
from studybuddy.tui.charts.columns import Bars, columns
from studybuddy.tui.charts.glyphs import ASCII, SIGNS, Glyphs
from studybuddy.tui.charts.heat import heat_lines, legend, place
from studybuddy.tui.charts.reliability import reliability_lines

TODAY = date(2026, 11, 23)
glyph_sets = st.sampled_from((SIGNS, ASCII))
widths = st.integers(1, 130)


@given(st.floats(-1, 2), st.integers(0, 60), glyph_sets)
def test_a_bar_fills_its_cells(share: float, cells: int, glyphs: Glyphs) -> None:
    drawn = bar(share, cells, glyphs)
    assert len(drawn) == cells
    if cells:
        assert (drawn.strip() == "") == (share <= 0)
    if share >= 1:
        assert drawn == glyphs.line * cells


@given(st.lists(st.floats(0, 1e9), max_size=60), widths, st.integers(1, 6), glyph_sets)
def test_columns_keep_to_their_width(values: list[float], width: int, height: int, glyphs: Glyphs) -> None:
    labels = [f"{n}月" if n % 3 == 0 else "" for n in range(len(values))]
    top = f"{max(values, default=0):.0f}"
    lines = columns(Bars(values, labels, top=top), width, height, glyphs)
    assert len(lines) == height + 1
    room = max(width, len(top) + 2)
    assert all(line.cell_length <= room for line in lines)
    shown = len(values) if width - len(top) - 1 >= len(values) else 0
    if shown and max(values) > 0:
        assert glyphs.up[8] in "".join(line.plain for line in lines)


def test_a_column_chart_as_it_looks() -> None:
    bars = Bars([0, 1, 4, 8, 2], ["a", "", "c", "", "e"], top="8")
    assert [line.plain for line in columns(bars, 12, 2, SIGNS)] == [
        "8       █   ",
        "0   ▂ █ █ ▄ ",
        "  a   c   e",
    ]
    assert [line.plain for line in columns(bars, 12, 2, ASCII)] == [
        "8       #   ",
        "0   . # # : ",
        "  a   c   e",
    ]


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=12),
    st.integers(10, 60),
    st.integers(2, 14),
    glyph_sets,
)
def test_the_reliability_diagram(
    points: list[tuple[float, float]], width: int, height: int, glyphs: Glyphs
) -> None:
    lines = reliability_lines([Bin(*point, 9) for point in points], width, height, glyphs)
    assert len(lines) == height + 1
    assert all(line.cell_length <= width for line in lines)
    assert (glyphs.point in "".join(line.plain for line in lines[:-1])) == bool(points)


@pytest.mark.parametrize("language", ["zh", "en"])
@given(width=st.integers(8, 130), glyphs=glyph_sets, ago=st.integers(0, 370))
def test_the_year_keeps_to_its_width(language: str, width: int, glyphs: Glyphs, ago: int) -> None:
    use_language(language)
    try:
        days = [DayTotals(TODAY - timedelta(days=n), n % 5, 0, 0, 0, 0, n * 1000) for n in range(0, 400, 3)]
        heat = heat_map(days, TODAY)
        lines = heat_lines(heat, Measure.REVIEWS, TODAY - timedelta(days=ago), width, glyphs)
        assert len(lines) == 8
        assert all(line.cell_length <= max(width, 6) for line in lines)
        lies = place(width)
        last = lies.day(heat, lies.margin + (lies.weeks - 1) * lies.cells, 1 + TODAY.weekday())
        assert last == TODAY
        assert lies.day(heat, lies.margin - 1, 1) is None
        assert lies.day(heat, lies.margin, 0) is None
        if TODAY.weekday() < 6:
            assert lies.day(heat, lies.margin + (lies.weeks - 1) * lies.cells, 2 + TODAY.weekday()) is None
    finally:
        use_language("en")


def test_levels_differ_without_a_colour() -> None:
    for glyphs in (SIGNS, ASCII):
        assert len(set(glyphs.heat)) == 5
        assert all(sign in legend(glyphs, "less", "more").plain for sign in glyphs.heat)
    assert ASCII.heat.isascii()
    assert "".join(ASCII).isascii()
