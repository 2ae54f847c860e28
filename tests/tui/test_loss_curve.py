from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from studybuddy.tui.widgets.loss_curve import BARS, loss_lines, some_losses, sparkline

LOSSES = st.lists(
    st.tuples(st.integers(0, 10**6), st.floats(allow_nan=True, allow_infinity=True)), max_size=200
)


def test_bars_fall_with_the_logarithm() -> None:
    losses = [(step, 10.0 ** (7 - step)) for step in range(8)]

    assert sparkline(losses, 8) == BARS[::-1]
    assert sparkline(losses, 16) == "".join(bar * 2 for bar in BARS[::-1])
    assert sparkline(losses, 1000) == "".join(bar * 4 for bar in BARS[::-1])


def test_odd_losses_have_their_signs() -> None:
    assert sparkline([(0, 1.0), (1, math.nan), (2, math.inf), (3, 0.0), (4, -1.0)], 5) == "█××▁▁"
    assert sparkline([(0, 2.0), (1, 2.0)], 2) == "██"
    assert sparkline([], 10) == ""
    assert sparkline([(0, 1.0)], 0) == ""


@given(LOSSES, st.integers(1, 120))
def test_bars_never_need_more_than_the_width(losses: list[tuple[int, float]], width: int) -> None:
    bars = sparkline(losses, width)

    assert len(bars) <= width
    assert bool(bars) == bool(losses)
    assert set(bars) <= set(BARS) | {"×"}


@given(LOSSES, st.integers(2, 20))
def test_the_table_has_both_ends(losses: list[tuple[int, float]], rows: int) -> None:
    some = some_losses(losses, rows)

    assert len(some) == min(len(losses), rows)
    if losses:
        assert some[0] is losses[0]
        assert some[-1] is losses[-1]


def test_lines_are_made_for_any_width() -> None:
    losses = [(step, 1e7 / (step + 1)) for step in range(500)]

    for width in (1, 10, 40, 200):
        lines = loss_lines(losses, width, "step", "loss")
        assert lines[0].plain.startswith("1e+07 ")
        assert lines[-1].plain.startswith("499")
    assert loss_lines([], 40, "step", "loss") == []
