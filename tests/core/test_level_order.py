"""Trees as LeetCode writes them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.core.errors import UsageError
from studybuddy.core.level_order import read_tree

EXAMPLE = ("3", "9", "20", None, None, "15", "7")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("[3,9,20,null,null,15,7]", EXAMPLE),
        ("[3, 9, 20, None, None, 15, 7, null, null]", EXAMPLE),
        ("3 9 20 # # 15 7", EXAMPLE),
        ("［３，９，２０，ｎｕｌｌ，空，１５，７］", EXAMPLE),
        ("[3.0, +9, 20, null, null, 15, 7]。", EXAMPLE),
        ("[−1]", ("-1",)),
        ("['a', \"b\"]", ("a", "b")),
        ("[]", ()),
        ("[null]", ()),
    ],
)
def test_trees(text: str, tree: tuple[str | None, ...]) -> None:
    assert read_tree(text) == tree


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "[3,9",
        "3]",
        "[[1],[2]]",
        "[1,null,null,5]",
        "[null,1]",
        "[1," * 999,
        "1 " * 400,
        "a" * 30,
        "x" * 1_000_000,
    ],
)
def test_what_is_no_tree_says_so(text: str) -> None:
    with pytest.raises(UsageError):
        read_tree(text)


@given(st.text(st.sampled_from("[]123, nulNoe#-."), max_size=60) | st.text(max_size=100))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(UsageError):
        tree = read_tree(text)
        assert not tree or tree[-1] is not None
