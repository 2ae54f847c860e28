"""How a setting is changed by hand: turned, typed, or chosen in a week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from studybuddy.core.settings import Setting
    from studybuddy.tui.screens.base import StudyScreen


def turned(setting: Setting, value: Any, step: int) -> Any:
    """The next choice, or the one before; None where there is nothing to turn."""
    choices = (True, False) if setting.kind == "yesno" else setting.choices
    return choices[(choices.index(value) + step) % len(choices)] if choices else None


async def asked(screen: StudyScreen, setting: Setting, value: Any) -> Any:
    """Ask the learner for a value; None if they leave it as it is. To be called in a worker."""
    if setting.kind == "week":
        from studybuddy.tui.modals.week import WeekModal

        return await screen.inquire(WeekModal(setting, value))
    from studybuddy.tui.modals.value import ValueModal

    foretell = None
    if setting.key == "desired_retention":
        from studybuddy.tui.foretelling import Foretelling

        foretell = Foretelling(screen).retention
    return await screen.inquire(ValueModal(setting, value, foretell=foretell))
