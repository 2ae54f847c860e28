"""[[search]]: which values the parameters of a function may have, so that the judge can draw others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studybuddy.core.exercise import Domain
from studybuddy.core.phrase import Phrase
from studybuddy.course.values import SCALARS
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.core.exercise import Signature
    from studybuddy.course.table import Table

LARGEST = 100_000
LONGEST_AXIS = 64
_SIZED = ("tree", "list", "str")
_NUMBERED = ("tree", "list", "int", "float", "array")
_WHOLE = ("tree", "int")


def read_domains(tables: list[Table], signature: Signature | None) -> tuple[Domain, ...]:
    """A domain for each parameter; none when the exercise is not to be searched, or they do not fit."""
    if not tables:
        return ()
    kinds = signature.parameters if signature else ()
    if len(tables) != len(kinds):
        message = Phrase.of(
            N_("{n} [[search]] for {wanted} parameters: there must be one for each"),
            n=len(tables),
            wanted=len(kinds),
        )
        tables[0].error("search-parameters", message)
        return ()
    return tuple(_read_domain(table, kind) for table, kind in zip(tables, kinds, strict=True))


def check_arrays(table: Table, signature: Signature | None, packages: tuple[str, ...]) -> None:
    """Arrays need NumPy in the process of the learner's program."""
    kinds = (*signature.parameters, signature.returns) if signature else ()
    if "array" in kinds and "numpy" not in packages:
        table.error("array-without-numpy", N_("arrays are arguments or result: `packages` must name numpy"))


def _read_domain(table: Table, kind: str) -> Domain:
    standard = Domain()
    items = table.choice("items", SCALARS) if kind == "list" else standard.items
    letters = standard.letters
    if kind == "str" or items == "str":
        letters = table.text("letters", standard.letters)
        if not letters:
            table.error("wrong-type", N_("`letters` must hold at least one letter"), "letters")
    whole = kind in _WHOLE or (kind == "list" and items == "int")
    domain = Domain(
        size=_size(table) if kind in _SIZED else standard.size,
        values=_values(table, whole=whole) if kind in _NUMBERED else standard.values,
        items=items or standard.items,
        letters=letters or standard.letters,
        shape=_shape(table) if kind == "array" else standard.shape,
    )
    table.close()
    return domain


def _size(table: Table) -> tuple[int, int]:
    value = table.value("size")
    if not _is_range(value, 0, LARGEST, whole=True):
        message = Phrase.of(
            N_("`size` must be two whole numbers, the least and the most, up to {limit}"), limit=LARGEST
        )
        table.error("wrong-type", message, "size")
        return Domain().size
    return value[0], value[1]


def _values(table: Table, *, whole: bool) -> tuple[float, float]:
    value = table.value("values")
    if value is None:
        return Domain().values
    if not _is_range(value, -(10**12), 10**12, whole=whole):
        message = (
            N_("`values` must be two whole numbers, the least and the largest")
            if whole
            else N_("`values` must be two numbers, the least and the largest")
        )
        table.error("wrong-type", message, "values")
        return Domain().values
    return value[0], value[1]


def _shape(table: Table) -> tuple[tuple[int, int], ...]:
    value = table.value("shape")
    axes = value if isinstance(value, list) else []
    if not 1 <= len(axes) <= 3 or not all(_is_range(axis, 1, LONGEST_AXIS, whole=True) for axis in axes):
        message = Phrase.of(
            N_("`shape` must be one to three axes: [[1, 4], [2, 2]], each up to {limit}"), limit=LONGEST_AXIS
        )
        table.error("wrong-type", message, "shape")
        return Domain().shape
    return tuple((axis[0], axis[1]) for axis in axes)


def _is_range(value: Any, least: float, most: float, *, whole: bool) -> bool:
    if not isinstance(value, list) or len(value) != 2:
        return False
    types = int if whole else int | float
    numbers = all(isinstance(item, types) and not isinstance(item, bool) for item in value)
    return numbers and least <= value[0] <= value[1] <= most
