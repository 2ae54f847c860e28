from __future__ import annotations

from struct import pack
from typing import Any

import pytest

from studybuddy.runner import messages
from studybuddy.runner.compare import compare, display, same


def integer(value: int) -> dict[str, Any]:
    return {"t": "int", "v": format(value, "x")}


def sequence(tag: str, *values: int) -> dict[str, Any]:
    return {"t": tag, "v": [integer(value) for value in values]}


def array(dtype: str, shape: list[int], form: str, *numbers: float) -> dict[str, Any]:
    return {"t": "array", "dtype": dtype, "shape": shape, "v": pack("<" + form, *numbers).hex()}


@pytest.mark.parametrize(
    ("got", "expected", "returns", "right"),
    [
        (integer(3), 3, "int", True),
        (integer(-3), 3, "int", False),
        ({"t": "bool", "v": True}, 1, "int", False),
        (integer(1), True, "bool", False),
        ({"t": "float", "v": (3.0).hex()}, 3, "int", False),
        (integer(3), 3.0, "float", True),
        ({"t": "float", "v": (0.1 + 0.2).hex()}, 0.3, "float", True),
        ({"t": "float", "v": "nan"}, 0.3, "float", False),
        ({"t": "float", "v": "inf"}, 0.3, "float", False),
        (sequence("tuple", 1, 2), [1, 2], "list", False),
        (sequence("list", 1, 2), [1, 2], "list", True),
        (array("<i8", [2], "qq", 1, 2), [1, 2], "list", False),
        (sequence("tree", 1, 2), [1, 2, "null", None], "tree", True),
        ({"t": "str", "v": "3", "n": 1}, "3", "str", True),
        ({"t": "str", "v": "3", "n": 1}, 3, "int", False),
        ({"t": "other", "type": "V", "text": "3"}, 3, "int", False),
        (integer(2**9000), 0.5, "float", False),
        (sequence("list", 1), [1], "unheard-of", True),
        (array("<f8", [2], "dd", 1, 2), [1.0, 2], "array", True),
        (array("<f4", [2], "ff", 1, 2), [1.0, 2.0], "array", True),
        (array("<f4", [1], "f", 0.1), {"array": [0.1], "dtype": "float32"}, "array", True),
        (array("<f4", [1], "f", 0.1), {"array": [0.1], "dtype": "float64"}, "array", False),
        (array("<i8", [2], "qq", 1, 2), [1.0, 2.0], "array", False),
        (array("<u2", [1, 2], "HH", 1, 2), [[1, 2]], "array", True),
        (array("<f8", [2, 1], "dd", 1, 2), [[1.0, 2.0]], "array", False),
        (array("<f8", [1], "d", float("nan")), [float("nan")], "array", True),
        (array("<f8", [], "d", 3), 3.0, "array", True),
        (array("|b1", [2], "??", True, False), [True, False], "array", True),
        (array("<f8", [0], ""), [], "array", True),
        (sequence("list", 1, 2), [1, 2], "array", False),
        ({"t": "list", "v": [{"t": "other", "type": "V", "text": "None"}]}, [None], "list", False),
        ({"t": "list", "v": [{"t": "none"}]}, [None], "list", True),
        ({"t": "list", "v": [{"t": "endless", "type": "int"}]}, [None], "list", False),
        (
            {"t": "tree", "v": [integer(1), {"t": "other", "type": "NoValue", "text": "None"}, integer(2)]},
            [1, None, 2],
            "tree",
            False,
        ),
    ],
)
def test_values_are_equal_by_type_and_value(
    got: dict[str, Any], expected: Any, returns: str, right: bool
) -> None:
    assert compare(got, expected, returns).right is right


@pytest.mark.parametrize(
    ("got", "expected", "returns", "reason", "parameters"),
    [
        (integer(2), 3, "int", messages.TOO_SMALL, {"difference": "1"}),
        (integer(7), 3, "int", messages.TOO_LARGE, {"difference": "4"}),
        ({"t": "none"}, 3, "int", messages.RETURNED_NONE, {}),
        ({"t": "bool", "v": True}, 3, "int", messages.TYPE_DIFFERS, {"got": "bool", "wanted": "int"}),
        (sequence("list", 1, 2), [1], "list", messages.LENGTH_DIFFERS, {"got": 2, "wanted": 1}),
        (sequence("list", 1, 2, 4), [1, 2, 3], "list", messages.INDEX_DIFFERS, {"index": 2}),
        ({"t": "str", "v": "a", "n": 1}, "b", "str", messages.VALUE_DIFFERS, {}),
        ({"t": "endless", "type": "list"}, [1], "list", messages.ENDLESS_VALUE, {}),
        (integer(2**9000), 3, "int", messages.VALUE_DIFFERS, {}),
        (
            {"t": "tree", "v": [integer(1), {"t": "none"}, integer(2)]},
            [1, 2],
            "tree",
            messages.NODE_DIFFERS,
            {"index": 1, "got": "null", "wanted": "2"},
        ),
        (
            sequence("tree", 1, 2),
            [1],
            "tree",
            messages.NODE_DIFFERS,
            {"index": 1, "got": "2", "wanted": "null"},
        ),
        (
            array("<f4", [2], "ff", 1, 2),
            [[1.0, 2.0]],
            "array",
            messages.SHAPE,
            {"got": "(2,)", "wanted": "(1, 2)"},
        ),
        (
            array("<f4", [2], "ff", 1, 2),
            [1, 2],
            "array",
            messages.DTYPE,
            {"got": "float32", "wanted": "int"},
        ),
        (
            array("<f8", [2, 2], "dddd", 1, 2.5, float("nan"), 4),
            [[1.0, 2.0], [3.0, 4.0]],
            "array",
            messages.ELEMENTS,
            {"count": 2, "total": 4, "index": [1, 0], "got": "nan", "wanted": "3"},
        ),
        (
            {"t": "list", "v": [sequence("list", 1), sequence("list", 1, 3)]},
            [[1], [1, 2]],
            "list",
            messages.INDEX_DIFFERS,
            {"index": "[1][1]"},
        ),
    ],
)
def test_the_reason_says_how_it_differs(
    got: dict[str, Any], expected: Any, returns: str, reason: str, parameters: dict[str, object]
) -> None:
    comparison = compare(got, expected, returns)
    assert (comparison.reason, comparison.parameters) == (reason, parameters)


@pytest.mark.parametrize(
    "got",
    [
        {"t": "array", "dtype": "<f8", "shape": [2], "v": "00"},
        {"t": "array", "dtype": "<f8", "shape": [-1], "v": ""},
        {"t": "array", "dtype": "|O8", "shape": [1], "v": "00" * 8},
        {"t": "array", "dtype": "<f8", "shape": [1], "v": "zz"},
        {"t": "array", "dtype": "<f8", "shape": [10**9, 10**9], "v": ""},
    ],
)
def test_an_array_that_the_harness_would_not_send_is_refused(got: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"array|hex"):
        compare(got, [1.0], "array")


def test_arrays_are_shown_with_their_dtype_and_large_ones_by_their_shape() -> None:
    assert display(array("<f8", [1, 2], "dd", 1, 2)) == "array([[1.0, 2.0]], dtype=float64)"
    assert display(array("<i8", [], "q", 7)) == "array(7, dtype=int64)"
    assert display(array("|b1", [500], "500?", *[False] * 500)) == "array(shape=(500,), dtype=bool)"


def test_nested_values() -> None:
    assert same([1, [2.0, "a", None]], [1, [2.0, "a", None]])
    assert not same([1, [True]], [1, [1]])
    assert same(float("nan"), float("nan"))


def test_values_are_shown_as_python_writes_them() -> None:
    assert display(sequence("tuple", 1)) == "(1,)"
    assert display({"t": "float", "v": "0x1.8p+1"}) == "3.0"
    assert display({"t": "other", "type": "V", "text": ""}) == "<V>"
    assert display({"t": "tree", "v": [integer(1), {"t": "none"}, integer(2)]}) == "[1,null,2]"
    assert display({"t": "str", "v": "\x1b[2J", "n": 4}) == "'\\x1b[2J'"
