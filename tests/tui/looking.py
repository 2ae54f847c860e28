"""What a learner sees: the screen in front as lines of text."""

from __future__ import annotations

from textual.pilot import Pilot

from studybuddy.tui.app import StudybuddyApp


def lines_of(app: StudybuddyApp) -> list[str]:
    """The lines on the terminal now, without their styles."""
    return ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]


def text_of(app: StudybuddyApp) -> str:
    """All lines on the terminal now."""
    return "\n".join(lines_of(app))


async def settle(pilot: Pilot[None]) -> None:
    """Wait until what was asked of the study has been answered and drawn."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def opened(pilot: Pilot[None]) -> None:
    """Wait until a modal is drawn; `settle` would wait for the worker that waits for its answer."""
    for _ in range(3):
        await pilot.pause()
