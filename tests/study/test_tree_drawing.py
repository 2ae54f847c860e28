"""Trees in box characters: every node once, children under their parents, nothing too wide or too deep."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.study.tree_drawing import MOST_NODES, tree_lines
from studybuddy.text import cell_width


def drawn(tree: object) -> str:
    return "\n".join(tree_lines(tree))


def test_the_example_of_the_lesson() -> None:
    assert drawn([3, 9, 20, None, None, 15, 7]) == "  3\n┌─┴──┐\n9    20\n   ┌─┴─┐\n   15  7"


@pytest.mark.parametrize(
    ("tree", "picture"),
    [
        ([0], "0"),
        ([-100], "-100"),
        ([1, 2], "  1\n┌─┘\n2"),
        ([1, None, 2], "1\n└─┐\n  2"),
        ([0, 0, None, None, 0], "  0\n┌─┘\n0\n└─┐\n  0"),
        ([1, 2, 3], "  1\n┌─┴┐\n2  3"),
    ],
)
def test_small_trees(tree: list[int | None], picture: str) -> None:
    assert drawn(tree).splitlines()[0].strip() == picture.splitlines()[0].strip()
    assert [line.strip() for line in tree_lines(tree)][-1] == picture.splitlines()[-1].strip()
    assert len(tree_lines(tree)) == len(picture.splitlines())


def test_no_tree_is_said() -> None:
    assert tree_lines([]) == tree_lines([None]) == tree_lines(None) == ["(empty tree)"]


@pytest.mark.parametrize(
    ("tree", "words"),
    [
        ({"chain": 10_000, "side": "left"}, "10000 nodes, each the left child"),
        ({"chain": 7, "side": "zigzag"}, "7 nodes that turns left and right"),
        ([0, *[None, 0] * 8], "9 nodes, each the right child"),
        ([0, *[0, None] * 200_000], "200001 nodes, each the left child"),
        ([0, 0, None, None, 0, 0, None, None, 0, 0], "6 nodes that turns"),
        ([0] * 127, "a perfect tree of 127 nodes, depth 7"),
        ([0] * 64, "a tree of 64 nodes, depth 7"),
    ],
)
def test_large_trees_become_a_sentence(tree: object, words: str) -> None:
    (line,) = tree_lines(tree)
    assert words in line


def test_wide_letters_and_hostile_texts_keep_their_columns() -> None:
    lines = tree_lines(["根", "左边的节点", "\x1b[2J右", None, None, "a" * 10_000])
    assert all("\x1b" not in line for line in lines)
    assert max(map(cell_width, lines)) < 40
    bar = next(line for line in lines if "┴" in line)
    assert cell_width(bar[: bar.index("┌")]) < cell_width(bar[: bar.index("┴")]) < cell_width(bar)
    assert lines[-1].strip().startswith("aaa")


@given(st.lists(st.none() | st.integers(-100, 100), max_size=31))
def test_every_node_is_drawn_once_in_its_place(tree: list[int | None]) -> None:
    lines = tree_lines(tree)
    assert all(line == line.rstrip() for line in lines)
    texts = [word for line in lines[::2] for word in line.split()]
    bars = "".join(lines[1::2])
    if not tree or tree[0] is None:
        assert lines == ["(empty tree)"]
    elif len(lines) > 1 or len(lines[0].split()) == 1:
        edges = sum(bars.count(sign) for sign in "┌┐")
        assert edges == len(texts) - 1 <= MOST_NODES
        assert len(lines) <= 9
