"""Asks the learner whether the code of an imported lesson may run."""

from __future__ import annotations

from studybuddy.i18n import _, ngettext, say
from studybuddy.tui.modals.confirm import ConfirmModal
from studybuddy.tui.screens.base import StudyScreen


async def allowed(screen: StudyScreen, exercise: str) -> bool:
    """Ask once; whether the code may run from now on.

    Raises:
        StudybuddyError: the answer could not be saved.
    """
    lesson = exercise.partition("/")[0]
    state = await screen.ask(lambda study: study.trust.state(lesson))
    if state.reason is None:
        return True
    files = ngettext("{n} file", "{n} files", len(state.files))
    question = _(
        "Allow the code of {code} to run ({files})? Read it first.", code=lesson.upper(), files=files
    )
    if not await screen.app.push_screen_wait(ConfirmModal(f"{say(state.reason)}\n{question}")):
        return False
    await screen.ask(lambda study: study.trust.allow(lesson))
    return True
