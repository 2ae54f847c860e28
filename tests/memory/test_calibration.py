from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.memory.calibration import (
    Compared,
    auc,
    average,
    calibration,
    comparable,
    hard_use,
    log_loss,
    mean_recall,
    moving_average,
    reliability,
    rmse_bins,
    time_series_split,
)
from studybuddy.memory.fsrs6 import DEFAULTS
from tests.memory.learner import OWN, invented


@given(st.integers(0, 5000), st.integers(1, 9))
def test_test_parts_follow_one_another_to_the_end(count: int, folds: int) -> None:
    parts = time_series_split(count, folds)
    if count <= folds:
        assert parts == ()
        return
    assert len(parts) == folds
    assert parts[-1].end == count
    assert all(a.end == b.start for a, b in pairwise(parts))
    assert parts[0].start >= max(part.end - part.start for part in parts)


def test_the_true_model_is_calibrated_and_beats_the_baselines() -> None:
    found = calibration(*invented(), OWN)
    assert found is not None
    assert found.best == "model"
    assert not found.hard.suspected
    assert found.predicted == pytest.approx(found.observed, abs=0.02)
    assert sum(point.reviews for point in found.reliability) == found.reviews
    assert all(abs(point.predicted - point.observed) < 0.1 for point in found.reliability)
    wrong = calibration(*invented(), tuple(0.1 if n < 4 else w for n, w in enumerate(DEFAULTS)))
    assert wrong is not None
    assert wrong.scores["model"].log_loss > found.scores["model"].log_loss
    assert wrong.best != "model"


def test_reviews_a_fit_has_seen_are_left_out() -> None:
    whole = calibration(*invented(), OWN)
    late = calibration(*invented(), OWN, 1000)
    assert whole is not None
    assert late is not None
    assert 0 < late.reviews < whole.reviews
    assert calibration(*invented(), OWN, 10**9) is None


def test_hard_for_forgotten_is_noticed_and_honest_hard_is_not() -> None:
    cards, days, ratings = invented(200, 90, DEFAULTS)
    honest = calibration(cards, days, ratings, DEFAULTS)
    renamed = {1: 2, 2: 3, 3: 3, 4: 4}
    misused = calibration(cards, days, [renamed[rating] for rating in ratings], DEFAULTS)
    assert honest is not None
    assert misused is not None
    assert not honest.hard.suspected
    assert misused.hard.suspected
    assert misused.hard.again == 0


@pytest.mark.parametrize("rating", [1, 2, 3, 4])
def test_logs_of_one_rating(rating: int) -> None:
    import math

    cards, days = [n % 50 for n in range(500)], [700_000 + n for n in range(500)]
    found = calibration(cards, days, [rating] * 500, DEFAULTS)
    assert found is not None
    assert found.scores["model"].auc is None
    assert all(math.isfinite(s.log_loss) and math.isfinite(s.rmse_bins) for s in found.scores.values())


def test_too_little_to_compare() -> None:
    assert calibration([], [], [], DEFAULTS) is None
    assert mean_recall([], [], [], DEFAULTS) is None
    assert calibration([0] * 500, [7] * 500, [3] * 500, DEFAULTS) is None
    assert mean_recall([0, 0], [1, 2], [3, 1], DEFAULTS) == pytest.approx((0.93, 0.0), abs=0.05)


def test_a_clock_that_ran_ahead_is_not_compared() -> None:
    import numpy as np

    from studybuddy.memory.batch import pack

    days = np.array([100, 101, 40_000, 102, 40_001])
    assert comparable(pack(np.zeros(5, int), days, np.full(5, 3))).gaps.tolist() == [1, 1]


def test_lapses_and_numbers_are_those_before_the_review() -> None:
    import numpy as np

    from studybuddy.memory.batch import pack

    found = comparable(pack(np.array([5, 5, 5, 5]), np.array([1, 3, 3, 9]), np.array([3, 1, 1, 4])))
    assert found.gaps.tolist() == [2, 6]
    assert found.number.tolist() == [1, 3]
    assert found.lapses.tolist() == [0, 1]
    assert found.recalled.tolist() == [0, 1]


def test_figures_by_hand() -> None:
    import numpy as np

    recalled: Any = np.array([1.0, 0.0, 1.0, 1.0])
    chances: Any = np.array([0.9, 0.9, 0.8, 0.5])
    assert log_loss(chances, recalled) == pytest.approx(-np.log([0.9, 0.1, 0.8, 0.5]).mean())
    assert auc(chances, recalled) == pytest.approx((0.5 + 0 + 0) / 3)
    assert auc(np.array([0.9, 0.1, 0.8, 0.5]), recalled) == 1
    one: Any = np.ones(4)
    same = Compared(one, one, one, one * 0, recalled, one)
    assert rmse_bins(chances, same) == pytest.approx(0.025)
    parts = time_series_split(4, 1)
    assert average(recalled, parts).tolist() == [0.9, 0.9, 0.5, 0.5]
    assert moving_average(recalled)[0] == pytest.approx(1 / (1 + np.exp(-1.2)))
    assert moving_average(recalled)[2] < moving_average(recalled)[1]
    assert [point.reviews for point in reliability(chances, recalled, 2)] == [2, 2]
    assert reliability(chances, recalled, 2)[0].predicted == pytest.approx(0.65)


def test_few_hard_answers_accuse_nobody() -> None:
    import numpy as np

    assert not hard_use(np.full(100, 0.9), np.array([2] * 10 + [3] * 90)).suspected
    assert hard_use(np.full(1000, 0.9), np.array([2] * 90 + [1] * 5 + [3] * 905)).suspected
    assert not hard_use(np.full(1000, 0.9), np.array([2] * 150 + [1] * 90 + [3] * 760)).suspected


def test_who_never_presses_again_is_suspected_however_often_hard_is() -> None:
    import numpy as np

    never = np.array([2] * 44 + [3] * 307)
    use = hard_use(np.full(351, 1 - 19.6 / 351), never)
    assert (use.hard, use.again, use.suspected) == (44, 0, True)
    assert use.expected == pytest.approx(19.6)
    assert hard_use(np.full(1000, 0.9), np.array([2] * 400 + [1] * 4 + [3] * 596)).suspected
    assert not hard_use(np.full(351, 0.99), never).suspected, "3.5 lapses in 351: none at all may be luck"
    assert not hard_use(np.full(351, 1 - 19.6 / 351), np.array([1] * 12 + [2] * 44 + [3] * 295)).suspected
