"""Factors that slips multiply by, in words: 2, 1/N, √D, N/M."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations
from math import prod
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studybuddy.derivation.world import World

Powers: TypeAlias = tuple[tuple[str, float], ...]
"""Sizes with their exponents."""
_NUMBERS = ((1.0, "", ""), (2.0, "2", ""), (0.5, "", "2"), (4.0, "4", ""), (0.25, "", "4"), (3.0, "3", ""))
"""Numbers with what stands above and below the bar."""
_RAISED = {1.0: "{}", 0.5: "√{}", 2.0: "{}²"}


def factor_name(worlds: Sequence[World], ratios: Sequence[float]) -> str | None:
    """The factor that takes these values in these worlds; None where it is none that has a name."""
    for powers in _powers(list(worlds[0].sizes)):
        sizes = [prod(world.sizes[name] ** power for name, power in powers) for world in worlds]
        for number, above, below in _NUMBERS:
            for sign, mark in ((1.0, ""), (-1.0, "−")):
                if np.allclose(ratios, [sign * number * size for size in sizes], rtol=1e-7, atol=0.0):
                    return mark + _worded(above, below, powers)
    known = np.allclose(ratios, ratios[0], rtol=1e-7) and not np.allclose(ratios, 1.0, rtol=1e-3)
    return f"{ratios[0]:.4g}" if known else None


def _powers(names: list[str]) -> Iterator[Powers]:
    yield ()
    for name in names:
        yield from (((name, power),) for power in (1.0, -1.0, 0.5, -0.5, 2.0, -2.0))
    yield from (((one, 1.0), (other, -1.0)) for one, other in permutations(names, 2))
    for one, other in combinations(names, 2):
        yield (one, 1.0), (other, 1.0)
        yield (one, -1.0), (other, -1.0)


def _worded(above: str, below: str, powers: Powers) -> str:
    high = above + "".join(_RAISED[power].format(name) for name, power in powers if power > 0)
    low = below + "".join(_RAISED[-power].format(name) for name, power in powers if power < 0)
    if not low:
        return high or "1"
    return f"{high or '1'}/{low if len(low) == 1 or low.startswith('√') else f'({low})'}"
