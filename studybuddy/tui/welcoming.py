"""The first minute: a few questions, then Today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studybuddy.tui.manner import manner
from studybuddy.tui.modals.welcome import WelcomeModal
from studybuddy.tui.screens.base import StudyScreen

if TYPE_CHECKING:
    from typing import Any

    from studybuddy.study.wiring import Study
    from studybuddy.tui.app import StudybuddyApp


async def welcome(app: StudybuddyApp) -> None:
    """Ask, keep the answers, and show Today as they want it. Whoever skips is not asked again."""
    values = await app.study.ask(lambda study: study.desk.preferences.all())
    answers = await app.push_screen_wait(WelcomeModal(values))
    kept = answers or {"name": ""}

    def keep(study: Study) -> None:
        for key, value in kept.items():
            study.desk.prefer(key, value)

    await app.study.ask(keep)
    app.adopt(await app.study.ask(manner))
    await _show(app, kept)


async def _show(app: StudybuddyApp, kept: dict[str, Any]) -> None:
    if "language" in kept:
        await app.speak(kept["language"])
    for screen in app.screen_stack:
        if isinstance(screen, StudyScreen):
            await screen.refresh_plan()
