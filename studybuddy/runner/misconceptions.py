"""Mistakes that show in the answers: one sentence for many failing cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from studybuddy.core.exercise import Case
from studybuddy.runner.compare import Comparison

Obeys = Callable[[Any, Any], bool]


def _numbers(got: Any, expected: Any) -> bool:
    return all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in (got, expected))


RULES: dict[str, Obeys] = {
    "off-by-one-low": lambda got, expected: _numbers(got, expected) and got == expected - 1,
    "off-by-one-high": lambda got, expected: _numbers(got, expected) and got == expected + 1,
    "too-low": lambda got, expected: _numbers(got, expected) and got < expected,
    "too-high": lambda got, expected: _numbers(got, expected) and got > expected,
    "negated": lambda got, expected: _numbers(got, expected) and got == -expected,
    "zero": lambda got, expected: _numbers(got, expected) and got == 0,
}
"""What an exercise may name; the arguments are the returned and the expected value."""


def shared_mistake(
    misconceptions: Sequence[tuple[str, str]], wrong: Sequence[tuple[Case, Comparison]]
) -> str:
    """The author's words for the first rule that all wrong answers obey; empty if there is none."""
    for rule, words in misconceptions:
        obeys = RULES.get(rule)
        if obeys and all(obeys(comparison.value, case.expected) for case, comparison in wrong):
            return words
    return ""
