from __future__ import annotations

import threading
import time

from studybuddy.tui.widgets.fact_rows import Fact, clip, fact_rows
from studybuddy.tui.widgets.run_output import KEPT, Feed, last_lines


def test_the_newest_output_is_read_once() -> None:
    feed = Feed()
    assert feed.read() is None
    feed.write("one\n")
    feed.write("two\n")

    assert feed.read() == "one\ntwo\n"
    assert feed.read() is None
    feed.write("three")
    assert feed.read() == "one\ntwo\nthree"


def test_a_flood_from_another_thread_stays_small_and_fast() -> None:
    feed = Feed()

    def flood() -> None:
        for number in range(20_000):
            feed.write(f"{number} " + "x" * 50 + "\n")
        feed.write("y" * 5_000_000)
        feed.write("\nend")

    began = time.monotonic()
    thread = threading.Thread(target=flood)
    thread.start()
    text = ""
    while thread.is_alive():
        text = feed.read() or text
        assert len(text) <= KEPT
    thread.join()
    assert time.monotonic() - began < 10
    text = feed.read() or text
    assert text.endswith("y\nend")
    assert len(text) == KEPT


def test_only_the_lines_that_can_be_seen_are_made_harmless() -> None:
    text = "first\n" + "x" * 1_000_000 + "\n\x1b[2Jlast\n"

    assert last_lines(text, 2, 40) == ["x" * 80, "␛[2Jlast"]
    assert last_lines(text, 1, 40) == ["␛[2Jlast"]
    assert last_lines(text, 0, 40) == []
    assert last_lines("", 5, 40) == [""]


def test_facts_stand_in_columns_and_too_long_ones_lose_their_middle() -> None:
    rows = [
        row.plain
        for row in fact_rows(
            [Fact("in", "[1, 2]"), Fact("nothing", ""), Fact("why", "a b " * 12, prose=True)], 30
        )
    ]

    assert rows[0] == "in   [1, 2]"
    assert rows[1].startswith("why  a b")
    assert all(row.startswith("     ") for row in rows[2:])
    assert all(len(row) <= 30 for row in rows)
    assert "…(+" in clip("x\n" * 10_000)
    assert len(clip("x" * 1_000_000)) < 13_000
    assert clip("\x1b[1m") == "␛[1m"
