"""Random arguments of every type a signature may name: small ones first, later larger ones, every shape.

The same seed draws the same inputs. The seed comes from the exercise and the program, so that a second run of
the same program tries the same inputs, and a changed program meets others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from random import Random
from typing import Any

from studybuddy.core.exercise import Domain
from studybuddy.runner.search.tree_shapes import draw_tree

PLANNED = 2000
LARGEST_USUAL = 60
"""Size of the largest inputs but for the few giants."""
GIANTS = ((0.6, 150), (0.75, 400), (0.85, 1000), (0.92, 2000), (0.97, 10_000))
"""At which part of the way an input of which size comes."""

Input = tuple[Any, ...]


def seed_of(exercise: str, source: str) -> int:
    """The seed for one program."""
    text = f"{exercise}\0{source}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(text, digest_size=4).digest(), "big")


def inputs(kinds: Sequence[str], domains: Sequence[Domain], seed: int) -> Iterator[Input]:
    """The `PLANNED` inputs of a search, as JSON values.

    Args:
        kinds: type of each parameter.
        domains: what each may be.
        seed: draws the same inputs again.
    """
    random = Random(seed)  # noqa: S311 - chance, no secret
    giants = {int(part * PLANNED): size for part, size in GIANTS}
    for index in range(PLANNED):
        giant = giants.get(index)
        growth = 2 + index * (LARGEST_USUAL - 2) // PLANNED
        yield tuple(
            _draw(kind, domain, random, growth, giant) for kind, domain in zip(kinds, domains, strict=True)
        )


def _draw(kind: str, domain: Domain, random: Random, growth: int, giant: int | None) -> Any:
    least, most = domain.size
    size = min(most, max(least, giant)) if giant else random.randint(least, min(most, least + growth))
    if kind == "tree":
        return draw_tree(random, size, _whole(domain), least)
    if kind == "list":
        return _elements(domain, random, size, growth)
    if kind == "str":
        return "".join(random.choices(domain.letters, k=size))
    if kind == "array":
        return _array(domain, random)
    return _scalar(kind, domain, random, growth)


def _whole(domain: Domain) -> range:
    return range(int(domain.values[0]), int(domain.values[1]) + 1)


def _scalar(kind: str, domain: Domain, random: Random, growth: int) -> Any:
    if kind == "bool":
        return random.random() < 0.5
    low, high = domain.values
    near = min(max(0, low), high)
    edges = [value for value in (low, high, 0, 1, -1) if low <= value <= high]
    if random.random() < 0.15:
        value = random.choice(edges)
    elif random.random() < 0.5:
        value = random.uniform(max(low, near - growth), min(high, near + growth))
    else:
        value = random.uniform(low, high)
    if kind == "int":
        return min(max(round(value), int(low)), int(high))
    return round(value, 3) if low <= round(value, 3) <= high else value


def _elements(domain: Domain, random: Random, size: int, growth: int) -> list[Any]:
    if domain.items == "str":
        return ["".join(random.choices(domain.letters, k=random.randint(0, 5))) for _ in range(size)]
    few = [_scalar(domain.items, domain, random, growth) for _ in range(random.choice((1, 2, 3)))]
    style = random.random()
    if style < 0.25:
        return random.choices(few, k=size)
    elements = [_scalar(domain.items, domain, random, growth) for _ in range(size)]
    if style < 0.5:
        elements.sort(reverse=style < 0.35)
    return elements


def _array(domain: Domain, random: Random) -> Any:
    lengths = [random.randint(least, most) for least, most in domain.shape]
    low, high = domain.values

    def rows(axis: int) -> Any:
        if axis == len(lengths):
            return float(round(random.uniform(low, high), random.choice((0, 1, 3))))
        return [rows(axis + 1) for _ in range(lengths[axis])]

    return rows(0)
