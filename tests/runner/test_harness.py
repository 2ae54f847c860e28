"""The program in the child stands alone, and its parts do what they say."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import deque
from pathlib import Path

import pytest

import studybuddy.runner.harness
from studybuddy.runner.harness.program import PARTS
from studybuddy.runner.harness.program_text import Program
from studybuddy.runner.harness.trees import TreeNode, chain, fell, grow, level_order
from studybuddy.runner.stacks import learner_stack

FOLDER = Path(studybuddy.runner.harness.__file__).parent


def test_every_part_imports_only_earlier_parts_and_the_standard_library() -> None:
    assert {path.stem for path in FOLDER.glob("*.py")} == {*PARTS, "program", "__init__"}
    for index, part in enumerate(PARTS):
        for node in ast.walk(ast.parse((FOLDER / f"{part}.py").read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
                if names[0].startswith("studybuddy"):
                    assert names[0].removeprefix("studybuddy.runner.harness.") in PARTS[:index]
                    continue
            assert all(name.partition(".")[0] in sys.stdlib_module_names for name in names), part


def test_loading_imports_nothing_of_the_app() -> None:
    code = (
        "import runpy, sys; sys.argv = ['x']; module = runpy.run_path(sys.argv[0] if 0 else PATH)\n"
        "main = module['load']()['stage'].main\n"
        "print([name for name in sys.modules if name.startswith('studybuddy')], main.__module__)\n"
        "print(main.__builtins__ is not __builtins__.__dict__)\n"
    ).replace("sys.argv[0] if 0 else PATH", repr(str(FOLDER / "program.py")))
    done = subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True, timeout=20
    )
    assert done.stdout == "[] studybuddy.runner.harness.stage\nTrue\n"


@pytest.mark.parametrize(
    "values", [[], [0], [1, None, 2], [3, 9, 20, None, None, 15, 7], [1, 2, 3, None, None, None, 4, None, 5]]
)
def test_trees_grow_and_read_back(values: list[int | None]) -> None:
    nodes = grow(list(values))
    assert level_order(nodes[0] if nodes else None) == values


def test_children_of_absent_nodes_are_not_listed() -> None:
    nodes = grow([1, None, 2, 3])
    assert nodes[0].left is None
    assert nodes[0].right.left.val == 3
    assert grow([None]) == []


@pytest.mark.parametrize("side", ["left", "right", "zigzag"])
def test_chains_are_as_long_as_asked(side: str) -> None:
    nodes = chain(5, side)
    depth, level = 0, deque(nodes[:1])
    while level:
        depth, level = depth + 1, deque(c for n in level for c in (n.left, n.right) if c)
    assert depth == 5
    assert chain(0, side) == []
    assert nodes[1] is (nodes[0].right if side == "right" else nodes[0].left)
    assert nodes[2] is (nodes[1].left if side == "left" else nodes[1].right)


def test_the_deepest_tree_is_freed_without_harm() -> None:
    nodes = chain(200_000, "left")
    root = nodes[0]
    fell(nodes)
    assert root.left is None
    lone = TreeNode(1, TreeNode(None))
    assert repr(level_order(lone)) == "[1, None]"
    assert level_order(lone) != [1, None]
    loop = TreeNode(1)
    loop.right = loop
    assert level_order(loop) is None


def test_blanks_are_found_where_they_mean_something() -> None:
    source = (
        "def f(*a: tuple[int, ...]) -> 'int':\n    ...\nx = a[..., 0]\ny = 1 + ...\nz = ____\n_ = __name__\n"
    )
    assert Program(source).facts([], [])["blanks"] == [2, 4, 5]


def test_names_inside_functions_are_told_from_names_at_top_level() -> None:
    source = "def train():\n    w1 = 1\n    for w2 in []: pass\nw2 = 3\n"
    source += "for g1, g2 in []: pass\nf = lambda: (g3 := 1)\n"
    assert Program(source).facts([], ["w1", "w2", "g1", "g3", "nowhere"])["inside"] == ["w1", "g3"]


def test_the_dump_of_a_killed_program_shows_the_learners_frames() -> None:
    dump = (
        "Thread 0x00007f0a (most recent call first):\n"
        '  File "/lib/stage.py", line 70 in play\n'
        "\n"
        "Current thread 0x00007f0b (most recent call first):\n"
        '  File "/lib/python3.11/re/__init__.py", line 166 in match\n'
        '  File "solution.py", line 2 in f\n'
        '  File "solution.py", line 3 in <module>\n'
        '  File "/lib/stage.py", line 183 in _execute\n'
    )
    assert learner_stack(dump, "import re\ndef f(): re.match()\nf()\n") == (
        '  File "solution.py", line 3, in <module>\n    f()\n'
        '  File "solution.py", line 2, in f\n    def f(): re.match()\n'
    )
    assert learner_stack("Fatal Python error: Aborted\n", "x") == ""
