from __future__ import annotations

import tomllib
from typing import Any

import pytest

from studybuddy.course.toml_lines import Place, toml_lines
from tests.course.sample import CARDS_TOML, DEPTH_TOML, LESSON_TOML, LOOP_TOML

TRICKY = r'''# a comment with [brackets] and "quotes"
top = 1 # = [
"quoted key" = "a # no comment"
'single' = 'a \'
multi = """
[not.a.table]
key = 1 \"""
"""
raw = \'\'\'
[[no]]
x = "\'\'\'
list = [
  1, # ]
  "]", [2,
  3],
]
inline = { a = 1, b = "}" }
dotted.key.deep = 1

[table] # [other]
a = "\"]"
[ spaced . name ]
b = 2
[[rows]]
x = 1
[rows.sub]
y = 1
[[rows.inner]]
z = 1
[[rows.inner]]
z = 2
[[rows]]
[[rows.inner]]
z = 3
last = """"x""""'''.replace(r"\'", "'")


def places(value: Any, place: Place = ()) -> list[Place]:
    """Every key of a parsed file."""
    if isinstance(value, dict):
        return [
            found for key, inner in value.items() for found in [(*place, key), *places(inner, (*place, key))]
        ]
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [found for number, inner in enumerate(value) for found in places(inner, (*place, number))]
    return []


@pytest.mark.parametrize("text", [LESSON_TOML, CARDS_TOML, LOOP_TOML, DEPTH_TOML, TRICKY])
def test_every_key_is_found_on_a_line_that_names_it(text: str) -> None:
    lines = toml_lines(text)
    for place in places(tomllib.loads(text)):
        if place in lines:
            assert str(place[-1]) in text.split("\n")[lines[place] - 1], place
        else:
            assert place[0] in ("inline", "case"), place  # keys of a table written in one line


def test_lines_of_tricky_places() -> None:
    lines = toml_lines(TRICKY)
    text = TRICKY.split("\n")
    assert text[lines["inline",] - 1].startswith("inline")
    assert text[lines["rows", 1, "inner", 0, "z"] - 1] == "z = 3"
    assert text[lines["rows", 0, "inner", 1, "z"] - 1] == "z = 2"
    assert text[lines["spaced", "name", "b"] - 1] == "b = 2"
    assert ("no", 0) not in lines


def test_nothing_is_found_in_nothing() -> None:
    assert toml_lines("") == {}
    assert toml_lines("# only a comment") == {}
