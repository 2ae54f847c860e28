"""A whole session of reviews taken back, one thing after the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest

from studybuddy.core.card import CardState, Rating
from studybuddy.core.clock import FixedClock
from studybuddy.core.event import Event
from studybuddy.i18n import say
from studybuddy.store.schema import PROJECTIONS
from studybuddy.study.leeches import Leech, Remedy, decision
from studybuddy.study.undoing import undone
from studybuddy.study.wiring import Study

THINGS = 300
Tables = dict[str, list[tuple[object, ...]]]


def tables(study: Study) -> Tables:
    """Every projection but the list of what was taken back."""
    db = study.desk.store._db
    kept = [name for name in PROJECTIONS if name != "voided"]
    return {name: sorted(db.execute(f"SELECT * FROM {name}"), key=repr) for name in kept}


def rebuilt(study: Study) -> Tables:
    study.care.rebuild()
    return tables(study)


def prepared(study: Study) -> None:
    """Cards of the course and of one's own, some of them learnt."""
    for section in study.desk.catalogue.lessons[0].sections:
        study.reading.mark_read(section.id)
    for n in range(20):
        study.own_cards.add(f"front {n}", "back. And more. And still more.")
    study.desk.prefer("new_cards", 100)
    for card in list(study.desk.store.queue.ids())[:30]:
        study.review.answer(card, Rating.EASY, 2000)
    pass_time(study, days=12)


def something(study: Study, chance: Random) -> bool:
    """One thing that a learner does in a review; False where there was no card to do it with."""
    review = study.review
    pass_time(study, seconds=chance.choice((5, 30, 60 * 25)))
    turn = review.next()
    if turn is None:
        pass_time(study, hours=chance.choice((8, 26, 24 * 30)))
        return False
    card, leech = turn.card, Leech(turn.card, 8, ())
    rating, spent = chance.choice(list(Rating)), chance.randrange(90_000)
    deeds: list[Callable[[], object]] = [
        lambda: review.bury(card),
        lambda: review.suspend(card),
        lambda: review.flag(card),
        lambda: study.own_cards.edit(card, f"words {spent}", "back"),
        lambda: study.own_cards.add("added", "card"),
        lambda: study.leeches.decide(leech, Remedy.LEAVE),
        lambda: study.leeches.decide(leech, Remedy.SUSPEND),
        lambda: study.leeches.settle_split(leech, suspend=True),
        lambda: study.own_cards.edit(card, "other", "back", leech=decision(leech, Remedy.REWRITE)),
    ]
    answers: list[Callable[[], object]] = [lambda: review.answer(card, rating, spent, "typed" * (spent % 2))]
    chance.choice([*deeds, *answers * 14])()
    return True


def pass_time(study: Study, **span: float) -> None:
    study.desk.clock = FixedClock(study.desk.clock.now() + timedelta(**span))


@pytest.mark.parametrize("seed", [1, 2])
def test_three_hundred_things_are_taken_back_to_the_start(study: Study, seed: int) -> None:
    prepared(study)
    chance = Random(seed)
    states = [tables(study)]
    while len(states) <= THINGS:
        if something(study, chance):
            states.append(tables(study))
    assert rebuilt(study) == states[-1]
    for left in range(THINGS - 1, -1, -1):
        event = study.review.undo()
        assert isinstance(event, Event)
        assert say(undone(study, event))
        assert tables(study) == states[left], f"{event.kind} taken back"
        if left % 50 == 0:
            assert rebuilt(study) == states[left], "a replay of the log says the same"


def test_an_undone_answer_comes_back_as_the_card_it_was(study: Study) -> None:
    prepared(study)
    turn = study.review.next()
    assert turn is not None
    promised = {rating: outcome.interval_days for rating, outcome in turn.outcomes.items()}
    study.review.answer(turn.card, Rating.AGAIN, 1000, "what I typed")
    event = study.review.undo()
    assert event is not None
    assert (event.subject, event.body["typed"]) == (turn.card, "what I typed")
    again = study.review.turn_of(turn.card)
    assert again.memory == turn.memory
    assert again.memory.state is not CardState.RELEARNING
    assert {rating: outcome.interval_days for rating, outcome in again.outcomes.items()} == promised


def test_a_typed_answer_is_kept_short_and_whole_in_json(study: Study) -> None:
    prepared(study)
    card = next(iter(study.desk.store.queue.ids()))
    study.review.answer(card, Rating.GOOD, 1, "\x1b\ud800\x00" + "y" * 10**6)
    event = study.review.undo()
    assert event is not None
    assert len(event.body["typed"]) == 200
    assert study.desk.store.check() == []
