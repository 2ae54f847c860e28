from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from studybuddy.core.clock import FixedClock
from studybuddy.study.launch import Launch
from studybuddy.study.wiring import Study

DAY_ONE = datetime(2026, 11, 22, 8, 0, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """A new learner on the real course, in Chinese, on the first day at eight."""
    opened = Study(Launch(str(tmp_path / "home"), "zh"), writer="test")
    set_clock(opened, DAY_ONE)
    yield opened
    opened.close()


def set_clock(study: Study, instant: datetime) -> None:
    """Let the study be used at an instant."""
    study.desk.clock = FixedClock(instant)
