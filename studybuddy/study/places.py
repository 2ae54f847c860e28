"""Where the learner's files are."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one learner. With `--data-dir` or STUDYBUDDY_HOME all of them lie below it."""

    data: Path
    cache: Path
    state: Path

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
