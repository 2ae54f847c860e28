"""Limits of the day and coming back on the command line."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from studybuddy.core.card import Rating
from studybuddy.core.clock import FixedClock
from studybuddy.core.event import EventKind
from studybuddy.study.launch import Launch
from studybuddy.study.wiring import Study
from tests.cli.conftest import Command

NOW = datetime.fromisoformat("2026-11-22T08:00:00+08:00")


@pytest.fixture
def back(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixty cards learnt three weeks ago, and five minutes a day."""
    monkeypatch.setenv("STUDYBUDDY_NOW", NOW.isoformat())
    study = Study(Launch(str(home), "en"), writer="a test")
    study.desk.clock = FixedClock(NOW - timedelta(days=21))
    names = [f"own/card/{number:02}" for number in range(60)]
    for name in names:
        body: dict[str, object] = {"front": name, "back": "yes", "tags": [], "source": "", "cards": [name]}
        study.desk.record(EventKind.CARD_NEW, name, body)
        study.review.answer(name, Rating.EASY, 20_000)
    study.desk.prefer("minutes", 5)
    study.close()


@pytest.mark.usefixtures("back")
def test_today_says_what_waits_and_when_one_is_through(studybuddy: Command) -> None:
    plan = studybuddy("today", "--json", "--lang", "en").json
    assert (plan["due"], plan["waiting"], plan["review_minutes"]) == (15, 45, 5)
    comeback = plan["comeback"]
    assert comeback.keys() == {
        *("missed", "waiting", "at_once", "minutes", "cards", "days", "through", "forgotten"),
    }
    assert (comeback["missed"], comeback["waiting"], comeback["at_once"]) == (20, 60, 20)
    assert comeback["through"] == (NOW.date() + timedelta(days=comeback["days"] - 1)).isoformat()
    said = studybuddy("today", "--lang", "en").out
    assert "15 of 60 due" in said
    assert "Welcome back. 60 cards wait." in said


@pytest.mark.usefixtures("back")
def test_review_goes_on_beyond_the_limits(studybuddy: Command) -> None:
    studybuddy("settings", "set", "reviews", "1")
    done = studybuddy("review", "--lang", "en", stdin="\n4\n")
    assert "1 reviewed, 0 left." in done.out
    assert "59 more are due, beyond what a day holds; --more goes on." in done.out
    more = studybuddy("review", "--more", "--json", "--lang", "en", stdin="\n4\nq\n")
    assert more.json["reviewed"] == 1
    assert (more.json["left"], more.json["waiting"]) == (19, 39)
    assert "20 cards or 10 minutes more today" in more.err
    assert json.loads(studybuddy("undo", "--json").out)["undone"]["kind"] == "review"
    assert studybuddy("undo", "--json").json["undone"]["kind"] == "allowance"
    assert studybuddy("today", "--json").json["due"] == 0


def test_with_nothing_due_there_is_no_more(studybuddy: Command) -> None:
    done = studybuddy("review", "--more", "--lang", "en", stdin="")
    assert (done.code, "nothing waits" in done.out) == (0, True)
    assert studybuddy("today", "--json").json["comeback"] is None
