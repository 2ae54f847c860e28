from __future__ import annotations

import json
from pathlib import Path

import pytest

from studybuddy.store.lock import WriterLock
from tests.cli.conftest import Command

WRONG = "class Solution:\n    def maxDepth(self, root):\n        return 1\n"
LOOP = Path(__file__).parents[2] / "content" / "s3w10d1" / "exercises" / "training-loop" / "reference.py"


def test_earlier_runs_are_listed_and_compared(studybuddy: Command) -> None:
    assert studybuddy("run", "max-depth", "--history").out == "Nothing has been run yet.\n"
    studybuddy("run", "max-depth", "--hint")
    studybuddy("run", "max-depth", "--file", "-", stdin=WRONG)
    listed = studybuddy("run", "max-depth", "--history")
    assert listed.code == 0
    assert "  1  ✗ WA wrong answer  Sun 22 Nov 08:00 · " in listed.out
    assert "1 hint" in listed.out
    (attempt,) = studybuddy("run", "s3w10d1/max-depth", "--history", "--json").json["attempts"]
    assert attempt["source"] == WRONG
    assert (attempt["number"], attempt["verdict"], attempt["hints"]) == (1, "WA", 1)
    assert attempt["at"] == "2026-11-22T08:00:00+08:00"

    changed = studybuddy("run", "max-depth", "--diff", "1")
    assert changed.out.startswith("run 1 → your draft   + ")
    assert "   3 -         return 1\n" in changed.out
    found = studybuddy("run", "max-depth", "--diff", "1", "--json").json
    assert ["-", "        return 1"] in found["lines"]
    missing = studybuddy("run", "max-depth", "--diff", "7")
    assert missing.code == 2
    assert "there is no run 7; there are 1" in missing.err


def test_hints_come_one_by_one_and_end(studybuddy: Command) -> None:
    first = studybuddy("run", "max-depth", "--hint", "--json").json
    assert (first["number"], first["of"], first["left"], first["recorded"]) == (1, 3, 2, True)
    assert "smallest trees" in first["hint"]
    assert studybuddy("run", "max-depth", "--hint").out.startswith("Hint 2 of 3\n")
    studybuddy("run", "max-depth", "--hint")
    last = studybuddy("run", "max-depth", "--hint")
    assert (last.code, last.out) == (1, "all 3 hints are taken\n")
    assert studybuddy("run", "max-depth", "--hint", "--json").json["hint"] is None


def test_giving_up_shows_the_reference_and_is_remembered(studybuddy: Command) -> None:
    shown = studybuddy("run", "max-depth", "--give-up")
    assert "return 1 + max(" in shown.out
    copied = studybuddy("run", "max-depth", "--file", "-", "--json", stdin=shown.out)
    assert copied.json["verdict"] == "AC"
    assert studybuddy("today", "--json").json["checklist"][3]["state"] == "none", "a copy is no evidence"
    (attempt,) = studybuddy("run", "max-depth", "--history", "--json").json["attempts"]
    assert (attempt["revealed"], attempt["reference"]) == (True, True)
    assert studybuddy("run", "max-depth", "--give-up", "--json").json["source"].strip() == shown.out.strip()


def test_an_experiment_is_listed_predicted_made_and_ticks_nothing(studybuddy: Command) -> None:
    listed = studybuddy("run", "training-loop", "--experiments", "--json").json["experiments"]
    assert {"zero-weights", "zero-second-layer", "constant-weights", "lr-2e-6"} <= {e["id"] for e in listed}
    assert all(e["question"] and e["outcome"] is None for e in listed)
    before = studybuddy("today", "--json").json["checklist"]

    made = studybuddy("run", "training-loop", "--experiment", "lr-4e-6", "--predict", "falls")
    assert made.code == 0
    assert "✗ the loss explodes; you said: falls" in made.out
    assert "At step 9 the loss is inf" in made.out
    found = studybuddy("run", "training-loop", "--experiment", "zero-weights", "--json").json
    assert (found["outcome"], found["prediction"], found["recorded"]) == ("stays", None, True)
    assert found["losses"][0] == [0, pytest.approx(627.6356189)]
    json.dumps(found, allow_nan=False)

    assert studybuddy("today", "--json").json["checklist"] == before
    assert studybuddy("run", "training-loop", "--history", "--json").json["attempts"] == []
    listed = studybuddy("run", "training-loop", "--experiments").out
    assert "Both layers start at zero  (stays)" in listed
    again = {
        e["id"]: e for e in studybuddy("run", "training-loop", "--experiments", "--json").json["experiments"]
    }
    assert (again["lr-4e-6"]["prediction"], again["lr-4e-6"]["outcome"]) == ("falls", "explodes")


def test_an_experiment_uses_the_program_that_was_accepted(studybuddy: Command) -> None:
    own = LOOP.read_text(encoding="utf-8").replace(
        "# forward", "# mine\n    print('mine') if t == 0 else None"
    )
    assert studybuddy("run", "training-loop", "--file", "-", stdin=own).code == 0
    made = studybuddy("run", "training-loop", "--experiment", "lr-1e-7")
    assert "(made with your accepted program)" in made.out
    assert "\nmine\n" in made.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--experiment", "lr-2e6"), "no experiment lr-2e6; nearest: lr-2e-6"),
        (("--experiment", "lr-2e-6", "--predict", "maybe"), "must be one of falls, stays, explodes"),
        (("--predict", "falls"), "--predict goes with --experiment"),
        (("--history", "--hint"), "--history stands alone"),
        (("--give-up", "--reference"), "--give-up stands alone"),
        (("--diff", "x"), "must be a number"),
    ],
)
def test_what_does_not_go_together_is_said(
    studybuddy: Command, arguments: tuple[str, ...], said: str
) -> None:
    done = studybuddy("run", "training-loop", *arguments)
    assert done.code == 2
    assert said in done.err


def test_an_exercise_without_experiments(studybuddy: Command) -> None:
    assert "max-depth has no experiments" in studybuddy("run", "max-depth", "--experiments").out
    assert studybuddy("run", "max-depth", "--experiment", "x").code == 2


def test_beside_the_open_app_help_is_given_and_said_not_to_count(studybuddy: Command, home: Path) -> None:
    studybuddy("tick", "algo")
    lock = WriterLock(home / "studybuddy.lock", "the studybuddy app", 0)
    try:
        done = studybuddy("run", "max-depth", "--hint", "--json")
        made = studybuddy("run", "training-loop", "--experiment", "lr-2e-6", "--json")
    finally:
        lock.release()
    assert done.json["recorded"] is False
    assert made.json["recorded"] is False
    assert made.json["outcome"] == "falls"
