"""Searches in Anki, for a Python that has it: `python anki_find.py CARDS COLLECTION REPEATS QUERIES`.

CARDS is a JSON file of `[front, back, tag]`, QUERIES a JSON list. Prints the median seconds of each query.
"""

from __future__ import annotations

import importlib
import json
import statistics
import sys
import time
from pathlib import Path


def main(cards: str, path: str, repeats: str, queries: str) -> None:
    """Make the collection, then search it."""
    collection = importlib.import_module("anki.collection").Collection(path)
    basic = collection.models.by_name("Basic")
    deck = collection.decks.id("Default")
    requests = []
    request = importlib.import_module("anki.collection").AddNoteRequest
    for front, back, tag in json.loads(Path(cards).read_text(encoding="utf-8")):
        note = collection.new_note(basic)
        note["Front"], note["Back"], note.tags = front, back, [tag]
        requests.append(request(note=note, deck_id=deck))
    collection.add_notes(requests)

    def timed(query: str) -> float:
        started = time.perf_counter()
        collection.find_cards(query)
        return time.perf_counter() - started

    taken = {
        query: statistics.median(timed(query) for _ in range(int(repeats))) for query in json.loads(queries)
    }
    collection.close()
    print(json.dumps(taken))


if __name__ == "__main__":
    main(*sys.argv[1:5])
