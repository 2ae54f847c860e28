"""Allowing and forbidding the code of an imported lesson, wherever its name stands."""

from __future__ import annotations

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.tui.screens.base import StudyScreen
from studybuddy.tui.screens.lab_trust import allowed


async def change_trust(screen: StudyScreen, lesson: str) -> Phrase | None:
    """Allow the code of a lesson after asking, or forbid it; what came of it, None where nothing did.

    Raises:
        StudybuddyError: it could not be saved.
    """
    state = await screen.ask(lambda study: study.trust.state(lesson))
    code = lesson.upper()
    if not state.imported:
        return Phrase.of(N_("{lesson} is one of the course's own lessons"), lesson=code)
    if not state.files:
        return Phrase.of(N_("{code} has no code of its own"), code=code)
    if state.trusted:
        await screen.ask(lambda study: study.trust.forbid(lesson))
        return Phrase.of(N_("the code of {code} is only shown from now on"), code=code)
    if await allowed(screen, lesson):
        return Phrase.of(N_("the code of {code} may run from now on"), code=code)
    return None
