"""Answers in Anki, for a Python that has it: `python anki_answer.py COLLECTION CARDS`.

Makes a collection of CARDS cards in review and due, FSRS on, commits as durable as ours: WAL, FULL. A line
read is a number of answers to give; printed are the seconds of each, from the answer to the next card
with its four intervals. The first line printed holds the seconds to the first queue.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from typing import Any

GOOD = 2
"""`CardAnswer.GOOD` of the package."""


def _collection(path: str, cards: int) -> Any:
    api = importlib.import_module("anki.collection")
    collection = api.Collection(path)
    basic, deck = collection.models.by_name("Basic"), collection.decks.id("Default")
    requests = []
    for number in range(cards):
        note = collection.new_note(basic)
        note["Front"], note["Back"] = f"question {number}", f"answer {number}"
        requests.append(api.AddNoteRequest(note=note, deck_id=deck))
    collection.add_notes(requests)
    settings = collection.decks.config_dict_for_deck_id(deck)
    settings["rev"]["perDay"], settings["new"]["perDay"] = 9999, 9999
    collection.decks.update_config(settings)
    collection.set_config("fsrs", True)
    today = collection.sched.today
    data = json.dumps({"s": 10.0, "d": 5.0, "dr": 0.9, "lrt": int(time.time()) - 12 * 86_400})
    collection.db.execute(
        "update cards set type = 2, queue = 2, due = ?, ivl = 10, factor = 2500, reps = 4, data = ?",
        today - 1,
        data,
    )
    collection.db.execute("pragma synchronous = full")
    return collection


def main(path: str, cards: str) -> None:
    """Serve batches of answers until the input ends."""
    collection = _collection(path, int(cards))
    collection.close()
    collection = importlib.import_module("anki.collection").Collection(path)
    collection.db.execute("pragma synchronous = full")
    started = time.perf_counter()
    queued = collection.sched.get_queued_cards()
    print(json.dumps(time.perf_counter() - started), flush=True)
    for line in sys.stdin:
        taken = []
        for _ in range(int(line)):
            card, states = queued.cards[0].card, queued.cards[0].states
            started = time.perf_counter()
            answer = collection.sched.build_answer(
                card=_timed(collection, card.id), states=states, rating=GOOD
            )
            collection.sched.answer_card(answer)
            queued = collection.sched.get_queued_cards()
            taken.append(time.perf_counter() - started)
        print(json.dumps(taken), flush=True)
    collection.close()


def _timed(collection: Any, number: int) -> Any:
    card = collection.get_card(number)
    card.start_timer()
    return card


if __name__ == "__main__":
    main(*sys.argv[1:3])
