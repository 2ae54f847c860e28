from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest

from studybuddy.core.exercise import Exercise
from studybuddy.core.verdict import JudgeResult
from studybuddy.runner.judge import judge


class Judged(Protocol):
    """Judges a program in a scratch folder of its own."""

    def __call__(
        self,
        exercise: Exercise,
        source: str,
        *,
        on_output: Callable[[str], None] | None = None,
        stop: threading.Event | None = None,
        walled: bool = True,
    ) -> JudgeResult: ...


@pytest.fixture
def judged(tmp_path: Path) -> Iterator[Judged]:
    """The judge. Every sentence of a result must fill in, and no run may leave anything in its folder."""

    def run(
        exercise: Exercise,
        source: str,
        *,
        on_output: Callable[[str], None] | None = None,
        stop: threading.Event | None = None,
        walled: bool = True,
    ) -> JudgeResult:
        result = judge(exercise, source, on_output=on_output, stop=stop, scratch=tmp_path, walled=walled)
        assert result.message
        for sentence in (result.message, result.hint):
            assert "\n" not in sentence.format(**result.parameters)
        for case in result.cases:
            case.reason.format(**case.parameters)
        for gradient in result.gradients:
            gradient.reason.format(**gradient.parameters)
        return result

    yield run
    assert list(tmp_path.iterdir()) == []
