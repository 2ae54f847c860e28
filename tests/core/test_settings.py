from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.core.errors import UsageError
from studybuddy.core.settings import Setting
from studybuddy.core.steps import LONGEST_STEP, read_steps, steps_text
from studybuddy.core.week import NORMAL_WEEK, WEEKDAYS, DayLoad, read_week, week_text

STEPS = Setting("learning_steps", "steps", (60, 600), "Learning steps", "help")
WEEK = Setting("easy_days", "week", NORMAL_WEEK, "Easy days", "help")
SHARE = Setting("desired_retention", "share", 0.9, "Desired retention", "help", (), 0.7, 0.97)
WHOLE = Setting("reviews", "whole", 200, "Reviews", "help", (), 0, 9999)
EVERY = (
    STEPS,
    WEEK,
    SHARE,
    WHOLE,
    Setting("name", "text", "", "Name", "help"),
    Setting("zone", "zone", "", "Zone", "help"),
    Setting("theme", "choice", "auto", "Theme", "help", ("auto", "dark")),
    Setting("balance", "yesno", True, "Balance", "help"),
)
N, R, M = DayLoad.NORMAL, DayLoad.REDUCED, DayLoad.MINIMUM


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("1m 10m", (60, 600)),
        ("", ()),
        ("  ", ()),
        ("30s,2h; 1d", (30, 7200, 86_400)),
        ("1m10m", (60, 600)),
        ("1 m 10 m", (60, 600)),
        ("10", (600,)),
        ("1M → 10m", (60, 600)),
        ("1m→10m", (60, 600)),
        ("１０ｍ", (600,)),
        ("1分钟、10分 1小时 1天", (60, 600, 3600, 86_400)),
        ("30d", (LONGEST_STEP,)),
        (["1m", "10m"], (60, 600)),
        ([60, 600], (60, 600)),
        ((), ()),
    ],
)
def test_steps_are_read_as_people_type_them(typed: object, seconds: tuple[int, ...]) -> None:
    assert STEPS.read(typed) == seconds


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("ten minutes", "ten is no step"),
        ("1m 10x", "10x is no step"),
        ("1.5m", "1.5m is no step"),
        ("-1m", "-1m is no step"),
        ("0s", "from 1 second to 30 days"),
        ("31d", "from 1 second to 30 days"),
        ("999999999d", "from 1 second to 30 days"),
        ("12345678901234567890m", "is no step"),
        (" ".join(["1m"] * 11), "at most 10 steps"),
        ([60] * 11, "at most 10 steps"),
        ([True], "must be steps such as"),
        ([1.5], "must be steps such as"),
        ([float("nan")], "must be steps such as"),
        (600, "must be steps such as"),
        (None, "must be steps such as"),
        ({"1m": 1}, "must be steps such as"),
        ("1m " * 400_000, "must be steps such as"),
        (["1m " * 400_000], "must be steps such as"),
        ("\ud800", "is no step"),
    ],
)
def test_what_are_no_steps_is_told_why(typed: object, reason: str) -> None:
    with pytest.raises(UsageError) as raised:
        STEPS.read(typed)
    assert reason in str(raised.value)
    assert len(str(raised.value)) < 200


@given(st.lists(st.integers(1, LONGEST_STEP), max_size=10))
def test_steps_come_back_from_their_text(steps: list[int]) -> None:
    assert read_steps("key", steps_text(tuple(steps))) == tuple(steps)


def test_steps_are_shown_in_the_largest_unit_that_measures_them() -> None:
    assert steps_text((60, 90, 600, 3600, 5400, 86_400, 2_592_000)) == "1m 90s 10m 1h 90m 1d 30d"


@pytest.mark.parametrize(
    ("typed", "week"),
    [
        ("", NORMAL_WEEK),
        ("normal", NORMAL_WEEK),
        ("sat=reduced sun=minimum", (N, N, N, N, N, R, M)),
        ("Saturday = Reduced, Sunday: min", (N, N, N, N, N, R, M)),
        ("weekend=red", (N, N, N, N, N, R, R)),
        ("mon tue=min wed=red", (M, M, R, N, N, N, N)),
        ("sat=red sat=normal", NORMAL_WEEK),
        ("normal normal normal normal reduced minimum minimum", (N, N, N, N, R, M, M)),
        ("周六=减少 周日＝最少", (N, N, N, N, N, R, M)),
        ("星期天=最少", (N, N, N, N, N, N, M)),
        ("周末=减少", (N, N, N, N, N, R, R)),
        (["normal"] * 6 + ["minimum"], (N, N, N, N, N, N, M)),
        ((N, N, N, N, N, R, M), (N, N, N, N, N, R, M)),
    ],
)
def test_a_week_is_read_as_people_type_it(typed: object, week: tuple[DayLoad, ...]) -> None:
    assert WEEK.read(typed) == week


@pytest.mark.parametrize(
    "typed",
    [
        *("sat", "sat=", "sat=much", "sa=reduced", "funday=reduced", "=reduced", "reduced", "周=减少"),
        *(["normal"] * 6, ["normal"] * 8, ["normal"] * 6 + [3], [None] * 7, 7, None, {}, True),
        *("sat=reduced " * 100_000, ["x" * 1_000_000] * 7, "\ud800=min"),
    ],
)
def test_what_is_no_week_is_told_how_one_is_written(typed: object) -> None:
    with pytest.raises(UsageError) as raised:
        WEEK.read(typed)
    assert "sat=reduced sun=minimum" in str(raised.value)
    assert len(str(raised.value)) < 200


@given(st.lists(st.sampled_from(DayLoad), min_size=7, max_size=7))
def test_a_week_comes_back_from_its_text(week: list[DayLoad]) -> None:
    assert read_week("key", week_text(tuple(week))) == tuple(week)


def test_the_days_of_a_text_are_those_of_the_calendar() -> None:
    for index, day in enumerate(WEEKDAYS):
        assert read_week("key", f"{day}=min").index(M) == index


def test_a_share_may_be_typed_in_percent() -> None:
    assert SHARE.read("92%") == SHARE.read(" 92 ％") == SHARE.read(0.92) == 0.92
    assert SHARE.read("92") == SHARE.read(92) == 0.92
    for wrong in ("98%", "98", 2, "%", "x%", "nan%", "0.9%", "1e999%", True):
        with pytest.raises(UsageError, match=r"a number from 0\.7 to 0\.97"):
            SHARE.read(wrong)


HOSTILE: list[Any] = [
    *(
        None,
        True,
        math.nan,
        math.inf,
        -math.inf,
        10**400,
        -1,
        1e308,
        "",
        "\x1b[31m",
        "\ud800",
        "9" * 1_000_000,
    ),
    *([], {}, [[[]]], {"a": {"b": 1}}, ["1m"] * 1000, b"1m", "١٢", "nan", "../../etc/passwd", "{key}", "%s"),
]


def refused(setting: Setting, value: object) -> str:
    """Why a value is refused; empty where it is taken, and then it comes back from its plain form."""
    try:
        read = setting.read(value)
    except UsageError as error:
        return str(error)
    assert setting.read(setting.plain(read)) == read
    return ""


@pytest.mark.parametrize("setting", EVERY, ids=lambda setting: setting.kind)
def test_whatever_is_read_is_of_its_kind_or_told_in_a_sentence(setting: Setting) -> None:
    said = list(filter(None, (refused(setting, value) for value in HOSTILE)))
    assert len(said) > 10
    for sentence in said:
        assert setting.key in sentence
        assert len(sentence) < 300


@given(st.sampled_from(EVERY), st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists))
def test_no_value_breaks_a_setting(setting: Setting, value: object) -> None:
    assert refused(setting, value) == "" or refused(setting, value).startswith(setting.key)
