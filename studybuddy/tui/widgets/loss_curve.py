"""The losses of a run: one line of bars on a logarithmic scale, and a few figures."""

from __future__ import annotations

import math
from collections.abc import Sequence

from textual.content import Content

BARS = "▁▂▃▄▅▆▇█"
ROWS = 8
WIDEST = 4
"""Cells of one bar, where there are few."""

Loss = tuple[int, float]


def sparkline(losses: Sequence[Loss], width: int) -> str:
    """At most `width` cells of bars whose height is the logarithm of the loss; `×` where it is not finite.

    A loss of zero or less has the smallest bar. Few losses get wider bars; where there are more losses than
    cells, a bar is the last loss of its share.
    """
    values = [value for _, value in losses]
    if not values or width < 1:
        return ""
    cells = min(width, len(values))
    shares = [values[(index + 1) * len(values) // cells - 1] for index in range(cells)]
    levels = [math.log10(value) if value > 0 and math.isfinite(value) else None for value in shares]
    known = [level for level in levels if level is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    wide = min(WIDEST, width // cells)
    return "".join(_bar(value, level, low, high) * wide for value, level in zip(shares, levels, strict=True))


def _bar(value: float, level: float | None, low: float, high: float) -> str:
    if level is None:
        return BARS[0] if math.isfinite(value) else "×"
    share = (level - low) / (high - low) if high > low else 1.0
    return BARS[round(share * (len(BARS) - 1))]


def some_losses(losses: Sequence[Loss], rows: int = ROWS) -> list[Loss]:
    """The first loss, the last, and some in between at even distances."""
    if len(losses) <= rows:
        return list(losses)
    return [losses[index * (len(losses) - 1) // (rows - 1)] for index in range(rows)]


def loss_lines(
    losses: Sequence[Loss], width: int, step: str, loss: str, *, with_bars: bool = True
) -> list[Content]:
    """The bars between the first and the last loss, and a table; `step` and `loss` head its columns.

    A single loss has no bars: there is nothing yet that it could have risen or fallen from.
    """
    if not losses:
        return []
    first, last = f"{losses[0][1]:.3g} ", f" {losses[-1][1]:.3g}"
    bars = sparkline(losses, min(60, width - len(first) - len(last)))
    rows = [(f"{number}", f"{value:.6g}") for number, value in some_losses(losses)]
    columns = max(len(number) for number, _ in rows)
    curve = Content.assemble((first, "$text-muted"), (bars, "$primary"), (last, "$text-muted"))
    return [
        *([curve] if len(losses) > 1 and with_bars else []),
        Content.styled(f"{step} · {loss}", "$text-muted"),
        *(Content.assemble((f"{number:>{columns}}", "$text-muted"), "  ", value) for number, value in rows),
    ]
