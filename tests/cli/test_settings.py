from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command

EXAM = ("settings", "preset", "exam")


def test_settings_of_memory_are_typed_and_shown_in_one_form(studybuddy: Command) -> None:
    done = studybuddy("settings", "set", "learning_steps", "60s, 10分钟 1h", "--json")
    assert done.json == {"settings": {"learning_steps": "1m 10m 1h"}}
    assert studybuddy("settings", "set", "relearning_steps", "").out.startswith("relearning_steps =  ")
    done = studybuddy("settings", "set", "easy_days", "Sunday=min sat=reduced")
    assert done.out.startswith("easy_days = sat=reduced sun=minimum ")
    assert studybuddy("settings", "set", "desired_retention", "92%", "--json").json == {
        "settings": {"desired_retention": 0.92}
    }
    assert studybuddy("settings", "--json").json["settings"]["easy_days"] == "sat=reduced sun=minimum"


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("learning_steps", "1m 10x", "10x is no step"),
        ("learning_steps", "40d", "from 1 second to 30 days"),
        ("easy_days", "caturday=reduced", "caturday=reduced cannot be read"),
        ("learn_ahead", "1441", "from 0 to 1440"),
        ("maximum_interval", "0", "from 1 to 36500"),
        ("reviews", "10000", "from 0 to 9999"),
        ("balance", "maybe", "must be yes or no"),
        ("desired_retention", "0.98", "from 0.7 to 0.97"),
    ],
)
def test_what_cannot_be_taken_is_told_in_one_line(
    studybuddy: Command, key: str, value: str, said: str
) -> None:
    done = studybuddy("settings", "set", key, value)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert done.err.count("\n") == 1


def test_a_preset_is_made_changed_shown_and_deleted(studybuddy: Command) -> None:
    assert studybuddy("settings", "preset").out == "There is no preset.\n"
    done = studybuddy(
        *EXAM, "--lesson", "S3W10D1", "--tag", "hard", "--set", "desired_retention=95%", "--json"
    )
    exam = {"name": "exam", "lessons": ["S3W10D1"], "tags": ["hard"], "set": {"desired_retention": 0.95}}
    assert done.json == {"presets": [exam]}
    done = studybuddy(*EXAM, "--set", "learning_steps=1m 1h", "--set", "desired_retention=default")
    assert done.out == "exam: for S3W10D1 #hard; learning_steps=1m 1h\n"
    studybuddy("settings", "preset", "bare")
    assert studybuddy("settings", "preset", "bare", "--set", "learning_steps=").code == 0
    assert studybuddy("settings", "preset", "--json").json["presets"] == [
        {"name": "bare", "lessons": [], "tags": [], "set": {"learning_steps": ""}},
        exam | {"set": {"learning_steps": "1m 1h"}},
    ]
    assert studybuddy(*EXAM, "--delete", "--json").json["presets"][0]["name"] == "bare"
    assert studybuddy("undo").out == "undone: change of the preset exam\n"
    assert studybuddy(*EXAM).out == "exam: for S3W10D1 #hard; learning_steps=1m 1h\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("settings", "preset", "exma"), "no preset exma"),
        ((*EXAM, "--delete"), "no preset exam"),
        ((*EXAM, "--lesson", "S9W9D9"), "no lesson S9W9D9"),
        ((*EXAM, "--set", "desired_retention"), "write KEY=VALUE"),
        ((*EXAM, "--set", "theme=dark"), "a preset does not change theme"),
        ((*EXAM, "--set", "reviews=many"), "from 0 to 9999"),
        ((*EXAM, "--tag", "x" * 100_000), "a word of at most 60 characters"),
        ((*EXAM, "--delete", "--tag", "x"), "either changed or deleted"),
        (("settings", "preset", "--tag", "x"), "say which preset"),
        (("settings", "preset", "x" * 41, "--tag", "x"), "1 to 40 characters"),
        (("settings", "preset", "my", "exam"), "quotes"),
        (("settings", "set", "minutes", "30", "--tag", "x"), "belong to: settings preset NAME"),
    ],
)
def test_what_is_no_preset_is_told_and_nothing_is_made(
    studybuddy: Command, arguments: tuple[str, ...], said: str
) -> None:
    done = studybuddy(*arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert studybuddy("settings", "preset", "--json").json == {"presets": []}


def test_today_says_in_one_line_what_in_the_settings_cannot_be_used(studybuddy: Command, home: Path) -> None:
    home.mkdir()
    (home / "settings.toml").write_bytes(b"minutes == 3\n")
    done = studybuddy("today", "--json")
    assert done.json["minutes_a_day"] == 60
    assert done.err == "settings.toml cannot be used: line 1, column 10 is no TOML\n"
    (home / "settings.toml").write_text("minutes = 'x'\nnonsense = 1\n")
    done = studybuddy("today")
    assert done.err.startswith("2 things in the settings cannot be used, `studybuddy settings` shows them: ")
    assert done.err.count("\n") == 1
