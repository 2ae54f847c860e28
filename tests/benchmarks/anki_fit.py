"""Anki's fit, in a process of the peer's own environment: `PYTHON anki_fit.py < items.json`.

Standard input: `{"items": [[[rating, days], ...], ...], "ends": [n, ...]}`; one fit for each end, on the
items before it. Standard output: the parameters of each, and the seconds that all of them took.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path


def main() -> None:
    """Fit and answer."""
    Collection = import_module("anki.collection").Collection
    messages = import_module("anki.scheduler_pb2")
    task = json.load(sys.stdin)
    items = [
        messages.FsrsItem(reviews=[messages.FsrsReview(rating=rating, delta_t=days) for rating, days in item])
        for item in task["items"]
    ]
    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(str(Path(folder) / "peer.anki2"))
        started = time.perf_counter()
        found = [
            list(collection._backend.compute_fsrs_params_from_items(items[:end]).params)
            for end in task["ends"]
        ]
        taken = time.perf_counter() - started
        collection.close()
    print(json.dumps({"parameters": found, "seconds": taken}))


if __name__ == "__main__":
    main()
