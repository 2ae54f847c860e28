"""Programs from memory on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from studybuddy.core.errors import RunnerError
from studybuddy.store.lock import WriterLock
from studybuddy.study.lab import Lab
from tests.cli.conftest import Command

RIGHT = """class Solution:
    def maxDepth(self, root):
        return 0 if root is None else 1 + max(self.maxDepth(root.left), self.maxDepth(root.right))
"""
WRONG = RIGHT.replace("max(", "min(")
DEPTH, BLANK = "s3w10d1/card/code-max-depth", "s3w10d1/card/code-training-loop-grad-w2"
DAY_TWO = "2026-11-23T08:00:00+08:00"


def quiet_others(studybuddy: Command) -> None:
    """Put what an accepted maxDepth brings besides the code card out of the way."""
    for card in ("depth-recursion", "freeze-level-size", "tree-of-depths", "level-order"):
        studybuddy("answer", card, "easy")


def recall(studybuddy: Command, source: str) -> dict[str, object]:
    done = studybuddy("run", "max-depth", "--recall", "code-max-depth", "--file", "-", "--json", stdin=source)
    found: dict[str, object] = done.json
    return found


def test_cards_say_what_they_ask_again(studybuddy: Command) -> None:
    rows = {row["id"]: row for row in studybuddy("cards", "--json").json["cards"]}
    assert (rows[DEPTH]["exercise"], rows[DEPTH]["blank"]) == ("s3w10d1/max-depth", "")
    assert (rows[BLANK]["exercise"], rows[BLANK]["blank"]) == ("s3w10d1/training-loop", "grad_w2")
    assert rows[DEPTH]["kind"] == "code"
    assert rows[DEPTH]["state"] == "unseen"
    assert "class Solution" not in rows[DEPTH]["question"]
    assert "exercise" not in rows["s3w10d1/card/dw"]
    assert studybuddy("run", "max-depth", "--file", "-", "--json", stdin=RIGHT).code == 0
    rows = {row["id"]: row for row in studybuddy("cards", "--json").json["cards"]}
    assert rows[DEPTH]["state"] == "new"
    assert DEPTH in studybuddy("cards", "code", "maxDepth").out


def test_a_program_is_judged_a_rating_proposed_and_the_learner_answers(studybuddy: Command) -> None:
    first = recall(studybuddy, WRONG)
    assert (first["verdict"], first["recorded"]) == ("WA", True)
    assert first["recall"] == {
        "card": DEPTH,
        "proposed": "again",
        "grounds": ["not-accepted"],
        "median_ms": None,
        "verdict": "WA",
        "accepted": False,
        "gave_up": False,
        "attempts": 1,
        "hints": 0,
        "elapsed_ms": 0,
        "reason": "wrong answer · 1 try → Again",
    }
    done = studybuddy("run", "max-depth", "--recall", DEPTH, "--file", "-", stdin=RIGHT)
    assert done.code == 0
    assert "accepted after 2 tries → Hard" in done.out
    assert f"studybuddy answer {DEPTH} hard" in done.out
    assert studybuddy("stats", "--json").json["reviews"] == 0
    answered = studybuddy("answer", "code-max-depth", "good", "--json").json
    assert (answered["card"], answered["rating"]) == (DEPTH, "good")
    assert answered["recall"]["proposed"] == "hard"
    assert studybuddy("stats", "--json").json["reviews"] == 1
    checklist = studybuddy("today", "--json").json["checklist"]
    assert {item["state"] for item in checklist} == {"none"}, "a card is no evidence for the checklist"
    cards = studybuddy("cards", "--json").json
    studybuddy("rebuild")
    assert studybuddy("cards", "--json").json == cards
    assert studybuddy("undo", "--json").json["undone"]["id"] == DEPTH
    assert studybuddy("answer", "code-max-depth", "hard", "--json").json["recall"] == answered["recall"]


def test_one_line_from_a_file(studybuddy: Command, tmp_path: Path) -> None:
    line = tmp_path / "line.py"
    line.write_text("grad_w2 = h_relu.T @ grad_y_pred\n")
    done = studybuddy("run", "training-loop", "--recall", BLANK, "--file", str(line), "--json")
    assert (done.code, done.json["verdict"], done.json["recall"]["proposed"]) == (0, "AC", "good")
    unanswered = studybuddy("run", "training-loop", "--recall", BLANK, "--json")
    assert unanswered.json["verdict"] == "AC", "what was typed last is taken where no file is given"


@pytest.mark.parametrize(
    "arguments",
    [
        ("max-depth", "--recall", "dw"),
        ("max-depth", "--recall", BLANK),
        ("max-depth", "--recall", "code-max-dept"),
        ("max-dept", "--recall", DEPTH),
        ("max-depth", "--recall", DEPTH, "--reference"),
        ("max-depth", "--recall", DEPTH, "--file", "nothing.py"),
    ],
)
def test_what_does_not_go_together_is_said_in_one_line(
    studybuddy: Command, home: Path, arguments: tuple[str, ...]
) -> None:
    done = studybuddy("run", *arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1
    assert not (home / "studybuddy.db").exists()


def test_beside_the_app_a_program_is_judged_and_not_kept(studybuddy: Command, home: Path) -> None:
    studybuddy("tick", "math")
    lock = WriterLock(home / "studybuddy.lock", "the app", 0)
    found = recall(studybuddy, RIGHT)
    lock.release()
    assert (found["verdict"], found["recorded"], found["recall"]) == ("AC", False, {"card": DEPTH})


def due_tomorrow(studybuddy: Command) -> None:
    studybuddy("run", "max-depth", "--file", "-", "--json", stdin=RIGHT)
    quiet_others(studybuddy)


def test_plain_review_judges_the_program_in_a_file(studybuddy: Command, tmp_path: Path) -> None:
    due_tomorrow(studybuddy)
    program = tmp_path / "again.py"
    program.write_text(RIGHT)
    done = studybuddy("review", stdin=f"{program}\n3\n", now=DAY_TWO)
    assert "maxDepth" in done.out
    assert f"studybuddy run s3w10d1/max-depth --recall {DEPTH} --file F" in done.out
    assert "✓ AC accepted" in done.out
    assert "accepted at the first try" in done.out
    assert "→ Good" in done.out
    assert "self.maxDepth(root.left)" in done.out, "the reference is shown beside it"
    assert "1 reviewed" in done.out
    (row,) = [row for row in studybuddy("cards", "--json").json["cards"] if row["id"] == DEPTH]
    assert row["reps"] == 1


def test_plain_review_still_takes_one_line_to_reveal_and_one_to_rate(studybuddy: Command) -> None:
    due_tomorrow(studybuddy)
    done = studybuddy("review", "--json", stdin="\n3\nq\n", now=DAY_TWO)
    assert (done.json["reviewed"], done.json["good"]) == (1, 1)
    assert "✓" not in done.err
    undone = studybuddy("undo", "--json")
    assert undone.json["undone"]["id"] == DEPTH
    done = studybuddy("review", "--json", stdin="no/such/file.py\n1\nq\n")
    assert (done.json["reviewed"], done.json["again"]) == (1, 1)
    assert "cannot read no/such/file.py" in done.err


def test_plain_review_judges_a_line(studybuddy: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(2):
        studybuddy("answer", BLANK, "easy")
    later = "2027-11-23T08:00:00+08:00"
    done = studybuddy("review", stdin="h_relu @ \x1b[2Jgrad_y_pred\n\n1\nq\n", now=later)
    assert "type the line" in done.out
    assert "✗" in done.out
    assert "→ Again" in done.out
    assert "\x1b" not in done.out
    studybuddy("undo")

    def fails(*_: object, **__: object) -> None:
        raise RunnerError("the program could not be started: {reason}", reason="no room")

    monkeypatch.setattr(Lab, "judge", fails)
    done = studybuddy("review", stdin="h_relu.T @ grad_y_pred\n2\nq\n")
    assert "no room" in done.out
    assert "1 reviewed" in done.out
    failed = studybuddy("run", "training-loop", "--recall", BLANK)
    assert (failed.code, failed.out) == (3, "")


def test_the_day_says_how_long_programs_take(studybuddy: Command) -> None:
    due_tomorrow(studybuddy)
    plan = studybuddy("today", "--json", now=DAY_TWO).json
    assert (plan["new"], plan["due"], plan["review_minutes"]) == (1, 0, 10)
