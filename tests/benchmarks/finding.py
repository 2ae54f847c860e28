"""`find-100k`, `find-state-100k`: searches among a hundred thousand cards, beside Anki's on the same cards.

Anki is not installed with the project: `STUDYBUDDY_BENCH_ANKI` names a Python that has the `anki` package. It
runs `anki_find.py` with the same cards and queries. Without it, text is looked for beside a LIKE scan.
Searches by state have an absolute goal, a tenth of a second: Anki's cards are integers in one table, ours are
named by text, and a list of all of them costs more than it does there.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from studybuddy.core.clock import FixedClock
from studybuddy.core.event import EventKind, NewEvent
from studybuddy.study.launch import Launch
from studybuddy.study.wiring import Study
from tests.benchmarks.data import FIRST_DAY
from tests.benchmarks.measure import Figure

CARDS = 100_000
REPEATS = 7
PEER = Path(__file__).with_name("anki_find.py")
HAN = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产学法"


class Side(NamedTuple):
    """The texts of a card."""

    front: str
    back: str
    tag: str


def sides(cards: int = CARDS) -> Iterator[Side]:
    """Cards of English and Chinese words, always the same."""
    chance = random.Random(1)
    known = [
        "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(3, 10))) for _ in range(20_000)
    ]
    for number in range(cards):
        front = (
            " ".join(chance.choices(known, k=8)) + " " + "".join(chance.choices(HAN, k=12)) + f" n{number}"
        )
        back = " ".join(chance.choices(known, k=7)) + " " + "".join(chance.choices(HAN, k=13))
        yield Side(front, back, f"t{number % 50}")


def texts() -> list[str]:
    """Words that are looked for: of one, two and many Chinese characters, English ones, two at once."""
    words = next(sides(1)).front.split()
    return [words[3], "学法", "学", f"{words[0]} {words[1]}", "n777"]


STATES = ["tag:t3", "is:new", "is:new -tag:t3 or tag:t4", "-is:suspended prop:lapses=0"]


def find_100k() -> Figure:
    """The time of all searches for text together."""
    with tempfile.TemporaryDirectory() as name:
        ours, (peer, note) = _ours(Path(name), texts()), _peer(Path(name), texts())
    return Figure("find-100k", sum(ours.values()), sum(peer.values()), "s", 1.0, note=note)


def find_state_100k() -> Figure:
    """The slowest search by state: absolute."""
    with tempfile.TemporaryDirectory() as name:
        ours = _ours(Path(name), STATES)
    slowest = max(ours, key=lambda query: ours[query])
    return Figure("find-state-100k", ours[slowest], None, "s", 0.1, note=f"slowest: {slowest}")


def _ours(folder: Path, queries: list[str]) -> dict[str, float]:
    study = Study(Launch(str(folder / "ours"), "en"), writer="benchmark")
    study.desk.clock = FixedClock(FIRST_DAY)
    store = study.desk.store
    with store._transaction():
        for number, side in enumerate(sides()):
            card = f"own/card/{number}"
            body = {"front": side.front, "back": side.back, "tags": [side.tag], "source": "", "cards": [card]}
            event = store.log.append(NewEvent(EventKind.CARD_NEW, card, body), FIRST_DAY, FIRST_DAY.date())
            store._projector.apply(event)
    study.browser.find("made ready")
    taken = {query: statistics.median(_timed(study, query) for _ in range(REPEATS)) for query in queries}
    study.close()
    return taken


def _timed(study: Study, query: str) -> float:
    started = time.perf_counter()
    study.browser.find(query)
    return time.perf_counter() - started


def _peer(folder: Path, queries: list[str]) -> tuple[dict[str, float], str]:
    python = os.environ.get("STUDYBUDDY_BENCH_ANKI")
    if not python:
        return _scanned(queries), "beside a LIKE scan"
    cards = folder / "cards.json"
    cards.write_text(json.dumps([tuple(side) for side in sides()]), encoding="utf-8")
    arguments = [
        python,
        str(PEER),
        str(cards),
        str(folder / "peer.anki2"),
        str(REPEATS),
        json.dumps(queries),
    ]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True, timeout=900)
    taken: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return taken, "beside Anki"


def _scanned(queries: list[str]) -> dict[str, float]:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
    connection.executemany("INSERT INTO note (text) VALUES (?)", ((f"{s.front} {s.back}",) for s in sides()))

    def scan(word: str) -> float:
        started = time.perf_counter()
        connection.execute("SELECT id FROM note WHERE text LIKE ?", (f"%{word}%",)).fetchall()
        return time.perf_counter() - started

    return {word: statistics.median(scan(word) for _ in range(REPEATS)) for word in queries}
