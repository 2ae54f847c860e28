"""Wrong programs that pass the cases are found with a small counter-example; right ones are never refused."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from studybuddy.core.exercise import Case, Domain, Exercise, Limits
from studybuddy.core.verdict import Breach, JudgeResult, Verdict
from studybuddy.course.finder import content_root
from studybuddy.course.reader import read_lesson
from studybuddy.runner.judge import judge
from studybuddy.runner.processes import direct_children
from studybuddy.runner.search import culprits
from studybuddy.runner.warm.workers import Workers
from tests.runner.sample import MAX_DEPTH, RIGHT_DEPTH, function
from tests.runner.test_max_depth import HEAD, PUSH, QUEUE, RECURSION, WRONG

FORGIVING = replace(
    MAX_DEPTH,
    reference=RIGHT_DEPTH,
    limits=Limits(case_wall_s=1.0),
    domains=(Domain((0, 10_000), (-100, 100)),),
    cases=(Case("example", ([3, 9, 20, None, None, 15, 7],), 3),),
    misconceptions=(),
)
"""maxDepth with a single case, which many a wrong program passes."""

BEST = """\
class Solution:
    best = 0

    def maxDepth(self, root):
        def go(node, depth):
            if node:
                Solution.best = max(Solution.best, depth)
                go(node.left, depth + 1)
                go(node.right, depth + 1)
        go(root, 1)
        return Solution.best
"""
BREADTH = QUEUE + (
    "            depth += 1\n            for _ in range(len(q)):\n                n = q.popleft()\n"
    + PUSH
    + "        return depth"
)
STACK = """\
class Solution:
    def maxDepth(self, root):
        deepest, stack = 0, [(root, 1)]
        while stack:
            node, depth = stack.pop()
            if node:
                deepest = max(deepest, depth)
                stack += [(node.left, depth + 1), (node.right, depth + 1)]
        return deepest
"""
MEMO = """\
from functools import lru_cache
class Solution:
    @lru_cache(None)
    def maxDepth(self, root):
        return 1 + max(self.maxDepth(root.left), self.maxDepth(root.right)) if root else 0
"""
RIGHT = {"recursive": RIGHT_DEPTH, "breadth first": HEAD + BREADTH, "stack": STACK, "remembering": MEMO}


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    shared = Workers(ahead=False)
    yield shared
    shared.close()


def judged(workers: Workers, source: str, exercise: Exercise = FORGIVING, **more: Any) -> JudgeResult:
    result = judge(exercise, source, workers=workers, **more)
    for sentence in (result.message, result.hint):
        assert "\n" not in sentence.format(**result.parameters)
    if result.counterexample:
        result.counterexample.reason.format(**result.counterexample.parameters)
    return result


def size(arguments: tuple[Any, ...]) -> int:
    (tree,) = arguments
    return tree["chain"] if isinstance(tree, dict) else sum(value is not None for value in tree)


ELUSIVE = {
    **{name: WRONG[name] for name in ("left else right", "outer edges", "logarithm")},
    "only the right": "        return 1 + self.maxDepth(root.right) if root else 0",
    "smaller side": (
        f"        side = max if root and root.left and root.right else min\n"
        f"        return 1 + side({RECURSION}) if root else 0"
    ),
    "a value of 42": f"        return 1 + max({RECURSION}) + (root.val == 42) if root else 0",
    "equal children": (
        "        if not root: return 0\n"
        "        same = root.left and root.right and root.left.val == root.right.val\n"
        f"        return 1 + max({RECURSION}) - bool(same)"
    ),
    "crash on a lone child": "        if not root: return 0\n"
    "        if root.left and not root.right: return 1 + self.maxDepth(root.left)\n"
    "        if not root.left and root.right: return 1 + root.left.val\n"
    f"        return 1 + max({RECURSION})",
}


@pytest.mark.parametrize("name", ELUSIVE)
def test_what_the_cases_miss_is_found_and_made_small(workers: Workers, name: str) -> None:
    trusting = replace(FORGIVING, cases=(Case("nodes", ([7, 1, 2],), 2),))
    result = judged(workers, HEAD + ELUSIVE[name], trusting)
    assert [case.verdict for case in result.cases] == [Verdict.AC]
    example = result.counterexample
    assert result.verdict in (Verdict.WA, Verdict.RTE), result.message
    assert example is not None
    assert size(example.arguments) <= 7
    assert example.kind is (Breach.CRASH if name.startswith("crash") else Breach.WRONG)
    assert example.expected.isdigit()
    assert example.output != example.expected
    assert result.search is not None
    assert 1 <= result.search.tried <= result.search.planned == 2000


@pytest.mark.parametrize("name", WRONG)
def test_every_wrong_program_falls_even_with_a_single_case(workers: Workers, name: str) -> None:
    result = judged(workers, HEAD + WRONG[name])
    assert result.verdict in (Verdict.WA, Verdict.RTE)
    if result.counterexample:
        assert size(result.counterexample.arguments) <= 4


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", RIGHT)
def test_right_programs_are_never_refused(workers: Workers, name: str, seed: int) -> None:
    result = judged(workers, RIGHT[name] + f"\n# {seed}\n")
    assert result.verdict is Verdict.AC, result
    assert result.search is not None
    assert result.search.planned == 2000
    assert result.search.tried > 0
    assert result.counterexample is None
    assert str(result.search.tried) in result.message.format(**result.parameters)


def test_cases_of_ones_own_are_counted(workers: Workers) -> None:
    own = replace(FORGIVING, own=(Case("own-1", ([1, 2],), None),))
    wrong = judged(workers, HEAD + ELUSIVE["a value of 42"], own)
    right = judged(workers, RIGHT_DEPTH, own)
    assert wrong.verdict is Verdict.WA
    assert wrong.parameters["count"] == right.parameters["count"] == len(FORGIVING.cases) + 1


def test_the_same_program_meets_the_same_inputs(workers: Workers) -> None:
    first, second = (judged(workers, HEAD + ELUSIVE["a value of 42"]) for _ in range(2))
    assert first.counterexample == second.counterexample
    assert first.search is not None
    assert second.search is not None
    assert (first.search.seed, first.search.tried) == (second.search.seed, second.search.tried)


BY_VALUE = """\
known = {}

class Solution:
    def maxDepth(self, root):
        def depth(node):
            return 1 + max(depth(node.left), depth(node.right)) if node else 0
        key = root.val if root else None
        if key not in known:
            known[key] = depth(root)
        return known[key]
"""
BY_IDENTITY = BY_VALUE.replace("root.val if root else None", "id(root)")
DEFAULT = """\
class Solution:
    def maxDepth(self, root, depth=1, found=[0]):
        if root:
            found[0] = max(found[0], depth)
            self.maxDepth(root.left, depth + 1)
            self.maxDepth(root.right, depth + 1)
        return found[0]
"""


@pytest.mark.parametrize(
    "source", [BEST, BY_VALUE, BY_IDENTITY, DEFAULT], ids=["best", "value", "id", "default"]
)
def test_state_between_calls_is_named_with_the_call_before(
    workers: Workers, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for budget in ("SMALL_S", "HALVING_S", "SHRINKING_S"):  # a busy machine makes less of the same time
        monkeypatch.setattr(culprits, budget, 5.0)
    result = judged(workers, source)
    example = result.counterexample
    assert result.verdict is Verdict.WA
    assert "state is left between calls" in result.message
    assert "begin anew" in result.hint
    assert example is not None
    assert example.kind is Breach.STATE
    assert example.calls_before >= 1
    if source != BY_IDENTITY:  # whose two calls must meet at one address
        assert len(example.before) == 1
        assert size(example.before[0]) + size(example.arguments) <= 4


@pytest.mark.parametrize("name", ["max-depth", "max-depth-bfs"])
def test_the_references_of_the_course_hold(workers: Workers, name: str) -> None:
    lesson = read_lesson(content_root() / "s3w10d1", "en").lesson
    assert lesson is not None
    exercise = next(each for each in lesson.exercises if each.id.endswith(f"/{name}"))
    result = judged(workers, exercise.reference + "# as it is\n", exercise)
    assert result.verdict is Verdict.AC
    assert result.search is not None
    assert result.search.planned == 2000


def test_an_exception_that_only_a_later_call_meets_is_state_as_well(workers: Workers) -> None:
    worn = RIGHT_DEPTH.replace("        if root", "        uses.pop() if depth(self) else 0\n        if root")
    worn = worn.replace(
        "class", "uses = [0] * 40\ndepth = lambda s: s.__dict__.setdefault('n', 0) == 0\n\nclass"
    )
    worn = worn.replace("        if root is None", "        self.n = 1\n        if root is None")
    result = judged(workers, worn)
    assert result.verdict is Verdict.WA
    assert result.counterexample is not None
    assert result.counterexample.kind is Breach.STATE
    assert result.counterexample.calls_before == 40
    assert "IndexError" in result.counterexample.output


def test_an_endless_input_is_named(workers: Workers) -> None:
    loop = RIGHT_DEPTH.replace("        return 1", "        while root.val == 42: pass\n        return 1")
    result = judged(workers, loop, replace(FORGIVING, limits=Limits(case_wall_s=1.0)))
    assert result.verdict is Verdict.TLE
    assert result.counterexample is not None
    assert result.counterexample.kind is Breach.TIMEOUT
    assert 42 in result.counterexample.arguments[0]
    assert 'File "solution.py"' in result.stack


@pytest.mark.parametrize(
    ("end", "verdict"),
    [("os._exit(0)", Verdict.NR), ("os.abort()", Verdict.RTE), ("exit()", Verdict.NR)],
)
def test_an_input_that_ends_the_program_is_named(workers: Workers, end: str, verdict: Verdict) -> None:
    leaving = RIGHT_DEPTH.replace("        return 1", f"        if root.val == 42: {end}\n        return 1")
    result = judged(workers, "import os\n" + leaving)
    assert result.verdict is verdict
    assert result.counterexample is not None
    assert result.counterexample.kind is Breach.CRASH
    assert 42 in result.counterexample.arguments[0]


def test_a_slow_program_is_told_how_far_the_search_came(workers: Workers) -> None:
    slow = RIGHT_DEPTH.replace(
        "        if root",
        "        if not self.__dict__.setdefault('n', 0): self.n = 1; time.sleep(0.02)\n        if root",
    )
    result = judged(workers, "import time\n" + slow)
    assert result.verdict is Verdict.AC
    assert result.search is not None
    assert 20 < result.search.tried < 200
    assert "time was up" in result.message


def test_what_is_printed_in_the_search_counts_for_nothing(workers: Workers) -> None:
    chatty = RIGHT_DEPTH.replace("        if root", "        print('at', root, flush=True)\n        if root")
    result = judged(workers, chatty, replace(FORGIVING, limits=Limits(output_kb=2)))
    assert result.verdict is Verdict.AC
    assert result.stdout.count("at ") == 11
    wrong = chatty.replace("1 + max", "(root.val == 42) + 1 + max")
    found = judged(workers, wrong).counterexample
    assert found is not None
    assert found.stdout.startswith("at TreeNode(42)\n")


def test_tricks_of_the_trade_do_not_help(workers: Workers) -> None:
    quiet = (
        "import sys, builtins\nbuiltins.len = builtins.isinstance = builtins.enumerate = None\n"
        "sys.setrecursionlimit(90)\n"
    )
    assert judged(workers, quiet + HEAD + WRONG["outer edges"]).counterexample is not None
    assert judged(workers, quiet + STACK).verdict is Verdict.AC
    traced = "import sys\nsys.settrace(lambda *a: None)\n"
    assert judged(workers, traced + RIGHT_DEPTH).verdict is Verdict.AC


def test_an_answer_that_equals_everything_is_no_answer(workers: Workers) -> None:
    sly = RIGHT_DEPTH + (
        "class Yes(int):\n    def __eq__(self, other): return True\n    __hash__ = int.__hash__\n"
        "right = Solution.maxDepth\n"
        "def sly(self, root):\n    n = right(self, root)\n    return n if n != 5 else Yes(4)\n"
        "Solution.maxDepth = sly\n"
    )
    assert judged(workers, sly).verdict is Verdict.WA


def test_a_stop_ends_the_search(workers: Workers) -> None:
    stop = threading.Event()
    slow = "import time\n" + RIGHT_DEPTH.replace(
        "        if root", "        time.sleep(0.001)\n        if root"
    )
    timer = threading.Timer(0.4, stop.set)
    timer.start()
    result = judged(workers, slow, stop=stop)
    timer.join()
    assert result.verdict is Verdict.STOP


def test_without_a_domain_nothing_is_searched(workers: Workers) -> None:
    result = judged(workers, RIGHT_DEPTH, replace(FORGIVING, domains=()))
    assert result.search is None
    assert result.verdict is Verdict.AC


@pytest.mark.parametrize("reference", ["x = ", "raise ValueError", "x = 1", "while True: pass", "exit()"])
def test_a_reference_that_does_not_work_refuses_nobody(workers: Workers, reference: str) -> None:
    result = judged(workers, RIGHT_DEPTH, replace(FORGIVING, reference=reference))
    assert result.verdict is Verdict.AC
    assert "could not be tried" in result.message


@pytest.mark.parametrize("body", ["return None", "raise ValueError", "return 'deep'", "return 3.0"])
def test_a_reference_that_answers_nothing_right_refuses_nobody(workers: Workers, body: str) -> None:
    result = judged(workers, RIGHT_DEPTH, replace(FORGIVING, reference=f"{HEAD}        {body}\n"))
    assert result.verdict is Verdict.AC


OTHERS = {
    "list": (
        function("largest", ("list",), "int", (([3, 1],), 3)),
        (Domain((1, 30), (-50, 50)),),
        "def largest(items):\n    return max(items)\n",
        "def largest(items):\n    best = 0\n    for x in items: best = max(best, x)\n    return best\n",
        [[-1]],
    ),
    "str": (
        function("balanced", ("str",), "bool", (("()",), True)),
        (Domain((0, 12), letters="()"),),
        "def balanced(s):\n    while '()' in s: s = s.replace('()', '')\n    return not s\n",
        "def balanced(s):\n    return s.count('(') == s.count(')')\n",
        [")("],
    ),
    "two arguments": (
        function("clip", ("float", "float"), "float", ((1.0, 2.0), 1.0)),
        (Domain(), Domain(values=(0, 10))),
        "def clip(x, top):\n    return max(-top, min(x, top))\n",
        "def clip(x, top):\n    return min(x, top)\n",
        [-1.0, 0.0],
    ),
    "tree result": (
        function("mirror", ("tree",), "tree", (([1],), [1])),
        (Domain((0, 100), (-100, 100)),),
        "def mirror(r):\n    if r: r.left, r.right = mirror(r.right), mirror(r.left)\n    return r\n",
        "def mirror(r):\n    if r: r.left, r.right = r.right, r.left\n    return r\n",
        None,
    ),
}


@pytest.mark.parametrize("name", OTHERS)
def test_other_types_are_searched_as_well(workers: Workers, name: str) -> None:
    bare, domains, right, wrong, smallest = OTHERS[name]
    exercise = replace(bare, domains=domains, reference=right, limits=Limits(), misconceptions=())
    assert judged(workers, right + "# mine", exercise).verdict is Verdict.AC
    result = judged(workers, wrong, exercise)
    assert result.verdict is Verdict.WA
    assert result.counterexample is not None
    if smallest is not None:
        assert list(result.counterexample.arguments) == smallest


def test_arrays_are_searched_as_well(workers: Workers) -> None:
    exercise = replace(
        function("relu", ("array",), "array", (([[1.0, -1.0]],), [[1.0, 0.0]])),
        packages=("numpy",),
        domains=(Domain(values=(-3, 3), shape=((1, 4), (1, 4))),),
        reference="import numpy as np\ndef relu(x):\n    return np.maximum(x, 0)\n",
        limits=Limits(),
        misconceptions=(),
    )
    assert judged(workers, "def relu(x):\n    return x * (x > 0)\n", exercise).verdict is Verdict.AC
    wrong = judged(workers, "def relu(x):\n    return abs(x) * (x > 0) + (x > 2)\n", exercise)
    assert wrong.counterexample is not None
    assert "most at [0, 0]" in wrong.counterexample.reason.format(**wrong.counterexample.parameters)
    (rows,) = wrong.counterexample.arguments
    assert len(rows) == len(rows[0]) == 1
    assert (
        judged(workers, "def relu(x):\n    return (x * (x > 0)).astype('f4')\n", exercise).verdict
        is Verdict.AC
    )


def test_nothing_is_left_behind(workers: Workers, tmp_path: Path) -> None:
    loop = RIGHT_DEPTH.replace("        return 1", "        while root.val == 42: pass\n        return 1")
    short = replace(FORGIVING, limits=Limits(case_wall_s=1.0))
    descriptors = len(list(Path("/proc/self/fd").iterdir())) if sys.platform == "linux" else 0
    for source in (RIGHT_DEPTH, BEST, HEAD + ELUSIVE["a value of 42"], loop):
        judged(workers, source, short, scratch=tmp_path)
        assert list(tmp_path.iterdir()) == []
    if sys.platform == "linux":
        assert len(list(Path("/proc/self/fd").iterdir())) == descriptors
        for server in workers._servers.values():
            assert direct_children(server._process.pid) == 0
