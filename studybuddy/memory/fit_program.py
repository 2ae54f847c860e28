"""The process of a fit: torch stays out of the app, and a fit can be ended at any moment.

Started by file path with `-I`. One JSON object comes in on standard input: `cards, days, ratings` (an entry a
review, in the order of the log), `parameters` in force, `known` (reviews their fit has seen), `seconds`. Out
go JSON lines: `{"done": share}` while it works, then the result or `{"error": text}`.
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
    import torch

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

    from studybuddy.memory.batch import pack, predicted
    from studybuddy.memory.calibration import comparable, log_loss, time_series_split
    from studybuddy.memory.fitting import fit

    deadline = time.monotonic() + float(task["seconds"])
    cards, days, ratings = _drawn(
        *(np.asarray(task[name], dtype=np.int64) for name in ("cards", "days", "ratings"))
    )
    packed = pack(cards, days, ratings, LONGEST)
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
    own = np.full(len(found), np.nan)
    for model, part in enumerate(parts):
        own[part.start : part.end] = predicted(fitted.parameters[model], packed)[
            found.place[part.start : part.end]
        ]
    tested = np.arange(len(found)) >= max(parts[0].start, int(task["known"]))
    result |= {"tested": int(tested.sum()), "before": None, "after": None}
    if result["tested"] >= LEAST_TESTED:
        before = predicted(task["parameters"], packed)[found.place]
        result["before"] = log_loss(before[tested], found.recalled[tested])
        result["after"] = log_loss(own[tested], found.recalled[tested])
    return result


def _drawn(cards: Any, days: Any, ratings: Any) -> tuple[Any, Any, Any]:
    """The reviews, of a very large log those of some cards."""
    import numpy as np

    if len(cards) <= MOST:
        return cards, days, ratings
    names, which, counts = np.unique(cards, return_inverse=True, return_counts=True)
    order = np.random.default_rng(0).permutation(len(names))
    taken = np.zeros(len(names), dtype=bool)
    taken[order[np.cumsum(counts[order].clip(max=LONGEST)) <= MOST]] = True
    kept = taken[which]
    return cards[kept], days[kept], ratings[kept]


def _say(line: dict[str, Any]) -> None:
    print(json.dumps(line), flush=True)  # noqa: T201 -- this is how the process answers


if __name__ == "__main__":
    main()
