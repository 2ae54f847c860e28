"""Cases of one's own and counter-examples from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command

WRONG = """\
class Solution:
    def maxDepth(self, root):
        if root is None:
            return 0
        left, right = self.maxDepth(root.left), self.maxDepth(root.right)
        return 1 + max(left, right) + (root.val == 42 and left == right == 0)
"""


@pytest.fixture
def wrong(tmp_path: Path) -> str:
    path = tmp_path / "wrong.py"
    path.write_text(WRONG, encoding="utf-8")
    return str(path)


def test_cases_are_listed_added_and_removed(studybuddy: Command) -> None:
    assert studybuddy("cases", "max-depth").out == "no cases of your own\n"
    assert studybuddy("cases", "max-depth", "--add", "[1,None,2]").out == "kept: 1  [1,null,2]\n"
    assert studybuddy("cases", "max-depth", "--add", "[1,null,2]").out == "kept already: 1  [1,null,2]\n"
    listed = studybuddy("cases", "max-depth", "--add", "chain(60, left)", "--json").json
    assert listed == {
        "exercise": "s3w10d1/max-depth",
        "cases": [
            {"number": 1, "arguments": [[1, None, 2]], "input": "[1,null,2]"},
            {"number": 2, "arguments": [{"chain": 60, "side": "left"}], "input": "chain(60, left)"},
        ],
    }
    assert studybuddy("cases", "max-depth", "--remove", "1").out == "removed: 1  [1,null,2]\n"
    assert studybuddy("undo").code == 0
    assert studybuddy("cases", "max-depth").out == "1  [1,null,2]\n2  chain(60, left)\n"
    assert studybuddy("--lang", "zh", "cases", "max-depth-bfs").out == "还没有自己的用例\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--add", "[1,"], "column"),
        (["--add", "[1000]"], "-100"),
        (["--add", "[1,null,null,2]"], "must be tree"),
        (["--remove", "7"], "7"),
        (["--remove", "x"], "x"),
        (["--add", "[1]", "--remove", "1"], "together"),
    ],
)
def test_what_cannot_be_done_is_a_usage_error(studybuddy: Command, arguments: list[str], said: str) -> None:
    done = studybuddy("cases", "max-depth", *arguments)
    assert done.code == 2
    assert said in done.err
    assert studybuddy("cases", "max-dept").code == 2
    assert studybuddy("cases", "training-loop", "--add", "1").code == 2


def test_a_run_shows_its_counter_example_and_keeps_it(studybuddy: Command, wrong: str) -> None:
    done = studybuddy("run", "max-depth", "--file", wrong, "--keep", "--json")
    assert done.code == 1
    found = done.json
    assert found["verdict"] == "WA"
    example = found["counterexample"]
    assert (example["kind"], example["arguments"]) == ("wrong", [[42]])
    assert (example["output"], example["expected"], example["drawing"]) == ("2", "1", ["42"])
    assert 0 < found["search"]["tried"] < found["search"]["planned"] == 2000
    assert found["kept"]["case"] == "own-1"
    assert found["kept"]["new"] is True
    assert studybuddy("cases", "max-depth").out == "1  [42]\n"
    cards = studybuddy("cards", "maxDepth", "--json").json["cards"]
    assert found["kept"]["card"] in [card["id"] for card in cards]

    again = studybuddy("run", "max-depth", "--file", wrong, "--keep")
    assert again.code == 1
    assert "your case 1: " in again.out or "wrong answer for your case 1" in again.out
    assert "nothing to keep" in again.out


def test_a_run_in_plain_lines_draws_it(studybuddy: Command, wrong: str) -> None:
    shown = studybuddy("run", "max-depth", "--file", wrong)
    assert "the smallest input with a wrong answer\n    42\n" in shown.out
    assert "of 2000 random inputs tried, seed" in shown.out
    assert "kept" not in shown.out
    chinese = studybuddy("--lang", "zh", "run", "max-depth", "--file", wrong, "--keep")
    assert "答错的最小输入" in chinese.out
    assert studybuddy("--lang", "zh", "cases", "max-depth").out == "1  [42]\n"


def test_an_input_is_tried_once_and_not_kept(studybuddy: Command, wrong: str) -> None:
    done = studybuddy("run", "max-depth", "--file", wrong, "--case", "[42]", "--case", "[]", "--json")
    assert done.json["counterexample"] is None
    assert [case["verdict"] for case in done.json["cases"][-2:]] == ["WA", "AC"]
    assert studybuddy("cases", "max-depth", "--json").json["cases"] == []
    assert studybuddy("run", "max-depth", "--reference", "--case", "[1").code == 2
    assert studybuddy("run", "training-loop", "--reference", "--case", "1").code == 2
