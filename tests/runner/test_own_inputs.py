"""Inputs a learner writes are read as meant, or refused with the place or the reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from studybuddy.core.errors import UsageError
from studybuddy.core.exercise import Domain
from studybuddy.runner.inputs import format_arguments
from studybuddy.runner.own_inputs import read_input
from tests.runner.sample import MAX_DEPTH, SCRIPT, function

DEPTH = replace(MAX_DEPTH, domains=(Domain((0, 10_000), (-100, 100)),))
TWO = function("two", ("list", "int"), "int")
ONE = {kind: function("one", (kind,), "int") for kind in ("int", "float", "str", "bool", "list", "array")}


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("[1,null,2]", [1, None, 2]),
        (" [ 1 , None, # ] ", [1]),
        ("[]", []),
        ("[null]", []),
        ("chain(10000, left)", {"chain": 10_000, "side": "left"}),
        (" chain( 3 ,zigzag)", {"chain": 3, "side": "zigzag"}),
    ],
)
def test_a_tree_is_read_as_it_is_shown(text: str, tree: Any) -> None:
    assert read_input(DEPTH, text) == (tree,)
    assert read_input(DEPTH, format_arguments((tree,), ("tree",))) == (tree,)


def test_several_arguments_stand_one_after_the_other() -> None:
    assert read_input(TWO, "[2, 7, 11], 9") == ([2, 7, 11], 9)
    assert read_input(ONE["list"], '["None", None, True, false, [1.5]]') == (
        ["None", None, True, False, [1.5]],
    )
    assert read_input(ONE["str"], '"a, b"') == ("a, b",)
    assert read_input(ONE["float"], "3") == (3,)
    assert read_input(ONE["bool"], "True") == (True,)
    assert read_input(ONE["array"], '{"array": [1], "dtype": "float32"}') == (
        {"array": [1], "dtype": "float32"},
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[1,null,2", "column 10"),
        ("[1,x]", "column 4"),
        ("", "column 1"),
        ("[1,null,null,5]", "must be tree"),
        ("[null,5]", "must be tree"),
        ("[101]", "go from -100 to 100: 101"),
        ("chain(10001, left)", "size from 0 to 10000, not 10001"),
        ("chain(3, down)", "column 1"),
        ("[" + "0," * 10_000 + "0]", "not 10001"),
        ("[" * 150_000, "column"),
        ("[0]" + " " * 300_000, "longer than"),
    ],
)
def test_a_tree_that_will_not_do_is_refused(text: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_input(DEPTH, text)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("int", "1.5", "must be int"),
        ("int", "True", "must be int"),
        ("int", "1 2", "column 3"),
        ("int", "", "1 arguments, not 0"),
        ("int", "1, 2", "1 arguments, not 2"),
        ("int", "9" * 5000, "too deeply, or holds a number"),
        ("float", "NaN", "infinite or none"),
        ("float", "-Infinity", "infinite or none"),
        ("str", "'a'", "column 1"),
        ("list", "[" * 100_000, "too deeply"),
        ("array", "[[1], [2, 3]]", "must be array"),
        ("array", '{"array": [1], "dtype": "object"}', "must be array"),
        ("array", '["a"]', "must be array"),
    ],
)
def test_other_values_that_will_not_do_are_refused(kind: str, text: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_input(ONE[kind], text)
    assert said in str(caught.value)


def test_a_script_has_no_cases() -> None:
    with pytest.raises(UsageError, match="is a script"):
        read_input(SCRIPT, "1")


def test_lists_are_held_to_their_size_and_numbers() -> None:
    exercise = replace(ONE["list"], domains=(Domain((1, 3), (0, 9)),))
    assert read_input(exercise, "[0, 9]") == ([0, 9],)
    for text in ("[]", "[1, 2, 3, 4]", "[10]", "[[10]]"):
        with pytest.raises(UsageError):
            read_input(exercise, text)
