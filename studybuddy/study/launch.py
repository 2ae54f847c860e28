"""What the command line was told, before anything is opened."""

from __future__ import annotations

from typing import NamedTuple


class Launch(NamedTuple):
    """Data folder and language as given by the learner; None where they did not say."""

    data_dir: str | None = None
    language: str | None = None
