"""Sizes by the names that the program and the lesson have for them: 64 is N."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Mapping

from studybuddy.core.exercise import Exercise
from studybuddy.core.phrase import Phrase
from studybuddy.core.xray import XrayTrace
from studybuddy.i18n import say

SizeNames = Mapping[int, str]
_LONGEST_NAME = 16


def size_names(trace: XrayTrace, exercise: Exercise) -> dict[int, str]:
    """The name of each size that has just one: the program's own, else that of the lesson's program."""
    own = dict(trace.sizes)
    lesson = [(name, size) for name, size in _sizes_of(exercise.reference).items() if name not in own]
    of_lesson = {size: name for size, name in _unambiguous(lesson).items() if size not in own.values()}
    return of_lesson | _unambiguous(own.items())


def _unambiguous(sizes: Iterable[tuple[str, int]]) -> dict[int, str]:
    pairs = [(name, size) for name, size in sizes if size > 1 and len(name) <= _LONGEST_NAME]
    count = Counter(size for _, size in pairs)
    return {size: name for name, size in pairs if count[size] == 1}


def _sizes_of(program: str) -> dict[str, int]:
    """What the course's own program calls its sizes: `N, D_in, H, D_out = 64, 1000, 100, 10`."""
    try:
        statements = ast.parse(program).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    sizes: dict[str, int] = {}
    for found in statements:
        match found:
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
                pairs = list(zip(names, values, strict=False))
            case ast.Assign(targets=[ast.Name() as name], value=ast.Constant() as value):
                pairs = [(name, value)]
            case _:
                continue
        for target, given in pairs:
            if isinstance(target, ast.Name) and isinstance(given, ast.Constant) and type(given.value) is int:
                sizes[target.id] = given.value
    return {name: size for name, size in sizes.items() if name[:1].isupper()}


def in_symbols(shape: tuple[int, ...], names: SizeNames) -> str:
    """A shape with the names of its sizes, `(N, D_in)`; empty where none has a name."""
    if not any(size in names for size in shape):
        return ""
    sizes = [names.get(size, str(size)) for size in shape]
    return f"({sizes[0]},)" if len(sizes) == 1 else f"({', '.join(sizes)})"


def note_words(note: Phrase, names: SizeNames) -> str:
    """A note on shapes in the learner's language, the sizes that do not fit with their names."""
    given = tuple(
        (key, f"{value} ({names[value]})" if type(value) is int and value in names else value)
        for key, value in note.parameters
    )
    return say(note._replace(parameters=given))
