"""A year through the use cases: what is recalled is what was asked for, and days are as even as promised.

The learner's forgetting is known here and to nobody else. Retention is the share recalled at the first answer
of a day of cards in review. Its standard error is sqrt(p (1 - p) / n): 0.3 points for 9,000 reviews.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from studybuddy.memory.fsrs6 import DEFAULTS
from studybuddy.study.launch import Launch
from studybuddy.study.own_fit import Ruling
from studybuddy.study.rescheduling import Done
from studybuddy.study.wiring import Study
from tests.memory.year import unevenness
from tests.study.a_learner import FORGETFUL, Learner, Year, cards, fitted, quick
from tests.study.conftest import DAY_ONE

pytestmark = pytest.mark.timeout(300)
DAYS = 365
WITHIN = 0.015
SATURDAY, SUNDAY = 5, 6
Begin = Callable[..., Study]


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Begin]:
    """Opens a study with so many new cards a day, and with settings."""
    opened: list[Study] = []

    def start(new_cards: int, **settings: object) -> Study:
        study = quick(Study(Launch(str(tmp_path / str(len(opened))), "en"), writer="test"))
        opened.append(study)
        for key, value in ({"new_cards": new_cards, "reviews": 0} | settings).items():
            study.desk.prefer(key, value)
        cards(study, new_cards * DAYS)
        return study

    yield start
    for study in opened:
        study.close()


def of_weekdays(year: Year) -> list[int]:
    """Time of the reviews of each weekday, all weeks together."""
    found = [0] * 7
    for day, ms in zip(year.days, year.ms, strict=True):
        found[day.weekday()] += ms
    return found


def test_the_usual_learner_recalls_what_was_asked_for_and_days_are_even(begin: Begin) -> None:
    balanced = Learner(begin(3), DEFAULTS).lives(DAY_ONE, DAYS)
    share, error = balanced.retention()
    assert error < 0.004
    assert share == pytest.approx(0.9, abs=WITHIN)
    alone = Learner(begin(3, balance=False), DEFAULTS).lives(DAY_ONE, DAYS)
    assert unevenness(balanced.ms) < 0.75 * unevenness(alone.ms)


def test_one_who_forgets_sooner_recalls_it_with_parameters_of_their_own(begin: Begin) -> None:
    """At 0.85, with minutes that do not suffice every day and a weekend that is to stay light."""
    study = begin(3, desired_retention=0.85, minutes=8, easy_days="sat=reduced sun=minimum")
    fitted(study, FORGETFUL)
    year = Learner(study, FORGETFUL).lives(DAY_ONE, DAYS)
    share, error = year.retention()
    assert error < 0.005
    assert share == pytest.approx(0.85, abs=WITHIN)
    assert year.waiting > 0, "the limit was felt"
    assert max(year.ms) < 8 * 60_000 + 60_000
    weekdays = of_weekdays(year)
    assert weekdays[SUNDAY] < 0.4 * weekdays[0], "what waits is asked on Sundays, too"


def test_a_fit_in_the_middle_of_the_year_brings_retention_to_what_was_asked_for(begin: Begin) -> None:
    study, fit_on = begin(3, easy_days="sat=reduced sun=minimum"), 160
    learner = Learner(study, FORGETFUL)
    learner.lives(DAY_ONE, fit_on)
    before, error = learner.year.retention(since=30)
    assert before < 0.9 - 2 * error, "the usual parameters promise this learner too much"
    fitted(study, FORGETFUL)
    assert study.rescheduling.confirm(study.rescheduling.preview()).done is Done.MOVED
    learner.lives(DAY_ONE + timedelta(days=fit_on), DAYS - fit_on)
    after, error = learner.year.retention(since=fit_on + 30)
    assert error < 0.005
    assert after == pytest.approx(0.9, abs=WITHIN)
    weekdays = of_weekdays(learner.year)
    ordinary = sum(weekdays[:SATURDAY]) / SATURDAY
    assert weekdays[SUNDAY] < 0.05 * ordinary
    assert weekdays[SATURDAY] < ordinary


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("wanted", [0.9, 0.85])
def test_fifteen_new_cards_a_day_with_a_fit_of_their_own(begin: Begin, wanted: float) -> None:
    """The app finds the parameters itself, out of four months of answers."""
    study, fit_on = begin(15, desired_retention=wanted, easy_days="sun=reduced"), 120
    learner = Learner(study, FORGETFUL)
    learner.lives(DAY_ONE, fit_on)
    assert study.own_fit.run().ruling is Ruling.KEPT
    study.rescheduling.confirm(study.rescheduling.preview())
    learner.lives(DAY_ONE + timedelta(days=fit_on), DAYS - fit_on)
    share, error = learner.year.retention(since=fit_on + 30)
    print(f"retention {share:.4f} ± {error:.4f}, unevenness {unevenness(learner.year.ms):.3f}")
    assert share == pytest.approx(wanted, abs=WITHIN)
