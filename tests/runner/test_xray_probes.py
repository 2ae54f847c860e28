"""An instrumented program does exactly what the plain one does."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from studybuddy.runner.harness.probes import Instrumented
from studybuddy.runner.harness.xray import MOST_STEPS, PASSES, Xray
from tests.runner.xray_programs import PROGRAMS

PLAIN = """
import sys
source = sys.stdin.read()
exec(compile(source, "solution.py", "exec", dont_inherit=True), {"__name__": "__main__"})
"""
PROBED = """
import sys
from studybuddy.runner.harness.probes import Instrumented
from studybuddy.runner.harness.xray import Xray
source = sys.stdin.read()
program = Instrumented(source)
said = []
code = Xray(program, lambda kind, fields: said.append(kind)).compiled(program)
exec(code, {"__name__": "__main__"})
"""


def run(program: str, source: str) -> tuple[str, int, str]:
    done = subprocess.run(
        [sys.executable, "-c", program], input=source, capture_output=True, text=True, check=False
    )
    errors = [line for line in done.stderr.splitlines() if not line.startswith('  File "<string>"')]
    return done.stdout, done.returncode, "\n".join(errors)


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_prints_the_same_with_probes_in_it(name: str) -> None:
    assert run(PROBED, PROGRAMS[name]) == run(PLAIN, PROGRAMS[name])


Said = list[tuple[str, dict[str, Any]]]


def look(source: str) -> tuple[list[dict[str, Any]], Said]:
    """The steps of a program by number, and all that was said."""
    said: Said = []
    program = Instrumented(source)
    xray = Xray(program, lambda kind, fields: said.append((kind, fields)))
    code = xray.compiled(program)
    try:
        exec(code, {"__name__": "__main__"})
        xray.close(None)
    except Exception as error:
        xray.close(error)
    steps = {fields["number"]: fields for kind, fields in said if kind == "xray_step"}
    return [steps[number] for number in sorted(steps)], said


def lines(steps: list[dict[str, Any]]) -> list[int]:
    return [step["lines"][0] for step in steps]


def operands(step: dict[str, Any]) -> list[list[int]]:
    """The shapes that the failing expression was given."""
    parts = {part["id"]: part for part in step["parts"]}
    return [parts[part]["is"]["s"] for part in parts[step["failed"]]["to"]]


def test_a_loop_is_seen_in_its_first_turns_and_what_follows_it_too() -> None:
    steps, said = look("a = 1\nfor t in range(9):\n    b = t\n    for u in range(9):\n        c = u\nd = 4\n")
    assert lines(steps) == [1, *[2, 3, *[4, 5] * PASSES] * PASSES, 6]
    assert [kind for kind, _ in said].count("xray_still") == 1
    assert steps[-2]["passes"] == [[2, 2], [4, 2]]


def test_a_while_loop_shows_its_test_at_every_turn() -> None:
    steps, _ = look("n = 5\nwhile n > 0:\n    n -= 1\n")
    assert lines(steps) == [1, 2, 3, 2, 3]
    assert all(any(part["does"] == ">" for part in step["parts"]) for step in steps if step["lines"][0] == 2)


def test_functions_in_a_loop_are_followed_in_its_first_turns_only() -> None:
    source = """
def f(x):
    for i in range(9):
        if i == 5:
            return x
for t in range(9):
    y = f(t)
z = f(3)
"""
    steps, _ = look(source)
    assert [step["passes"] for step in steps if step["sort"] == "FunctionDef"] == [[[6, 1]], [[6, 2]], []]
    assert lines(steps)[-5:] == [2, 3, 4, 3, 4]


def test_a_function_left_by_an_exception_does_not_hide_the_rest() -> None:
    source = """
def f():
    for i in range(9):
        if i == 5:
            raise KeyError
def g():
    from contextlib import suppress
    try:
        f()
    except KeyError:
        a = 1
    with suppress(KeyError):
        f()
    return 2
b = g()
c = 3
"""
    steps, _ = look(source)
    assert {11, 14, 16} <= set(lines(steps))


def test_the_failing_expression_bears_the_shapes_it_was_given() -> None:
    head = "import numpy as np\na = np.zeros((64, 100)); b = np.zeros((64, 10)); v = np.zeros(3)\n"
    for line, shapes in {
        "c = a.T + 1 @ a": None,
        "c = a @ b": [[64, 100], [64, 10]],
        "c = 2 * (a.T @ (b * 1) + v)": [[100, 10], [3]],
        "a -= b": [[64, 100], [64, 10]],
        "c = np.dot(a, b) if len(a) else 0": None,
        "c = (a\n     .dot(b))": [[64, 100], [64, 10]],
        "def f(x, w):\n    return x @ w\nc = f(a, b)": [[64, 100], [64, 10]],
        "for t in range(20):\n    if t == 17:\n        a = b\n    c = a @ v if t == 17 else 0": [
            [64, 10],
            [3],
        ],
        "c = [i @ b for i in (a,)]": None,
    }.items():
        steps, _ = look(head + line + "\n")
        assert steps[-1]["failed"] is not None, line
        if shapes is not None:
            assert operands(steps[-1]) == shapes, line
        assert sum(step["failed"] is not None for step in steps) == 1


def test_a_failure_late_in_a_loop_is_reported_with_its_turn() -> None:
    steps, _ = look("x = [0] * 5\nfor t in range(9):\n    x[t] = 1\n")
    assert steps[-1]["failed"] is not None
    assert steps[-1]["passes"] == [[2, 6]]


def test_what_is_kept_is_bounded() -> None:
    source = "\n".join(f"a{n} = {n}" for n in range(MOST_STEPS + 50))
    steps, said = look(source)
    assert len(steps) == MOST_STEPS
    assert [kind for kind, _ in said].count("xray_full") == 1
    recursive = "def f(n): return n if n < 2 else f(n - 1) + f(n - 2)\nx = f(18)\n"
    assert len(look(recursive)[0]) < 150


def test_names_are_sizes_where_they_are_used_as_such_and_keep_one_value() -> None:
    source = """
def zeros(shape): return shape
N, D = 64, 10
steps = 500
x = zeros((N, D))
M = len("abc")
for batch in range(3):
    y = zeros(batch)
K = 5
y = zeros(K)
K = 6
"""
    _, said = look(source)
    sizes = [fields["sizes"] for kind, fields in said if kind == "xray_sizes"][-1]
    assert sizes == {"N": 64, "D": 10, "M": 3}


def test_programs_that_do_not_fit_are_refused() -> None:
    for source in ("a = 1\n" * 50_000, "a = " + "-" * 50_000 + "1"):
        with pytest.raises((ValueError, RecursionError, MemoryError)):
            Instrumented(source).compiled({})


def test_a_source_that_guesses_marks_changes_nothing() -> None:
    steps, _ = look("x = 'xray begin'\ny = ('xray probe', x)\n")
    assert steps[0]["bound"] == [["x", {"x": "'xray begin'"}]]
