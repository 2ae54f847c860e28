"""Every screen as a picture, in both languages and both tested sizes.

After a wanted change: `pytest tests/tui/test_snapshots.py --snapshot-update`, then look at the pictures.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from textual.pilot import Pilot

from studybuddy.core.card import Rating
from studybuddy.study.wiring import Study
from tests.course.importing.sample import text_export
from tests.tui.conftest import LESSON, MakeApp
from tests.tui.looking import settle, text_of
from tests.tui.waiting import until

Compare = Callable[..., bool]
Steps = Callable[[Pilot[None]], Awaitable[None]]
SIZES = [(80, 24), (120, 40)]


def a_morning(study: Study) -> None:
    """Someone who read a section, reviewed two cards and ticked an item."""
    study.reading.mark_read(f"{LESSON}/theory")
    study.review.answer(f"{LESSON}/card/upstream-gradient", Rating.GOOD, 3000)
    study.review.answer(f"{LESSON}/card/local-gradient", Rating.EASY, 3000)
    study.checklist.tick("interview", "with a friend")


def keys(*pressed: str) -> Steps:
    """Press keys, each after what the one before asked for has come."""

    async def steps(pilot: Pilot[None]) -> None:
        await settle(pilot)
        for key in pressed:
            await pilot.press(key)
            await settle(pilot)

    return steps


SCREENS = {
    "today": keys(),
    "checklist": keys("t"),
    "lessons": keys("p"),
    "lesson": keys("l", "p"),
    "symbols": keys("l", "y"),
    "browser": keys("b", *"gradient", "enter", "j", "j", "space", "exclamation_mark"),
    "browser_wrong": keys("b", *"dw lesson:s3w9"),
    "browser_none": keys("b", *"zzzz"),
    "statistics": keys("s"),
    "statistics_memory": keys("s", "2"),
    "statistics_load": keys("s", "3"),
    "derivation": keys("d"),
    "derivation_wrong": keys("d", *"X_ki", "enter"),
    "drills": keys("D"),
    "review_question": keys("r"),
    "review_answer": keys("r", "space"),
    "lab": keys("c"),
    "attempts": keys("c", "escape", "v"),
    "experiments": keys("c", "escape", "e"),
    "xray": keys("c", "f7"),
    "help": keys("question_mark"),
    "settings": keys("comma"),
    "presets": keys("comma", "tab", "j", "j", "j", "enter"),
    "glossary": keys("l", "g"),
    "walk": keys("l", "tab", "enter", "ctrl+r"),
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("screen", SCREENS)
def test_screen(
    snap_compare: Compare, make_app: MakeApp, screen: str, language: str, size: tuple[int, int]
) -> None:
    app: Any = make_app(language, before=a_morning)
    assert snap_compare(app, terminal_size=size, run_before=SCREENS[screen])


OTHERWISE = {"help", "symbols", "glossary", "derivation_wrong", "walk"}
"""Modals, and what says something else at the second time."""
ALIKE = {"browser_wrong", "browser_none", "statistics_memory", "statistics_load", "attempts"}
"""Screens of which another state is looked at anyhow."""


@pytest.mark.parametrize(
    "screen",
    [
        pytest.param(name, marks=[pytest.mark.slow] if name in ALIKE else [])
        for name in SCREENS
        if name not in OTHERWISE
    ],
)
async def test_ctrl_l_shows_the_screen_as_if_it_had_been_opened_so(make_app: MakeApp, screen: str) -> None:
    """Switched to English, a screen reads exactly as the one that was opened in English, and back."""
    shown = []
    for language, switches in (("en", 0), ("zh", 1), ("en", 2)):
        app = make_app(language, before=None)
        async with app.run_test(size=(100, 30)) as pilot:
            await SCREENS[screen](pilot)
            for _ in range(switches):
                await pilot.press("ctrl+l")
                await settle(pilot)
            await settle(pilot)
            shown.append(text_of(app))
    assert shown[1] == shown[0]
    assert shown[2] == shown[0]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_interview(
    snap_compare: Compare,
    make_app: MakeApp,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    size: tuple[int, int],
) -> None:
    monkeypatch.setattr("studybuddy.tui.screens.interview.time", SimpleNamespace(monotonic=lambda: 100.0))
    app: Any = make_app(language, before=a_morning)
    steps = keys("i", *"zero", "ctrl+r", "ctrl+r", "a")
    assert snap_compare(app, terminal_size=size, run_before=steps)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_import(
    snap_compare: Compare,
    make_app: MakeApp,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    language: str,
    size: tuple[int, int],
) -> None:
    (tmp_path / "s3w10d2.txt").write_text(text_export().replace("S3W10D1", "S3W10D2"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    app: Any = make_app(language, before=a_morning)

    async def steps(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await pilot.press("n", *"s3w", "enter")
        await until(pilot, lambda: getattr(app.screen, "stage", "") == "seen", "the file was read")
        await pilot.press("j", "j")

    assert snap_compare(app, terminal_size=size, run_before=steps)
