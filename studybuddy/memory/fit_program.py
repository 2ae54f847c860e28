"""The process of a fit: torch stays out of the app, and a fit can be ended at any moment.

Started by file path with `-I`. One JSON object comes in on standard input: `cards, days, ratings` (an entry a
review, in the order of the log), `parameters` in force, `known` (reviews their fit has seen), `seconds`. Out
go JSON lines: `{"done": share}` while it works, then the result, `{"error": text}`, or `{"missing": text}`
where torch cannot be imported.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

LONGEST = 64
"""Reviews of a card beyond so many teach nothing new and cost a step each (as in fsrs-rs)."""
MOST = 200_000
"""Of a larger log, cards drawn by a fixed seed, with all of their reviews."""
LEAST_TESTED = 60
"""A comparison over fewer reviews decides nothing."""


def main() -> None:
    """Read the task, fit, write the result."""
    sys.path.append(str(Path(__file__).resolve().parents[2]))
    try:
        import torch
    except ImportError as error:
        _say({"missing": str(error)[:500]})
        sys.exit(1)
    torch.set_num_threads(1)
    try:
        _say(solve(json.load(sys.stdin), lambda share: _say({"done": round(share, 3)})))
    except Exception as error:
        _say({"error": f"{type(error).__name__}: {error}"[:500]})
        sys.exit(1)


def solve(task: dict[str, Any], told: Callable[[float], None] | None = None) -> dict[str, Any]:
    """Fit on each training part and on everything; compare on the test parts.

    Returns:
        `parameters` (fitted on everything), `compared` reviews, of which `tested` were; mean log loss
        `before` with the parameters in force and `after` with fits that had not seen them, None if too few
        were tested.
    """
    import numpy as np

    from studybuddy.memory.batch import pack
    from studybuddy.memory.calibration import comparable, time_series_split
    from studybuddy.memory.fitting import fit

    deadline = time.monotonic() + float(task["seconds"])
    cards, days, ratings = (np.asarray(task[name], dtype=np.int64) for name in ("cards", "days", "ratings"))
    drawn = _drawn(cards)
    packed = pack(cards[drawn], days[drawn], ratings[drawn], LONGEST)
    known = int(np.searchsorted(drawn, task["known"]))
    found = comparable(packed)
    parts = time_series_split(len(found))
    if not parts:
        return {
            "parameters": task["parameters"],
            "compared": len(found),
            "tested": 0,
            "before": None,
            "after": None,
        }
    weights = np.zeros((len(parts) + 1, len(packed.gaps)))
    for model, part in enumerate(parts):
        weights[model, found.place[: part.start]] = 1
    weights[-1, found.place] = 1
    fitted = fit(packed, weights, deadline, told)
    result: dict[str, Any] = {
        "parameters": [round(float(value), 6) for value in fitted.parameters[-1]],
        "compared": len(found),
        "finished": fitted.finished,
    }
    return result | _compared(task["parameters"], fitted.parameters, known, packed, found)


def _compared(in_force: Any, own: Any, known: int, packed: Any, found: Any) -> dict[str, Any]:
    """The parameters in force against the fit of each training part, on what neither had seen."""
    import numpy as np

    from studybuddy.memory.batch import predicted
    from studybuddy.memory.calibration import log_loss, time_series_split

    parts = time_series_split(len(found))
    tested = (np.arange(len(found)) >= parts[0].start) & (packed.order[found.place] >= known)
    count = int(tested.sum())
    if count < LEAST_TESTED:
        return {"tested": count, "before": None, "after": None}
    after = np.full(len(found), np.nan)
    for model, part in enumerate(parts):
        place = found.place[part.start : part.end]
        after[part.start : part.end] = predicted(own[model], packed)[place]
    before = predicted(in_force, packed)[found.place]
    return {
        "tested": count,
        "before": log_loss(before[tested], found.recalled[tested]),
        "after": log_loss(after[tested], found.recalled[tested]),
    }


def _drawn(cards: Any) -> Any:
    """Which reviews to take: all, of a very large log those of some cards."""
    import numpy as np

    if len(cards) <= MOST:
        return np.arange(len(cards))
    names, which, counts = np.unique(cards, return_inverse=True, return_counts=True)
    order = np.random.default_rng(0).permutation(len(names))
    taken = np.zeros(len(names), dtype=bool)
    taken[order[np.cumsum(counts[order].clip(max=LONGEST)) <= MOST]] = True
    return np.flatnonzero(taken[which])


def _say(line: dict[str, Any]) -> None:
    print(json.dumps(line), flush=True)  # noqa: T201 -- this is how the process answers


if __name__ == "__main__":
    main()
