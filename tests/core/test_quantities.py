"""Numbers as people write them; and that nothing typed raises anything but a sentence, or takes long."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.core.errors import UsageError
from studybuddy.core.quantities import read_quantity
from studybuddy.core.units import canonical, find_unit, same_unit


def values(text: str) -> list[float]:
    return [float(number.value) for number in read_quantity(text)[0].numbers]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("640", [640]),
        ("-84", [-84]),
        ("−84", [-84]),
        ("+3.5", [3.5]),
        (".5", [0.5]),
        ("１２３．５", [123.5]),
        ("6.4e-4", [6.4e-4]),
        ("6.4 e-4", [6.4e-4]),
        ("6.4×10⁻⁴", [6.4e-4]),
        ("6.4*10^-4", [6.4e-4]),
        (r"$6.4 \times 10^{-4}$", [6.4e-4]),
        ("10^-6", [1e-6]),
        ("2^30", [2**30]),
        ("2**30", [2**30]),
        ("-2^2", [-4]),
        ("2^-3", [0.125]),
        ("1/3", [1 / 3]),
        (r"\frac{1}{3}", [1 / 3]),
        ("½", [0.5]),
        ("2½", [2.5]),
        ("√1000", [1000**0.5]),
        ("sqrt(1000)", [1000**0.5]),
        (r"$\sqrt{1000}$", [1000**0.5]),
        ("sqrt(4/9)", [2 / 3]),
        ("2π", [6.283185307179586]),
        ("e^2", [7.38905609893065]),
        ("ln(e)", [1]),
        ("5%", [0.05]),
        ("32,000,640", [32000640]),
        ("32{,}000{,}640", [32000640]),
        ("1 000 000", [1e6]),
        ("1'000", [1000]),
        ("1_000", [1000]),
        ("64 × 10", [640]),
        ("640 * 50001", [32000640]),
        ("2(1+1)", [4]),
        ("0, 6, 7", [0, 6, 7]),
        ("0 6 7", [0, 6, 7]),
        ("(0, 6, 7)", [0, 6, 7]),
        ("[1 -2]", [1, -2]),
        ("(1 - 2)", [-1]),
        ("-2,-2", [-2, -2]),
        ("-2 和 -2", [-2, -2]),
        ("1 and 2", [1, 2]),
        ("np.array([0., 6., 7.])", [0, 6, 7]),
        ("x = 3", [3]),
        ("约 31.6", [31.6]),
        ("about 31.6.", [31.6]),
        ("≈31.6", [31.6]),
    ],
)
def test_numbers(text: str, expected: list[float]) -> None:
    assert values(text) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-2 -2", [[-4], [-2, -2]]),
        ("-2  -2", [[-4], [-2, -2]]),
        ("1 -2 +3", [[2], [1, -2, 3]]),
        ("0 -2 3", [[-2, 3], [0, -2, 3]]),
        ("(-2 -2)", [[-4], [-2, -2]]),
        ("−2 −2", [[-4], [-2, -2]]),
        ("1 000 -2", [[998], [1000, -2]]),
        ("3 -2 ms", [[1], [3, -2]]),
        ("[-2 -2]", [[-2, -2]]),
        ("-2, -2", [[-2, -2]]),
        ("1 000", [[1000]]),
        ("1 - 2", [[-1]]),
        ("1-2", [[-1]]),
        ("10 ^ -6", [[1e-6]]),
        ("2 * -3", [[-6]]),
        ("sqrt(4 -3)", [[1]]),
        ("6.4 e-4", [[6.4e-4]]),
    ],
)
def test_a_sign_with_a_blank_before_it_may_begin_a_number(text: str, expected: list[list[float]]) -> None:
    found = [[float(number.value) for number in reading.numbers] for reading in read_quantity(text)]
    assert [pytest.approx(numbers) for numbers in expected] == found


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("5", (1,)),
        ("[[1,2],[3,4]]", (2, 2)),
        ("1 2; 3 4", (2, 2)),
        (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", (2, 2)),
        ("[[1],[2]]", (2,)),
        ("[1, 2, 3]", (3,)),
        ("[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]", (2, 2, 2, 2)),
    ],
)
def test_rows(text: str, rows: tuple[int, ...]) -> None:
    assert read_quantity(text)[0].rows == rows


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("500 ms", "ms"),
        ("0.5s", "s"),
        ("0.5 秒", "秒"),
        ("2^10 B", "B"),
        ("3 GB/s", "GB/s"),
        ("2 pi", ""),
        ("5 %", ""),
    ],
)
def test_units_behind_a_number(text: str, unit: str) -> None:
    assert read_quantity(text)[0].unit == unit


def test_a_comma_may_have_two_meanings() -> None:
    assert [len(reading.numbers) for reading in read_quantity("100,200")] == [1, 2]
    assert len(read_quantity("10,20")) == 1


def test_what_was_rounded_is_told() -> None:
    assert read_quantity("1/3")[0].numbers[0] == (Fraction(1, 3), True)
    assert read_quantity("sqrt(9)")[0].numbers[0].exact
    assert not read_quantity("sqrt(10)")[0].numbers[0].exact


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "   ",
            "nan",
            "inf",
            "-inf",
            "∞",
            "many",
            "1/0",
            "0^-1",
            "1 +",
            "(1",
            "1)",
            "[,]",
            "1..2",
            "()",
        ),
        *(
            "9**9**9",
            "9^9^9^9",
            "1e999999",
            "1e-999999",
            "e^e^e^e",
            "exp(1e9)",
            "ln(0)",
            "sqrt(-1)",
            "(-2)^0.5",
        ),
        *("__import__('os')", "1 if 1 else 2", "0x10", "1;import os", "\x1b[2J", "{{1}}a{2}"),
        *("(" * 500, "-" * 900 + "1", "1," * 450, "9" * 900, "x" * 1_000_000, "1" * 1_000_000),
    ],
    ids=lambda text: text[:20].encode("unicode_escape").decode(),
)
def test_what_cannot_be_read_says_so(text: str) -> None:
    with pytest.raises(UsageError):
        read_quantity(text)


@given(st.text(st.sampled_from("0123456789.,;+-*/^eE%()[]{} πe√sqrtlnfrac$\\−×⁻⁴½日ms"), max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(UsageError):
        readings = read_quantity(text)
        assert 1 <= len(readings) <= 2
        assert all(sum(reading.rows) == len(reading.numbers) > 0 for reading in readings)


@given(st.text(max_size=200))
def test_any_foreign_text_is_read_or_refused(text: str) -> None:
    with suppress(UsageError):
        read_quantity(text)


@given(st.integers(-(10**15), 10**15), st.integers(-20, 20))
def test_scientific_notation_is_exact(mantissa: int, exponent: int) -> None:
    number = read_quantity(f"{mantissa}e{exponent}")[0].numbers[0]
    assert number == (mantissa * Fraction(10) ** exponent, True)


def test_units() -> None:
    assert same_unit("毫秒", "ms")
    assert same_unit("KB", "kB")
    assert not same_unit("KB", "KiB")
    assert not same_unit("mW", "MW")
    assert canonical("μs") == "us"
    assert canonical("Widgets") == "widgets"
    assert find_unit("widgets") is None
    second, hour, gigaflops = find_unit("s"), find_unit("小时"), find_unit("GFLOPS")
    assert second is not None
    assert hour is not None
    assert gigaflops is not None
    assert hour == (second.measures, 3600 * second.size)
    assert gigaflops.measures == "operations a second"


@given(st.text(max_size=50))
def test_any_name_may_be_a_unit(name: str) -> None:
    assert same_unit(name, name)
