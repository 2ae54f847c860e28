"""`run --xray`, as a learner and as a script sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from studybuddy.i18n import use_language
from tests.cli.conftest import Command

PROGRAM = """\
import numpy as np
N, D_in, H = 64, 1000, 100
x = np.ones((N, D_in))
w1 = np.ones((D_in, H))
for t in range(3):
    h = x.dot(w1)
    g = h{t} @ h
"""


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    use_language("en")


def test_a_program_in_shapes(studybuddy: Command) -> None:
    done = studybuddy("run", "training-loop", "--xray", "--file", "-", stdin=PROGRAM.format(t=".T"))
    assert done.code == 0
    assert (
        "── pass 1 of the loop\n"
        "   5  for t in range(3):\n"
        "        t → 0\n"
        "   6  h = x.dot(w1)\n"
        "        x (64, 1000).dot(w1 (1000, 100)) → h (64, 100)\n"
        "          (N, D_in)         (D_in, H)        (N, H)\n"
        "   7  g = h.T @ h\n"
        "        h (64, 100).T → (100, 64)\n"
        "          (N, H)        (H, N)\n"
    ) in done.out
    assert done.out.endswith("steps · the program ran to its end\n")


def test_why_it_fails_in_both_languages(studybuddy: Command) -> None:
    done = studybuddy("run", "training-loop", "--xray", "--file", "-", stdin=PROGRAM.format(t=""))
    assert done.code == 1
    assert "✗  7  g = h @ h\n        h (64, 100) @ h (64, 100) → ✗\n" in done.out
    assert "✗ (64, 100) @ (64, 100): the inner sizes differ, 100 (H) ≠ 64 (N)\n" in done.out
    assert "✗ line 7: ValueError" in done.out
    done = studybuddy(
        "--lang", "zh", "run", "training-loop", "--xray", "--file", "-", stdin=PROGRAM.format(t="")
    )
    assert "循环第 1 轮" in done.out
    assert re.search(r"✗ \(64, 100\) @ \(64, 100\)：.*100 \(H\) ≠ 64 \(N\)", done.out)


def test_as_json_and_nothing_is_recorded(studybuddy: Command) -> None:
    found = studybuddy("run", "training-loop", "--xray", "--reference", "--json").json
    assert found["sizes"] == {"N": 64, "D_in": 1000, "H": 100, "D_out": 10}
    step = next(step for step in found["steps"] if step["source"].startswith("    grad_w1 ="))
    assert step["bound"]["grad_w1"] == {
        "shape": [1000, 100],
        "symbols": ["D_in", "H"],
        "dtype": "float64",
    }
    assert {part["source"]: part["shape"] for part in step["parts"]} == {
        "x": [64, 1000],
        "x.T": [1000, 64],
        "grad_h": [64, 100],
        "x.T @ grad_h": [1000, 100],
    }
    assert step["passes"] == [{"line": 15, "pass": 1}]
    assert (found["failed"], found["message"]) == (False, "")
    checklist = studybuddy("today", "--json").json["checklist"]
    assert {item["state"] for item in checklist} == {"none"}
    starter = studybuddy("run", "training-loop", "--xray", "--json")
    assert starter.code == 1
    assert starter.json["steps"][-1]["notes"] == ["grad_w1 is still a blank: ..."]


def test_what_it_is_not_for(studybuddy: Command) -> None:
    done = studybuddy("run", "max-depth", "--xray", "--json")
    assert (done.code, done.out) == (2, "")
    assert "s3w10d1/max-depth asks for a function" in done.err
    done = studybuddy("run", "training-loop", "--xray", "--file", "-", stdin="x = (\n\x1b[31m'")
    assert done.code == 1
    assert "\x1b" not in done.out
