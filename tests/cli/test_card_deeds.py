from __future__ import annotations

from pathlib import Path

import pytest

from studybuddy.study.launch import Launch
from studybuddy.study.wiring import Study
from tests.cli.conftest import Command

DW = "s3w10d1/card/dw"


def due(studybuddy: Command, query: str) -> list[str | None]:
    return [card["due"] for card in studybuddy("cards", query, "--json").json["cards"]]


@pytest.fixture
def three(studybuddy: Command) -> Command:
    for word in ("one", "two", "three"):
        assert studybuddy("add", "--front", f"zebra {word}", "--back", "x").code == 0
    assert studybuddy("answer", "own/card/2026-11-22-1", "easy").code == 0
    return studybuddy


def test_cards_are_tagged_and_untagged(three: Command) -> None:
    done = three("cards", "zebra", "--tag", "exam hard", "--json")
    assert done.code == 0
    assert done.json == {
        "changed": 3,
        "skipped": 0,
        "actions": [{"action": "tag", "changed": 3, "skipped": {}}],
    }
    assert [card["tags"] for card in three("cards", "tag:exam", "--json").json["cards"]] == [
        ["exam", "hard"]
    ] * 3
    assert three("cards", "zebra two", "--untag", "exam", "--tag", "soon", "--json").json["changed"] == 1
    assert len(three("cards", "tag:exam", "--json").json["cards"]) == 2
    again = three("cards", "zebra", "--tag", "exam", "--json").json
    assert (again["changed"], again["skipped"]) == (1, 2)
    assert again["actions"][0]["skipped"] == {"same": 2}
    assert "undone: tags of " in three("undo").out


def test_a_due_day_is_set_and_what_cannot_be_is_said(three: Command) -> None:
    done = three("cards", "zebra", "--due", "3-7", "--json").json
    assert (done["changed"], done["skipped"]) == (1, 2)
    assert done["actions"] == [{"action": "due", "changed": 1, "skipped": {"new": 2}}]
    assert "2026-11-25" <= str(due(three, "zebra one")[0]) <= "2026-11-29"
    said = three("cards", "zebra", "--due", "2026-12-24").out
    assert "1 card due on 2026-12-24 · 2 never answered yet" in said
    assert due(three, "zebra one") == ["2026-12-24"]
    assert three("cards", "zebra", "--forget").out.startswith("1 card new again")
    assert due(three, "zebra one") == [None]
    for _ in range(2):
        assert three("undo").code == 0
    assert "2026-11-25" <= str(due(three, "zebra one")[0]) <= "2026-11-29"


def test_states_are_set_and_lifted(three: Command) -> None:
    for on, off, found in (
        ("--suspend", "--unsuspend", "is:suspended"),
        ("--bury", "--unbury", "is:buried"),
        ("--flag", "--unflag", "is:flagged"),
    ):
        assert three("cards", "zebra", on, "--json").json["changed"] == 3
        assert len(three("cards", found, "--json").json["cards"]) == 3
        assert three("cards", "zebra", on, "--json").json["changed"] == 0
        assert three("cards", "zebra", off, "--json").json["changed"] == 3
        assert three("cards", found, "--json").json["cards"] == []
    every = len(three("cards", "--json").json["cards"])
    assert three("cards", "*", "--suspend", "--json").json["changed"] == every


@pytest.mark.parametrize(
    "arguments",
    [
        ("--forget",),
        ("  ", "--suspend"),
        ("zebra", "--due", "yesterday"),
        ("zebra", "--due", "-3"),
        ("zebra", "--tag", ""),
        ("zebra", "--tag", "#"),
        ("zebra", "--due", "3", "--forget"),
        ("zebra", "--suspend", "--unsuspend"),
        ("is:nothing", "--tag", "x"),
        ("(", "--flag"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(three: Command, arguments: tuple[str, ...]) -> None:
    before = three("cards", "--json").out
    done = three("cards", *arguments, "--json")
    assert (done.code, done.out) == (2, "")
    assert three("cards", "--json").out == before


def test_changing_needs_the_lock_and_reading_does_not(three: Command, home: Path) -> None:
    opened = Study(Launch(str(home), "en"), writer="the app")
    assert three("cards", "zebra").code == 0
    assert three("cards", "zebra", "--tag", "x").code == 3
    opened.close()
    assert three("cards", "zebra", "--tag", "x", "--lang", "zh").code == 0
