"""Draw the pictures of the README anew: `python scripts/screenshots.py`. Needs nothing but the app itself.

The app runs without a terminal, on data of its own and at a fixed time; Textual writes what it shows as SVG.
Rich gives a run of Chinese characters the width of half as many cells; the width is put right here.
"""

from __future__ import annotations

import asyncio
import html
import os
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from rich.cells import cell_len

from studybuddy.core.card import Rating
from studybuddy.i18n import use_language
from studybuddy.study.launch import Launch
from studybuddy.study.wiring import Study
from studybuddy.tui.app import StudybuddyApp
from studybuddy.tui.study_thread import StudyThread

FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
SIZE = (110, 34)
LESSON = "s3w10d1"
SCREENS: dict[str, tuple[str, ...]] = {
    "today": (),
    "lesson": ("l", "p"),
    "derivation": ("d", *("escape", "n") * 3, "X", "space", "d", "Z", "enter"),
    "lab": ("c", "f5", "f6"),
    "interview": ("i", "ctrl+r", "ctrl+r", "a"),
    "review": ("r", "space"),
    "checklist": ("t",),
    "statistics": ("s",),
    "memory": ("s", "2"),
}
OF_A_YEAR = frozenset({"statistics", "memory"})
"""Screens that say nothing after one morning."""


def a_morning(study: Study) -> None:
    """A learner in the middle of the day."""
    study.reading.mark_read(f"{LESSON}/theory")
    for card in ("upstream-gradient", "local-gradient", "backprop"):
        study.review.answer(study.card_id(card), Rating.GOOD, 3000)
    study.checklist.tick("interview", "")
    exercise = study.library.exercise(f"{LESSON}/max-depth")
    result = study.lab.judge(exercise, exercise.reference)
    study.lab.record(exercise, exercise.reference, result)
    loop = study.library.exercise(f"{LESSON}/training-loop")
    study.lab.save_draft(loop.id, loop.reference)


def a_year(study: Study) -> None:
    """A learner after a year."""
    sys.path.insert(0, str(FOLDER.parents[1]))
    from tests.study.statistics.a_year import Year

    Year(study, study.desk.now()).write()


async def photograph(
    language: str, name: str, keys: tuple[str, ...], before: Callable[[Study], None]
) -> None:
    """Open the app on fresh data, press the keys, and write what it shows."""
    with tempfile.TemporaryDirectory() as folder:
        thread = StudyThread(Launch(folder, language))
        use_language(language)
        thread.now(before)
        app = StudybuddyApp(thread, thread.now(lambda study: study.day.plan()))
        async with app.run_test(size=SIZE) as pilot:
            for key in keys:
                await pilot.pause(0.4)
                await pilot.press(key)
            await pilot.pause(2.5)
            await app.workers.wait_for_complete()
            await pilot.pause(0.3)
            picture = repaired(app.export_screenshot(title="studybuddy", simplify=True))
        (FOLDER / f"{name}-{language}.svg").write_text(picture, encoding="utf-8")


def repaired(svg: str) -> str:
    """Right widths for wide characters, and no fonts from elsewhere."""
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)

    def widen(match: re.Match[str]) -> str:
        text = html.unescape(re.sub(r"<[^>]*>", "", match[4])).replace("\xa0", " ")
        width = float(match[2]) * cell_len(text) / max(1, len(text))
        words = re.sub(r" (?![^<]*>)", "&#160;", match[4])
        return f'{match[1]}textLength="{width:g}"{match[3]}{words}</text>'

    return re.sub(r'(<text[^>]*?)textLength="([\d.]+)"([^>]*>)(.*?)</text>', widen, svg)


def main() -> None:
    """Every screen in both languages."""
    os.environ |= {"STUDYBUDDY_NOW": "2026-11-22T08:00:00+08:00", "TEXTUAL_ANIMATIONS": "none"}
    os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}  # the theme follows the terminal
    os.environ.pop("NO_COLOR", None)
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[1:] or list(SCREENS)
    for language in ("zh", "en"):
        for name in wanted:
            before = a_year if name in OF_A_YEAR else a_morning
            asyncio.run(photograph(language, name, SCREENS[name], before))
            print(f"{name}-{language}.svg")


if __name__ == "__main__":
    main()
