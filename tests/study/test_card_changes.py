from __future__ import annotations

import sqlite3
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.core.card import CardState, Rating
from studybuddy.core.errors import UsageError
from studybuddy.core.event import EventKind
from studybuddy.i18n import say
from studybuddy.study.answer_log import answers_to
from studybuddy.study.browser import Change
from studybuddy.study.card_changes import Left
from studybuddy.study.due_range import FARTHEST, DueRange, read_due_range
from studybuddy.study.launch import Launch
from studybuddy.study.undoing import undo
from studybuddy.study.wiring import Study
from tests.study.test_browser import DW, UPSTREAM, own, pass_days
from tests.study.test_own_fit import cards

TODAY = date(2026, 11, 22)


def rebuilt(study: Study) -> bool:
    before = cards(study)
    study.desk.store.rebuild()
    return cards(study) == before


def tagged(study: Study, tag: str) -> set[str]:
    return set(study.browser.find(f"tag:{tag}"))


def events(study: Study, kind: EventKind) -> int:
    return len(list(study.desk.store.log.events(kind)))


def test_tags_stand_beside_those_of_the_course(study: Study) -> None:
    mine = own(study, "a zebra", "stripes", "animal")
    course = set(study.browser.lines([DW])[0].row.tags)
    done = study.card_changes.tag([DW, UPSTREAM, mine, "no/such/card"], "#exam, hard")
    assert done == ((DW, UPSTREAM, mine), {})
    assert events(study, EventKind.CARD_TAG) == 1
    assert tagged(study, "exam") == tagged(study, "hard") == {DW, UPSTREAM, mine}
    assert tagged(study, "animal") == {mine}
    assert set(study.browser.lines([DW])[0].row.tags) == course | {"exam", "hard"}
    content = study.library.card(DW)
    assert content is not None
    assert set(content.tags) >= {"exam", "hard"}
    assert study.card_changes.tag([DW, mine], "EXAM").left == {Left.SAME: 2}
    assert study.card_changes.untag([DW, mine, UPSTREAM], "exam animal").changed == (DW, mine, UPSTREAM)
    assert tagged(study, "exam") == set() == tagged(study, "animal")
    assert study.card_changes.untag([DW], "exam").left == {Left.SAME: 1}
    assert "3" in say(undo(study))
    assert tagged(study, "exam") == {DW, UPSTREAM, mine}
    assert tagged(study, "animal") == {mine}
    undo(study)
    assert tagged(study, "exam") == set()
    assert set(study.browser.lines([DW])[0].row.tags) == course


def test_words_that_name_tags_begin_anew(study: Study) -> None:
    card = own(study, "front", "back", "one")
    study.card_changes.tag([card], "two")
    study.own_cards.edit(card, "front", "other back")
    assert tagged(study, "two") == {card}, "an edit that names no tags leaves them"
    study.own_cards.edit(card, "front", "back", ("three",))
    assert tagged(study, "two") == set()
    study.card_changes.tag([card], "four")
    assert set(study.browser.rows([card])[0].tags) == {"three", "four"}
    assert set(study.own_cards.content(card).tags) == {"three", "four"}
    undo(study)
    undo(study)
    assert set(study.browser.rows([card])[0].tags) == {"one", "two"}


def test_interview_questions_are_tagged_too(study: Study) -> None:
    question = study.desk.catalogue.lessons[0].questions[0]
    study.card_changes.tag([question], "exam")
    assert tagged(study, "exam") == {question}
    index = study.desk.places.cache / "card-index.db"
    index.unlink()
    study.browser._finder._made_from = None
    assert tagged(study, "exam") == {question}, "also in an index made anew"


def test_another_process_sees_the_tags(study: Study) -> None:
    assert study.browser.find("tag:exam") == []
    study.card_changes.tag([DW], "exam")
    reader = Study(Launch(str(study.desk.places.data), "en"))
    assert reader.browser.find("tag:exam") == [DW]
    reader.close()


def test_a_card_has_at_most_so_many_tags(study: Study) -> None:
    card = own(study, "front")
    study.card_changes.tag([card], " ".join(f"t{n}" for n in range(18)))
    assert study.card_changes.tag([card], "a b c").left == {Left.FULL: 1}
    assert len(study.browser.rows([card])[0].tags) == 18
    for nothing in ("", " , ", "#", "###  #"):
        with pytest.raises(UsageError):
            study.card_changes.tag([card], nothing)
    long = "x" * 100_000
    study.card_changes.tag([card], long + " \x1b[2J\x07")
    assert max(map(len, study.browser.rows([card])[0].tags)) <= 60


@pytest.mark.parametrize(
    "body", [{"add": None}, {"add": "x"}, {"add": [None, 3, ["x"]]}, {"remove": {"x": 1}}, {}]
)
def test_damaged_tags_are_none(study: Study, body: dict[str, object]) -> None:
    card = own(study, "front", "back", "one")
    study.desk.record(EventKind.CARD_TAG, "", body | {"cards": [card, "nobody", None, 7]})
    assert study.browser.rows([card])[0].tags == ("one",)
    assert tagged(study, "one") == {card}
    assert rebuilt(study)
    undo(study)
    assert tagged(study, "one") == {card}


def test_a_due_day_is_set_for_answered_cards_alone(study: Study) -> None:
    learnt, stepping, fresh = (own(study, f"card {n}") for n in range(3))
    study.review.answer(learnt, Rating.EASY)
    study.review.answer(stepping, Rating.AGAIN)
    before = cards(study)
    when = read_due_range("in 3 days", TODAY)
    done = study.card_changes.due([learnt, stepping, fresh, DW], when)
    assert done == ((learnt, stepping), {Left.NEW: 1, Left.UNSEEN: 1})
    for card in (learnt, stepping):
        memory = study.desk.store.queue.memory(card)
        assert memory is not None
        assert (memory.state, memory.due_day) == (CardState.REVIEW, TODAY + timedelta(days=3))
    assert rebuilt(study)
    assert study.card_changes.due([learnt, stepping], when).left == {Left.SAME: 2}
    pass_days(study, 3)
    assert {study.review.turn_of(card).memory.state for card in (learnt, stepping)} == {CardState.REVIEW}
    study.review.answer(stepping, Rating.GOOD)
    assert rebuilt(study)
    undo(study)
    assert "2" in say(undo(study))
    assert cards(study) == before
    assert rebuilt(study)


def test_a_range_spreads_cards_the_same_way_each_time(study: Study) -> None:
    many = [own(study, f"card {n}") for n in range(40)]
    for card in many:
        study.review.answer(card, Rating.EASY)
    when = read_due_range("3-7", TODAY)
    study.card_changes.due(many, when)
    days = [study.desk.store.queue.memory(card) for card in many]
    found = {memory.due_day for memory in days if memory is not None}
    assert found == {TODAY + timedelta(days=n) for n in range(3, 8)}
    assert study.card_changes.due(many, when).changed == ()


def test_forgotten_cards_are_new_and_keep_their_history(study: Study) -> None:
    card, fresh = own(study, "card"), own(study, "fresh")
    study.review.answer(card, Rating.EASY)
    pass_days(study, 40)
    study.review.answer(card, Rating.AGAIN)
    study.review.flag(card)
    before = cards(study)
    done = study.card_changes.forget([card, fresh, DW])
    assert done == ((card,), {Left.NEW: 1, Left.UNSEEN: 1})
    assert study.browser.find("is:new is:own") == [card, fresh]
    assert study.browser.find("is:flagged") == [card]
    assert len(answers_to(study.desk.store.log, card)) == 2
    assert study.desk.store.queue.memory(card) == (card, CardState.NEW, *[None] * 6, 0, 0)
    assert rebuilt(study)
    study.review.answer(card, Rating.GOOD)
    assert study.own_fit.standing().reviews == 3
    assert rebuilt(study)
    undo(study)
    undo(study)
    assert cards(study) == before


def test_a_fit_does_not_see_across_forgetting(study: Study) -> None:
    card = own(study, "card")
    for _ in range(2):
        study.review.answer(card, Rating.EASY)
        pass_days(study, 30)
    study.card_changes.forget([card])
    study.review.answer(card, Rating.EASY)
    assert list(study.own_fit.task().cards) == [0, 0, 1]


def test_states_are_set_and_lifted_by_name(study: Study) -> None:
    mine = [own(study, f"card {n}") for n in range(3)]
    change = study.card_changes.state
    assert change([*mine, DW], Change.SUSPEND, True).changed == (*mine, DW)
    assert change([*mine, DW], Change.SUSPEND, True) == ((), {Left.SAME: 4})
    assert change(mine[:1], Change.SUSPEND, False).changed == (mine[0],)
    assert change([*mine, UPSTREAM], Change.BURY, True) == (tuple(mine), {Left.UNSEEN: 1})
    assert change([*mine, UPSTREAM], Change.BURY, False) == (tuple(mine), {Left.SAME: 1})
    assert study.browser.find("is:buried") == []
    assert "3" in say(undo(study))
    assert set(study.browser.find("is:buried")) == set(mine)
    assert change([*mine, UPSTREAM], Change.FLAG, True) == (tuple(mine), {Left.UNSEEN: 1})


def test_nothing_to_do_writes_nothing(study: Study) -> None:
    end = study.desk.store.log.last_instant_ms()
    for nobody in ([], ["x/y"], ["'; DROP TABLE card; --"]):
        study.card_changes.tag(nobody, "a")
        study.card_changes.untag(nobody, "a")
        study.card_changes.forget(nobody)
        study.card_changes.due(nobody, DueRange(TODAY, TODAY))
        study.card_changes.state(nobody, Change.FLAG, True)
    assert study.desk.store.log.last_instant_ms() == end
    with sqlite3.connect(study.desk.store.path) as connection:
        assert connection.execute("SELECT count(*) FROM card").fetchone() == (0,)
    connection.close()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("0", 0, 0),
        ("today", 0, 0),
        ("tomorrow", 1, 1),
        (" 3 ", 3, 3),
        ("+3", 3, 3),
        ("in 3 days", 3, 3),
        ("3d", 3, 3),
        ("3-7", 3, 7),
        ("3 – 7 days", 3, 7),
        ("3..7", 3, 7),
        ("3天后", 3, 3),
        ("３－７", 3, 7),
        ("3至7天", 3, 7),
        ("明天", 1, 1),
        ("2026-11-30", 8, 8),
        ("2026-11-30..2026-12-02", 8, 10),
        (str(FARTHEST), FARTHEST, FARTHEST),
    ],
)
def test_days_are_read(text: str, first: int, last: int) -> None:
    expected = DueRange(TODAY + timedelta(days=first), TODAY + timedelta(days=last))
    assert read_due_range(text, TODAY) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("", "x", "-1", "7-3", "3-", "2026-11-21", "2026-13-01", "2026-02-30", "99999", "999999", "1e3"),
        *("3.5", "9" * 100_000, "\x00", "٣", "2026-12-01..2026-11-30", "0-999999", "in days", "9999-12-31"),
    ],
)
def test_what_is_no_day_is_said(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_due_range(text, TODAY)
    assert len(str(caught.value)) < 200


@given(st.text(max_size=30), st.dates(date(2020, 1, 1), date(9998, 12, 31)))
def test_anything_typed_is_a_range_or_refused(text: str, today: date) -> None:
    try:
        found = read_due_range(text, today)
    except UsageError:
        return
    assert today <= found.first <= found.last
    assert found.first <= found.day(0.999999) <= found.last
