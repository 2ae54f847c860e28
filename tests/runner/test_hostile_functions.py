"""Functions that misbehave: each gets its verdict, none gets accepted, and the other cases still run."""

from __future__ import annotations

from dataclasses import replace
from textwrap import dedent, indent
from typing import Any

import pytest

from studybuddy.core.exercise import Case
from studybuddy.core.verdict import Verdict
from tests.runner.conftest import Judged
from tests.runner.sample import BRIEF_S, IMPATIENT, MAX_DEPTH, RIGHT_DEPTH, function

HEAD = "class Solution:\n    def maxDepth(self, root):\n"


def body(text: str) -> str:
    """A `maxDepth` with this body."""
    return HEAD + indent(dedent(text).strip("\n"), " " * 8) + "\n"


def misbehaving(action: str) -> str:
    """A right program that misbehaves on the tree [-100, -100]."""
    lines = "\n".join(f"            {line}" for line in action.splitlines())
    return RIGHT_DEPTH.replace(
        "        return 1",
        f"        if root.val == -100 and root.left and root.left.val == -100:\n{lines}\n        return 1",
    )


ACTIONS = {
    "busy": ("while True: pass", Verdict.TLE),
    "catch everything": (
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        Verdict.TLE,
    ),
    "sleep": ("import time; time.sleep(60)", Verdict.TLE),
    "deadlock": ("import threading; l = threading.Lock(); l.acquire(); l.acquire()", Verdict.TLE),
    "stop itself": ("import os, signal; os.kill(os.getpid(), signal.SIGSTOP)", Verdict.TLE),
    "allocate": ("a = bytearray(10**11)", Verdict.MLE),
    "allocate bit by bit": ("a = []\nwhile True: a.append(bytearray(10**7))", Verdict.MLE),
    "recursion": ("return self.maxDepth(root)", Verdict.RTE),
    "os._exit": ("import os; os._exit(0)", Verdict.NR),
    "os._exit 3": ("import os; os._exit(3)", Verdict.NR),
    "sys.exit": ("import sys; sys.exit()", Verdict.NR),
    "segfault": ("import ctypes; ctypes.string_at(0)", Verdict.RTE),
    "abort": ("import os; os.abort()", Verdict.RTE),
    "raise": ("raise ValueError('boom {x} [/b]')", Verdict.RTE),
    "input": ("input('?')", Verdict.RTE),
    "close descriptors": ("import os; os.closerange(3, 4096)", Verdict.NR),
    "kill the judge": ("import os; os.kill(os.getppid(), 9)", Verdict.BLK),
    "kill everything": ("import os; os.kill(-1, 9)", Verdict.BLK),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_one_bad_case_does_not_take_the_others_along(judged: Judged, name: str) -> None:
    action, verdict = ACTIONS[name]
    result = judged(IMPATIENT, misbehaving(action))
    assert result.verdict is verdict, result
    by_name = {case.name: case for case in result.cases}
    assert by_name["negative"].verdict is verdict
    assert by_name["negative"].input == "[-100,-100]"
    others = [case.verdict for name, case in by_name.items() if name != "negative"]
    assert others == [Verdict.AC] * len(others)


def test_flooding_ends_the_run(judged: Judged) -> None:
    result = judged(MAX_DEPTH, misbehaving("while True: print('x' * 1000)"))
    assert result.verdict is Verdict.OLE
    assert [case.verdict for case in result.cases[:4]] == [Verdict.AC, Verdict.AC, Verdict.OLE, None]
    assert len(result.stdout) < 70_000
    assert len(result.cases[2].stdout) < 5_000


def test_after_two_timeouts_the_rest_is_not_run(judged: Judged) -> None:
    result = judged(IMPATIENT, HEAD + "        while root: pass\n        return 0\n")
    verdicts = [case.verdict for case in result.cases]
    assert verdicts[:3] == [Verdict.AC, Verdict.TLE, Verdict.TLE]
    assert set(verdicts[3:]) == {None}
    assert "line 3, in Solution.maxDepth" in result.stack or "line 3, in maxDepth" in result.stack


def test_endless_crashing_is_bounded(judged: Judged) -> None:
    result = judged(MAX_DEPTH, HEAD + "        import os; os.abort()\n")
    assert result.verdict is Verdict.RTE
    assert None in [case.verdict for case in result.cases]


def test_all_cases_together_have_a_limit(judged: Judged) -> None:
    limits = replace(MAX_DEPTH.limits, wall_s=0.6)
    result = judged(replace(MAX_DEPTH, limits=limits), "import time\n" + HEAD + "        time.sleep(0.25)\n")
    assert result.verdict is Verdict.TLE
    assert result.parameters["seconds"] == 0.6


@pytest.mark.parametrize(
    ("source", "verdict"),
    [
        ("while True: pass\n", Verdict.TLE),
        ("import sys\nsys.exit(0)\n", Verdict.NR),
        ("import os\nos._exit(0)\n", Verdict.NR),
        ("input()\n", Verdict.RTE),
        ("1/0\n", Verdict.RTE),
    ],
)
def test_misbehaving_while_loading(judged: Judged, source: str, verdict: Verdict) -> None:
    limits = replace(MAX_DEPTH.limits, wall_s=BRIEF_S)
    result = judged(replace(MAX_DEPTH, limits=limits), source + RIGHT_DEPTH)
    assert result.verdict is verdict
    assert {case.verdict for case in result.cases} == {None}


def test_what_is_awaited_by_nobody_is_said_in_the_reason_alone(judged: Judged) -> None:
    result = judged(MAX_DEPTH, body("return 3").replace("def", "async def"))
    assert result.stdout == ""
    assert result.cases[0].parameters["got"] == "coroutine"


FAKES = {
    "equal to everything": body("return type('Any', (int,), {'__eq__': lambda s, o: True})()"),
    "equal object": body(
        "return type('Any', (), {'__eq__': lambda s, o: True, '__repr__': lambda s: '3'})()"
    ),
    "true": body("return True"),
    "float": body("return 3.0"),
    "none": body("pass"),
    "generator": body("yield 3"),
    "coroutine": body("return 3").replace("def", "async def"),
    "builtins": body(
        """
        import builtins, json, os
        builtins.len = builtins.isinstance = builtins.type = builtins.str = lambda *a: True
        json.dumps = os.write = lambda *a: b'AC'
        return 99
        """
    ),
    "metaclass": body(
        """
        class M(type):
            __name__ = 'int'
            __hash__ = type.__hash__
            def __eq__(self, other): return True
        class V(metaclass=M): pass
        return V()
        """
    ),
    "class lies": body(
        """
        class V: __class__ = int
        return V()
        """
    ),
    "protocol": body(
        """
        import os
        for fd in range(3, 256):
            try: os.write(fd, b'{"kind": "result", "value": {"t": "int", "v": "3"}}\\n' * 9)
            except OSError: pass
        return 99
        """
    ),
    "on stdout": body("print('PASSED'); print('{\"verdict\": \"AC\"}'); return 99"),
    "tracing": body(
        """
        import sys, threading
        def bomb(*a): raise RuntimeError
        threading.settrace(bomb); sys.settrace(bomb); sys.setprofile(bomb)
        return 99
        """
    ),
    "recursion limit": body("import sys; sys.setrecursionlimit(60); return 99"),
    "caller's frame": body(
        """
        import sys
        frame = sys._getframe(1)
        while frame:
            frame.f_trace = lambda *a: 1 / 0
            frame = frame.f_back
        sys.settrace(lambda *a: None)
        return 99
        """
    ),
    "leaves before the end": (
        "import os, threading, time\n"
        "threading.Thread(target=lambda: (time.sleep(0.05), os._exit(0))).start()\n"
        + RIGHT_DEPTH.replace("            return 0", "            time.sleep(0.1)\n            return 0")
    ),
}


@pytest.mark.parametrize("name", FAKES)
def test_nothing_but_right_answers_is_accepted(judged: Judged, name: str) -> None:
    result = judged(MAX_DEPTH, FAKES[name])
    assert result.verdict in (Verdict.WA, Verdict.RTE, Verdict.NR), result


def test_writing_into_the_judges_channel_ends_the_run(judged: Judged) -> None:
    result = judged(MAX_DEPTH, FAKES["protocol"])
    assert result.verdict is Verdict.NR
    assert "judge's own channel" in result.message


def test_right_answers_survive_replaced_builtins(judged: Judged) -> None:
    source = "import builtins, sys\nbuiltins.print = builtins.len = builtins.isinstance = None\n"
    source += RIGHT_DEPTH.replace(": Optional[TreeNode]", "")
    assert judged(MAX_DEPTH, source + "sys.stdout = None\n").verdict is Verdict.AC


def test_a_thread_that_never_ends_does_not_hold_up_the_verdict(judged: Judged) -> None:
    source = "import threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()\n" + RIGHT_DEPTH
    result = judged(MAX_DEPTH, source)
    assert result.verdict is Verdict.AC
    assert result.wall_s < 30


def test_own_tree_nodes_and_numpy_integers_are_welcome(judged: Judged) -> None:
    own = "class TreeNode:\n    pass\n" + RIGHT_DEPTH.replace("return 1 +", "return np.int64(1) +")
    assert judged(MAX_DEPTH, "import numpy as np\n" + own).verdict is Verdict.AC


def test_results_of_every_type_are_compared(judged: Judged) -> None:
    echo = "def echo(value):\n    return value\n"
    every: dict[str, list[Any]] = {
        "int": [0, -(2**80), 7],
        "float": [0.1, 1e300, 2],
        "str": ["", "深度 [b]x[/b]\x1b[2J"],
        "bool": [True, False],
        "list": [[], [1, [2.5, None, "a"]], [[True], []]],
        "tree": [[], [1, None, 2], [3, 9, 20, None, None, 15, 7]],
    }
    for kind, values in every.items():
        exercise = function("echo", (kind,), kind, *(((value,), value) for value in values))
        assert judged(exercise, echo).verdict is Verdict.AC, kind


def test_returned_trees_with_cycles_are_named(judged: Judged) -> None:
    exercise = function("loop", ("tree",), "tree", (([1, 2],), [1]))
    result = judged(exercise, "def loop(root):\n    root.left.left = root\n    return root\n")
    assert result.verdict is Verdict.WA
    assert "cycle" in result.cases[0].reason


def test_a_deep_tree_may_be_returned(judged: Judged) -> None:
    chain = {"chain": 10_000, "side": "zigzag"}
    exercise = function("count", ("tree", "tree"), "tree", ((chain, [7]), [7]))
    assert judged(exercise, "def count(a, b):\n    return b\n").verdict is Verdict.AC
    result = judged(exercise, "def count(a, b):\n    return a\n")
    assert result.verdict is Verdict.WA
    assert len(result.cases[0].output) < 1100


def test_a_long_result_is_cut(judged: Judged) -> None:
    exercise = function("long", (), "list", ((), [1]))
    result = judged(exercise, "def long():\n    return list(range(50_000))\n")
    assert result.verdict is Verdict.WA
    assert "…(+" in result.cases[0].output
    assert result.cases[0].reason.format(**result.cases[0].parameters) == "50000 elements, expected 1"


def test_a_result_without_end_is_named(judged: Judged) -> None:
    exercise = function("long", (), "list", ((), [1]))
    result = judged(exercise, "def long():\n    a = []\n    a.append(a)\n    return a\n")
    assert result.verdict is Verdict.WA
    assert judged(exercise, "def long():\n    return [0] * 10**6\n").verdict is Verdict.WA


def test_only_the_learners_frames_are_shown(judged: Judged) -> None:
    exercise = replace(MAX_DEPTH, cases=(Case("one", ([1],), 1),))
    source = (
        body("return self.help(root)")
        + "    def help(self, root):\n        return root.val + root.left.val\n"
    )
    result = judged(exercise, source)
    assert result.verdict is Verdict.RTE
    assert result.parameters["line"] == 5
    assert result.stack.splitlines() == [
        '  File "solution.py", line 3, in Solution.maxDepth',
        "    return self.help(root)",
        "           ^^^^^^^^^^^^^^^",
        '  File "solution.py", line 5, in Solution.help',
        "    return root.val + root.left.val",
        "                      ^^^^^^^^^^^^^",
        "AttributeError: 'NoneType' object has no attribute 'val'",
    ]


def test_a_deep_traceback_is_cut(judged: Judged) -> None:
    result = judged(MAX_DEPTH, HEAD + "        return self.maxDepth(root)\n")
    assert result.verdict is Verdict.RTE
    assert "RecursionError" in result.message.format(**result.parameters)
    assert "…(+" in result.stack
    assert len(result.stack) < 5000
