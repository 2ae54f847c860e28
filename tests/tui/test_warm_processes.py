"""Processes that are kept ready come with the screens that may need them, and go with the app."""

from __future__ import annotations

import psutil  # noqa: TID253
import pytest

from studybuddy.study.lab import Lab
from studybuddy.tui.screens.lab import LabScreen
from studybuddy.tui.screens.lesson import LessonScreen
from tests.tui.conftest import LESSON, MakeApp

WARM_UP = Lab.warm_up


def fork_servers() -> list[psutil.Process]:
    """Living fork servers of this process."""
    found = []
    for child in psutil.Process().children():
        try:
            found += [child] if "zygote" in child.cmdline() else []
        except psutil.NoSuchProcess:  # ended meanwhile
            continue
    return found


async def test_a_fork_server_waits_from_the_numpy_section_on_and_ends_with_the_app(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app("en")
    before = set(psutil.Process().children())
    monkeypatch.setattr(Lab, "warm_up", WARM_UP)
    async with app.run_test(size=(120, 40)) as pilot:
        assert fork_servers() == []
        await app.push_screen(LessonScreen(LESSON, f"{LESSON}/theory"))
        await pilot.pause()
        assert fork_servers() == []
        await pilot.press("n")
        await app.workers.wait_for_complete()
        await pilot.pause()
        await app.workers.wait_for_complete()
        (server,) = fork_servers()
        await app.push_screen(LabScreen(f"{LESSON}/training-loop"))
        await pilot.pause()
        await app.workers.wait_for_complete()
        assert fork_servers() == [server]
        await pilot.press("f5")
        await app.workers.wait_for_complete()
        assert fork_servers() == [server]
    assert set(psutil.Process().children()) <= before, "a child of this app lives on"
