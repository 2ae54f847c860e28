"""Small mistakes, each named by what it changes and by nothing else."""

from __future__ import annotations

import ast

import pytest

from studybuddy.course.finder import content_root
from studybuddy.study.proving.mutants import REMOVED, Mistake, mistakes, mutants, spread


def changes(source: str) -> set[str]:
    return {one.change for one in mistakes(source)}


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("x = a < b", {"x = a <= b", "x = a > b"}),
        ("x = a is None", {"x = a is not None"}),
        ("x = a + b", {"x = a - b"}),
        ("x = a - b", {"x = a + b", "x = b - a"}),
        ("x = a.T @ b", {"x = b @ a.T", "x = a.T * b", "x = a @ b"}),
        ("x = a and b", {"x = a or b", "x = a", "x = b"}),
        ("x = not a", {"x = a"}),
        ("x = 3", {"x = 4", "x = 2"}),
        ("x = 0.5", {"x = 1.0"}),
        ("x = a.sum(axis=0, keepdims=True)", {"x = a.sum(axis=1, keepdims=True)"}),
        ("x = a.sum(axis=0, keepdims=True)", {"x = a.sum(axis=0, keepdims=False)"}),
        ("x = max(a, b)", {"x = min(a, b)", "x = a", "x = b"}),
        ("x = f(a, b)", {"x = f(b, a)"}),
        ("x = len(a)", {"x = a"}),
        ("x -= a", {"x += a"}),
        ("x = node.left", {"x = node.right"}),
        ("x = a if b else c", {"x = c if b else a"}),
        ("for i in range(n): pass", {"for i in range(n + 1):", "for i in range(n - 1):"}),
        ("if a: b()", {"if not a:", "if True:", REMOVED}),
    ],
)
def test_what_is_changed(line: str, after: set[str]) -> None:
    assert {f"{one}" for one in after} <= {change.partition(" -> ")[2] for change in changes(line)}


def test_each_is_another_program_that_can_be_read() -> None:
    for path in sorted((content_root() / "s3w10d1" / "exercises").glob("*/reference.py")):
        source = path.read_text("utf-8")
        found = mutants(source, mistakes(source))
        assert len(found) >= 20
        assert [mutant.mistake for mutant in found] == list(mistakes(source))
        assert len({mutant.mistake.change for mutant in found}) == len(found)
        texts = {ast.dump(ast.parse(mutant.source)) for mutant in found}
        assert len(texts) == len(found)
        assert ast.dump(ast.parse(source)) not in texts


def test_the_name_does_not_depend_on_layout() -> None:
    plain, spaced = "x = a<b\ny = 1\n", "# why\nx = (a <\n     b)  # so\n\n\ny = 1\n"
    assert changes(plain) == changes(spaced)
    assert [one.line for one in mistakes(spaced) if "y = 1 ->" in one.change] == [6, 6, 6]


def test_two_that_read_the_same_are_told_apart() -> None:
    found = changes("x += 1\nx += 1\n")
    assert {"x += 1 -> x -= 1", "x += 1 -> x -= 1 #2"} <= found


def test_words_imports_and_annotations_are_left_alone() -> None:
    source = '"""Text 1."""\nimport os\nx: list[int] = f("a < b")\nprint(f"{1}")\n'
    assert {change.partition(" -> ")[2] for change in changes(source)} == {
        REMOVED,
        "x: list[int] = 'a < b'",
    }


def test_what_refuses_an_input_stays() -> None:
    found = changes("if a > 1:\n    raise ValueError('a')\nx = a\n")
    assert {"if a > 1: -> if a >= 1:", "x = a -> (removed)"} <= found
    assert not any("raise" in change or change == f"if a > 1: -> {REMOVED}" for change in found)


def test_inside_functions_and_classes() -> None:
    source = "class A:\n    def f(self, a: int) -> int:\n        return a + 1\n"
    assert "return a + 1 -> return a - 1" in changes(source)
    assert not any("class A" in change or "def f" in change for change in changes(source))


def test_a_choice_begins_with_the_learners_lines_and_covers_the_rest() -> None:
    found = mistakes("\n".join(f"x{n} = {n + 2}" for n in range(40)))
    chosen = spread(found, 30, frozenset({5, 6}))
    assert len(chosen) == 30
    assert {one for one in found if one.line in (5, 6)} <= chosen
    assert min(one.line for one in chosen) == 1
    assert max(one.line for one in chosen) > 35
    assert spread(found, 1000, frozenset()) == set(found)
    of_many = spread(found, 30, frozenset(range(1, 30)))
    assert {one.line for one in of_many} >= set(range(2, 29, 3)), "of too many lines all get a share"


def test_a_long_program_is_made_only_as_often_as_it_is_run() -> None:
    source = "def f(x):\n" + "    x = 1 + 2\n" * 3000
    chosen = spread(mistakes(source), 5, frozenset())
    assert len(mutants(source, chosen)) == 5


def test_what_is_no_program() -> None:
    with pytest.raises(SyntaxError):
        mistakes("x = (")
    assert mutants("x = 1", [Mistake("x = 3 -> x = 4", 1)]) == ()
