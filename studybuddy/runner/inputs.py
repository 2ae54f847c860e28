"""Values as a learner writes and reads them: tree text in, display text out."""

from __future__ import annotations

import json
from typing import Any

from studybuddy.core.errors import UsageError
from studybuddy.i18n import N_

SHORT = 100
"""Characters of a value in a row of cases."""
LONG = 1000
"""Characters of a value in the card of one case."""
_NULLS = frozenset({"null", "None", "#"})

Level = list[int | None]


def parse_tree(text: str) -> Level:
    """Level-order values of a tree: `[3,9,20,null,null,15,7]`; `null`, `None` and `#` all mean no node.

    Raises:
        UsageError: the text is no such list; names the column, counted from 1.
    """
    start = len(text) - len(text.lstrip())
    body = text.strip()
    if not body.startswith("["):
        raise _unreadable(start + 1)
    if len(body) < 2 or not body.endswith("]"):
        raise _unreadable(start + len(body) + 1)
    values: Level = []
    column = start + 2
    if body[1:-1].strip():
        for item in body[1:-1].split(","):
            values.append(_node(item.strip(), column + len(item) - len(item.lstrip())))
            column += len(item) + 1
    while values and values[-1] is None:
        values.pop()
    return values


def _node(item: str, column: int) -> int | None:
    if item in _NULLS:
        return None
    try:
        return int(item)
    except ValueError:
        raise _unreadable(column) from None


def _unreadable(column: int) -> UsageError:
    return UsageError(
        N_("cannot read the tree at column {column}; write it like [3,9,20,null,null,15,7]"), column=column
    )


def shorten(text: str, limit: int = LONG) -> str:
    """At most `limit` characters, and how many were left out: `…(+9876)`."""
    return text if len(text) <= limit else f"{text[:limit]}…(+{len(text) - limit})"


def format_arguments(arguments: tuple[Any, ...], kinds: tuple[str, ...], limit: int = LONG) -> str:
    """The arguments of a case, as they would be written."""
    padded = kinds + ("",) * (len(arguments) - len(kinds))
    return shorten(", ".join(format_value(*pair) for pair in zip(arguments, padded, strict=False)), limit)


def format_value(value: Any, kind: str = "") -> str:
    """A value of a lesson file: trees in the notation of `parse_tree`, all else as Python writes it."""
    if isinstance(value, dict) and "chain" in value:
        return f"chain({value['chain']}, {value.get('side', 'left')})"
    if kind == "tree":
        nodes = [None if item in (None, "null") else item for item in value or ()]
        return json.dumps(nodes, separators=(",", ":"), ensure_ascii=False, default=repr)
    return repr(value)
