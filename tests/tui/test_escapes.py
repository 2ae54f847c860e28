"""Escape and the key after it, as a terminal sends them."""

from __future__ import annotations

import time

import pytest
from textual import events
from textual.drivers import linux_driver

from studybuddy.tui.escapes import EscapeParser, tell_escape_apart
from studybuddy.tui.private import PARSER


def keys(*pieces: str, pause_s: float = 0.0) -> list[str]:
    """The keys that are read from what a terminal sends piece by piece."""
    parser = EscapeParser()
    found = []
    for piece in pieces:
        found += list(parser.feed(piece))
        time.sleep(pause_s)
        found += list(parser.tick())
    time.sleep(0.15)
    found += list(parser.tick())
    return [event.key for event in found if isinstance(event, events.Key)]


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (["\x1bt"], ["escape", "t"]),
        (["\x1b", "t"], ["escape", "t"]),
        (["l\x1bt\x1bp"], ["l", "escape", "t", "escape", "p"]),
        (["\x1b1\x1b,\x1b\r"], ["escape", "1", "escape", "comma", "escape", "enter"]),
        (["\x1b中"], ["escape", "中"]),
        (["\x1b\x1b"], ["escape", "escape"]),
        (["\x1b[A"], ["up"]),
        (["\x1b", "[A"], ["up"]),
        (["\x1b\x1b[B"], ["escape", "down"]),
        (["\x1bOP\x1b[15~"], ["f1", "f5"]),
        (["\x1bb\x1bf\x1b\x7f"], ["ctrl+left", "ctrl+right", "ctrl+w"]),
        (["^x^2"], ["circumflex_accent", "x", "circumflex_accent", "2"]),
    ],
)
def test_escape_is_never_part_of_the_next_key(sent: list[str], read: list[str]) -> None:
    assert keys(*sent) == read


def test_escape_that_was_understood_already_is_not_waited_for() -> None:
    assert keys("\x1b", "t", pause_s=0.15) == ["escape", "t"]


def test_what_is_pasted_is_no_key() -> None:
    parser = EscapeParser()
    found = [*parser.feed("\x1b[200~a中"), *parser.feed("b\x1b[201~\x1bq"), *parser.tick()]
    pasted = [event.text for event in found if isinstance(event, events.Paste)]
    assert pasted == ["a中b"]
    assert [event.key for event in found if isinstance(event, events.Key)] == ["escape", "q"]


def test_a_code_inside_a_paste_is_no_escape() -> None:
    parser = EscapeParser()
    found = [*parser.feed("\x1b[200~a\x1bt"), *parser.feed("b")]
    assert "escape" not in [event.key for event in found if isinstance(event, events.Key)]


def test_the_app_reads_its_terminal_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linux_driver, PARSER, getattr(linux_driver, PARSER))
    tell_escape_apart()
    assert getattr(linux_driver, PARSER) is EscapeParser
    names = linux_driver.LinuxDriver.run_input_thread.__code__.co_names
    assert PARSER in names, "the driver makes its parser elsewhere now"
