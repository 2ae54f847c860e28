"""An app on a data folder of its own, with the real course, a fixed clock and no animations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from studybuddy.core.wall import WallReport
from studybuddy.i18n import use_language
from studybuddy.study.lab import Lab
from studybuddy.study.launch import Launch
from studybuddy.study.wiring import Study
from studybuddy.tui.app import StudybuddyApp
from studybuddy.tui.study_thread import StudyThread

NOW = "2026-11-22T08:00:00+08:00"
LESSON = "s3w10d1"

MakeApp: TypeAlias = Callable[..., StudybuddyApp]


@pytest.fixture
def make_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakeApp]:
    """Makes an app: `make_app(language="zh", before=lambda study: ...)`.

    `before` sees the open study before the plan is made, to put something into the log. An app may be made
    again on the same folder after the first one was left. Its processes are started when they are needed.
    """
    monkeypatch.setenv("STUDYBUDDY_NOW", NOW)
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    for name in ("STUDYBUDDY_HOME", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Lab, "warm_up", lambda lab, packages: None)
    monkeypatch.setattr(Lab, "wall", lambda lab: WallReport(51, ()))
    threads: list[StudyThread] = []

    def make(language: str = "zh", before: Callable[[Study], object] | None = None) -> StudybuddyApp:
        thread = StudyThread(Launch(str(tmp_path / "data"), language))
        threads.append(thread)
        use_language(language)
        if before is not None:
            thread.now(before)
        return StudybuddyApp(thread, thread.now(lambda study: study.day.plan()))

    yield make
    for thread in threads:
        thread.close()
    use_language("en")


@pytest.fixture
def app(make_app: MakeApp) -> StudybuddyApp:
    """An app in Chinese on an empty data folder."""
    return make_app()
