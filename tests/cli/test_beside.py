"""`run --doctor` and `run --twin`, on the lesson's own loop and on a wrong one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command

LOOP = Path(__file__).parents[2] / "content" / "s3w10d1" / "exercises" / "training-loop" / "reference.py"
UPDATE = "    w1 -= learning_rate * grad_w1\n"


@pytest.fixture(autouse=True)
def _torch() -> None:
    pytest.importorskip("torch")


def wrong(folder: Path, old: str, new: str) -> str:
    source = LOOP.read_text(encoding="utf-8")
    assert old in source
    path = folder / "loop.py"
    path.write_text(source.replace(old, new), encoding="utf-8")
    return str(path)


def test_the_twin_of_a_loop_whose_rate_changes(studybuddy: Command, tmp_path: Path) -> None:
    file = wrong(tmp_path, UPDATE, "    if t == 120: learning_rate /= 2\n" + UPDATE)
    done = studybuddy("run", "training-loop", "--file", file, "--twin", "--json")
    twin: Any = done.json["twin"]
    assert twin["parting"]["step"] == 120
    assert twin["parting"]["names"] == ["w1", "w2"]
    assert twin["parting"]["paces"]["w1"] == pytest.approx([1e-6, 5e-7], rel=1e-3)
    assert twin["rates"] == {"w1": 1e-6, "w2": 1e-6}
    assert (done.code, done.json["verdict"], done.json["recorded"]) == (0, "AC", True)


def test_the_twin_of_the_reference_never_parts(studybuddy: Command) -> None:
    done = studybuddy("run", "training-loop", "--reference", "--twin")
    assert done.code == 0
    assert "✓ over 500 steps the two never part" in done.out


def test_the_doctor_tells_what_every_judge_says(studybuddy: Command, tmp_path: Path) -> None:
    file = wrong(tmp_path, "grad_h_relu * (h > 0)", "grad_h_relu")
    done = studybuddy("run", "training-loop", "--file", file, "--doctor", "--json")
    gradient = done.json["gradients"][0]
    assert gradient["reason"] == "the ReLU mask is missing"
    assert {judge["judge"]: judge["ok"] for judge in gradient["judges"]} == {
        "rule": False,
        "differences": False,
        "autograd": False,
    }
    assert len(gradient["error_map"]) == 8
    assert {len(row) for row in gradient["error_map"]} == {24}
    assert all(0 <= level <= 8 for row in gradient["error_map"] for level in row)
    assert done.json["gradients"][1]["error_map"] is None
    chinese = studybuddy("--lang", "zh", "run", "training-loop", "--file", file, "--doctor")
    assert "漏掉了 ReLU 的掩码" in chinese.out
    assert "✗ torch autograd" in chinese.out
    assert "▓" * 8 in chinese.out
    assert chinese.code == 1


def test_an_exercise_that_trains_nothing_has_no_twin(studybuddy: Command) -> None:
    done = studybuddy("run", "max-depth", "--reference", "--twin", "--json")
    assert done.json["verdict"] == "AC"
    assert done.json["twin"]["trouble"] == "this exercise is no training loop"
