"""Arguments and results of a case: TOML values that are JSON values, with the trees in level order."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from studybuddy.core.phrase import Phrase
from studybuddy.course.report import Message, shorten
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.course.table import Table

SCALARS = ("int", "float", "str", "bool")
TYPES = ("tree", "list", "array", *SCALARS)
PARAMETERS = (*TYPES, "node")
"""Types of arguments: a node is one of the tree before it, named by its value."""
DTYPES = ("float16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8", "bool")
SIDES = ("left", "right", "zigzag")
MAX_CHAIN = 100_000
NULL = "null"
"""TOML has no null: inside a tree this word stands for it."""


def read_value(value: Any, kind: str, table: Table, key: str) -> Any:
    """A value as the judge gets it; says what does not fit the type `kind` (empty: any JSON value).

    A tree may be a list in level order, or a chain to be grown: `{ chain = 10000, side = "left" }`. An array
    is a list of equal rows; `{ array = [[1, 2]], dtype = "float32" }` names its dtype as well.
    """
    wrong = _WRONG[kind](value) if kind in _WRONG else _wrong_value(value, kind)
    if wrong:
        said = wrong if isinstance(wrong, Phrase) else Phrase(wrong)
        table.error("wrong-value", Phrase.of(N_("`{key}`: {wrong}"), key=key, wrong=said), key)
        return None
    if kind == "tree" and isinstance(value, list):
        return [None if node == NULL else node for node in value]
    return value


def _wrong_value(value: Any, kind: str) -> Message:
    if not _is_json(value):
        return N_("only numbers, strings, true, false, lists and tables can be handed to a program")
    fits = {
        "int": isinstance(value, int) and not isinstance(value, bool),
        "node": isinstance(value, int) and not isinstance(value, bool),
        "float": isinstance(value, int | float) and not isinstance(value, bool),
        "list": isinstance(value, list),
        "str": isinstance(value, str),
        "bool": isinstance(value, bool),
    }
    return (
        ""
        if fits.get(kind, True)
        else Phrase.of(N_("{value} is no {kind}"), value=shorten(repr(value)), kind=kind)
    )


def _is_json(value: Any) -> bool:
    if isinstance(value, list):
        return all(_is_json(item) for item in value)
    if isinstance(value, dict):
        return all(_is_json(item) for item in value.values())
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, str | int)


def _wrong_tree(value: Any) -> Message:
    if isinstance(value, dict):
        length = value.get("chain")
        if set(value) != {"chain", "side"} or isinstance(length, bool) or not isinstance(length, int):
            written = '{ chain = 10000, side = "left" }'
            return Phrase.of(N_("a generated tree is written {example}"), example=written)
        if not 0 <= length <= MAX_CHAIN or value["side"] not in SIDES:
            return Phrase.of(
                N_("a chain has up to {limit} nodes and the side {known}"),
                limit=MAX_CHAIN,
                known=", ".join(SIDES),
            )
        return ""
    if not isinstance(value, list):
        return N_("a tree is a list in level order")
    parents = 1
    for node in value:
        if parents == 0:
            return N_("this tree has nodes without a parent")
        absent = node == NULL
        if not absent and (isinstance(node, bool) or not isinstance(node, int)):
            return Phrase.of(
                N_('{value} is no node: a tree holds whole numbers and "null"'), value=shorten(repr(node))
            )
        parents += -1 if absent else 1
    return ""


def _wrong_array(value: Any) -> Message:
    if isinstance(value, dict):
        if set(value) != {"array", "dtype"} or value["dtype"] not in DTYPES:
            return Phrase.of(
                N_('an array of a dtype is written {{ array = [1.0], dtype = "float32" }}; {known}'),
                known=", ".join(DTYPES),
            )
        value = value["array"]
    level = [value]
    while level and isinstance(level[0], list):
        if any(not isinstance(row, list) or len(row) != len(level[0]) for row in level):
            return N_("the rows of an array are of one length")
        level = [item for row in level for item in row]
    if not all(isinstance(item, int | float) and math.isfinite(item) for item in level):
        return N_("an array holds finite numbers, or true and false")
    return ""


_WRONG = {"tree": _wrong_tree, "array": _wrong_array}
