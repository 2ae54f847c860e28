from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.core.errors import UsageError
from studybuddy.runner.inputs import format_arguments, format_value, parse_tree, shorten


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("[3,9,20,null,null,15,7]", [3, 9, 20, None, None, 15, 7]),
        (" [ 1 , None , -2 ] ", [1, None, -2]),
        ("[1,#,2,null,null]", [1, None, 2]),
        ("[]", []),
        ("[null]", []),
        ("[ ]", []),
    ],
)
def test_trees_are_read(text: str, tree: list[int | None]) -> None:
    assert parse_tree(text) == tree


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("[1,2", 5),
        ("1,2]", 1),
        ("", 1),
        ("[1,,2]", 4),
        ("[1,x]", 4),
        ("  [1, 2.5]", 7),
        ("[1,2]]", 4),
        ("[", 2),
    ],
)
def test_what_is_no_tree_is_pointed_at(text: str, column: int) -> None:
    with pytest.raises(UsageError) as caught:
        parse_tree(text)
    assert caught.value.parameters == {"column": column}


@given(st.lists(st.none() | st.integers()))
def test_a_formatted_tree_reads_back(tree: list[int | None]) -> None:
    while tree and tree[-1] is None:
        tree.pop()
    assert parse_tree(format_value(tree, "tree")) == tree


def test_values_are_shown_as_written() -> None:
    assert format_value([1, "null", None, 2], "tree") == "[1,null,null,2]"
    assert format_value({"chain": 60, "side": "right"}, "tree") == "chain(60, right)"
    assert format_value([1, None], "list") == "[1, None]"
    assert format_arguments(([1], 2, "a"), ("tree", "int", "str")) == "[1], 2, 'a'"


def test_long_text_is_cut() -> None:
    assert shorten("x" * 100, 100) == "x" * 100
    assert shorten("x" * 9976, 100) == "x" * 100 + "…(+9876)"
    assert len(format_arguments((list(range(10_000)),), ("tree",), 100)) < 120
