"""Where the learner's files are."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple


class Places(NamedTuple):
    """The folders of one learner. With `--data-dir` or STUDYBUDDY_HOME all of them lie below it."""

    data: Path
    cache: Path
    state: Path

    @property
    def lessons(self) -> Path:
        """The folder of the lessons that the learner imported; it need not be there."""
        return self.data / "course"

    @classmethod
    def find(cls, chosen: str | None) -> Places:
        """The folders for a `--data-dir`, else for STUDYBUDDY_HOME, else the platform's own."""
        home = chosen or os.environ.get("STUDYBUDDY_HOME")
        if home:
            root = Path(home).expanduser()
            return cls(data=root, cache=root / "cache", state=root / "logs")
        from platformdirs import PlatformDirs

        dirs = PlatformDirs("studybuddy", appauthor=False)
        return cls(Path(dirs.user_data_dir), Path(dirs.user_cache_dir), Path(dirs.user_state_dir))
