"""Reads binary trees as LeetCode writes them: `[3,9,20,null,null,15,7]`, level by level."""

from __future__ import annotations

import re
from unicodedata import normalize

from studybuddy.core.errors import UsageError

LONGEST = 2000
"""Characters of a typed tree."""
MOST_VALUES = 300
LONGEST_VALUE = 20
_EMPTY = frozenset(("null", "none", "nil", "#", "空", "n"))
_APART = re.compile(r"[,、;\s]+")


def read_tree(text: str) -> tuple[str | None, ...]:
    """The values of a tree in level order, None where there is no node; none at the end.

    Raises:
        UsageError: the text is no tree.
    """
    if len(text) > LONGEST:
        raise UsageError("the answer is longer than {limit} characters", limit=LONGEST)
    plain = normalize("NFKC", text).replace("−", "-").strip().strip("`$").strip().rstrip("。.")
    opened, closed = plain[:1] in ("[", "("), plain[-1:] in ("]", ")")
    if opened != closed:
        raise UsageError("a bracket is not closed")
    inner = plain[1:-1] if opened else plain
    if not inner.strip() and not opened:
        raise UsageError("there is no tree in it")
    values = [_value(part) for part in _APART.split(inner.strip(" ,、;\n\t")) if part]
    if len(values) > MOST_VALUES:
        raise UsageError("there are more than {limit} values in it", limit=MOST_VALUES)
    while values and values[-1] is None:
        values.pop()
    _check_parents(values)
    return tuple(values)


def _value(part: str) -> str | None:
    if part.casefold() in _EMPTY:
        return None
    value = part.strip("'\"")
    if not value or len(value) > LONGEST_VALUE or set(value) & set("[](){}"):
        raise UsageError("cannot read “{text}” as a value", text=part[:20])
    if re.fullmatch(r"[-+]?\d+(?:\.0*)?", value):
        return str(int(value.partition(".")[0]))
    return value


def _check_parents(values: list[str | None]) -> None:
    """Every value but the first is a child of a node that is there."""
    room = 1
    for value in values:
        if not room:
            raise UsageError("“{value}” has no parent", value=value or "null")
        room += 1 if value is not None else -1
