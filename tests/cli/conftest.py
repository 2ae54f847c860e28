from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from studybuddy.cli.main import run

DAY_ONE = "2026-11-22T08:00:00+08:00"


@dataclass
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON object on stdout."""
        assert self.out.count("\n") == 1, self.out
        return json.loads(self.out)


Command = Callable[..., Done]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder that does not exist yet."""
    return tmp_path / "home"


@pytest.fixture
def studybuddy(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs a command in this process, on the data folder `home`, on the first day at eight."""
    monkeypatch.setenv("STUDYBUDDY_HOME", str(home))
    monkeypatch.setenv("STUDYBUDDY_NOW", DAY_ONE)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")

    def call(*arguments: str, stdin: str = "", now: str | None = None) -> Done:
        if now is not None:
            monkeypatch.setenv("STUDYBUDDY_NOW", now)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        capsys.readouterr()
        code = run(list(arguments))
        captured = capsys.readouterr()
        return Done(code, captured.out, captured.err)

    return call
