from __future__ import annotations

import pytest

from tests.cli.conftest import Command


def test_why_a_card_is_asked_in_words_and_as_a_picture(studybuddy: Command) -> None:
    studybuddy("answer", "dw", "easy")
    done = studybuddy("cards", "dw", "--why", "--lang", "en", now="2026-12-20T08:00:00+08:00")
    assert done.code == 0
    assert "due since " in done.out
    assert "100% " in done.out
    assert "today" in done.out
    assert any(0x2800 < ord(char) < 0x2900 for char in done.out)
    assert max(map(len, done.out.splitlines())) <= 110
    studybuddy("settings", "set", "glyphs", "plain")
    picture = studybuddy("cards", "--why", "dw", "--lang", "en").out.partition("100% ")[2]
    assert picture.isascii()


def test_why_as_json(studybuddy: Command) -> None:
    studybuddy("answer", "dw", "easy")
    found = studybuddy("cards", "--why", "--json", "card/dw", now="2026-12-20T08:00:00+08:00").json
    assert (found["card"], found["cause"], found["reps"]) == ("s3w10d1/card/dw", "due", 1)
    assert 0.5 < found["recall"] < found["desired_retention"] == 0.9
    assert found["last"]["rating"] == "easy"
    assert list(found["outcomes"]) == ["again", "hard", "good", "easy"]
    (stretch,) = found["curve"]["stretches"]
    assert stretch["start"] == "2026-11-22"
    assert stretch["stability"] == pytest.approx(found["stability"])
    assert found["curve"]["marks"] == [{"day": "2026-11-22", "recalled": True}]
    new = studybuddy("cards", "--why", "--json", "card/dx").json
    assert (new["cause"], new["recall"], new["last"]) == ("unseen", None, None)
    assert new["curve"]["planned"] is True


@pytest.mark.parametrize("wanted", ["nothing-like-it", "", "is:due", "\x1b[2J", "x" * 5000], ids=range(5))
def test_what_is_no_card_is_one_line_and_two(studybuddy: Command, wanted: str) -> None:
    done = studybuddy("cards", "--why", wanted)
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1
    assert "\x1b" not in done.err
