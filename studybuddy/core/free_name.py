"""A name for what is put aside, beside what was put aside before."""

from __future__ import annotations

import os
from itertools import chain, count
from pathlib import Path


def free_name(path: Path) -> Path:
    """A path that nothing bears yet: the one wanted, or with `-2`, `-3`, ... behind it."""
    numbers = (path.with_name(f"{path.name}-{number}") for number in count(2))
    return next(name for name in chain((path,), numbers) if not os.path.lexists(name))
