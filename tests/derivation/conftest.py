"""A hint is looked for as long as on a quiet machine, however busy this one is."""

from __future__ import annotations

import pytest

from studybuddy.derivation import nearest


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wide limits of time for the search."""
    monkeypatch.setattr(nearest, "LONGEST_S", 1.0)
    monkeypatch.setattr(nearest, "WAITED_S", 20.0)
