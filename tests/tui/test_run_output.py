from __future__ import annotations

import threading

import pytest
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.theme import Theme

from studybuddy.tui.themes import CONTRAST, DARK, LIGHT, TERMINAL
from studybuddy.tui.widgets.fact_rows import Fact, clip, fact_rows
from studybuddy.tui.widgets.printed import printed_rows
from studybuddy.tui.widgets.run_output import KEPT, Feed, RunOutput


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

    thread = threading.Thread(target=flood)
    thread.start()
    text = ""
    while thread.is_alive():
        text = feed.read() or text
        assert len(text) <= KEPT
    thread.join()
    text = feed.read() or text
    assert text.endswith("y\nend")
    assert len(text) == KEPT


class Shown(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.feed = Feed()
        for theme in (DARK, LIGHT, CONTRAST, TERMINAL):
            self.register_theme(theme)

    def compose(self) -> ComposeResult:
        yield RunOutput()

    def on_mount(self) -> None:
        self.query_one(RunOutput).follow(self.feed)

    def segments(self) -> list[Segment]:
        output = self.query_one(RunOutput)
        return [segment for strip in output.render_lines(output.outer_size.region) for segment in strip]


@pytest.mark.parametrize("theme", [DARK, LIGHT, CONTRAST, TERMINAL], ids=lambda theme: theme.name)
async def test_output_has_the_colours_of_the_theme_and_no_control_codes(theme: Theme) -> None:
    app = Shown()
    async with app.run_test(size=(40, 12)) as pilot:
        app.theme = theme.name
        await pilot.pause()
        app.feed.write("  1%\r\x1b[31m100%\x1b[0m\x1b[2J\x1b]0;t\x07 ok\n\x1b[44mblue\x1b[m\n" + "x" * 1_000)
        await pilot.pause(0.2)
        found = {segment.text: segment.style for segment in app.segments()}
        assert not any(char in text for text in found for char in "\x1b\r\x07")
        red, blue = found["100%"], found["blue"]
        assert red is not None
        assert red.color is not None
        assert red.color != (found[" ok"] or red).color or theme is TERMINAL
        assert blue is not None
        assert blue.bgcolor != red.bgcolor or blue.reverse
        assert any(text.endswith("x…") for text in found)


def test_a_very_long_output_loses_its_middle() -> None:
    rows = [row.plain for row in printed_rows("\n".join(str(n) for n in range(1000)), 20)]
    assert rows[0] == "0"
    assert rows[-1] == "999"
    assert "…(+800)" in rows
    assert [row.plain for row in printed_rows("x" * 50, 20)] == ["x" * 20, "x" * 20, "x" * 10]


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
