"""What `cards`, `add`, `answer` and plain `review` say beside the plain case."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from studybuddy.course.finder import content_root
from tests.cli.conftest import Command

DW = "s3w10d1/card/dw"


def test_what_was_set_on_a_card_is_listed(studybuddy: Command) -> None:
    studybuddy("answer", "dw", "easy")
    (plain,) = studybuddy("cards", f"id:{DW}", "--json").json["cards"]
    assert (plain["suspended"], plain["flagged"], "buried" in plain) == (False, False, False)
    line = studybuddy("cards", f"id:{DW}").out
    assert "suspended" not in line
    assert "flagged" not in line
    studybuddy("cards", f"id:{DW}", "--suspend", "--flag")
    (card,) = studybuddy("cards", f"id:{DW}", "--json").json["cards"]
    assert (card["suspended"], card["flagged"]) == (True, True)
    assert " · suspended · flagged]" in studybuddy("cards", f"id:{DW}").out


def test_an_answer_to_a_card_that_is_not_asked_says_so(studybuddy: Command) -> None:
    studybuddy("answer", "dw", "easy")
    assert studybuddy("answer", "dw", "good").err == ""
    studybuddy("cards", f"id:{DW}", "--bury")
    buried = studybuddy("answer", "dw", "good")
    assert (buried.code, buried.err.count("\n")) == (0, 1)
    assert "put aside for today: the answer counts" in buried.err
    studybuddy("cards", f"id:{DW}", "--suspend")
    suspended = studybuddy("answer", "dw", "good", "--json")
    assert f"`studybuddy cards id:{DW} --unsuspend` asks it again" in suspended.err
    assert suspended.json["suspended"] is True


def test_a_text_with_gaps_is_looked_at_before_its_answer_is_asked(studybuddy: Command) -> None:
    done = studybuddy("add", "--kind", "cloze", "--front", "no gap", stdin="an answer\n")
    assert (done.code, done.out) == (2, "")
    assert done.err == "studybuddy: a text with gaps needs one: {{…}}\n", "nothing was asked"
    asked = studybuddy("add", "--kind", "cloze", stdin="no gap\nan answer\n")
    assert asked.code == 2
    assert "Answer" not in asked.err
    assert studybuddy("add", "--kind", "cloze", "--front", "a {{gap}}").code == 0


def lesson_with(tmp_path: Path, old: str, new: str) -> Path:
    folder = tmp_path / "content"
    shutil.copytree(content_root(), folder)
    cards = folder / "s3w10d1" / "cards.toml"
    text = cards.read_text("utf-8")
    assert old in text
    cards.write_text(text.replace(old, new, 1), "utf-8")
    return folder


def test_a_lesson_with_an_error_is_named_and_the_rest_is_listed(
    studybuddy: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert studybuddy("cards").err == ""
    studybuddy("add", "--front", "zebra", "--back", "x")
    folder = lesson_with(tmp_path, 'id = "backprop"\nkind = "cloze"', 'id = "backprop"\nkind = "nonsense"')
    monkeypatch.setattr("studybuddy.study.wiring.content_root", lambda: folder)
    done = studybuddy("cards")
    assert done.code == 0
    assert done.err.count("\n") == 1
    assert "cards.toml:5: " in done.err
    assert done.err.strip() in studybuddy("today").err
    assert "zebra" in done.out
    as_json = studybuddy("cards", "--json")
    assert as_json.err == done.err
    assert any(card["question"] == "zebra" for card in as_json.json["cards"])


# ---- plain review


@pytest.fixture
def typed(studybuddy: Command) -> Command:
    for word in ("one", "two"):
        added = studybuddy("add", "--kind", "type-in", "--front", word, "--back", "u")
        assert added.code == 0
    return studybuddy


def test_u_is_undo_on_a_typed_card_too(typed: Command) -> None:
    done = typed("review", stdin="x\n3\nu\nu\nq\n")
    assert done.out.count("undone: review of") == 1
    assert "undone: new card" in done.out, "the next thing back is what was done before"
    assert "0 reviewed" in done.out
    assert "u takes the last answer back" in done.out


def test_the_letter_u_can_be_an_answer(typed: Command) -> None:
    done = typed("review", stdin="\\u\n3\n\\U\n3\nq\n")
    assert "2 reviewed" in done.out
    assert done.out.count("✓ right") == 2
    assert "undone" not in done.out
    quits = typed("undo").code, typed("review", stdin="\\q\n1\nq\n").out
    assert quits[0] == 0
    assert "1 reviewed" in quits[1], "q as an answer does not end the review"


def test_nothing_to_undo_shows_the_card_again(studybuddy: Command) -> None:
    studybuddy("tick", "math")
    studybuddy("undo")
    studybuddy("cards", f"id:{DW}")
    done = studybuddy("review", stdin="u\nU\n")
    assert done.code == 0
    assert "0 reviewed" in done.out
