"""Every case has a child of its own where children cost little; all of them together have bounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from studybuddy.core.exercise import Case, Limits
from studybuddy.core.verdict import Verdict
from studybuddy.runner import functions
from studybuddy.runner.judge import judge
from studybuddy.runner.warm.workers import CAN_FORK, Workers
from tests.runner.sample import IMPATIENT, LIMITS, MAX_DEPTH, RIGHT_DEPTH
from tests.runner.test_max_depth import HEAD

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="children are forked on Linux alone")

COUNTING = """\
calls = []
class Solution:
    def maxDepth(self, root):
        calls.append(1)
        return len(calls)
"""
ENDLESS = HEAD + "        while root: pass\n        return 0\n"


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    shared = Workers(ahead=False)
    yield shared
    shared.close()


def test_nothing_of_one_case_is_left_in_the_next(workers: Workers) -> None:
    three = tuple(Case(str(n), ([0],), 1) for n in range(3))
    result = judge(replace(MAX_DEPTH, cases=three), COUNTING, workers=workers)
    assert [case.output for case in result.cases] == ["1", "1", "1"]
    assert result.verdict is Verdict.AC


def test_where_children_are_dear_one_serves_all_cases() -> None:
    three = tuple(Case(str(n), ([0],), 1) for n in range(3))
    with_standby = Workers(forks=False, ahead=False)
    result = judge(replace(MAX_DEPTH, cases=three), COUNTING, workers=with_standby)
    with_standby.close()
    assert [case.output for case in result.cases] == ["1", "2", "3"]


def test_a_program_that_loads_slowly_is_loaded_once(workers: Workers) -> None:
    slow = "import time\ntime.sleep(0.2)\n" + COUNTING
    limits = replace(LIMITS, wall_s=20.0)
    cases = tuple(Case(str(n), ([0],), n + 1) for n in range(12))
    result = judge(replace(MAX_DEPTH, cases=cases, limits=limits), slow, workers=workers)
    assert result.verdict is Verdict.AC


def test_what_is_printed_while_loading_is_shown_once(workers: Workers) -> None:
    chatty = "print('loading')\n" + RIGHT_DEPTH.replace(
        "        if root", "        print(root)\n        if root"
    )
    result = judge(MAX_DEPTH, chatty, workers=workers)
    assert result.verdict is Verdict.AC
    assert result.stdout.count("loading") == 1
    assert result.stdout.startswith("loading\nNone\nTreeNode(0)\n")
    assert [case.stdout.count("\n") for case in result.cases][:3] == [1, 3, 5]


def test_printing_while_loading_counts_once(workers: Workers) -> None:
    loud = "print('x' * 100_000)\n" + RIGHT_DEPTH
    assert judge(MAX_DEPTH, loud, workers=workers).verdict is Verdict.AC


def test_after_two_time_outs_the_rest_is_not_run(workers: Workers) -> None:
    result = judge(IMPATIENT, ENDLESS, workers=workers)
    verdicts = [case.verdict for case in result.cases]
    assert result.verdict is Verdict.TLE
    assert verdicts[:3] == [Verdict.AC, Verdict.TLE, Verdict.TLE]
    assert set(verdicts[3:]) == {None}
    assert not result.ran_to_end


def test_after_eight_seconds_the_rest_is_not_run(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    assert functions.MOST_S == 8.0
    monkeypatch.setattr(functions, "MOST_S", 0.8)
    slow = HEAD + "        import time; time.sleep(0.3)\n        return 1\n"
    cases = tuple(Case(str(n), ([0],), 1) for n in range(9))
    exercise = replace(MAX_DEPTH, cases=cases, limits=Limits(wall_s=60.0, case_wall_s=5.0))
    result = judge(exercise, slow, workers=workers)
    assert result.verdict is Verdict.TLE
    assert [case.verdict for case in result.cases].count(Verdict.AC) == 2
    assert result.cases[-1].verdict is None
    assert "0.8 s" in result.message.format(**result.parameters)


@pytest.mark.parametrize("end", ["import os; os._exit(0)", "exit()", "import os; os.abort()", "1 / 0"])
def test_cases_after_a_crash_go_on(workers: Workers, end: str) -> None:
    ending = RIGHT_DEPTH.replace(
        "        if root is None:", f"        if root and root.val == 3: {end}\n        if root is None:"
    )
    result = judge(MAX_DEPTH, ending, workers=workers)
    verdicts = {case.name: case.verdict for case in result.cases}
    assert verdicts["example"] not in (None, Verdict.AC)
    assert verdicts["chain-60"] is not None
    assert verdicts["left-only"] is Verdict.AC
    assert result.verdict in (Verdict.NR, Verdict.RTE)


def test_no_child_is_left_over(workers: Workers) -> None:
    from studybuddy.runner.processes import direct_children

    for source in (RIGHT_DEPTH, ENDLESS, "x = 1", HEAD + "        return 9"):
        judge(IMPATIENT, source, workers=workers)
    server = next(iter(workers._servers.values()))
    assert direct_children(server._process.pid) == 0
