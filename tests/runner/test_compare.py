from __future__ import annotations

from typing import Any

import pytest

from studybuddy.runner import messages
from studybuddy.runner.compare import compare, display, same


def integer(value: int) -> dict[str, Any]:
    return {"t": "int", "v": format(value, "x")}


def sequence(tag: str, *values: int) -> dict[str, Any]:
    return {"t": tag, "v": [integer(value) for value in values]}


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
        (sequence("array", 1, 2), [1, 2], "list", False),
        (sequence("tree", 1, 2), [1, 2, "null", None], "tree", True),
        ({"t": "str", "v": "3", "n": 1}, "3", "str", True),
        ({"t": "str", "v": "3", "n": 1}, 3, "int", False),
        ({"t": "other", "type": "V", "text": "3"}, 3, "int", False),
        (integer(2**9000), 0.5, "float", False),
        (sequence("list", 1), [1], "unheard-of", True),
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
    ],
)
def test_the_reason_says_how_it_differs(
    got: dict[str, Any], expected: Any, returns: str, reason: str, parameters: dict[str, object]
) -> None:
    comparison = compare(got, expected, returns)
    assert (comparison.reason, comparison.parameters) == (reason, parameters)


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
