"""What the lab says of the wall around programs, before the first run."""

from __future__ import annotations

import asyncio

from textual.css.query import NoMatches

from studybuddy.core.errors import RunnerError
from studybuddy.study.wall import wall_phrase
from studybuddy.tui.screens.base import StudyScreen
from studybuddy.tui.widgets.status_line import StatusLine


async def tell_wall(screen: StudyScreen) -> None:
    """Put it on the status line, unless something else is said there by then."""
    lab = await screen.ask(lambda study: study.lab)
    try:
        report = await asyncio.to_thread(lab.wall)
        line = screen.query_one(StatusLine)
    except (RunnerError, NoMatches):  # the run will say it, or the screen is gone
        return
    if line.phrase is None:
        line.show(wall_phrase(report), "" if report.stands else "warn")
