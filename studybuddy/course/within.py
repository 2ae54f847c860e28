"""What stands somewhere below a part of a lesson, whatever it is wrapped in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import TypeVar

T = TypeVar("T")


def below(part: object, *kinds: type[T]) -> Iterator[T]:
    """Everything of some kinds in a part, in the order of the page; what is found is not looked into."""
    if isinstance(part, kinds):
        yield part
    elif isinstance(part, tuple | list):
        for one in part:
            yield from below(one, *kinds)
    elif is_dataclass(part):
        for field in fields(part):
            yield from below(getattr(part, field.name), *kinds)
