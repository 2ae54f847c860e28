from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.cli.conftest import DAY_ONE, Command


def forgotten(studybuddy: Command, times: int) -> str:
    """Forgets a card so often, each time 40 days after the last; returns the last morning."""
    now = datetime.fromisoformat(DAY_ONE)
    studybuddy("answer", "dw", "easy", now=now.isoformat())
    for _ in range(times):
        now += timedelta(days=40)
        studybuddy("answer", "dw", "again", now=now.isoformat())
        studybuddy("answer", "dw", "easy", now=now.isoformat())
    return now.isoformat()


def test_leeches_are_marked_found_and_counted(studybuddy: Command) -> None:
    studybuddy("settings", "set", "leech_lapses", "3")
    forgotten(studybuddy, 2)
    assert studybuddy("cards", "--json", "is:leech").json == {"cards": []}
    assert studybuddy("stats", "--json").json["leeches"] == 0
    forgotten(studybuddy, 3)
    (card,) = studybuddy("cards", "--json", "is:leech").json["cards"]
    assert (card["id"], card["leech"]) == ("s3w10d1/card/dw", True)
    every = studybuddy("cards", "--json").json["cards"]
    assert sum(row["leech"] for row in every) == 1
    assert studybuddy("stats", "--json").json["leeches"] == 1
    assert "cards is:leech" in studybuddy("stats", "--lang", "en").out
    assert studybuddy("cards", "--why", "--json", "dw").json["leech"] is True
    assert "a leech" in studybuddy("cards", "--why", "dw", "--lang", "en").out


@pytest.mark.parametrize(("lapses", "said"), [(7, True), (6, False)])
def test_the_plain_review_says_it_once(studybuddy: Command, lapses: int, said: bool) -> None:
    last = datetime.fromisoformat(forgotten(studybuddy, lapses))
    now = (last + timedelta(days=40)).isoformat()
    done = studybuddy("review", "--lang", "en", stdin="\n1\nq\n", now=now)
    assert ("forgotten 8 times by now" in done.out) is said
