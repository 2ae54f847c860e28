"""Random binary trees as level-order lists: bushy, lean, one-sided, perfect; with equal values or not."""

from __future__ import annotations

from random import Random
from typing import Any

SHAPES = (
    *((0.65, 0.65), (0.8, 0.8), (0.5, 0.5)),
    *((0.3, 0.3), (0.15, 0.15)),
    *((0.9, 0.2), (0.2, 0.9), (1.0, 0.0), (0.0, 1.0)),
    (1.0, 1.0),
)
"""How likely a node has a left and a right child. A tree that would end too early goes on with one child."""
LONGEST_LIST = 4000
"""A larger tree is a chain, which needs no list to be written down."""
_SIDES = ("left", "right", "zigzag")

Level = list[Any]


def draw_tree(random: Random, size: int, values: range, least: int = 0) -> Level | dict[str, Any]:
    """A tree of about `size` nodes, not fewer than `least`, with values out of `values` and any shape."""
    if size > LONGEST_LIST and -100 in values and 100 in values:  # the values of a chain
        return {"chain": size, "side": random.choice(_SIDES)}
    if size == 0:
        return []
    kind = random.random()
    perfect = (1 << ((size + 1).bit_length() - 1)) - 1
    if kind < 0.1 and perfect >= least:
        places = [True] * (perfect - 1)
    elif kind < 0.2 and size > 2:
        places = _bamboo(random, size)
    else:
        places = _places(random, min(size, LONGEST_LIST), *random.choice(SHAPES))
    numbers = iter(_values(random, values, 1 + sum(places)))
    return [next(numbers), *(next(numbers) if there else None for there in places)]


def _places(random: Random, size: int, left: float, right: float) -> list[bool]:
    """For both children of each node in level order whether they are there."""
    chance = random.random
    places: list[bool] = []
    nodes = waiting = 1
    while nodes < size and waiting:
        waiting -= 1
        here = chance() < left, chance() < right
        if not waiting and not any(here):
            here = (True, False) if chance() * (left + right) < left else (False, True)
        for there in here:
            there = there and nodes < size
            places.append(there)
            nodes += there
            waiting += there
    while places and not places[-1]:
        places.pop()
    return places


def _bamboo(random: Random, size: int) -> list[bool]:
    """A chain with one leaf at its side, somewhere on the way."""
    keeps_side = random.random() < 0.7
    to_left = random.random() < 0.5
    leaf = random.randrange(size - 2)
    places: list[bool] = []
    for edge in range(size - 2):
        was_left = to_left
        to_left = to_left if keeps_side else random.random() < 0.5
        own = [True, True] if edge == leaf else [to_left, not to_left]
        if edge - 1 != leaf:
            places += own
        else:  # the leaf stands on this level and has no children
            places += [*own, False, False] if was_left else [False, False, *own]
    while places and not places[-1]:
        places.pop()
    return places


def _values(random: Random, values: range, count: int) -> list[int]:
    style = random.random()
    if style < 0.15:
        return [random.choice(values)] * count
    if style < 0.3:
        return random.choices(random.choices(values, k=2), k=count)
    if style < 0.4:
        return random.choices([value for value in (values[0], values[-1], 0) if value in values], k=count)
    return random.choices(values, k=count)
