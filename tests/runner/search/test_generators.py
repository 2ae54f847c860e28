"""Random inputs are within their domain, reproducible, of growing size and of every shape."""

from __future__ import annotations

import math
from itertools import islice
from typing import Any

import pytest

from studybuddy.core.exercise import Domain
from studybuddy.runner.own_inputs import check_input
from studybuddy.runner.search.generators import LARGEST_USUAL, PLANNED, inputs, seed_of

TREES = Domain((0, 10_000), (-100, 100))


def nodes(tree: Any) -> int:
    return int(tree["chain"]) if isinstance(tree, dict) else sum(value is not None for value in tree)


@pytest.mark.parametrize(
    ("kind", "domain"),
    [
        ("tree", TREES),
        ("tree", Domain((1, 3), (5, 5))),
        ("tree", Domain((4, 4), (0, 1))),
        ("tree", Domain((0, 9000), (1, 2))),
        ("int", Domain(values=(-7, 9))),
        ("int", Domain(values=(3, 3))),
        ("int", Domain(values=(-(10**12), -(10**11)))),
        ("float", Domain(values=(0.25, 0.5))),
        ("float", Domain(values=(-1e9, 1e9))),
        ("bool", Domain()),
        ("str", Domain((2, 5), letters="()")),
        ("list", Domain((1, 40), (-5, 5), items="int")),
        ("list", Domain((0, 40), (0.5, 0.75), items="float")),
        ("list", Domain((0, 3), items="str", letters="x")),
        ("list", Domain((0, 3), items="bool")),
        ("array", Domain(values=(-1, 1), shape=((1, 4), (2, 2)))),
    ],
)
def test_every_input_is_within_its_domain(kind: str, domain: Domain) -> None:
    drawn = list(inputs((kind,), (domain,), 1))
    assert len(drawn) == PLANNED
    for arguments in drawn:
        check_input(arguments, (kind,), (domain,))
    if kind == "list":
        assert all(type(item).__name__ == domain.items for (items,) in drawn for item in items)


def test_the_same_seed_draws_the_same_inputs_and_another_others() -> None:
    def first(seed: int) -> list[Any]:
        return list(islice(inputs(("tree", "int"), (TREES, Domain()), seed), 300))

    assert first(7) == first(7)
    assert first(7) != first(8)
    assert seed_of("a/b", "x = 1") == seed_of("a/b", "x = 1")
    assert len({seed_of("a/b", "x = 1"), seed_of("a/b", "x = 2"), seed_of("a/c", "x = 1")}) == 3
    assert seed_of("a/b", "\ud800") >= 0


def test_trees_grow_and_some_are_giants() -> None:
    sizes = [nodes(tree) for (tree,) in inputs(("tree",), (TREES,), 3)]
    assert max(sizes[:50]) <= 4
    assert max(size for size in sizes if size <= LARGEST_USUAL) > LARGEST_USUAL - 10
    assert max(sizes) == 10_000
    assert sum(sizes) < 100_000


def test_every_shape_is_among_them() -> None:
    trees = [tree for (tree,) in inputs(("tree",), (TREES,), 11) if isinstance(tree, list) and len(tree) > 6]
    counts = [nodes(tree) for tree in trees]
    values = [[value for value in tree if value is not None] for tree in trees]
    perfect = [
        len(tree) == count and (count + 1) & count == 0 for tree, count in zip(trees, counts, strict=True)
    ]
    left = [tree[1::2] and all(v is None for v in tree[2::2]) for tree in trees]
    right = [all(v is None for v in tree[1::2]) for tree in trees]
    assert sum(perfect) > 20
    assert sum(map(bool, left)) > 10
    assert sum(right) > 10
    assert sum(len(set(numbers)) == 1 for numbers in values) > 50
    assert sum(len(set(numbers)) == 2 for numbers in values) > 50
    assert sum(len(set(numbers)) > 4 for numbers in values) > 300


def test_numbers_reach_the_edges_of_their_domain() -> None:
    drawn = {value for (value,) in inputs(("int",), (Domain(values=(-50, 50)),), 5)}
    assert {-50, 50, 0, 1, -1} <= drawn
    assert all(math.isfinite(value) for (value,) in inputs(("float",), (Domain(),), 5))
