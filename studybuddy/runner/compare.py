"""Whether a returned value is the expected one, and if not, how it differs.

The child says what a value is by its exact type; nothing of the learner's takes part in the comparison.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from studybuddy.runner import messages
from studybuddy.runner.array_values import (
    ArrayValue,
    array_difference,
    read_array,
    same_array,
    wanted_array,
)
from studybuddy.runner.inputs import format_value, shorten

RELATIVE = 1e-6
ABSOLUTE = 1e-9
_PYTHON_NAMES = {"none": "None", "array": "numpy.ndarray", "tree": "TreeNode"}
_TYPES = ("tree", "int", "list", "str", "bool", "array")
_SEQUENCES = ("list", "tuple")


@dataclass(frozen=True, slots=True)
class Comparison:
    """`text` is the value as shown; `value` what it is, None where it has no plain form."""

    right: bool
    text: str
    value: Any = None
    reason: str = ""
    parameters: dict[str, object] = field(default_factory=dict)


class Foreign:
    """An object of the learner's inside a value: shown, equal to nothing."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return shorten(self._text, 100)


def compare(got: dict[str, Any], expected: Any, returns: str) -> Comparison:
    """Compare the tagged value of the child with the JSON value of the lesson."""
    value, text = plain(got), display(got)
    if got["t"] == "endless":
        return Comparison(False, text, None, messages.ENDLESS_VALUE)
    if got["t"] == "none" and returns not in ("tree", "None", ""):
        return Comparison(False, text, None, messages.RETURNED_NONE)
    wanted = _wanted(expected, returns)
    if not _fits(got["t"], wanted, returns):
        parameters: dict[str, object] = {"got": type_label(got), "wanted": returns or type(wanted).__name__}
        return Comparison(False, text, value, messages.TYPE_DIFFERS, parameters)
    if same(value, wanted):
        return Comparison(True, text, value)
    reason, details = (_tree_difference if returns == "tree" else _difference)(value, wanted)
    return Comparison(False, text, value, reason, details)


def _fits(tag: str, expected: Any, returns: str) -> bool:
    if returns == "float":
        return tag in ("float", "int")
    return tag == (returns if returns in _TYPES else _tag(expected))


def _tag(value: Any) -> str:
    return "none" if value is None else type(value).__name__


def _wanted(expected: Any, returns: str) -> Any:
    if returns == "tree":
        return _trimmed(expected)
    return wanted_array(expected) if returns == "array" else expected


def _trimmed(tree: Any) -> list[Any]:
    nodes = [None if item in (None, "null") else item for item in tree or ()]
    while nodes and nodes[-1] is None:
        nodes.pop()
    return nodes


def same(got: Any, expected: Any) -> bool:
    """Equality by type and value; floats within a relative 1e-6, and not-a-number equals itself."""
    if isinstance(expected, float) or isinstance(got, float):
        if isinstance(got, bool) or isinstance(expected, bool):
            return False
        if not isinstance(got, (int, float)) or not isinstance(expected, (int, float)):
            return False
        try:
            if math.isnan(got) or math.isnan(expected):
                return math.isnan(got) and math.isnan(expected)
            return math.isclose(got, expected, rel_tol=RELATIVE, abs_tol=ABSOLUTE)
        except OverflowError:  # an integer beyond all floats
            return False
    if isinstance(expected, ArrayValue):
        return isinstance(got, ArrayValue) and same_array(got, expected)
    if isinstance(expected, list):
        return (
            isinstance(got, list)
            and len(got) == len(expected)
            and all(same(one, other) for one, other in zip(got, expected, strict=True))
        )
    return type(got) is type(expected) and bool(got == expected)


def _difference(got: Any, expected: Any) -> tuple[str, dict[str, object]]:
    if isinstance(expected, list) and isinstance(got, list):
        if len(got) != len(expected):
            return messages.LENGTH_DIFFERS, {"got": len(got), "wanted": len(expected)}
        return messages.INDEX_DIFFERS, {"index": _first_index(got, expected)}
    if isinstance(expected, ArrayValue) and isinstance(got, ArrayValue):
        return array_difference(got, expected)
    if isinstance(expected, bool) or not isinstance(expected, (int, float)):
        return messages.VALUE_DIFFERS, {}
    try:
        difference = abs(float(got) - float(expected))
    except OverflowError:
        return messages.VALUE_DIFFERS, {}
    if not math.isfinite(difference):
        return messages.VALUE_DIFFERS, {}
    return (messages.TOO_SMALL if got < expected else messages.TOO_LARGE), {"difference": f"{difference:.6g}"}


def _tree_difference(got: Any, expected: Any) -> tuple[str, dict[str, object]]:
    """The first place in level order where the trees differ; a node that is not there is `null`."""
    pairs = enumerate(zip_longest(got, expected))
    index, (here, there) = next(pair for pair in pairs if not same(*pair[1]))
    shown = ["null" if node is None else shorten(repr(node), 40) for node in (here, there)]
    return messages.NODE_DIFFERS, {"index": index, "got": shown[0], "wanted": shown[1]}


def _first_index(got: list[Any], expected: list[Any]) -> object:
    """Where two lists of the same length first differ; inside nested lists `[1][0]`."""
    way: list[int] = []
    while isinstance(got, list) and isinstance(expected, list) and len(got) == len(expected):
        pairs = enumerate(zip(got, expected, strict=True))
        way.append(next(index for index, pair in pairs if not same(*pair)))
        got, expected = got[way[-1]], expected[way[-1]]
    return way[0] if len(way) == 1 else "".join(f"[{index}]" for index in way)


def plain(got: dict[str, Any]) -> Any:
    """The value in plain Python; an object of the learner's becomes one that equals nothing expected."""
    tag = got["t"]
    if tag == "int":
        return int(got["v"], 16)
    if tag == "float":
        return float.fromhex(got["v"])
    if tag in _SEQUENCES or tag == "tree":
        return [plain(item) for item in got["v"]]
    if tag == "array":
        return read_array(got)
    if tag in ("bool", "str"):
        return got["v"]
    return None if tag == "none" else Foreign(str(got.get("text") or f"<{got['type']}>"))


def type_label(got: dict[str, Any]) -> str:
    """The type as Python calls it."""
    name = got["type"] if got["t"] == "other" else _PYTHON_NAMES.get(got["t"], got["t"])
    return shorten(str(name), 100)


def display(got: dict[str, Any]) -> str:
    """The value as a learner would write it, cut to what a screen can show."""
    tag = got["t"]
    if tag == "none":
        return "None"
    if tag == "tree":
        return shorten(format_value(plain(got), "tree"))
    if tag == "endless":
        return "…"
    if tag == "other":
        return shorten(str(got["text"] or f"<{got['type']}>"))
    value = plain(got)
    text = repr(tuple(value)) if tag == "tuple" else repr(value)
    return shorten(text)
