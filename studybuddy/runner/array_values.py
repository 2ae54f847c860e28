"""Arrays that a function returns: read from the child's bytes, compared, shown. NumPy takes no part in it."""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from typing import Any

from studybuddy.runner import messages

_FORMATS = {
    "<f2": "e",
    "<f4": "f",
    "<f8": "d",
    "|b1": "?",
    "|i1": "b",
    "<i2": "h",
    "<i4": "i",
    "<i8": "q",
    "|u1": "B",
    "<u2": "H",
    "<u4": "I",
    "<u8": "Q",
}
_NAMES = {"f": "float", "i": "int", "u": "uint", "b": "bool"}
_TOLERANCES = {"<f2": (1e-2, 1e-3), "<f4": (1e-4, 1e-6)}
_FINE = (1e-6, 1e-9)
"""Relative and absolute tolerance of float64; narrower ones lose more when a sum is reordered."""
MOST_ROWS = 200

Number = float | int | bool


@dataclass(frozen=True, slots=True)
class ArrayValue:
    """An array, its numbers row by row. `dtype` as NumPy codes it; a bare kind (`f`) stands for any width."""

    dtype: str
    shape: tuple[int, ...]
    numbers: tuple[Number, ...]

    @property
    def dtype_name(self) -> str:
        """As Python calls it: `float64`."""
        code = self.dtype.lstrip("<|=")
        bits = "" if code == "b1" else str(8 * int(code[1:])) if code[1:] else ""
        return _NAMES[code[0]] + bits

    @property
    def kind(self) -> str:
        """What it holds whatever its width: `f`, `i` or `b`."""
        return self.dtype.lstrip("<|")[0].replace("u", "i")

    def nested(self) -> Any:
        """The numbers as lists of lists."""
        rows: list[Any] = list(self.numbers)
        for length in reversed(self.shape[1:]):
            step = max(1, length)
            rows = [rows[start : start + length] for start in range(0, len(rows), step)]
        return rows if self.shape else rows[0]

    def __repr__(self) -> str:
        if len(self.numbers) > MOST_ROWS:
            return f"array(shape={self.shape}, dtype={self.dtype_name})"
        return f"array({self.nested()!r}, dtype={self.dtype_name})"


def read_array(got: dict[str, Any]) -> ArrayValue:
    """The array of a child's message.

    Raises:
        ValueError: the message is not one that the harness writes.
    """
    shape, data = tuple(int(length) for length in got["shape"]), bytes.fromhex(got["v"])
    form = _FORMATS.get(got["dtype"])
    count = math.prod(shape)
    if form is None or min(shape, default=0) < 0 or len(data) != count * struct.calcsize("<" + form):
        raise ValueError("no array")
    return ArrayValue(got["dtype"], shape, struct.unpack(f"<{count}{form}", data))


def wanted_array(expected: Any) -> ArrayValue:
    """The array that a lesson expects: a nested list of any width, or with a dtype: `{array, dtype}`.

    Raises:
        ValueError: the rows are of different lengths, or no numbers.
    """
    if isinstance(expected, ArrayValue):
        return expected
    rows = expected["array"] if isinstance(expected, dict) else expected
    shape: list[int] = []
    level: list[Any] = [rows]
    while level and isinstance(level[0], list):
        shape.append(len(level[0]))
        if any(not isinstance(row, list) or len(row) != shape[-1] for row in level):
            raise ValueError("rows of different lengths")
        level = [item for row in level for item in row]
    if not all(isinstance(item, (int, float)) for item in level):
        raise ValueError("no numbers")
    if isinstance(expected, dict):
        return ArrayValue(_code(expected["dtype"]), tuple(shape), tuple(level))
    kinds = {type(item) for item in level}
    kind = "b" if kinds == {bool} else "f" if float in kinds or not kinds else "i"
    return ArrayValue(kind, tuple(shape), tuple(level))


def dtype_names() -> tuple[str, ...]:
    """The dtypes that a lesson may name."""
    return tuple(ArrayValue(code, (), ()).dtype_name for code in _FORMATS)


def _code(name: str) -> str:
    return next(code for code in _FORMATS if ArrayValue(code, (), ()).dtype_name == name)


def same_array(got: ArrayValue, wanted: ArrayValue) -> bool:
    """Equality of shape, dtype and numbers; floats within the tolerance of their width."""
    if not _same_dtype(got, wanted) or got.shape != wanted.shape:
        return False
    return not _differing(got, wanted)


def array_difference(got: ArrayValue, wanted: ArrayValue) -> tuple[str, dict[str, object]]:
    """Shape first, then dtype, then where the numbers differ most and by how much."""
    if got.shape != wanted.shape:
        return messages.SHAPE, {"got": _shape(got.shape), "wanted": _shape(wanted.shape)}
    if not _same_dtype(got, wanted):
        return messages.DTYPE, {"got": got.dtype_name, "wanted": wanted.dtype_name}
    places = _differing(got, wanted)
    worst = max(places, key=lambda place: _distance(got.numbers[place], wanted.numbers[place]))
    return messages.ELEMENTS, {
        "count": len(places),
        "total": len(got.numbers),
        "index": list(_index(worst, got.shape)),
        "got": f"{got.numbers[worst]:.6g}",
        "wanted": f"{wanted.numbers[worst]:.6g}",
    }


def _shape(lengths: tuple[int, ...]) -> str:
    return f"({', '.join(map(str, lengths))}{',' if len(lengths) == 1 else ''})"


def _same_dtype(got: ArrayValue, wanted: ArrayValue) -> bool:
    if len(wanted.dtype) > 1:
        return got.dtype == wanted.dtype
    return got.kind == wanted.dtype


def _differing(got: ArrayValue, wanted: ArrayValue) -> list[int]:
    relative, absolute = _TOLERANCES.get(got.dtype, _FINE)
    pairs = enumerate(zip(got.numbers, wanted.numbers, strict=True))
    if got.dtype[1] != "f":
        return [place for place, (one, other) in pairs if one != other]
    return [
        place
        for place, (one, other) in pairs
        if not (
            math.isclose(one, other, rel_tol=relative, abs_tol=absolute)
            or (math.isnan(one) and math.isnan(other))
        )
    ]


def _distance(one: Number, other: Number) -> float:
    distance = abs(float(one) - float(other))
    return math.inf if math.isnan(distance) else distance


def _index(place: int, shape: tuple[int, ...]) -> tuple[int, ...]:
    index = []
    for length in reversed(shape):
        place, here = divmod(place, length)
        index.append(here)
    return tuple(reversed(index))
