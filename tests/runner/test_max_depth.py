"""The hidden tests of the course's first algorithm problem kill every wrong program it names."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from studybuddy.core.exercise import Case
from studybuddy.core.verdict import Verdict
from tests.runner.conftest import Judged
from tests.runner.sample import IMPATIENT, MAX_DEPTH, RIGHT_DEPTH

HEAD = "class Solution:\n    def maxDepth(self, root):\n"
RECURSION = "self.maxDepth(root.left), self.maxDepth(root.right)"
QUEUE = "        if root is None: return 0\n        q, depth = deque([root]), 0\n        while q:\n"
PUSH = "                if n.left: q.append(n.left)\n                if n.right: q.append(n.right)\n"

WRONG = {
    "no +1": f"        return max({RECURSION}) if root else 0",
    "min": f"        return 1 + min({RECURSION}) if root else 0",
    "edges": f"        return 1 + max({RECURSION}) if root else -1",
    "base 1": f"        return 1 + max({RECURSION}) if root else 1",
    "node count": "        return 1 + self.maxDepth(root.left) + self.maxDepth(root.right) if root else 0",
    "left only": "        return 1 + self.maxDepth(root.left) if root else 0",
    "right only": "        return 1 + self.maxDepth(root.right) if root else 0",
    "falsy value": f"        return 1 + max({RECURSION}) if root and root.val else 0",
    "leaf is 0": f"        return 0 if not root or not (root.left or root.right) else 1 + max({RECURSION})",
    "crash on empty": (
        "        left = self.maxDepth(root.left) if root.left else 0\n"
        "        return 1 + max(left, self.maxDepth(root.right) if root.right else 0)"
    ),
    "left else right": "        return 1 + self.maxDepth(root.left or root.right) if root else 0",
    "pops counted": (
        QUEUE
        + "            for _ in [0]:\n                n = q.popleft(); depth += 1\n"
        + PUSH
        + "        return depth"
    ),
    "logarithm": (
        "        import math\n"
        "        def count(n): return 1 + count(n.left) + count(n.right) if n else 0\n"
        "        return math.ceil(math.log2(count(root) + 1))"
    ),
    "largest value": (
        "        return max(root.val, self.maxDepth(root.left), self.maxDepth(root.right)) if root else 0"
    ),
    "outer edges": (
        "        def edge(n, side):\n"
        "            k = 0\n"
        "            while n: k += 1; n = getattr(n, side)\n"
        "            return k\n"
        "        return max(edge(root, 'left'), edge(root, 'right'))"
    ),
    "constant": "        return 3",
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_programs_fail_a_case(judged: Judged, name: str) -> None:
    result = judged(MAX_DEPTH, HEAD + WRONG[name])
    assert result.verdict in (Verdict.WA, Verdict.RTE)
    assert any(case.verdict is Verdict.WA or case.verdict is Verdict.RTE for case in result.cases)


def test_the_right_program_passes_every_case(judged: Judged) -> None:
    result = judged(MAX_DEPTH, RIGHT_DEPTH)
    assert result.verdict is Verdict.AC
    assert [case.verdict for case in result.cases] == [Verdict.AC] * len(MAX_DEPTH.cases)
    assert result.ran_to_end
    assert result.wall_s > 0
    assert result.cpu_s > 0
    assert 5 < result.max_rss_mb < 200


def test_exponential_recursion_runs_out_of_time(judged: Judged) -> None:
    twice = (
        "        if not root: return 0\n"
        "        if self.maxDepth(root.left) > self.maxDepth(root.right):\n"
        "            return 1 + self.maxDepth(root.left)\n"
        "        return 1 + self.maxDepth(root.right)"
    )
    result = judged(IMPATIENT, HEAD + twice)
    assert result.verdict is Verdict.TLE
    assert result.parameters["case"] == "chain-60"
    assert 'File "solution.py", line' in result.stack


@pytest.mark.parametrize("side", ["left", "right", "zigzag"])
@pytest.mark.parametrize(
    "source",
    [
        RIGHT_DEPTH,
        pytest.param(
            HEAD + "        return 1 + max(map(self.maxDepth, (root.left, root.right))) if root else 0",
            marks=pytest.mark.skipif(
                sys.version_info[:2] in ((3, 12), (3, 13)), reason="Python bounds recursion through C itself"
            ),
        ),
        HEAD
        + QUEUE
        + "            depth += 1\n            for _ in range(len(q)):\n                n = q.popleft()\n"
        + PUSH
        + "        return depth",
    ],
    ids=["recursive", "recursive through C", "queue"],
)
def test_a_chain_of_10000_nodes_does_not_fail_a_right_answer(judged: Judged, source: str, side: str) -> None:
    chain = Case("chain", ({"chain": 10_000, "side": side},), 10_000)
    limits = replace(MAX_DEPTH.limits, case_wall_s=2.0)
    result = judged(replace(MAX_DEPTH, cases=(chain,), limits=limits), source)
    assert result.verdict is Verdict.AC, result
    assert result.cases[0].input == f"chain(10000, {side})"


def test_a_card_shows_input_output_expected_and_reason(judged: Judged) -> None:
    result = judged(MAX_DEPTH, HEAD + WRONG["edges"] + "\n")
    example = next(case for case in result.cases if case.name == "example")
    assert (example.input, example.output, example.expected) == ("[3,9,20,null,null,15,7]", "2", "3")
    assert example.reason.format(**example.parameters) == "too small by 1"
    assert result.hint.format(**result.parameters) == "Edges are counted, not nodes."
    assert result.message.format(**result.parameters) == "0 of 12 cases passed; wrong answer for empty"


def test_each_case_has_its_own_output(judged: Judged) -> None:
    noisy = RIGHT_DEPTH.replace(
        "        if root is None:", "        print('at', root)\n        if root is None:"
    )
    result = judged(MAX_DEPTH, "print('loading')\n" + noisy)
    assert result.verdict is Verdict.AC
    assert result.cases[0].stdout == "at None\n"
    assert result.cases[1].stdout == "at TreeNode(0)\nat None\nat None\n"
    assert result.stdout.startswith("loading\nat None\nat TreeNode(0)\n")


def test_inputs_are_fresh_in_every_case(judged: Judged) -> None:
    destructive = RIGHT_DEPTH.replace(
        "        return 1 +",
        "        left, right, root.left, root.right = root.left, root.right, None, None\n        return 1 +",
    ).replace("root.left), self.maxDepth(root.right)", "left), self.maxDepth(right)")
    assert judged(MAX_DEPTH, destructive).verdict is Verdict.AC


class TestForm:
    def test_a_bare_function_is_told_the_signature(self, judged: Judged) -> None:
        result = judged(MAX_DEPTH, "def maxDepth(root):\n    return 0\n")
        assert result.verdict is Verdict.CE
        assert "class Solution" in result.message.format(**result.parameters)
        assert "into the class" in result.hint
        assert all(case.verdict is None for case in result.cases)

    @pytest.mark.parametrize(
        "source", ["", "x = 1", "class Solution:\n    pass", "class Solution:\n    maxDepth = 3"]
    )
    def test_a_missing_entry_is_told_the_signature(self, judged: Judged, source: str) -> None:
        result = judged(MAX_DEPTH, source)
        assert result.verdict is Verdict.CE
        assert "class Solution" in result.message.format(**result.parameters)

    def test_a_syntax_error_has_line_and_caret(self, judged: Judged) -> None:
        result = judged(MAX_DEPTH, "class Solution:\n    def maxDepth(self, root:\n        return 0\n")
        assert result.verdict is Verdict.CE
        assert result.parameters["line"] == 2
        assert "^" in result.stack
        assert "'(' was never closed" in result.message.format(**result.parameters)

    def test_a_nul_byte_is_a_compile_error(self, judged: Judged) -> None:
        result = judged(MAX_DEPTH, "x = 1\ny = '\0'\n")
        assert result.verdict is Verdict.CE
        assert result.parameters["line"] == 2

    def test_deep_nesting_is_a_compile_error(self, judged: Judged) -> None:
        assert judged(MAX_DEPTH, "x = " + "(" * 5000 + ")" * 5000).verdict is Verdict.CE

    def test_an_endless_source_is_a_compile_error(self, judged: Judged) -> None:
        assert judged(MAX_DEPTH, "#" * 2_000_000).verdict is Verdict.CE

    def test_byte_order_mark_line_ends_and_tabs_do_no_harm(self, judged: Judged) -> None:
        source = "\ufeff# -*- coding: latin-1 -*-\n" + RIGHT_DEPTH.replace("    ", "\t").replace("\n", "\r\n")
        assert judged(MAX_DEPTH, source).verdict is Verdict.AC

    def test_the_main_guard_does_not_run(self, judged: Judged) -> None:
        assert (
            judged(MAX_DEPTH, RIGHT_DEPTH + "if __name__ == '__main__':\n    input()\n").verdict is Verdict.AC
        )

    def test_the_starter_is_told_to_fill_in_its_blanks(self, judged: Judged) -> None:
        result = judged(MAX_DEPTH, MAX_DEPTH.starter)
        assert result.verdict is Verdict.WA
        assert result.hint.format(**result.parameters) == "fill in the blanks marked ... (line 3)"

    def test_wrong_arity_is_told_the_signature(self, judged: Judged) -> None:
        result = judged(MAX_DEPTH, "class Solution:\n    def maxDepth():\n        return 0\n")
        assert result.verdict is Verdict.RTE
        assert "class Solution" in result.hint.format(**result.parameters)


class TestRequires:
    EXERCISE = replace(MAX_DEPTH, requires=("deque",))

    def test_right_answers_without_the_required_name_are_not_accepted(self, judged: Judged) -> None:
        result = judged(self.EXERCISE, "from collections import deque\n" + RIGHT_DEPTH)
        assert result.verdict is Verdict.WA
        assert "deque" in result.message.format(**result.parameters)
        assert all(case.verdict is Verdict.AC for case in result.cases)

    @pytest.mark.parametrize(
        ("head", "name"),
        [
            ("", "deque"),
            ("import collections as c\n", "c.deque"),
            ("from collections import deque as d\n", "d"),
        ],
    )
    def test_it_may_be_spelt_in_any_way(self, judged: Judged, head: str, name: str) -> None:
        queue = QUEUE.replace("deque", name)
        source = head + HEAD + queue + "            depth += 1\n            for _ in range(len(q)):\n"
        source += "                n = q.popleft()\n" + PUSH + "        return depth"
        assert judged(self.EXERCISE, source).verdict is Verdict.AC
