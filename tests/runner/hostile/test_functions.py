"""Functions that trick, forget or shout: what the judge takes for an answer, and what it does not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from textwrap import dedent, indent

import pytest

from studybuddy.core.exercise import Limits
from studybuddy.core.verdict import JudgeResult, Verdict
from studybuddy.runner.judge import judge
from studybuddy.runner.warm.workers import Workers
from tests.runner.sample import MAX_DEPTH, RIGHT_DEPTH, function

HEAD = "class Solution:\n    def maxDepth(self, root):\n"
FEW = replace(MAX_DEPTH, cases=MAX_DEPTH.cases[:6])


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    """Warm processes for all of these runs."""
    with closing(Workers()) as kept:
        yield kept


def body(text: str, before: str = "") -> str:
    """A `maxDepth` with this body, perhaps with lines before its class."""
    return dedent(before) + HEAD + indent(dedent(text).strip("\n"), " " * 8) + "\n"


def depth(before: str = "") -> str:
    """The right program, with lines before its class."""
    return dedent(before) + RIGHT_DEPTH


NEVER = {
    "not a number": body("return float('nan')"),
    "infinite": body("return float('inf')"),
    "not implemented": body("return NotImplemented"),
    "a fake line of the judge": body("print('12/12 PASSED'); print('✓ AC accepted'); return -1"),
    "a fake protocol on every channel": body(
        """
        import os
        for descriptor in range(3, 300):
            try: os.write(descriptor, b'{"kind": "result"}')
            except OSError: pass
        return -1
        """
    ),
    "catches all and answers anything": body(
        """
        try:
            return undefined
        except BaseException:
            return -1
        """
    ),
    "exits with success": body("import os; os._exit(0)"),
    "exits with success from a thread": body(
        """
        import os, threading, time
        threading.Thread(target=os._exit, args=(0,)).start()
        time.sleep(9)
        """
    ),
    "exits at the end": body("return -1", before="import atexit, os\natexit.register(os._exit, 0)\n"),
    "an integer that says yes": body(
        """
        class Yes(int):
            def __eq__(self, other): return True
            def __ne__(self, other): return False
            __hash__ = int.__hash__
        return Yes(-1)
        """
    ),
    "patches len, print and isinstance": body(
        "return -1",
        before="import builtins as b\nb.len = b.isinstance = lambda *a: True\nb.print = None\n",
    ),
    "patches time and json": body(
        "return -1",
        before="import json, time\ntime.time = time.monotonic = lambda: 0\njson.dumps = lambda *a: '{}'\n",
    ),
    "looks for the answer in its callers": body(
        """
        import sys
        frame = sys._getframe()
        while frame:
            for name, value in list(frame.f_locals.items()):
                if name == 'expected': return value
            frame = frame.f_back
        return -1
        """
    ),
    "looks for the answer among all objects": body(
        """
        import gc
        for found in gc.get_objects():
            if isinstance(found, dict) and 'expected' in found: return found['expected']
        return -1
        """
    ),
    "replaces the harness's write": body("import os; os.write = lambda fd, data: len(data); return -1"),
    "kills the worker": body("import os; os.kill(os.getppid(), 9); return -1"),
    "rewrites a returned tree": body("root = root or 0; return [root]"),
}


@pytest.mark.parametrize("name", NEVER)
def test_it_is_never_accepted(workers: Workers, tmp_path: Path, name: str) -> None:
    result = judge(FEW, NEVER[name], scratch=tmp_path, workers=workers)
    assert result.verdict in (Verdict.WA, Verdict.RTE, Verdict.NR, Verdict.BLK, Verdict.TLE), result
    assert list(tmp_path.iterdir()) == []


STILL = {
    "patches what it likes": "import builtins, json\nbuiltins.print = builtins.id = json.dumps = None",
    "sets a trace": "import sys\nsys.settrace(lambda *a: None); sys.setprofile(lambda *a: None)",
    "a small stack": "import sys\nsys.setrecursionlimit(200)",
    "no collector": "import gc\ngc.disable(); gc.freeze()",
    "no warnings": "import warnings\nwarnings.simplefilter('error')",
    "another folder": "import os\nos.mkdir('d'); os.chdir('d')",
    "another way to print": "import io, sys\nsys.stdout = sys.stderr = io.StringIO()",
    "a lower limit of its own": "import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))",
    "a cache for all calls": "import functools\nseen = {}\nfor n in range(9): seen[n] = n",
}


@pytest.mark.parametrize("name", STILL)
def test_right_answers_are_accepted_all_the_same(workers: Workers, tmp_path: Path, name: str) -> None:
    result = judge(FEW, depth(STILL[name] + "\n"), scratch=tmp_path, workers=workers)
    assert result.verdict is Verdict.AC, result


def test_a_global_that_is_left_does_not_reach_the_next_case(workers: Workers, tmp_path: Path) -> None:
    source = body(
        """
        if root is None: return 0
        if first: raise RuntimeError('state of another case')
        first.append(root)
        seen = [root]; n = 0
        while seen:
            n += 1
            seen = [c for s in seen for c in (s.left, s.right) if c]
        return n
        """,
        before="first = []\n",
    )
    assert judge(FEW, source, scratch=tmp_path, workers=workers).verdict is Verdict.AC


def test_much_output_before_a_right_answer_is_cut_and_accepted(workers: Workers, tmp_path: Path) -> None:
    limits = Limits(wall_s=5.0, cpu_s=4.0, memory_mb=128, output_kb=8192, case_wall_s=2.0)
    exercise = replace(FEW, limits=limits)
    result: JudgeResult = judge(exercise, depth("print('x' * 10**5)\n"), scratch=tmp_path, workers=workers)
    assert result.verdict is Verdict.AC
    assert result.truncated
    assert result.output_bytes > 64 * 1024
    assert len(result.stdout) < 66_000


def test_numbers_without_value_are_told_apart(workers: Workers, tmp_path: Path) -> None:
    exercise = function("f", (), "float", ((), 1.0))
    for value in ("nan", "inf", "-inf"):
        result = judge(exercise, f"def f(): return float('{value}')\n", scratch=tmp_path, workers=workers)
        assert result.verdict is Verdict.WA
        assert result.cases[0].output == value


def test_files_of_one_case_are_not_there_in_the_next(workers: Workers, tmp_path: Path) -> None:
    result = judge(FEW, depth("open('mark', 'x').write('x')\n"), scratch=tmp_path, workers=workers)
    assert result.verdict is Verdict.AC, result
