from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studybuddy.core.errors import UnknownIdError, UsageError
from studybuddy.core.event import EventKind
from studybuddy.core.week import DayLoad
from studybuddy.i18n import say
from studybuddy.study.preferences import FILE_NAME, MOST_NOTES, Preferences
from studybuddy.study.settings import BY_KEY, SETTINGS, setting
from studybuddy.study.wiring import Study
from tests.study.conftest import DAY_ONE, set_clock

DEFAULTS = {entry.key: entry.default for entry in SETTINGS}
HOSTILE: list[Any] = [
    *(None, True, [], {}, -1, 10**300, float("nan"), float("inf"), "", "\x1b[2J", "\ud800", "x" * 1_000_000),
    *([["1m"]], {"sat": "reduced"}, "12x", [60] * 100, "mon tue", 0.5, "１２", "1e3"),
]


def of_file(folder: Path, text: str | bytes) -> Preferences:
    (folder / FILE_NAME).write_bytes(text if isinstance(text, bytes) else text.encode())
    return Preferences({}, folder)


def test_every_default_is_a_value_of_its_setting() -> None:
    for entry in SETTINGS:
        assert entry.read(entry.default) == entry.default
        assert entry.read(entry.plain(entry.default)) == entry.default


def test_settings_of_memory_are_read_from_the_file(tmp_path: Path) -> None:
    found = of_file(
        tmp_path,
        'learning_steps = ["1m", "10m", "1h"]\nrelearning_steps = ""\nlearn_ahead = 0\n'
        'maximum_interval = 365\nreviews = 0\nleech_lapses = 0\nbalance = false\nbury_siblings = "no"\n'
        'easy_days = "sat=reduced sun=minimum"\ndesired_retention = "92%"\n',
    )
    assert found.notes == []
    assert found["learning_steps"] == (60, 600, 3600)
    assert found["relearning_steps"] == ()
    assert (found["reviews"], found["leech_lapses"], found["maximum_interval"]) == (0, 0, 365)
    assert (found["balance"], found["bury_siblings"], found["desired_retention"]) == (False, False, 0.92)
    assert found["easy_days"][5:] == (DayLoad.REDUCED, DayLoad.MINIMUM)
    assert found.plain()["easy_days"] == "sat=reduced sun=minimum"
    assert found.plain()["learning_steps"] == "1m 10m 1h"


def test_a_file_whose_every_value_is_of_another_kind_keeps_the_defaults_and_says_each(tmp_path: Path) -> None:
    wrong = {"text": "7", "zone": "7", "steps": "2026-11-22", "week": "0.5", "yesno": "7", "choice": "[1]"}
    lines = [f"{entry.key} = {wrong.get(entry.kind, 'true')}\n" for entry in SETTINGS[:MOST_NOTES]]
    found = of_file(tmp_path, "".join(lines))
    assert found.all() == DEFAULTS
    said = [say(note) for note in found.notes]
    assert len(said) == len(lines)
    for entry, sentence in zip(SETTINGS, said, strict=False):
        assert sentence.startswith(f"settings.toml: {entry.key}")
        assert sentence.endswith("; the default is kept")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff\x00 = [[[", "it is not UTF-8 text"),
        (b"minutes = \nreviews = 1\n", "line 1, column 11 is no TOML"),
        (b"minutes = ", "it ends too early or is nested too deeply"),
        (b"minutes = 30\nminutes = 40", "something in it is set twice"),
        (b"a = " + b"[" * 100_000, "it ends too early or is nested too deeply"),
        (b"# " + b"x" * (1 << 20), "it is larger than 1 MB"),
        (b"minutes = " + b"9" * 5000, "it ends too early or is nested too deeply"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_in_one_sentence(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    found = of_file(tmp_path, content)
    assert found.all() == DEFAULTS
    (note,) = found.notes
    assert say(note).startswith("settings.toml cannot be used: ")
    assert reason in say(note)


def test_of_many_things_that_cannot_be_used_the_first_few_are_said(tmp_path: Path) -> None:
    found = of_file(tmp_path, "".join(f"nonsense_{n} = 1\n" for n in range(30_000)))
    assert len(found.notes) == MOST_NOTES
    assert say(found.notes[0]) == "settings.toml: there is no setting nonsense_0"


def test_garbage_in_the_log_keeps_the_defaults_and_the_study_goes_on(study: Study) -> None:
    kept = study.desk.preferences["zone"]
    for entry in SETTINGS:
        for value in HOSTILE:
            study.desk.record(EventKind.SETTING, entry.key, {"value": value})
            study.desk.forget_settings()
            found = study.desk.preferences
            assert entry.read(found[entry.key]) == found[entry.key]
            assert all(len(say(note)) < 400 for note in found.notes)
    study.desk.record(EventKind.SETTING, "minutes", {})
    study.desk.record(EventKind.SETTING, "nonsense", {"value": 1})
    assert study.desk.store.rebuild() > len(SETTINGS) * len(HOSTILE)
    study.desk.prefer("zone", kept)
    assert study.day.plan().minutes > 0


def test_a_row_that_is_no_json_is_as_if_it_were_not_set(tmp_path: Path) -> None:
    for text in ("", "{", "[" * 100_000, "9" * 10_000, "\x00"):
        found = Preferences({"minutes": text, "preset/x": text}, tmp_path)
        assert found["minutes"] == 60
        assert len(found.notes) == 1


def test_what_is_set_in_the_app_comes_before_the_file(study: Study, tmp_path: Path) -> None:
    (study.desk.places.data / FILE_NAME).write_text('easy_days = "sun=minimum"\nlearning_steps = "5m"\n')
    study.desk.forget_settings()
    study.desk.prefer("easy_days", "sat=reduced")
    assert study.desk.preferences.plain()["easy_days"] == "sat=reduced"
    assert study.desk.preferences["learning_steps"] == (300,)
    stored = study.desk.store.log.latest(EventKind.SETTING, "easy_days")
    assert stored is not None
    assert stored.body["value"] == "sat=reduced"


def test_today_speaks_of_planned_minutes_only_where_they_were_chosen(study: Study) -> None:
    plan = study.day.plan()
    assert (plan.minutes_a_day, plan.minutes_chosen) == (60, False)
    assert say(plan.time) == f"~{plan.minutes} min"
    study.desk.prefer("minutes", 60)
    assert say(study.day.plan().time) == f"~{plan.minutes} min, you planned 60"
    set_clock(study, DAY_ONE + timedelta(days=1))
    assert study.day.plan().minutes_chosen


def test_an_unknown_setting_is_told_with_the_nearest(study: Study) -> None:
    with pytest.raises(UnknownIdError, match="learning_steps"):
        study.desk.prefer("learnig_steps", "1m")
    with pytest.raises(UnknownIdError):
        setting("x" * 1_000_000)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(list(BY_KEY)), st.text() | st.binary().map(repr)), st.randoms())
def test_whatever_the_log_holds_each_setting_has_a_value_of_its_kind(
    stored: dict[str, str], chance: random.Random
) -> None:
    found = Preferences(stored, Path("no such folder"))
    for entry in chance.sample(SETTINGS, 5):
        assert entry.read(found[entry.key]) == found[entry.key]
    assert set(found.all()) == set(BY_KEY)


def test_a_value_that_cannot_be_taken_changes_nothing(study: Study) -> None:
    before = study.desk.store.log.last_instant_ms()
    for key, value in (("easy_days", "someday"), ("learning_steps", "1y"), ("maximum_interval", 0)):
        with pytest.raises(UsageError, match=key):
            study.desk.prefer(key, value)
    assert study.desk.store.log.last_instant_ms() == before
    assert study.desk.preferences.all() == DEFAULTS
