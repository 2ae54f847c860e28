"""The course's own tests of known problems: right programs pass, and each named mistake is caught."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from studybuddy.core.exercise import Exercise
from studybuddy.core.verdict import Verdict
from studybuddy.course.exercises import read_exercise
from studybuddy.course.finder import content_root, problem_folder
from studybuddy.course.importing.algorithm import KNOWN_PROBLEMS
from studybuddy.course.problems import with_tests
from studybuddy.course.report import Report
from studybuddy.runner.compare import compare
from studybuddy.runner.harness.stage import PRELUDE
from studybuddy.runner.harness.trees import TreeNode
from studybuddy.runner.harness.values import decode, encode
from studybuddy.runner.judge import judge

HEIGHT = "\n    def h(self, n): return 0 if n is None else 1 + max(self.h(n.left), self.h(n.right))\n"


def problem(number: int, language: str = "en") -> Exercise:
    folder, report = problem_folder(number), Report()
    assert folder is not None
    exercise = read_exercise(folder, "problems", language, report)
    assert [str(found) for found in report.diagnostics] == []
    assert exercise is not None
    return exercise


def caught(exercise: Exercise, source: str) -> list[str]:
    """The cases that a program fails, called here and compared as the judge compares."""
    space: dict[str, Any] = {"TreeNode": TreeNode}
    exec(PRELUDE, space)
    exec(source, space)
    assert exercise.signature is not None
    name = exercise.signature.entry.partition(".")[2]
    failed = []
    for case in exercise.cases:
        if any(isinstance(value, dict) for value in case.arguments):
            continue  # thousands of levels: the judge's own process has the stack for them
        arguments, _ = decode(list(case.arguments), list(exercise.signature.parameters))
        try:
            got = encode(getattr(space["Solution"](), name)(*arguments), exercise.signature.returns, None)
        except (AttributeError, TypeError, RecursionError, IndexError):
            failed.append(case.name)
            continue
        if not compare(got, case.expected, exercise.signature.returns).right:
            failed.append(case.name)
    return failed


MISTAKES: dict[int, list[tuple[str, str]]] = {
    226: [
        ("root.left, root.right = self.invertTree(root.right), self.invertTree(root.left)",
         "root.left = self.invertTree(root.right); root.right = self.invertTree(root.left)"),
        ("root.left, root.right = self.invertTree(root.right), self.invertTree(root.left)",
         "root.left, root.right = root.right, root.left"),
        ("root.left, root.right = self.invertTree(root.right), self.invertTree(root.left)",
         "if root.left and root.right: root.left.val, root.right.val = root.right.val, root.left.val\n"
         "        self.invertTree(root.left); self.invertTree(root.right)"),
        ("if root is None:", "if not root or not root.val:"),
        ("if root is None:", "if root.left is None and root.right is None:"),
        ("if root is None:", "if root is None or root.left is None or root.right is None:"),
        ("            return None", "            return root\n        if root.left is None: return root"),
    ],
    101: [
        ("mirrored(one.left, other.right)", "mirrored(one.left, other.left)"),
        ("                and mirrored(one.right, other.left)\n", ""),
        ("                and mirrored(one.left, other.right)\n", ""),
        ("one.val == other.val", "True"),
        ("return one is other", "return True"),
        ("if one is None or other is None", "if not one or not other or not one.val or not other.val"),
        ("root is None or ", ""),
        ("return root is None or mirrored(root.left, root.right)",
         "w = lambda n: w(n.left) + [n.val] + w(n.right) if n else []\n"
         "        return w(root) == w(root)[::-1]"),
        ("root is None or mirrored(root.left, root.right)",
         "root is None or (root.left and root.left.val) == (root.right and root.right.val)"),
    ],
    543: [
        ("return longest", "return longest + 1"),
        ("return longest", "return max(0, longest - 1)"),
        ("return 1 + max(left, right)", "return 1 + left + right"),
        ("return 1 + max(left, right)", "return max(left, right)"),
        ("return 1 + max(left, right)", "return 1 + left"),
        ("max(longest, left + right)", "left + right"),
        ("max(longest, left + right)", "max(longest, left + right + 1)"),
        ("            if node is None", "            if node is None or not node.val"),
        ("        height(root)\n", "        height(root and root.left)\n"),
        ("height(root)\n        return longest", "height(root)\n        return root.val * 0 + longest"),
    ],
    110: [
        ("abs(left - right) > 1", "abs(left - right) >= 1"),
        ("abs(left - right) > 1", "abs(left - right) > 2"),
        ("abs(left - right) > 1", "left - right > 1"),
        ("abs(left - right) > 1", "right - left > 1"),
        ("            if left < 0:\n                return -1\n", ""),
        ("right < 0 or ", ""),
        ("            if node is None", "            if node is None or not node.val"),
        ("return 1 + max(left, right)", "return 1 + min(left, right)"),
        ("return height(root) >= 0", "return height(root) > 0"),
        ("return height(root) >= 0",
         "h = self.h\n        return root is None or abs(h(root.left) - h(root.right)) <= 1" + HEIGHT),
        ("return height(root) >= 0",
         "d = lambda n, k: sum((d(c, k + 1) for c in (n.left, n.right) if c), []) or [k]\n"
         "        return root is None or max(d(root, 0)) - min(d(root, 0)) <= 1"),
    ],
    102: [
        ("range(len(queue))", "range(1)"),
        ("if node.left is not None", "if node.left and node.left.val"),
        ("[root] if root is not None else []", "[root]"),
        ("if node.right is not None:\n                    queue.append(node.right)", "pass"),
        ("if node.left is not None:\n                    queue.append(node.left)", "pass"),
        ("popleft()", "pop()"),
        ("return levels", "return levels[::-1]"),
        ("return levels", "return sum(levels, [])"),
        ("return levels", "return levels or [[]]"),
        ("level.append(node.val)", "node.val in level or level.append(node.val)"),
        ("level.append(node.val)", "level.insert(0, node.val)"),
    ],
    107: [
        ("return levels[::-1]", "return levels"),
        ("return levels[::-1]", "return [level[::-1] for level in levels[::-1]]"),
        ("return levels[::-1]", "return levels[::-1] or [[]]"),
        ("range(len(queue))", "range(1)"),
        ("if node.left is not None", "if node.left and node.left.val"),
        ("[root] if root is not None else []", "[root]"),
    ],
    236: [
        ("return left if left is not None else right", "return left"),
        ("return left if left is not None else right", "return root if left or right else None"),
        ("if left is not None and right is not None:", "if left is not None or right is not None:"),
        ("root is p or root is q", "root is p"),
        ("if root is None or root is p or root is q:", "if root is None or not root.val:"),
        ("return root\n        return left", "return TreeNode(7)\n        return left"),
        ("            return root\n        return left", "            return root.val\n        return left"),
        ("left = self.lowestCommonAncestor(root.left, p, q)",
         "if (root.val - p.val) * (root.val - q.val) <= 0: return root\n"
         "        left = self.lowestCommonAncestor(root.left, p, q) if p.val < root.val else None"),
        ("if root is None or root is p or root is q:\n            return root",
         "if root is None: return None\n"
         "        if p in (root.left, root.right) or q in (root.left, root.right): return root"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("number", sorted(KNOWN_PROBLEMS))
def test_the_reference_is_accepted(number: int) -> None:
    """By the judge itself, its random inputs included; the starter is not."""
    exercise = problem(number)
    result = judge(exercise, exercise.reference)
    assert result.verdict is Verdict.AC, (result.message, [case for case in result.cases if case.reason])
    assert len(exercise.cases) >= 10
    assert len([case for case in exercise.cases if case.public]) in (3, 2)
    assert caught(exercise, exercise.reference) == []
    assert len(caught(exercise, exercise.starter)) > len(exercise.cases) // 2


@pytest.mark.parametrize("number", sorted(MISTAKES))
def test_each_mistake_is_caught(number: int) -> None:
    exercise = problem(number)
    for right, wrong in MISTAKES[number]:
        assert right in exercise.reference, right
        assert caught(exercise, exercise.reference.replace(right, wrong)), wrong


@pytest.mark.parametrize("number", sorted(KNOWN_PROBLEMS))
def test_both_languages_are_whole(number: int) -> None:
    here, there = problem(number, "zh"), problem(number, "en")
    for one in (here, there):
        assert one.title
        assert one.task
        assert len(one.hints) == 3
        assert all(case.why for case in one.cases)
    chinese = re.compile("[一-鿿]")
    for words in (here.title, here.task, *here.hints[:1], *(case.why for case in here.cases)):
        assert chinese.search(words), words
    for words in (there.title, there.task, *there.hints, *(case.why for case in there.cases)):
        assert not chinese.search(words), words


def test_only_a_lessons_own_untested_problem_gets_them() -> None:
    known = problem(226)
    bare = replace(
        known,
        id="s1w1d1/lc-226",
        section="s1w1d1/algorithm",
        cases=(),
        self_report=True,
        title="翻转",
        hints=(),
    )
    found = with_tests(bare, "zh")
    assert found is not None
    assert (found.id, found.section, found.title, found.of_bank) == (bare.id, bare.section, "翻转", True)
    assert found.cases[0].name == known.cases[0].name
    assert found.hints == problem(226, "zh").hints
    for other in (replace(bare, problem=1), replace(bare, problem=0), replace(bare, self_report=False), None):
        assert with_tests(other, "zh") is other


def test_there_is_a_folder_for_each_known_problem() -> None:
    folders = {child.name for child in (content_root() / "problems").iterdir()}
    assert folders == {str(number) for number in KNOWN_PROBLEMS}
    assert problem_folder(1) is None
    assert problem_folder(104, content_root() / "nowhere") is None
