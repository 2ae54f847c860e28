"""What breaks a program becomes smaller until nothing can be left out of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.core.exercise import Domain
from studybuddy.runner.harness.trees import grow, level_order
from studybuddy.runner.own_inputs import check_input
from studybuddy.runner.search.branches import Branches
from studybuddy.runner.search.generators import inputs
from studybuddy.runner.search.shrinking import smaller_inputs
from tests.runner.search.test_generators import TREES, nodes


def shrink(value: Any, kind: str, domain: Domain, breaks: Callable[[Any], bool], most: int = 2000) -> Any:
    for _ in range(most):
        found = next((v for (v,) in smaller_inputs((value,), (kind,), (domain,)) if breaks(v)), None)
        if found is None:
            return value
        value = found
    raise AssertionError("shrinking has no end")


def flat(tree: Any) -> list[int]:
    return [value for value in tree if value is not None] if isinstance(tree, list) else [0] * tree["chain"]


def two_children(tree: Any) -> bool:
    found = Branches(tree) if isinstance(tree, list) else None
    return found is not None and any(left >= 0 and right >= 0 for left, right in found.children)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(
    ("breaks", "smallest"),
    [
        (lambda tree: len(flat(tree)) >= 1, [[0]]),
        (lambda tree: len(flat(tree)) >= 3, [[0, 0, 0], [0, 0, None, 0], [0, None, 0, None, 0]]),
        (two_children, [[0, 0, 0]]),
        (lambda tree: any(value > 41 for value in flat(tree)), [[42]]),
        (lambda tree: any(value < 0 for value in flat(tree)), [[-1]]),
    ],
)
def test_trees_shrink_to_the_smallest(seed: int, breaks: Callable[[Any], bool], smallest: list[Any]) -> None:
    trees = [tree for (tree,) in inputs(("tree",), (TREES,), seed) if isinstance(tree, list) and breaks(tree)]
    for tree in (trees[0], trees[-1]):
        found = shrink(tree, "tree", TREES, breaks)
        assert nodes(found) == nodes(smallest[0])
        assert found in smallest or len(flat(found)) == 3


def test_a_chain_shrinks_by_its_length() -> None:
    deep = {"chain": 10_000, "side": "zigzag"}
    found = shrink(deep, "tree", TREES, lambda tree: nodes(tree) >= 990)
    assert found == {"chain": 990, "side": "zigzag"}
    assert nodes(shrink(deep, "tree", TREES, lambda tree: nodes(tree) >= 3)) == 3


def test_nothing_leaves_the_domain() -> None:
    domain = Domain((3, 9), (5, 20))
    for (tree,) in inputs(("tree",), (domain,), 2):
        for smaller in smaller_inputs((tree,), ("tree",), (domain,)):
            check_input(smaller, ("tree",), (domain,))
    assert shrink([9, 9, 9, 9, 9], "tree", domain, lambda tree: True) in (
        [5, 5, 5],
        [5, 5, None, 5],
        [5, None, 5, None, 5],
    )


@pytest.mark.parametrize(
    ("kind", "domain", "value", "breaks", "smallest"),
    [
        ("int", Domain(), 97, lambda v: v > 12, 13),
        ("int", Domain(), -97, lambda v: v < -12, -13),
        ("int", Domain(values=(10, 99)), 97, lambda v: True, 10),
        ("float", Domain(), 7.123, lambda v: v > 2, 3.0),
        ("float", Domain(values=(0.25, 0.5)), 0.4, lambda v: True, 0.25),
        ("bool", Domain(), True, lambda v: True, False),
        ("str", Domain(letters="xy"), "yxyyxxy" * 9, lambda v: "yy" in v, "yy"),
        ("str", Domain((2, 9), letters="xy"), "yxyyxx", lambda v: True, "xx"),
        ("list", Domain(), [5, -3, 8, 8, 0, 1], lambda v: v != sorted(v), [1, 0]),
        ("list", Domain(), list(range(90)), lambda v: len(v) > 4, [0] * 5),
        ("list", Domain(items="str"), ["ab", "", "b"], lambda v: any(v), ["b"]),
        (
            "array",
            Domain(shape=((1, 4), (1, 3))),
            [[1.5, 2.0], [0.0, 9.25]],
            lambda v: v[-1][-1] > 3,
            [[4.0]],
        ),
        ("array", Domain(shape=((2, 4), (2, 3))), [[1.5, 2.0, 1.0]] * 3, lambda v: True, [[0.0] * 2] * 2),
    ],
)
def test_other_values_shrink(
    kind: str, domain: Domain, value: Any, breaks: Callable[[Any], bool], smallest: Any
) -> None:
    assert shrink(value, kind, domain, breaks) == smallest


def test_arguments_shrink_one_by_one() -> None:
    value: tuple[Any, ...] = ([4, 8, 15], 23)
    domains = (Domain(), Domain())
    while smaller := next(
        (v for v in smaller_inputs(value, ("list", "int"), domains) if v[0] and v[1] > sum(v[0])), None
    ):
        value = smaller
    assert value == ([0], 1)


@given(st.lists(st.none() | st.integers(-3, 3), max_size=30))
def test_branches_read_a_tree_as_the_child_does(level: list[int | None]) -> None:
    grown = grow(list(level))
    assert Branches(level).level() == (level_order(grown[0]) if grown else [])


def test_branches_cut_and_lift() -> None:
    tree = Branches([3, 9, 20, None, None, 15, 7])
    assert tree.sizes == [5, 1, 3, 1, 1]
    assert tree.without(2) == [3, 9]
    assert tree.without(0) == []
    assert tree.lifted(0, 1) == [20, 15, 7]
    assert tree.lifted(2, 0) == [3, 9, 15]
    assert tree.level(2) == [20, 15, 7]
    assert Branches([]).level() == []


def test_the_deepest_list_is_read_without_recursion() -> None:
    level: list[int | None] = [0]
    for _ in range(9_999):
        level += [None, 0]
    tree = Branches(level)
    assert tree.sizes[0] == 10_000
    assert tree.lifted(0, 1) == tree.level(1)
    assert len(list(tree.spread(64))) < 200
