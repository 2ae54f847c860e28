from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from studybuddy.core.card import CardMemory, CardState, Outcome, Rating
from studybuddy.i18n import say, use_language
from studybuddy.study.spans import days_phrase, interval_phrase, wait_phrase

NOW = datetime.fromisoformat("2026-11-23T08:00:00+08:00")


@pytest.fixture(autouse=True)
def _english() -> None:
    use_language("en")


@pytest.mark.parametrize(
    ("wait", "text"),
    [
        (timedelta(minutes=1), "1 min"),
        (timedelta(minutes=5.5), "5 min 30 s"),
        (timedelta(minutes=9, seconds=59, milliseconds=990), "10 min"),
        (timedelta(seconds=-3), "1 s"),
        (timedelta(hours=3), "3 h"),
    ],
)
def test_waits(wait: timedelta, text: str) -> None:
    assert say(wait_phrase(wait)) == text


@pytest.mark.parametrize(
    ("days", "text"),
    [(1, "1 day"), (59, "59 days"), (60, "2.0 months"), (729, "23.9 months"), (730, "2.0 years")],
)
def test_days(days: int, text: str) -> None:
    assert say(days_phrase(days)) == text


def test_a_button_says_the_step_or_the_days() -> None:
    step = CardMemory("c", CardState.LEARNING, due_at=NOW + timedelta(minutes=10))
    review = CardMemory("c", CardState.REVIEW, due_day=NOW.date() + timedelta(days=8))

    assert say(interval_phrase(Outcome(Rating.GOOD, step, 0), NOW)) == "10 min"
    assert say(interval_phrase(Outcome(Rating.GOOD, step, 1), NOW)) == "1 day"
    assert say(interval_phrase(Outcome(Rating.EASY, review, 8), NOW)) == "8 days"
