"""Inputs that a learner writes: read, and held to what the exercise allows."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from studybuddy.core.errors import UsageError
from studybuddy.core.exercise import Domain, Exercise
from studybuddy.i18n import N_
from studybuddy.runner.array_values import wanted_array
from studybuddy.runner.inputs import parse_tree, shorten

LONGEST_TEXT = 200_000
LARGEST_CHAIN = 100_000
_CHAIN = re.compile(r"\s*chain\(\s*(\d{1,6})\s*,\s*(left|right|zigzag)\s*\)\s*\Z")
_PYTHON_WORDS = re.compile(r'("(?:[^"\\]|\\.)*")|\b(None|True|False)\b')
_AS_JSON = {"None": "null", "True": "true", "False": "false"}


def read_input(exercise: Exercise, text: str) -> tuple[Any, ...]:
    """The arguments in a text, separated by commas: `[1,null,2]`, or `[2,7,11], 9`.

    Trees are level-order lists or `chain(10000, left)`; all else is JSON, or what Python writes alike.

    Raises:
        UsageError: the text cannot be read, or the exercise does not allow the input; says where and why.
    """
    signature = exercise.signature
    if signature is None:
        raise UsageError("{exercise} is a script: it has no cases", exercise=exercise.id)
    if len(text) > LONGEST_TEXT:
        raise UsageError("the input is longer than {limit} characters", limit=LONGEST_TEXT)
    kinds = signature.parameters
    arguments = (_one_tree(text),) if kinds == ("tree",) else tuple(_several(text))
    if len(arguments) != len(kinds):
        message = N_("{entry} takes {wanted} arguments, not {got}")
        raise UsageError(message, entry=signature.entry, wanted=len(kinds), got=len(arguments))
    check_input(arguments, kinds, exercise.domains)
    return arguments


def _one_tree(text: str) -> Any:
    if found := _CHAIN.match(text):
        return {"chain": int(found[1]), "side": found[2]}
    return parse_tree(text)


def _several(text: str) -> list[Any]:
    as_json = _PYTHON_WORDS.sub(lambda found: found[1] or _AS_JSON[found[2]], text)
    try:
        values: list[Any] = json.loads(f"[{as_json}]", parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise UsageError("cannot read the input at column {column}", column=max(1, error.pos)) from error
    except (RecursionError, ValueError) as error:
        raise UsageError(
            "the input is nested too deeply, or holds a number that is infinite or none"
        ) from error
    return values


def _no_number(text: str) -> float:
    raise ValueError(text)


def check_input(arguments: Sequence[Any], kinds: Sequence[str], domains: Sequence[Domain]) -> None:
    """Whether values are of these types and within these domains (of which there may be none).

    Raises:
        UsageError: they are not; says which argument.
    """
    for number, (value, kind) in enumerate(zip(arguments, kinds, strict=True), start=1):
        if not _is(value, kind):
            shown = shorten(json.dumps(value), 60)
            raise UsageError("argument {number} must be {type}: {text}", number=number, type=kind, text=shown)
        if domains:
            _within(value, kind, domains[number - 1], number)


def _is(value: Any, kind: str) -> bool:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if kind == "tree":
        return _is_tree(value)
    if kind == "array":
        try:
            return wanted_array(value) is not None
        except (ValueError, TypeError, KeyError, StopIteration):
            return False
    fits = {
        "int": isinstance(value, int) and number,
        "node": isinstance(value, int) and number,
        "float": number,
        "str": isinstance(value, str),
        "bool": isinstance(value, bool),
        "list": isinstance(value, list),
    }
    return fits.get(kind, True)


def _is_tree(value: Any) -> bool:
    if isinstance(value, dict):
        length = value.get("chain")
        return isinstance(length, int) and not isinstance(length, bool) and 0 <= length <= LARGEST_CHAIN
    if not isinstance(value, list):
        return False
    parents = 1
    for node in value:
        if parents == 0 or isinstance(node, bool) or not (node is None or isinstance(node, int)):
            return False
        parents += -1 if node is None else 1
    return True


def _within(value: Any, kind: str, domain: Domain, number: int) -> None:
    size = _size(value, kind)
    if size is not None and not domain.size[0] <= size <= domain.size[1]:
        message = N_("argument {number} may have a size from {least} to {most}, not {got}")
        raise UsageError(message, number=number, least=domain.size[0], most=domain.size[1], got=size)
    low, high = domain.values
    for item in _numbers(value):
        if not low <= item <= high:
            message = N_("the numbers of argument {number} go from {least:g} to {most:g}: {got}")
            raise UsageError(message, number=number, least=low, most=high, got=shorten(repr(item), 40))


def _size(value: Any, kind: str) -> int | None:
    if kind == "tree":
        return int(value["chain"]) if isinstance(value, dict) else sum(node is not None for node in value)
    return len(value) if kind in ("list", "str") else None


def _numbers(value: Any) -> list[float]:
    """Every number in a value; nothing in a chain, whose values are the judge's."""
    found: list[float] = []
    waiting = [value.get("array") if isinstance(value, dict) else value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, (int, float)) and not isinstance(item, bool):
            found.append(item)
    return found
