"""What a statement does to its arrays, one operation after the other: `x (6, 4) @ w (4, 3) → h (6, 3)`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from studybuddy.core.xray import Part, Step, Value
from studybuddy.study.shape_names import SizeNames, in_symbols
from studybuddy.text import clean_line

LONGEST_NAME = 18
"""Cells of an expression that stands beside its shape; a longer one shows its shape alone."""
LONGEST_TEXT = 60
ARROW = "→"
FAILED = "✗"


class Cell(NamedTuple):
    """A piece of an operation. `below`, a shape in symbols, stands under it; at `fresh` a line may begin."""

    text: str
    style: str = ""
    below: str = ""
    fresh: bool = False


Row = tuple[Cell, ...]


def rows(step: Step, names: SizeNames) -> list[Row]:
    """The operations on arrays in the order in which they were done, then what else was given a name."""
    found: list[Row] = []
    shown = [part for part in step.parts if _is_shown(step, part)]
    root = step.parts[-1] if step.parts else None
    whole = len(step.bound) == 1 and bool(shown) and shown[-1] is root and not step.kind.endswith("For")
    result = step.bound[0] if whole else None
    for part in shown:
        named = result if part is root else None
        found.append((*_operation(step, part, names), *_result(step, part, named, names)))
    if not shown and root is not None and step.kind in ("If", "While", "Assert") and root.value is not None:
        found.append((Cell(_cut(root.source)), Cell(f" {ARROW} ", fresh=True), *_value(root.value, names)))
    if result is None:
        found += [_binding(name, value, names) for name, value in step.bound if not value.plain]
    return found


def _is_shown(step: Step, part: Part) -> bool:
    if part.does in ("name", "const"):
        return False
    if step.failed and part.id == step.failing:
        return True
    if part.value is None:
        return False
    shapes = [given.value.shape for given in _given(step, part) if given.value is not None]
    has_arrays = part.value.shape is not None or any(shape is not None for shape in shapes)
    return has_arrays and (part.does != "other" or bool(shapes))


def _given(step: Step, part: Part) -> list[Part]:
    return [found for id in part.to if (found := step.part(id)) is not None]


def _operation(step: Step, part: Part, names: SizeNames) -> list[Cell]:
    given = _given(step, part)
    if part.does.startswith("call") or not given:
        return _call(part, given, names)
    first = _operand(given[0], names)
    if part.does.startswith("."):
        return [*first, Cell(part.does, "strong", fresh=True)]
    if part.does == "[]":
        return [*first, Cell(_cut(part.source[len(given[0].source) :]), "strong", fresh=True)]
    if len(given) == 2 and part.does != "other":
        return [*first, Cell(f" {part.does} ", "strong", fresh=True), *_operand(given[1], names)]
    if len(given) == 1 and part.does != "other":
        return [Cell(part.does + (" " if part.does.isalpha() else ""), "strong"), *first]
    return [Cell(_cut(part.source))]


def _call(part: Part, given: Sequence[Part], names: SizeNames) -> list[Cell]:
    """`np.maximum(h (64, 100), 0)`, or of an array's own method `z (64, 100).sum()`."""
    cells: list[Cell] = []
    head = part.source.partition("(")[0]
    if part.does.startswith("call.") and given:
        owner, given = given[0], given[1:]
        head = "." + part.does.removeprefix("call.")
        if owner.value is not None and owner.value.shape is not None:
            cells += _operand(owner, names)
        else:
            head = owner.source + head
    cells.append(Cell(_cut(head) + "(", "strong", fresh=bool(cells)))
    for number, argument in enumerate(given):
        if number:
            cells.append(Cell(", ", fresh=True))
        cells += _operand(argument, names)
    return [*cells, Cell(")", "strong")]


def _operand(part: Part, names: SizeNames) -> list[Cell]:
    value = part.value
    if value is None or value.shape is None:
        text = value.text if value is not None and value.text == "..." else ""
        return [Cell(_cut(part.source)), *([Cell(f" {text}", "dim")] if text else [])]
    shape = _shape(value.shape, names)
    if " " in part.source or len(part.source) > LONGEST_NAME:
        return [shape]
    return [Cell(f"{clean_line(part.source)} "), shape]


def _result(step: Step, part: Part, named: tuple[str, Value] | None, names: SizeNames) -> list[Cell]:
    arrow = Cell(f" {ARROW} ", "strong", fresh=True)
    if step.failed and part.id == step.failing:
        return [arrow, Cell(FAILED, "bad")]
    if named is not None:
        name = "return" if named[0] == "return" else clean_line(named[0], LONGEST_TEXT)
        return [arrow, Cell(f"{name} ", "name"), *_value(named[1], names)]
    return [arrow, *_value(part.value, names)] if part.value is not None else []


def _binding(name: str, value: Value, names: SizeNames) -> Row:
    return (
        Cell(clean_line(name, LONGEST_TEXT), "name"),
        Cell(f" {ARROW} ", "strong"),
        *_value(value, names),
    )


def _value(value: Value, names: SizeNames) -> list[Cell]:
    if value.shape is not None:
        return [_shape(value.shape, names)]
    return [Cell(clean_line(value.text, LONGEST_TEXT), "dim" if value.plain else "")]


def _shape(shape: tuple[int, ...], names: SizeNames) -> Cell:
    text = f"({shape[0]},)" if len(shape) == 1 else f"({', '.join(map(str, shape))})"
    return Cell(text, "shape", in_symbols(shape, names))


def _cut(source: str) -> str:
    text = clean_line(source, LONGEST_TEXT + 1)
    return text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + "…"
