"""Smaller inputs than one that breaks a program: what to try, the greatest steps first.

Every candidate is smaller than the value it comes from: fewer nodes or elements, or as many with numbers
nearer to zero. Taking one that still fails again and again therefore comes to an end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from studybuddy.core.exercise import Domain
from studybuddy.runner.search.branches import Branches
from studybuddy.runner.search.generators import Input

MOST_PLACES = 64
"""Places of one value at which something is left out; of a larger value a selection."""
LIST_FROM = 500
"""A chain of at most so many nodes is written down as a list, whose nodes can then go one by one."""


def smaller_inputs(arguments: Input, kinds: Sequence[str], domains: Sequence[Domain]) -> Iterator[Input]:
    """Inputs in which one argument is smaller, each as JSON values within the domain."""
    for place, (value, kind, domain) in enumerate(zip(arguments, kinds, domains, strict=True)):
        for candidate in _smaller(value, kind, domain):
            yield (*arguments[:place], candidate, *arguments[place + 1 :])


def _smaller(value: Any, kind: str, domain: Domain) -> Iterator[Any]:
    if kind == "tree":
        yield from _chains(value, domain) if isinstance(value, dict) else _trees(value, domain)
    elif kind == "list":
        yield from _lists(value, domain)
    elif kind == "str":
        yield from ("".join(letters) for letters in _parts(list(value), domain.size[0]))
        first = domain.letters[0]
        for place, letter in enumerate(value[:MOST_PLACES]):
            if letter != first:
                yield value[:place] + first + value[place + 1 :]
    elif kind == "array":
        yield from _arrays(value, domain)
    else:
        yield from _scalars(value, kind, domain)


def _scalars(value: Any, kind: str, domain: Domain) -> Iterator[Any]:
    if kind == "bool":
        yield from (False,) if value else ()
        return
    if kind == "str":
        lengths = dict.fromkeys((0, len(value) // 2, len(value) - 1)) if value else ()
        yield from (value[:length] for length in lengths)
        return
    goal = min(max(0, domain.values[0]), domain.values[1])
    if value == goal:
        return
    if kind == "int":
        goal = int(goal)
        steps = dict.fromkeys((goal, goal + int((value - goal) / 2), value - (1 if value > goal else -1)))
        yield from (step for step in steps if step != value)
        return
    yield float(goal)
    whole = float(int(value))
    if whole != value and domain.values[0] <= whole <= domain.values[1]:
        yield whole
    if abs(value - goal) > 1:
        yield goal + float(int((value - goal) / 2))


def _parts(items: list[Any], least: int) -> Iterator[list[Any]]:
    """The items without a run of them: halves, quarters, at last single ones."""
    length = len(items)
    run = length
    while run >= 1:
        if length - run >= least:
            step = max(run, length // MOST_PLACES, 1)
            yield from (items[:start] + items[start + run :] for start in range(0, length, step))
        run //= 2


def _lists(items: list[Any], domain: Domain) -> Iterator[list[Any]]:
    yield from (part for part in _parts(items, domain.size[0]) if len(part) >= domain.size[0])
    simplest = [next(_scalars(item, domain.items, domain), item) for item in items]
    if simplest != items:
        yield simplest
    for place, item in enumerate(items[:MOST_PLACES]):
        for candidate in _scalars(item, domain.items, domain):
            yield [*items[:place], candidate, *items[place + 1 :]]


def _chains(chain: dict[str, Any], domain: Domain) -> Iterator[Any]:
    length, side = int(chain["chain"]), chain["side"]
    for shorter in dict.fromkeys((domain.size[0], length // 8, length // 2, length * 3 // 4, length - 1)):
        if domain.size[0] <= shorter < length:
            yield _chain_list(shorter, side) if shorter <= LIST_FROM else {"chain": shorter, "side": side}


def _chain_list(length: int, side: str) -> list[Any]:
    """A chain written down, with zeros for values."""
    level: list[Any] = [0] * min(length, 1)
    for edge in range(length - 1):
        to_left = side == "left" or (side == "zigzag" and edge % 2 == 0)
        level += [0, None] if to_left else [None, 0]
    while level and level[-1] is None:
        level.pop()
    return level


def _trees(level: list[Any], domain: Domain) -> Iterator[list[Any]]:
    tree = Branches(level)
    least, nodes = domain.size[0], len(tree.values)
    if nodes > least == 0:
        yield []
    places = list(tree.spread(MOST_PLACES))
    for node in places:
        if node and least <= tree.sizes[node]:
            yield tree.level(node)
    for node in places:
        if node and least <= nodes - tree.sizes[node]:
            yield tree.without(node)
    for node in places:
        left, right = tree.children[node]
        for child, other, side in ((left, right, 0), (right, left, 1)):
            gone = 1 + (tree.sizes[other] if other >= 0 else 0)
            if child >= 0 and least <= nodes - gone:
                yield tree.lifted(node, 1 if side else 0)
    yield from _values(level, domain)


def _values(level: list[Any], domain: Domain) -> Iterator[list[Any]]:
    goal = int(min(max(0, domain.values[0]), domain.values[1]))
    simplest = [None if value is None else goal for value in level]
    if simplest != level:
        yield simplest
    for place, value in enumerate(level[: 2 * MOST_PLACES]):
        if value is not None:
            for candidate in _scalars(value, "int", domain):
                yield [*level[:place], candidate, *level[place + 1 :]]


def _arrays(rows: Any, domain: Domain) -> Iterator[Any]:
    """Fewer rows, then fewer columns in all rows alike, then simpler numbers."""
    least = [max(1, shortest) for shortest, _ in domain.shape]
    if least:
        for kept in _parts(list(range(len(rows))), least[0]):
            yield [rows[place] for place in kept]
    if len(least) > 1 and rows:
        for kept in _parts(list(range(len(rows[0]))), least[1]):
            yield [[row[place] for place in kept] for row in rows]
    yield from _numbers(rows, domain)


def _numbers(row: Any, domain: Domain) -> Iterator[Any]:
    """A row with one number simpler."""
    if not isinstance(row, list):
        yield from _scalars(row, "float", domain)
        return
    for place, item in enumerate(row):
        for candidate in _numbers(item, domain):
            yield [*row[:place], candidate, *row[place + 1 :]]
