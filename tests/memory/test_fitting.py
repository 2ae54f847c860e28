from __future__ import annotations

import math
from typing import Any

import pytest

from studybuddy.core.errors import RunnerError
from studybuddy.memory import fit_process
from studybuddy.memory.fit_process import FitProcess, FitTask, Solution
from studybuddy.memory.fit_program import MOST, solve
from studybuddy.memory.fsrs6 import DEFAULTS, usable
from tests.memory.learner import OWN, Reviews, invented, real


def task(found: Reviews, **more: Any) -> dict[str, Any]:
    cards, days, ratings = found
    usual = {"parameters": list(DEFAULTS), "known": 0, "seconds": 60}
    return {"cards": cards, "days": days, "ratings": ratings} | usual | more


def test_a_learner_who_forgets_otherwise_gets_parameters_of_their_own() -> None:
    found = invented()
    got = solve(task(found))
    assert usable(got["parameters"]) is not None
    assert got["after"] < got["before"] - 0.01
    at_best = solve(task(found, parameters=list(OWN)))["before"]
    assert got["after"] - at_best < 0.02
    assert got["tested"] < got["compared"] < len(found[0])


def test_the_same_reviews_give_the_same_fit() -> None:
    found = invented(120, 60)
    assert solve(task(found)) == solve(task(found))


def test_a_learner_of_the_defaults_gains_nothing_to_speak_of() -> None:
    got = solve(task(invented(200, 80, DEFAULTS)))
    assert got["after"] > got["before"] - 0.005


def test_reviews_the_last_fit_has_seen_decide_nothing() -> None:
    found = invented(200, 80)
    late = solve(task(found, known=len(found[0]) - 300))
    assert 100 <= late["tested"] <= 300
    assert late["after"] is not None
    none = solve(task(found, known=len(found[0])))
    assert (none["tested"], none["before"], none["after"]) == (0, None, None)


def test_a_time_that_is_over_gives_the_best_so_far() -> None:
    got = solve(task(invented(120, 60), seconds=0))
    assert got["finished"] is False
    assert got["parameters"] == list(DEFAULTS)


@pytest.mark.parametrize("rating", [1, 2, 3, 4])
@pytest.mark.parametrize("shape", ["one card", "many cards", "same day", "clock jumps"])
def test_logs_that_teach_little_leave_usable_numbers(rating: int, shape: str) -> None:
    count = 600
    cards, days, ratings = [0] * count, list(range(700_000, 700_000 + count)), [rating] * count
    if shape == "many cards":
        cards = [n % 100 for n in range(count)]
    elif shape == "same day":
        days = [700_000] * count
    elif shape == "clock jumps":
        cards = [n % 100 for n in range(count)]
        days = [
            700_000 + n + (36_500 if n % 7 == 3 else 0) - (4_000 if n % 11 == 5 else 0) for n in range(count)
        ]
    got = solve(task((cards, days, ratings)))
    assert usable(got["parameters"]) is not None
    assert got["after"] is None or math.isfinite(got["after"])


def test_one_card_with_ten_thousand_reviews() -> None:
    count = 10_000
    got = solve(task(([0] * count, list(range(700_000, 700_000 + count)), [3, 3, 1, 3] * (count // 4))))
    assert usable(got["parameters"]) is not None
    assert got["compared"] < 64


def test_no_review_and_one_review() -> None:
    for found in (([], [], []), ([0], [700_000], [3])):
        got = solve(task(found))
        assert got["parameters"] == list(DEFAULTS)
        assert (got["before"], got["after"], got["compared"]) == (None, None, 0)


def test_of_a_very_large_log_whole_cards_are_drawn() -> None:
    import numpy as np

    from studybuddy.memory.fit_program import _drawn

    cards = np.arange(MOST + 50_000) // 10
    drawn = _drawn(cards)
    assert 0.9 * MOST < len(drawn) <= MOST
    assert (np.unique(cards[drawn], return_counts=True)[1] == 10).all()
    assert (np.diff(drawn) > 0).all()
    assert _drawn(cards[:MOST]).tolist() == list(range(MOST))


def test_the_process_answers_as_the_function_does() -> None:
    found, heard = invented(120, 60), list[float]()
    with FitProcess() as process:
        solution = process.solve(FitTask(*found, DEFAULTS), told=heard.append)
    expected = solve(task(found))
    assert solution is not None
    assert list(solution.parameters) == expected["parameters"]
    assert (solution.before, solution.after) == (expected["before"], expected["after"])
    assert heard == sorted(heard)
    assert heard
    assert solution.better


def test_a_fit_that_is_stopped_ends_at_once() -> None:
    with FitProcess() as process:
        assert process.solve(FitTask(*invented(120, 60), DEFAULTS), stopped=lambda: True) is None
    assert process._process.returncode is not None


@pytest.mark.parametrize("wrong", [[9], ["x"], [float("nan")]])
def test_a_process_that_fails_is_told_of(wrong: Any) -> None:
    with FitProcess() as process, pytest.raises(RunnerError):
        process.solve(FitTask([0, 1, 2], [1], wrong, DEFAULTS))


def test_a_process_that_was_killed_is_told_of() -> None:
    with FitProcess() as process:
        process._process.kill()
        with pytest.raises(RunnerError, match="without a result"):
            process.solve(FitTask(*invented(120, 60), DEFAULTS))


def test_what_a_process_may_not_say() -> None:
    for line in ("", "nonsense", "[]", '{"error": "x"}'):
        with pytest.raises(RunnerError):
            fit_process._read(line)
    good = {"compared": 1, "tested": 1, "before": 0.5, "after": 0.4}
    assert fit_process._solution({"parameters": [0.0, *DEFAULTS[1:]], **good}).parameters[0] == 0.001
    with pytest.raises(RunnerError):
        fit_process._solution({"parameters": [math.nan] * 21, **good})
    assert not Solution(DEFAULTS, 9, 0, None, None).better
    assert not Solution(DEFAULTS, 9, 9, 0.4, 0.4).better


def test_a_real_learner() -> None:
    found = real()
    if found is None:
        pytest.skip("STUDYBUDDY_REVIEWS names no file")
    got = solve(task(found))
    assert got["after"] < got["before"] - 0.003
