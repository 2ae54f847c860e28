"""Shapes as people write them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.core.errors import UsageError
from studybuddy.core.shape_text import read_shape


@pytest.mark.parametrize(
    "text",
    [
        *(
            "(N, D_out)",
            "N×D_out",
            "[N, D_out]",
            "N, D_out",
            "N x D_out",
            "(N,Dout)",
            "（N，D_out）",
            "`(N, D_out)`",
        ),
        *(
            "$(N, D_{out})$",
            r"$N \times D_{out}$",
            r"(N, D_{\text{out}})",
            "shape (N, D_out)",
            "形状为 (N, D_out)。",
        ),
    ],
)
def test_many_ways_to_write_a_shape(text: str) -> None:
    assert [axis.name for axis in read_shape(text)] == ["N", "Dout"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("(64,1000)", ["64", "1000"]),
        ("64x1000", ["64", "1000"]),
        ("64 1000", ["64", "1000"]),
        ("[64 1000]", ["64", "1000"]),
        ("64 by 1000", ["64", "1000"]),
        ("torch.Size([64, 1000])", ["64", "1000"]),
        ("x.shape == (64, 1000)", ["64", "1000"]),
        ("(3,)", ["3"]),
        ("10", ["10"]),
        ("NxD", ["N", "D"]),
        ("(N, H, W, 2C)", ["N", "H", "W", "2C"]),
        ("()", []),
        ("scalar", []),
        ("标量", []),
    ],
)
def test_axes(text: str, names: list[str]) -> None:
    assert [axis.name for axis in read_shape(text)] == names


@pytest.mark.parametrize(
    "text", ["", "(,)", "(N,,D)", "a b c", "(" * 1000, "\x1b[2J", "x" * 1_000_000, "1," * 100, "(N; -)"]
)
def test_what_is_no_shape_says_so(text: str) -> None:
    with pytest.raises(UsageError):
        read_shape(text)


@given(st.text(st.sampled_from("(N, D_out)[]{}×x*1064\\$ times"), max_size=40) | st.text(max_size=100))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(UsageError):
        shape = read_shape(text)
        assert all(axis.name for axis in shape)
