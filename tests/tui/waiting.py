"""Waiting for what workers and timers bring."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from textual.pilot import Pilot
from textual.widget import Widget

PATIENCE_S = 20.0


async def until(pilot: Pilot[None], happened: Callable[[], object], what: str = "") -> None:
    """Let the app work until something is true.

    Raises:
        AssertionError: it did not happen in time.
    """
    end = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < end, f"did not happen: {what or happened}"
        await asyncio.sleep(0.02)
    await pilot.pause()


def shown(widget: Widget) -> str:
    """What a widget and those in it show, as plain text; hidden ones are left out."""
    lines = []
    for part in (widget, *widget.query("*")):
        if part.display and not part.query("*") and part.is_attached and part.region:
            strips = part.render_lines(part.outer_size.region)
            lines += ["".join(segment.text for segment in strip).rstrip() for strip in strips]
    return "\n".join(lines)
