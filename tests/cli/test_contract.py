"""The command line as scripts rely on it: keys, exit codes, options before and after the name."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from studybuddy.cli.options import COMMANDS
from studybuddy.store.chain import GENESIS, link
from studybuddy.store.lock import WriterLock
from tests.cli.conftest import Command

MAX_DEPTH = """class Solution:
    def maxDepth(self, root):
        return 0 if root is None else 1 + max(self.maxDepth(root.left), self.maxDepth(root.right))
"""
CARDS = ("dw", "dx", "db", "backprop", "local-gradient", "upstream-gradient")
DAY_TWO = "2026-11-23T08:00:00+08:00"
AT = 1_795_392_000_000
"""Milliseconds of the day after the first."""


def test_today_of_a_new_learner(studybuddy: Command, home: Path) -> None:
    plan = studybuddy("today", "--json").json
    assert plan["date"] == "2026-11-22"
    assert plan["lesson"] == "S3W10D1"
    assert [section["kind"] for section in plan["sections"]] == [
        "theory", "code", "derivation", "interview", "engineering", "algorithm", "summary",
    ]  # fmt: skip
    assert [item["id"] for item in plan["checklist"]] == [
        "s3w10d1/math", "s3w10d1/code", "s3w10d1/interview", "s3w10d1/algo",
    ]  # fmt: skip
    assert {(item["state"], item["by"]) for item in plan["checklist"]} == {("none", "none")}
    assert (plan["due"], plan["new"], plan["streak"]) == (0, 0, 0)
    assert plan["minutes"] > 0
    assert not (home / "studybuddy.db").exists()


@pytest.mark.parametrize("before", [True, False])
def test_options_count_before_and_after_the_name(studybuddy: Command, tmp_path: Path, before: bool) -> None:
    options = ["--data-dir", str(tmp_path / "elsewhere"), "--lang", "zh"]
    arguments = [*options, "tick", "math", "--json"] if before else ["tick", "math", "--json", *options]
    assert studybuddy(*arguments).json == {
        "item": "s3w10d1/math", "state": "manual", "by": "learner", "reason": "",
    }  # fmt: skip
    assert (tmp_path / "elsewhere" / "studybuddy.db").exists()


def test_an_answer_is_there_tomorrow(studybuddy: Command) -> None:
    first = studybuddy("answer", "dw", "easy", "--json").json
    assert first["card"] == "s3w10d1/card/dw"
    assert first["interval_days"] >= 6
    assert first["due"] > "2026-11-27"
    assert len(first["due"]) == 10
    again = studybuddy("answer", "s3w10d1/card/dx", "again", "--json").json
    assert again["due"] == "2026-11-22T08:01:00.000+08:00"
    assert again["interval_days"] == 0
    assert studybuddy("today", "--json").json["due"] == 1
    tomorrow = studybuddy("today", "--json", now=DAY_TWO).json
    assert (tomorrow["due"], tomorrow["streak"]) == (1, 1)
    due = studybuddy("today", "--json", now=f"{first['due']}T09:00:00+08:00").json
    assert due["due"] == 2


def test_cards_change_with_reviews_and_not_with_the_clock(studybuddy: Command) -> None:
    before = studybuddy("cards", "--json").json["cards"]
    assert len(before) >= 12
    assert {card["state"] for card in before} == {"unseen"}
    studybuddy("answer", "dw", "good")
    card = next(c for c in studybuddy("cards", "--json").json["cards"] if c["id"] == "s3w10d1/card/dw")
    assert (card["state"], card["reps"], card["lapses"]) == ("learning", 1, 0)
    assert card["question"]
    one, other = (
        studybuddy("cards", "--json", now=now).out for now in (DAY_TWO, "2027-05-05T08:00:00+08:00")
    )
    assert one == other
    found = studybuddy("cards", "--json", "card/dw").json["cards"]
    assert "s3w10d1/card/dw" in [c["id"] for c in found]
    every = studybuddy("cards", "--json").json["cards"]
    with_dw = studybuddy("cards", "--json", "dw").json["cards"]
    assert studybuddy("cards", "--json", "-dw").json["cards"] == [c for c in every if c not in with_dw]


@pytest.mark.parametrize(
    ("query", "near"),
    [
        ("is:deu", "due"),
        ("prp:reps=0", "prop:"),
        ("lesson:s3w10d9", "s3w10d1"),
        ("(a", "1"),
        ("x" * 5000, "1000"),
    ],
)
def test_a_query_that_cannot_be_read_is_one_line_and_two(studybuddy: Command, query: str, near: str) -> None:
    done = studybuddy("cards", "--json", query)
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1
    assert near in done.err


def test_cards_are_found_by_the_language_of_the_browser(studybuddy: Command) -> None:
    studybuddy("answer", "dw", "easy")
    (row,) = studybuddy("cards", "--json", "-is:unseen", "-is:suspended").json["cards"]
    assert row["id"] == "s3w10d1/card/dw"
    assert studybuddy("cards", "--json", "(kind:cloze or rated:1) 反向").code == 0


def test_undo_takes_back_one_thing_after_the_other(studybuddy: Command) -> None:
    studybuddy("answer", "dw", "good")
    studybuddy("tick", "algo", "--reason", "on paper")
    assert studybuddy("undo", "--json").json["undone"] == {"kind": "tick", "id": "s3w10d1/algo", "seq": 2}
    assert studybuddy("undo", "--json").json["undone"]["id"] == "s3w10d1/card/dw"
    assert studybuddy("undo", "--json").json == {"undone": None}
    assert {c["state"] for c in studybuddy("cards", "--json").json["cards"]} == {"unseen"}


def test_ticking_shows_whose_word_it_is(studybuddy: Command) -> None:
    studybuddy("tick", "interview", "--reason", "asked by a friend")
    item = studybuddy("today", "--json").json["checklist"][2]
    assert (item["state"], item["by"], item["reason"]) == ("manual", "learner", "asked by a friend")
    studybuddy("untick", "s3w10d1/interview")
    item = studybuddy("today", "--json").json["checklist"][2]
    assert (item["state"], item["by"]) == ("unticked", "learner")


def test_an_accepted_program_ticks_its_item(studybuddy: Command, tmp_path: Path) -> None:
    right, wrong = tmp_path / "right.py", tmp_path / "wrong.py"
    right.write_text(MAX_DEPTH)
    wrong.write_text(MAX_DEPTH.replace("max(", "min("))
    failed = studybuddy("run", "max-depth", "--file", str(wrong), "--json")
    assert failed.code == 1
    assert failed.json["verdict"] == "WA"
    case = next(case for case in failed.json["cases"] if case["verdict"] == "WA")
    assert case["output"] != case["expected"]
    assert studybuddy("today", "--json").json["checklist"][3]["state"] in ("none", "partial")
    passed = studybuddy("run", "s3w10d1/max-depth", "--file", "-", "--json", stdin=MAX_DEPTH)
    assert passed.code == 0
    assert passed.json["verdict"] == "AC"
    assert passed.json["recorded"] is True
    assert {case["verdict"] for case in passed.json["cases"]} == {"AC"}
    plan = studybuddy("today", "--json").json
    assert (plan["checklist"][3]["state"], plan["checklist"][3]["by"]) == ("auto", "evidence")
    assert plan["streak"] == 1
    assert plan["new"] == 4


def test_the_reference_is_no_evidence(studybuddy: Command) -> None:
    assert studybuddy("run", "max-depth", "--reference", "--json").json["verdict"] == "AC"
    loop = studybuddy("run", "training-loop", "--reference", "--json").json
    assert loop["losses"][0] == [0, pytest.approx(26365524.19345431, rel=1e-6)]
    assert all(gradient["ok"] for gradient in loop["gradients"])
    items = studybuddy("today", "--json").json["checklist"]
    assert (items[3]["state"], items[1]["state"]) == ("none", "partial")


def test_run_beside_a_writer_judges_and_says_it_is_not_recorded(studybuddy: Command, home: Path) -> None:
    studybuddy("tick", "math")
    lock = WriterLock(home / "studybuddy.lock", "the studybuddy app", 0)
    done = studybuddy("run", "max-depth", "--file", "-", "--json", stdin=MAX_DEPTH)
    refused = studybuddy("tick", "code")
    lock.release()
    assert (done.code, done.json["verdict"], done.json["recorded"]) == (0, "AC", False)
    assert "the studybuddy app" in done.err
    assert refused.code == 3
    assert "the studybuddy app" in refused.err
    assert studybuddy("today", "--json").code == 0


def test_review_in_plain_lines(studybuddy: Command) -> None:
    studybuddy("tick", "math")
    left = studybuddy("today", "--json").json["new"]
    done = studybuddy("review", "--json", stdin="\n4\n\nnonsense\nu\n\n3\nq\n")
    expected = {"reviewed": 1, "again": 0, "hard": 0, "good": 1, "easy": 0, "left": left, "waiting": 0}
    assert done.json == expected
    assert "Again" in done.err


def test_review_counts_what_was_answered(studybuddy: Command) -> None:
    studybuddy("tick", "math")
    done = studybuddy("review", "--json", stdin="\n4\n\n4\n\n2\nq\n").json
    assert (done["reviewed"], done["easy"], done["hard"]) == (3, 2, 1)
    after = studybuddy("cards", "--json").json["cards"]
    assert sum(card["reps"] for card in after) == 3
    ended = studybuddy("review", "--json", stdin="").json
    assert ended["reviewed"] == 0


def test_the_lesson_is_printed_whole(studybuddy: Command) -> None:
    lesson = studybuddy("lesson", "S3W10D1", "--json", "--lang", "zh").json
    assert (lesson["code"], len(lesson["sections"])) == ("S3W10D1", 7)
    theory = studybuddy("lesson", "--section", "theory", "--json", "--lang", "zh").json["sections"]
    assert [section["kind"] for section in theory] == ["theory"]
    assert "反向传播" in theory[0]["text"]
    assert "\\frac" not in lesson["sections"][2]["text"]
    assert "25274173.275672376" in lesson["sections"][1]["text"]


def test_a_lesson_in_plain_signs_is_ascii(studybuddy: Command) -> None:
    studybuddy("settings", "set", "glyphs", "plain")
    text = studybuddy("lesson", "--section", "derivation", "--lang", "en").out
    assert "dL/dW_kj = sum_{i=1}^N X_ik(delta_Z)_ij" in text
    assert text.isascii()


def test_completing_a_lesson(studybuddy: Command) -> None:
    assert studybuddy("lesson", "--done", "--json").json["complete"] is True
    assert studybuddy("lessons", "--json").json["lessons"][0]["state"] == "complete"
    assert studybuddy("today", "--json").json["new"] == 15


def test_a_mock_interview_in_plain_lines(studybuddy: Command) -> None:
    answer = "both gradients contain a zero factor, so nothing moves"
    done = studybuddy("interview", "--json", stdin=f"{answer}\n1 2\n3\nq\n").json
    assert done == {"asked": [{"id": "s3w10d1/q1", "grade": "good"}]}
    assert studybuddy("today", "--json").json["checklist"][2]["state"] == "auto"
    capped = studybuddy("interview", "--json", stdin=f"{answer}\n1 2 w\n4\n").json
    assert capped == {"asked": [{"id": "s3w10d1/q1", "grade": "hard"}]}


def test_an_answer_in_plain_lines_is_heard(studybuddy: Command) -> None:
    right = "h 恒为零，梯度都是 0，损失不变，不是线性模型"
    assert studybuddy("interview", "--json", stdin=f"{right}\n\n3\n").json["asked"][0]["grade"] == "good"
    assert studybuddy("today", "--json").json["checklist"][2]["state"] == "auto"
    linear = "h is zero, the gradients are 0, it becomes a linear model"
    heard = studybuddy("interview", "--json", "--lang", "en", stdin=f"{linear}\n\n4\n")
    assert "found 1: “h is zero”, “gradients are 0”" in heard.err
    assert "common wrong answer, Hard at most: “linear model”" in heard.err
    assert "Follow-up" in heard.err
    assert heard.json["asked"][0]["grade"] == "hard"
    denied = studybuddy("interview", "--json", stdin=f"{linear}\n1 -w\n4\n")
    assert denied.json["asked"][0]["grade"] == "easy"


def test_an_answer_just_read_in_plain_lines_is_not_from_memory(studybuddy: Command) -> None:
    studybuddy("interview", "--json", stdin="no idea\n\nq\n")
    copied = "h 恒为零，梯度都是 0，损失不变，不是线性模型"
    assert studybuddy("interview", "--json", stdin=f"{copied}\n\n4\n").json["asked"][0]["grade"] == "easy"
    assert studybuddy("today", "--json").json["checklist"][2]["state"] == "partial"


def test_stats_count_what_was_done(studybuddy: Command) -> None:
    studybuddy("answer", "dw", "easy")
    studybuddy("answer", "dw", "again", now="2026-12-01T08:00:00+08:00")
    stats = studybuddy("stats", "--json").json
    assert stats["reviews"] == 2
    assert stats["retention"]["young"] == {"reviews": 1, "recalled": 0, "rate": 0.0}
    assert stats["calibration"]["observed"] == 0.0
    assert 0.5 < stats["calibration"]["predicted"] < 1
    assert len(stats["forecast"]) == 30


def test_rebuild_and_backup_and_restore(studybuddy: Command, home: Path) -> None:
    studybuddy("answer", "dw", "good")
    before = studybuddy("cards", "--json").out
    assert studybuddy("rebuild", "--json").json == {"events": 1}
    assert studybuddy("cards", "--json").out == before
    path = Path(studybuddy("backup", "--json").json["path"])
    assert path.parent == home / "backups"
    studybuddy("answer", "dx", "good")
    assert studybuddy("restore", str(path), "--json").json["kept"]
    assert studybuddy("cards", "--json").out == before
    assert studybuddy("restore", str(home / "nothing.db")).code == 2


def test_the_doctor_is_content(studybuddy: Command) -> None:
    report = studybuddy("doctor", "--json")
    assert report.code == 0
    assert {"data", "course", "numpy", "torch", "terminal", "sqlite"} <= {
        c["name"] for c in report.json["checks"]
    }


def test_the_doctor_counts_reviews_that_are_none(studybuddy: Command, home: Path) -> None:
    studybuddy("answer", "dw", "good")
    row = ("other", 1, AT, AT, 480, "2026-11-23", "review", "s3w10d1/card/dw", '{"rating":9,"due":"soon"}')
    with sqlite3.connect(home / "studybuddy.db") as other:
        other.execute(
            "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row, GENESIS, link(GENESIS, row))
        )
    other.close()
    before = studybuddy("cards", "--json").out
    assert studybuddy("rebuild", "--json").json == {"events": 2}
    assert studybuddy("cards", "--json").out == before
    found = {check["name"]: check for check in studybuddy("doctor", "--json").json["checks"]}
    assert found["data"]["ok"]
    assert found["log"]["detail"] == "1 review in the log cannot be used and counts for nothing"


@pytest.mark.parametrize(
    ("arguments", "offered"),
    [
        (["answer", "s3w10d1/card/dww", "good"], "s3w10d1/card/dw"),
        (["tick", "maths"], "s3w10d1/math"),
        (["run", "max-dept", "--reference"], "s3w10d1/max-depth"),
        (["lesson", "S3W10D2"], "S3W10D1"),
        (["lesson", "--section", "theorie"], "theory"),
        (["todya"], "today"),
    ],
)
def test_an_unknown_id_offers_the_nearest(studybuddy: Command, arguments: list[str], offered: str) -> None:
    done = studybuddy(*arguments)
    assert (done.code, done.out) == (2, "")
    assert offered in done.err
    assert done.err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["answer", "dw", "perfect"],
        ["answer", "dw"],
        ["today", "--nonsense"],
        ["today", "--lang", "fr"],
        ["run", "max-depth", "--file", "/nonexistent.py"],
        ["run", "max-depth", "--file", "/"],
    ],
)
def test_wrong_usage_is_one_line_and_two(studybuddy: Command, arguments: list[str]) -> None:
    done = studybuddy(*arguments)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)


def test_a_wrong_clock_is_refused(studybuddy: Command) -> None:
    for text in ("yesterday", "2026-11-22T08:00:00", "\x1b[2J"):
        done = studybuddy("today", now=text)
        assert done.code == 2
        assert "STUDYBUDDY_NOW" in done.err
        assert "\x1b" not in done.err


def test_bad_programs(studybuddy: Command, tmp_path: Path) -> None:
    binary = tmp_path / "binary.py"
    binary.write_bytes(b"\xff\xfe\x00print")
    assert studybuddy("run", "max-depth", "--file", str(binary)).code == 2
    long = tmp_path / "long.py"
    long.write_text("x = 1\n" * 100_000)
    assert studybuddy("run", "max-depth", "--file", str(long)).code == 2
    bare = studybuddy(
        "run", "max-depth", "--file", "-", "--json", stdin="def maxDepth(root):\n    return 0\n"
    )
    assert (bare.code, bare.json["verdict"]) == (1, "CE")
    assert "class Solution" in bare.json["message"] + bare.json["hint"]


def test_every_command_has_help(studybuddy: Command) -> None:
    assert studybuddy("--help").code == 0
    for name in COMMANDS:
        done = studybuddy(name, "--help")
        assert done.code == 0
        assert "--data-dir" in done.out


def test_damaged_data_is_reported_and_left(studybuddy: Command, home: Path) -> None:
    home.mkdir()
    (home / "studybuddy.db").write_bytes(b"garbage" * 1000)
    for command in (["today"], ["tick", "math"], ["answer", "dw", "good"], ["doctor"]):
        done = studybuddy(*command)
        assert done.code == 3, command
        assert "restore" in done.err + done.out
    assert (home / "studybuddy.db").read_bytes() == b"garbage" * 1000


def test_a_file_as_data_folder(studybuddy: Command, home: Path) -> None:
    home.write_text("mine")
    done = studybuddy("tick", "math")
    assert (done.code, done.err.count("\n")) == (3, 1)
    assert "--data-dir" in done.err
    assert home.read_text() == "mine"


def test_damage_that_shows_only_when_reading(studybuddy: Command, home: Path) -> None:
    studybuddy("tick", "math")
    for number in range(30):
        studybuddy("answer", list(CARDS)[number % len(CARDS)], "good")
    path = home / "studybuddy.db"
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + bytes(byte ^ 0xFF for byte in whole[8192:]))
    for command in (["doctor"], ["today"], ["tick", "code"], ["rebuild"], ["backup"]):
        done = studybuddy(*command)
        assert done.code == 3, command
        assert "internal error" not in done.err + done.out
        assert "restore" in done.err + done.out
    report = studybuddy("doctor", "--json")
    assert report.json["ok"] is False


def test_undo_keeps_the_cards_that_something_else_brought(studybuddy: Command) -> None:
    studybuddy("lesson", "--done")
    before = studybuddy("cards", "--json").out
    studybuddy("tick", "algo")
    studybuddy("undo")
    assert studybuddy("cards", "--json").out == before
    assert studybuddy("undo", "--json").json["undone"]["kind"] == "section"
    assert {card["state"] for card in studybuddy("cards", "--json").json["cards"]} == {"unseen"}


def test_a_clock_set_back_is_said(studybuddy: Command) -> None:
    studybuddy("answer", "dw", "good")
    done = studybuddy("today", "--json", now="2026-11-20T08:00:00+08:00")
    assert done.code == 0
    assert "behind" in done.err
    assert studybuddy("today", now="2026-11-22T08:01:00+08:00").err == ""


def test_a_folder_below_a_file(studybuddy: Command, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    for command in (["today"], ["tick", "math"]):
        assert studybuddy(*command, "--data-dir", str(tmp_path / "file" / "x")).code == 3


def test_an_empty_database_file_is_a_new_learner(studybuddy: Command, home: Path) -> None:
    home.mkdir()
    (home / "studybuddy.db").touch()
    assert studybuddy("today", "--json").json["due"] == 0
    assert studybuddy("tick", "math").code == 0


def test_nothing_near_is_not_invented(studybuddy: Command) -> None:
    done = studybuddy("answer", "zzzzqq", "good")
    assert done.code == 2
    assert "backprop" not in done.err


def test_a_reader_that_leaves_is_no_error(home: Path) -> None:
    command = f"{sys.executable} -m studybuddy cards --data-dir {home} | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_settings_apply_and_survive(studybuddy: Command) -> None:
    assert studybuddy("settings", "set", "new_cards", "3", "--json").json == {"settings": {"new_cards": 3}}
    studybuddy("lesson", "--done")
    assert studybuddy("today", "--json").json["new"] == 3
    assert studybuddy("settings", "get", "new_cards", "--json").json["settings"]["new_cards"] == 3
    for wrong in ("-1", "many", "1.5", "nan", "10000000000000000000000"):
        assert studybuddy("settings", "set", "new_cards", wrong).code == 2
    assert studybuddy("settings", "set", "zone", "Mars/Olympus").code == 2
    assert "new_cards" in studybuddy("settings", "set", "new_card", "3").err


def test_a_settings_file_with_garbage_keeps_the_defaults_and_says_so(studybuddy: Command, home: Path) -> None:
    home.mkdir()
    (home / "settings.toml").write_bytes(b"new_cards = 'many'\nminutes = 30\nnonsense = 1\n")
    done = studybuddy("settings", "--json")
    assert (done.json["settings"]["new_cards"], done.json["settings"]["minutes"]) == (15, 30)
    assert done.err.count("\n") == 2
    (home / "settings.toml").write_bytes(b"\xff\x00 = [[[")
    done = studybuddy("settings", "--json")
    assert done.json["settings"]["minutes"] == 60
    assert done.err.count("\n") == 1


def test_cards_of_ones_own(studybuddy: Command, tmp_path: Path) -> None:
    card = studybuddy("add", "--front", "=cmd() $x^2$", "--back", "[/b]", "--tags", "a, #b", "--json").json[
        "card"
    ]
    assert card.startswith("own/")
    assert studybuddy("answer", card, "easy", "--json").json["interval_days"] > 1
    listed = [c for c in studybuddy("cards", "--json").json["cards"] if c["id"] == card]
    assert [c["state"] for c in listed] == ["review"]
    out = tmp_path / "cards.csv"
    exported = studybuddy("export", "cards", "--output", str(out), "--json").json
    assert exported == {"path": str(out), "rows": len(studybuddy("cards", "--json").json["cards"])}
    assert "'=cmd() $x^2$" in out.read_text()
    lines = studybuddy("export", "log", "--output", "-").out.splitlines()
    assert [json.loads(line)["kind"] for line in lines] == ["card_new", "review"]
    assert studybuddy("add", "--front", " ", "--back", "x").code == 2
    assert studybuddy("add", "--front", "x" * 20_000, "--back", "x").code == 2
    assert studybuddy("add", "--json", stdin="front\nback\n").json["card"] != card


def test_completion_scripts(studybuddy: Command) -> None:
    for shell in ("bash", "zsh", "fish"):
        assert "_STUDYBUDDY_COMPLETE" in studybuddy("completion", shell).out
