"""How the suite is spread over the machine."""

from __future__ import annotations

import os

WORKERS_A_CORE = 2
"""The tests wait as long as they compute: for terminals, time limits and processes."""


def pytest_xdist_auto_num_workers() -> int:
    """How many workers `-n auto` starts."""
    return WORKERS_A_CORE * (os.cpu_count() or 1)
