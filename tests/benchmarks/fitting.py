"""`fit`, `fit-loss`, `simulate-year`: the learner's own parameters beside Anki's fit, and the year ahead.

`STUDYBUDDY_REVIEWS` names a CSV of reviews (`card_id, review_rating, review_time`), else a learner is
invented; `STUDYBUDDY_BENCH_ANKI` names the Python of an environment with the `anki` package, which is AGPL
and so is never part of ours.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from studybuddy.core.clock import FixedClock
from studybuddy.core.event import EventKind, NewEvent
from studybuddy.memory.batch import pack, predicted
from studybuddy.memory.calibration import comparable, log_loss, time_series_split
from studybuddy.memory.fit_program import LONGEST, solve
from studybuddy.memory.forecast import Deck, simulate
from studybuddy.memory.fsrs6 import DEFAULTS
from studybuddy.study.launch import Launch
from studybuddy.study.wiring import Study
from tests.benchmarks.data import FIRST_DAY
from tests.benchmarks.measure import Figure
from tests.memory.learner import Reviews, invented, real

FIT_S = 3.0
LOSS = 0.001
YEAR_S = 1.0
YEAR_CARDS = 10_000
ROUNDS = 5
STUDYBUDDY = (sys.executable, "-m", "studybuddy")
PEER = str(Path(__file__).with_name("anki_fit.py"))


def fit() -> Figure:
    """The whole command, from starting it to the parameters kept in the log."""
    found = real() or invented()
    with tempfile.TemporaryDirectory() as folder:
        _put(Path(folder), found)
        taken = []
        for _ in range(ROUNDS):
            started = time.perf_counter()
            done = subprocess.run(
                [*STUDYBUDDY, "fit", "--json", "--data-dir", folder],
                capture_output=True,
                check=True,
                text=True,
            )
            taken.append(time.perf_counter() - started)
            kept = json.loads(done.stdout)["kept"]
            subprocess.run([*STUDYBUDDY, "undo", "--data-dir", folder], capture_output=True, check=True)
    note = f"{len(found[0])} reviews, {'kept' if kept else 'not kept'}"
    return Figure("fit", statistics.median(taken), None, "s", FIT_S, note=note)


def fit_loss() -> Figure:
    """Log loss on the test parts of a time-series split, ours less Anki's, judged by the same formulas."""
    python = os.environ.get("STUDYBUDDY_BENCH_ANKI")
    if not python:
        return Figure("fit-loss", None, None, "nat", LOSS, why="STUDYBUDDY_BENCH_ANKI names no Python")
    found = real() or invented()
    task = dict(zip(("cards", "days", "ratings"), found, strict=True))
    ours = solve(task | {"parameters": list(DEFAULTS), "known": 0, "seconds": 60})
    theirs, seconds = _peer(python, found)
    note = (
        f"ours {ours['after']:.5f}, anki {theirs:.5f}, defaults {ours['before']:.5f}, "
        f"{ours['tested']} reviews; anki's six fits took {seconds:.2f} s"
    )
    return Figure("fit-loss", ours["after"] - theirs, None, "nat", LOSS, note=note)


def simulate_year() -> Figure:
    """A year of ten thousand cards."""
    import numpy as np

    random = np.random.default_rng(1)
    deck = Deck(
        random.lognormal(3, 1, YEAR_CARDS),
        random.uniform(1, 10, YEAR_CARDS),
        -random.integers(0, 20, YEAR_CARDS),
        random.integers(0, 60, YEAR_CARDS),
    )
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        simulate(deck)
        taken.append(time.perf_counter() - started)
    return Figure("simulate-year", statistics.median(taken), None, "s", YEAR_S)


def _peer(python: str, found: Reviews) -> tuple[float, float]:
    """Mean log loss of Anki's fits over the test parts, and the seconds that its fits took."""
    import numpy as np

    cards, days, ratings = (np.asarray(column) for column in found)
    packed = pack(cards, days, ratings, LONGEST)
    compared = comparable(packed)
    parts = time_series_split(len(compared))
    items = _items(packed, compared)
    task = {"items": items, "ends": [*(part.start for part in parts), len(items)]}
    done = subprocess.run(
        [python, PEER], input=json.dumps(task), capture_output=True, check=True, text=True, timeout=600
    )
    answer = json.loads(done.stdout.splitlines()[-1])
    losses = []
    for part, parameters in zip(parts, answer["parameters"], strict=False):
        place = compared.place[part.start : part.end]
        losses.append(
            log_loss(predicted(parameters, packed)[place], compared.recalled[part.start : part.end])
        )
    return statistics.mean(losses), float(answer["seconds"])


def _items(packed: Any, compared: Any) -> list[list[list[int]]]:
    """For each review to compare, in the order of the log, it and those of its card before it."""
    histories: list[list[list[int]]] = [[] for _ in range(packed.sizes[0])]
    wanted, found = set(compared.place.tolist()), {}
    place = 0
    for size in packed.sizes:
        for card in range(size):
            histories[card].append([int(packed.ratings[place]), int(packed.gaps[place])])
            if place in wanted:
                found[place] = list(histories[card])
            place += 1
    return [found[place] for place in compared.place.tolist()]


def _put(folder: Path, found: Reviews) -> None:
    """A data folder with the reviews in its log."""
    study = Study(Launch(str(folder), "en"), writer="benchmark")
    store, first = study.desk.store, min(found[1])
    study.desk.clock = FixedClock(FIRST_DAY)
    with store._transaction():
        for n, (card, day, rating) in enumerate(zip(*found, strict=True)):
            when = FIRST_DAY - timedelta(days=400 - (day - first), microseconds=-1000 * n)
            body = {"rating": rating, "elapsed_ms": 5000, "interval_days": 3, "due": "2027-01-01"}
            store.log.append(NewEvent(EventKind.REVIEW, f"own/{card}", body), when, when.date())
        store._projector.rebuild()
    study.close()
