"""Rectangles of terminal cells and the ways to put them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studybuddy.text import cell_width


@dataclass(frozen=True, slots=True)
class Box:
    """Rows of text of equal width in cells.

    `base` is the row that stands on the line; `tall` says that brackets around it must stretch (a fraction, a
    table, a sum), which a lowered subscript alone does not ask for.
    """

    rows: tuple[str, ...]
    base: int = 0
    tall: bool = False

    @property
    def width(self) -> int:
        """Cells of each row."""
        return cell_width(self.rows[0])

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.rows)

    @property
    def line(self) -> str:
        """The row that stands on the line."""
        return self.rows[self.base]


EMPTY = Box(("",))


def text(row: str) -> Box:
    """A box of one row."""
    return Box((row,))


def aligned(row: str, width: int, align: str, *, late: bool = False) -> str:
    """A row with spaces to `width` cells; `align` is left, center or right.

    `late`: an odd cell goes to the left, so that `−1` and `1` end in one column.
    """
    room = width - cell_width(row)
    before = {"left": 0, "center": (room + late) // 2, "right": room}[align]
    return " " * before + row + " " * (room - before)


def beside(boxes: Sequence[Box]) -> Box:
    """Boxes side by side, their base rows on one line."""
    if len(boxes) == 1:
        return boxes[0]
    if not boxes:
        return EMPTY
    above = max(box.base for box in boxes)
    below = max(box.height - box.base for box in boxes)
    rows = [""] * (above + below)
    for box in boxes:
        blank = " " * box.width
        first = above - box.base
        for number in range(len(rows)):
            inside = first <= number < first + box.height
            rows[number] += box.rows[number - first] if inside else blank
    return Box(tuple(rows), above, any(box.tall for box in boxes))


def stacked(boxes: Sequence[Box], base_of: int, align: str = "center") -> Box:
    """Boxes one above the other; the base row is that of box number `base_of`."""
    width = max(box.width for box in boxes)
    rows = [aligned(row, width, align) for box in boxes for row in box.rows]
    base = sum(box.height for box in boxes[:base_of]) + boxes[base_of].base
    return Box(tuple(rows), base, True)


def fence(sign: str, height: int, base: int) -> Box:
    """A bracket of `height` rows; a sign that cannot stretch stands on the base row."""
    if height == 1 or not sign:
        return Box((sign,) + (sign,) * (height - 1), base)
    pieces = _FENCES.get(sign)
    if pieces is None:
        return Box(tuple(sign if row == base else " " * cell_width(sign) for row in range(height)), base)
    rows = [pieces[0], *[pieces[1]] * (height - 2), pieces[2]]
    if sign in _BRACE_POINTS and height > 2:
        rows[min(max(base, 1), height - 2)] = _BRACE_POINTS[sign]
    return Box(tuple(rows), base)


_FENCES: dict[str, str | tuple[str, str, str]] = {
    "(": "⎛⎜⎝",
    ")": "⎞⎟⎠",
    "[": "⎡⎢⎣",
    "]": "⎤⎥⎦",
    "{": "⎧⎪⎩",
    "}": "⎫⎪⎭",
    "⌊": "⎢⎢⎣",
    "⌋": "⎥⎥⎦",
    "⌈": "⎡⎢⎢",
    "⌉": "⎤⎥⎥",
    "|": "│││",
    "∣": "│││",
    "||": ("||", "||", "||"),
    "‖": "‖‖‖",
    "∥": "‖‖‖",
    "⟨": "╱│╲",
    "⟩": "╲│╱",
}
_BRACE_POINTS = {"{": "⎨", "}": "⎬", "⟨": "⟨", "⟩": "⟩"}
