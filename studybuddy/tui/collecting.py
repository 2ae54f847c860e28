"""The garbage collector, which waits while the program starts."""

from __future__ import annotations

import gc

COLLECT_AFTER_S = 1.0
"""From the first picture on."""


def collect_again() -> None:
    """Turn the collector on; what is loaded by now stays and is not looked at again."""
    gc.freeze()
    gc.enable()
