"""What a script, a clock or another program can do wrong to the memory: one line, an exit code, no loss."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from studybuddy.core.event import EventKind
from studybuddy.store.chain import COLUMNS, GENESIS, link
from tests.cli.conftest import DAY_ONE, Command

DW = "s3w10d1/card/dw"


def answers(home: Path) -> int:
    """How many reviews are in the log."""
    with closing(sqlite3.connect(home / "studybuddy.db")) as db:
        (count,) = db.execute("SELECT count(*) FROM event WHERE kind = 'review'").fetchone()
    return int(count)


def test_a_rating_for_a_card_that_there_never_was(studybuddy: Command, home: Path) -> None:
    studybuddy("answer", "dw", "good")
    for wrong in (
        "s3w10d1/card/dq",
        "own/card/2026-11-22-9",
        "\x1b[2J",
        "x" * 100_000,
        "",
        "名'; DROP TABLE",
    ):
        done = studybuddy("answer", wrong, "good")
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith("studybuddy: no card")
        assert done.err.count("\n") == 1
        assert "\x1b" not in done.err
    assert "s3w10d1/card/dw" in studybuddy("answer", "s3w10d1/card/dq", "good").err
    assert answers(home) == 1


@pytest.mark.parametrize("rating", ["5", "0", "goood", "", "NaN", "\x1b[2J"])
def test_a_rating_that_is_none(studybuddy: Command, rating: str) -> None:
    done = studybuddy("answer", "dw", rating)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert "again, hard, good or easy" in done.err


def test_a_suspended_card_takes_an_answer_and_stays_suspended(studybuddy: Command) -> None:
    studybuddy("answer", "dw", "easy")
    studybuddy("cards", f"id:{DW}", "--suspend")
    done = studybuddy("answer", "dw", "good", "--json", now="2026-12-05T08:00:00+08:00")
    assert done.code == 0
    assert done.json["suspended"] is True
    assert "is suspended: the answer counts" in done.err
    (card,) = studybuddy("cards", "is:suspended", "--json").json["cards"]
    assert (card["id"], card["reps"]) == (DW, 2)
    assert studybuddy("today", "--json", now="2028-01-01T08:00:00+08:00").json["due"] == 0


def test_an_archived_card_takes_no_answer_and_keeps_its_history(studybuddy: Command, home: Path) -> None:
    made = studybuddy("add", "--front", "{{one}} and {{two}}", "--json").json["card"]
    second = made.replace("~1", "~2")
    studybuddy("answer", second, "easy")
    studybuddy("answer", "dw", "good")
    with closing(sqlite3.connect(home / "studybuddy.db")) as db, db:
        dev, seq, at, prev = db.execute(
            "SELECT dev, seq, at_ms, h FROM event ORDER BY seq DESC LIMIT 1"
        ).fetchone()
        body = json.dumps({"front": "{{one}}", "back": "", "kind": "cloze", "gaps": [1], "gone": [second]})
        note = made.partition("~")[0]
        row = (dev, seq + 1, at + 1, at + 1, 480, "2026-11-22", "card_edit", note, body)
        db.execute(
            f"INSERT INTO event ({COLUMNS}, prev, h) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, prev, link(prev, row)),
        )
    assert studybuddy("rebuild").code == 0
    done = studybuddy("answer", second, "good")
    assert (done.code, done.out) == (2, "")
    assert done.err == f"studybuddy: {second} is archived: its text is gone, its history is kept\n"
    assert answers(home) == 2
    studybuddy("undo")
    assert studybuddy("answer", second, "good").code == 0, "with the edit taken back it is there again"


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-11-22T06:00:00+08:00", "the clock is 2.0 h behind"),
        ("2015-12-10T08:00:00+08:00", "the clock is 4000 days behind"),
        ("2126-11-22T08:00:00+08:00", ""),
        ("2026-11-22T08:00:00-12:00", ""),
    ],
)
def test_clocks_and_zones_that_jump(studybuddy: Command, now: str, said: str) -> None:
    first = studybuddy("answer", "dw", "easy", "--json").json
    done = studybuddy("answer", "dx", "good", "--json", now=now)
    assert done.code == 0
    assert done.err.startswith(said)
    assert done.err.count("\n") == bool(said)
    assert done.json["due"][:10] in (now[:10], "2026-11-22"), "ten minutes from the clock as it stands"
    assert studybuddy("rebuild").code == 0
    cards = {card["id"]: card for card in studybuddy("cards", "--json", now=DAY_ONE).json["cards"]}
    assert cards[DW]["due"] == first["due"]
    due = datetime.fromisoformat(cards["s3w10d1/card/dx"]["due"])
    assert due == datetime.fromisoformat(done.json["due"])
    assert studybuddy("doctor", "--json").json["ok"] is not None


@pytest.mark.parametrize(
    "now", ["0001-01-01T00:00:00+14:00", "1970-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00"]
)
@pytest.mark.parametrize("command", [("today",), ("answer", "dw", "good"), ("stats", "--json")])
def test_an_instant_that_nothing_can_be_reckoned_with(
    studybuddy: Command, home: Path, command: tuple[str, ...], now: str
) -> None:
    done = studybuddy(*command, now=now)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert "between 1971 and 9000" in done.err
    assert not (home / "studybuddy.db").exists()


def test_the_ends_of_time_that_can_be_set_are_lived_through(studybuddy: Command) -> None:
    for now in ("1971-01-01T00:00:00+14:00", "9000-12-31T23:59:59-12:00"):
        for command in (("answer", "dw", "easy"), ("review",), ("reschedule",), ("stats",), ("undo",)):
            done = studybuddy(*command, now=now)
            assert done.code == 0, (now, command, done.err)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("desired_retention", "nan"),
        ("desired_retention", "0.999"),
        ("desired_retention", "0"),
        ("learning_steps", "1m 99999d"),
        ("learning_steps", "soon"),
        ("maximum_interval", "0"),
        ("maximum_interval", "1e400"),
        ("easy_days", "someday=none"),
        ("leech_lapses", "100"),
        ("new_cards", "²"),
    ],
)
def test_parameters_out_of_range(studybuddy: Command, key: str, value: str) -> None:
    before = studybuddy("settings", "--json").json
    done = studybuddy("settings", "set", key, value)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert key in done.err
    preset = studybuddy("settings", "preset", "P", "--lesson", "s3w10d1", "--set", f"{key}={value}")
    assert (preset.code, preset.out, preset.err.count("\n")) == (2, "", 1)
    assert key in preset.err
    assert studybuddy("settings", "preset").out == "There is no preset.\n"
    assert studybuddy("settings", "--json").json == before


def test_a_log_of_garbage_is_lived_with_and_counted(studybuddy: Command, home: Path) -> None:
    """A review twice, ratings that are none, NaN, a fit out of bounds, days that are none."""
    studybuddy("answer", "dw", "easy")
    good = {"v": 1, "rating": 3, "elapsed_ms": 4000, "due": "2026-12-20", "interval_days": 20}
    bodies = [
        json.dumps(good),
        json.dumps(good),
        json.dumps(good | {"rating": 9}),
        json.dumps(good | {"rating": "3"}),
        json.dumps(good).replace("4000", "NaN"),
        json.dumps(good | {"due": "soon"}),
        "{",
    ]
    rows = [("review", DW, body) for body in bodies]
    question = "s3w10d1/interview/q1"
    rows += [("interview", question, json.dumps(good | {"rating": rating})) for rating in (9, "x", None)]
    rows += [(kind.value, DW, body) for kind in EventKind for body in ("{", "[]", '{"rating":1,"state":NaN}')]
    rows.append(("fit", "memory", json.dumps({"name": "f", "parameters": [1e9] * 21})))
    rows.append(("setting", "desired_retention", json.dumps({"value": 7})))
    rows.append(("setting", "preset/x", json.dumps({"value": {"lessons": [5], "set": {"reviews": "all"}}})))
    with closing(sqlite3.connect(home / "studybuddy.db")) as db, db:
        (at,) = db.execute("SELECT max(at_ms) FROM event").fetchone()
        prev = GENESIS
        for seq, (kind, subject, body) in enumerate(rows, 1):
            row = ("other", seq, at + seq, at + seq, 0, "2026-11-22", kind, subject, body)
            h = link(prev, row)
            db.execute(
                f"INSERT INTO event ({COLUMNS}, prev, h) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*row, prev, h),
            )
            prev = h
    assert studybuddy("rebuild").code == 0
    (card,) = studybuddy("cards", f"id:{DW}", "--json").json["cards"]
    assert (card["reps"], card["due"]) == (3, "2026-12-20")
    assert "14 reviews in the log cannot be used" in studybuddy("doctor").out
    commands = "today, lessons, review, interview, cards is:due, stats --json, fit, reschedule, settings"
    for command in (*commands.split(", "), "export --output -", "tick math", "undo"):
        done = studybuddy(*command.split(), now="2026-12-20T08:00:00+08:00")
        assert (done.code, command) == (0, command), done.err
    later = studybuddy("answer", "dw", "good", "--json", now="2026-12-21T08:00:00+08:00")
    assert (later.code, later.json["card"]) == (0, DW)
    assert studybuddy("rebuild").code == 0
