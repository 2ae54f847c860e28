"""Rescheduling on behalf of a screen: a preview, a question, and only then one event."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from studybuddy.tui.screens.base import StudyScreen


MOVING = frozenset({"desired_retention", "maximum_interval"})
"""Settings after which due days may stand elsewhere."""


def offer_later(screen: StudyScreen) -> None:
    """Beside whatever the screen does, show what due days would move by what was just set, if any would."""

    async def offer() -> None:
        if (done := await offer_rescheduling(screen, only_if_any=True)) is not None:
            screen.query_one(StatusLine).show(done, "good")

    screen.workers.cancel_group(screen, "reschedule")
    screen.perform(offer(), group="reschedule")


async def offer_rescheduling(
    screen: StudyScreen, *, only_if_any: bool = False, before: Callable[[], object] = lambda: None
) -> Phrase | None:
    """Show what would move and move it if the learner agrees; runs in a worker of the screen.

    Args:
        screen: in front.
        only_if_any: say nothing where no card would move, as after a change of a setting.
        before: called when all is ready to be shown.

    Returns:
        What was done, None if nothing was.
    """
    from studybuddy.study.rescheduling import Done
    from studybuddy.study.rescheduling_words import CHANGED, DAY_TURNED
    from studybuddy.tui.modals.reschedule import RescheduleModal

    preview = await screen.ask(lambda study: study.rescheduling.preview())
    if only_if_any and not preview.moves:
        return None
    before()
    note: Phrase | None = None
    while await screen.inquire(RescheduleModal(preview, note)):
        seen = preview
        done, preview = await screen.ask(lambda study, seen=seen: study.rescheduling.confirm(seen))  # type: ignore[misc]
        if done is Done.CHANGED:
            note = DAY_TURNED if preview.day != seen.day else CHANGED
            continue
        return Phrase.of(
            N_("{n} card moved · u takes it back"),
            plural=N_("{n} cards moved · u takes it back"),
            n=len(preview.moves),
        )
    return None
