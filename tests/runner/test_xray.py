"""The x-ray from the judge's side: steps, sizes, failures in words, and programs that mean harm."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import pytest

from studybuddy.core.errors import UsageError
from studybuddy.core.xray import Part, Step, Value, XrayTrace
from studybuddy.i18n import say
from studybuddy.runner.shape_notes import notes
from studybuddy.runner.warm.workers import Workers
from studybuddy.runner.xray import xray
from tests.runner.sample import MAX_DEPTH, RIGHT_LOOP, SCRIPT

NUMPY = replace(SCRIPT, packages=("numpy",))
HEAD = "import numpy as np\n"
Look: TypeAlias = Callable[..., XrayTrace]


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with closing(Workers(ahead=False)) as found:
        yield found


@pytest.fixture
def look(workers: Workers, tmp_path: Path) -> Iterator[Look]:
    def seen(source: str, stop: threading.Event | None = None) -> XrayTrace:
        return xray(NUMPY, source, stop=stop, scratch=tmp_path, workers=workers)

    yield seen
    assert list(tmp_path.iterdir()) == [], "nothing is left behind"


def shapes(step: Step) -> list[tuple[str, tuple[int, ...] | None]]:
    return [(part.source, part.value.shape) for part in step.parts if part.value is not None]


def at(trace: XrayTrace, text: str) -> Step:
    return next(step for step in trace.steps if text in step.source)


def test_the_loop_of_the_lesson_line_by_line(look: Look) -> None:
    trace = look(RIGHT_LOOP)
    assert trace.problem is None
    assert dict(trace.sizes) == {"N": 16, "D_in": 40, "H": 20, "D_out": 4}
    step = at(trace, "h = x @ w1")
    assert shapes(step) == [("x", (16, 40)), ("w1", (40, 20)), ("x @ w1", (16, 20))]
    assert step.bound == (("h", Value(shape=(16, 20), dtype="float64")),)
    assert step.turns == ((11, 1),)
    update = at(trace, "w1 -= ")
    assert update.parts[-1].does == "-="
    assert update.parts[-1].value == Value(shape=(40, 20), dtype="float64")
    assert [step.number for step in trace.steps] == list(range(len(trace.steps)))
    assert {count for step in trace.steps for _, count in step.turns} == {1, 2}
    assert not any(step.notes or step.failed for step in trace.steps)


def test_a_missing_transpose_is_said_in_words(look: Look) -> None:
    trace = look(RIGHT_LOOP.replace("h_relu.T @", "h_relu @"))
    last = trace.steps[-1]
    assert last.failed
    assert last.source.strip().startswith("grad_w2 = h_relu @")
    assert [say(note) for note in last.notes] == ["(16, 20) @ (16, 4): the inner sizes differ, 20 ≠ 16"]
    assert trace.problem is not None
    assert f"line {last.first}: ValueError" in say(trace.problem)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("c = a.dot(b.T)", "(6, 4) @ (3, 6): the inner sizes differ, 4 ≠ 3"),
        ("c = np.dot(a, b)", "(6, 4) @ (6, 3): the inner sizes differ, 4 ≠ 6"),
        ("c = a @ 2", "(6, 4) @ (): @ needs arrays on both sides; a number is multiplied with *"),
        ("c = a - b", "(6, 4) - (6, 3): counted from the right, 4 ≠ 3, and neither is 1"),
        ("c = np.maximum(a, b)", "maximum((6, 4), (6, 3)): counted from the right, 4 ≠ 3, and neither is 1"),
        ("v -= a.T", "(6,) -= (4, 6): the result would be (4, 6), which does not fit into (6,)"),
        ("a -= b", "(6, 4) -= (6, 3): counted from the right, 4 ≠ 3, and neither is 1"),
        (
            "c = np.ones((2, 6, 4)) @ np.ones((3, 4, 5))",
            "(2, 6, 4) @ (3, 4, 5): the sizes before the last two differ, 2 ≠ 3",
        ),
        ("g = ...\nc = 2.0 * g", "g is still a blank: ..."),
    ],
)
def test_why_shapes_do_not_fit(look: Look, line: str, said: str) -> None:
    source = HEAD + "a = np.ones((6, 4)); b = np.ones((6, 3)); v = np.ones(6)\n" + line + "\n"
    trace = look(source)
    assert trace.steps[-1].failed
    assert [say(note) for note in trace.steps[-1].notes] == [said]


def test_what_fits_by_chance_is_pointed_out(look: Look) -> None:
    source = HEAD + "p = np.ones(64)\ny = np.ones((64, 1))\ne = p - y\nfine = y - np.ones((64, 9))\ny -= 1\n"
    trace = look(source + "w = np.ones((5, 2)); w -= np.ones(2)\nbias = np.ones((64, 9)) + np.ones(9)\n")
    assert trace.complete
    assert [(step.source, say(note)) for step in trace.steps for note in step.notes] == [
        ("e = p - y", "(64,) - (64, 1): both are stretched, to (64, 64); is that meant?"),
        (
            "w = np.ones((5, 2)); w -= np.ones(2)",
            "(2,) is stretched to fit into (5, 2); is that meant?",
        ),
    ]


def test_failures_that_are_none_of_shapes(look: Look) -> None:
    trace = look("a = 1\nb = a + nobody\n")
    assert trace.steps[-1].failed
    assert trace.steps[-1].notes == ()
    assert "NameError" in say(trace.problem)
    trace = look("a = (1,\n")
    assert trace.steps == ()
    assert say(trace.problem).startswith("line 1: ")
    trace = look("import numppy\n")
    assert "numppy" in say(trace.hint)
    assert look("").complete
    with pytest.raises(UsageError, match="asks for a function"):
        xray(MAX_DEPTH, "class Solution: ...")


HOSTILE = {
    "endless": "while True:\n    x = 1\n",
    "asleep": "import time\nx = 1\ntime.sleep(60)\n",
    "statements": "x = 0\nfor i in range(10 ** 6):\n    x += i\n    y = x\n    z = y\nlast = 1\n",
    "flood": "while True: print('x' * 10_000)\n",
    "exit": "import os\nx = 1\nos._exit(0)\n",
    "closes": "import os\nx = 1\nos.closerange(3, 4096)\ny = 2\n",
    "megabyte": "x = '" + "a" * 1_000_000 + "'\n",
    "too long": "x = '" + "a" * 1_100_000 + "'\n",
    "many lines": "x = 1\n" * 100_000,
    "deep": "x = " + "-" * 5000 + "1\n",
    "no numpy": "import sys\nsys.modules['numpy'] = None\nx = [1]\n",
    "fake numpy": (
        "import sys, types\nfake = types.ModuleType('numpy')\n"
        "class ndarray:\n    @property\n    def shape(self): print('asked'); return (1,)\n"
        "fake.ndarray = ndarray\nsys.modules['numpy'] = fake\nx = ndarray()\n"
    ),
    "threads": (
        "import threading\ndef f():\n    for i in range(2000): x = i\n"
        "ts = [threading.Thread(target=f) for _ in range(8)]\nfor t in ts: t.start()\nfor t in ts: t.join()\n"
    ),
    "names": "ж\u0130 = 1\nlong_" + "n" * 5000 + " = 2\ns = '\\x1b[2J\\u202e'\n",
    "tampers": (
        "import gc\nfor o in gc.get_objects():\n"
        "    if type(o).__name__ == 'Xray': o.__dict__.clear()\nx = 1\n"
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_programs_that_mean_harm_end_in_a_trace(look: Look, name: str) -> None:
    trace = look(HOSTILE[name])
    assert trace.steps or trace.problem is not None
    assert len(trace.steps) <= 2001
    if name == "endless":
        assert [step.first for step in trace.steps] == [1, 2, 1, 2]
        assert trace.problem is None
        assert not trace.complete
    assert trace.cut_short == (name == "asleep")
    if name in ("too long", "many lines", "deep"):
        assert trace.problem is not None
    if name == "fake numpy":
        assert trace.complete


def test_it_can_be_stopped(look: Look) -> None:
    stop = threading.Event()
    timer = threading.Timer(0.4, stop.set)
    timer.start()
    trace = look("x = 1\ny = 2\nimport time\ntime.sleep(60)\n", stop)
    assert [step.first for step in trace.steps[:2]] == [1, 2]
    assert trace.problem is None
    assert trace.cut_short
    stop.set()
    assert look("x = 1\n", stop).problem is not None


def test_notes_of_parts_that_make_no_sense() -> None:
    odd = Part(1, "x", "@", (7, 8), None)
    assert notes(Step(0, "Expr", 1, 1, "x", parts=(odd,), failed=True, failing=1)) == ()
    assert notes(Step(0, "Expr", 1, 1, "x", failed=True)) == ()
