from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from studybuddy.core.phrase import Phrase
from studybuddy.tui.widgets.status_line import MOST_ROWS, StatusLine
from tests.tui.waiting import shown, until

WORDS = {
    "latin": "wrong: one of the indices is wrong " * 3,
    "chinese": "不对：有一个下标写错了，可以修改。" * 5,
    "one long word": "x" * 100,
}


class Said(App[None]):
    CSS = "Screen { layout: vertical; }"

    def compose(self) -> ComposeResult:
        yield StatusLine()


@pytest.mark.parametrize("name", WORDS)
async def test_words_that_do_not_fit_take_more_rows_and_give_them_back(name: str) -> None:
    words, app = WORDS[name].strip(), Said()
    async with app.run_test(size=(70, 24)) as pilot:
        line = app.query_one(StatusLine)
        assert line.size.height == 1
        line.show(Phrase.of("{words}", words=words), "warn")
        await until(pilot, lambda: line.size.height > 1, "more rows")
        assert "".join(shown(line).split()) == words.replace(" ", "")
        line.show(Phrase("short"))
        await until(pilot, lambda: line.size.height == 1, "one row")


async def test_what_no_row_holds_is_cut_and_a_narrower_terminal_is_followed() -> None:
    app = Said()
    async with app.run_test(size=(200, 24)) as pilot:
        line = app.query_one(StatusLine)
        line.show(Phrase.of("{words}", words="one two three " * 10))
        await pilot.pause()
        assert line.size.height == 1
        await pilot.resize_terminal(30, 24)
        await until(pilot, lambda: line.size.height == MOST_ROWS, "all rows")
        assert shown(line).rstrip().endswith("…")
