"""What two programs answered to the same input, and whether the learner's breaks there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from studybuddy.runner.array_values import ArrayValue
from studybuddy.runner.bench import MALFORMED
from studybuddy.runner.compare import Comparison, compare, display, plain
from studybuddy.runner.search.generators import Input

Answer = dict[str, Any]
"""Fields of a result: `value`, tagged, or `failure`."""
_EXACT = ("int", "bool", "str", "none")
"""Tags of values that are right exactly when they are coded alike."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An input, the learner's answer to it and the reference's."""

    input: Input
    mine: Answer
    theirs: Answer


def comparable(theirs: Answer, returns: str) -> bool:
    """Whether the reference answers, and with a value of the type it should have.

    An input for which it raises an exception is none that the exercise means.
    """
    if "failure" in theirs:
        return False
    try:
        return compare(theirs["value"], plain(theirs["value"]), returns).right
    except MALFORMED:
        return False


def breaks(mine: Answer, theirs: Answer, returns: str) -> bool:
    """Whether the learner's program fails where the reference answers."""
    if "failure" in theirs:
        return False
    value = mine.get("value")
    if value == theirs["value"] and value["t"] in _EXACT:
        return False
    if not comparable(theirs, returns):
        return False
    compared = comparison(mine, theirs, returns)
    return compared is None or not compared.right


def comparison(mine: Answer, theirs: Answer, returns: str) -> Comparison | None:
    """How the learner's value compares; None where there is none, or none that the harness would send."""
    if "failure" in mine:
        return None
    try:
        return compare(mine["value"], wanted(theirs), returns)
    except MALFORMED:
        return None


def wanted(theirs: Answer) -> Any:
    """The reference's value as what is expected; an array of any width will do, as in a case."""
    value = plain(theirs["value"])
    return replace(value, dtype=value.kind) if isinstance(value, ArrayValue) else value


def shown(answer: Answer) -> str:
    """A value, or the exception in its place, as a learner reads it."""
    failure = answer.get("failure")
    if isinstance(failure, dict):
        kind, text = str(failure.get("type", "")), str(failure.get("text", ""))
        return f"{kind}: {text.splitlines()[0][:200]}" if text else kind
    try:
        return display(answer["value"])
    except MALFORMED:
        return "?"
