"""What no learner does and every program meets: huge cards, huge concepts, cards that are gone, odd zones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from studybuddy.core.card import CardState, Rating
from studybuddy.core.errors import StudybuddyError, UsageError
from studybuddy.core.event import EventKind
from studybuddy.course.indexed import IndexedCard
from studybuddy.study.faces import face
from studybuddy.study.leech_proposal import propose
from studybuddy.study.notes import Facts
from studybuddy.study.page import layout
from studybuddy.study.statistics.statistics import Statistics
from studybuddy.study.why import why
from studybuddy.study.wiring import Study
from tests.study.conftest import DAY_ONE, set_clock
from tests.study.plainly import check_load, check_log, check_queue
from tests.study.slipping import DW, slip

pytestmark = pytest.mark.timeout(300)
NEW_YORK = ZoneInfo("America/New_York")
MEGABYTE = 1 << 20
EVIL = "\x1b]0;x\x07[b]$\\frac{1}{{{c1::名\u202e"


def whole(study: Study) -> None:
    """Nothing is lost: a replay leads to what there is, load and queue are a plain count."""
    check_log(study)
    check_load(study)
    check_queue(study)


# ---- cards


@pytest.mark.parametrize("kind", ["", "reversed", "type-in", "cloze"])
def test_a_card_of_a_megabyte_is_refused(study: Study, kind: str) -> None:
    text = "{{x}} " * (MEGABYTE // 6)
    for front, back in ((text, "back"), ("{{front}}", text)):
        with pytest.raises(UsageError, match="characters at most"):
            study.own_cards.add(front, back, facts=Facts(kind))
        with pytest.raises(UsageError, match="characters at most"):
            study.own_cards.edit(DW, front, back)
    assert study.own_cards.ids() == []


@pytest.mark.parametrize("unit", ["x", EVIL, "{{", "$", "- a\n", "名", "\n", "`", "> "])
def test_a_card_of_a_megabyte_from_another_device_is_lived_with(study: Study, unit: str) -> None:
    text = (unit * (MEGABYTE // len(unit) + 1))[:MEGABYTE]
    card = "own/card/2026-11-21-1"
    body: dict[str, object] = {"front": text, "back": text, "kind": "type-in", "cards": [card]}
    study.desk.record(EventKind.CARD_NEW, card, body | {"tags": [text] * 2, "accept": [text] * 2})
    study.desk.prefer("leech_lapses", 1)
    study.desk.prefer("learning_steps", "")
    for day in range(3):
        set_clock(study, DAY_ONE + timedelta(days=40 * day))
        turn = study.review.next()
        assert turn is not None
        assert turn.card == card
        shown = face(study.library, card)
        layout(shown.front, 76)
        study.review.answer(card, Rating.AGAIN, 1000, text)
    assert study.browser.lines([card])
    study.browser.find("is:due or x")
    why(study, card)
    leech = study.leeches.of(card)
    assert leech is not None
    propose(study, leech)
    whole(study)


def test_answers_to_cards_that_are_gone_or_never_were(study: Study) -> None:
    """They are kept, as everything in the log is, and never asked in a review."""
    study.review.answer("s9w9d9/card/of-another-course", Rating.EASY, 1000)
    study.review.answer(EVIL, Rating.AGAIN, 1000)
    study.review.suspend(DW)
    study.review.answer(DW, Rating.GOOD, 1000)
    note = study.own_cards.add("{{one}} and {{two}}", "").partition("~")[0]
    study.review.answer(f"{note}~2", Rating.EASY, 1000)
    study.own_cards.edit(f"{note}~1", "{{one}}", "")
    study.review.answer(f"{note}~2", Rating.GOOD, 1000)
    set_clock(study, DAY_ONE + timedelta(days=4000))
    check_log(study)
    with pytest.raises(StudybuddyError):
        face(study.library, f"{note}~2")
    with pytest.raises(UsageError, match="archived"):
        study.card_id(f"{note}~2")
    for _ in range(8):
        study.review.undo()
        check_log(study)
    assert study.desk.store.queue.ids() == set()


def test_fifty_thousand_cards_of_one_concept(study: Study) -> None:
    lesson = study.desk.catalogue.lessons[0]
    like = next(card for card in lesson.cards if card.id == DW)
    many = [like._replace(id=f"s3w10d1/card/many-{number}") for number in range(50_000)]
    assert isinstance(like, IndexedCard)
    lesson.cards.extend(many)
    try:
        names = [card.id for card in many]
        study.desk.store.queue.keep_to(study.desk.catalogue.card_ids, "own/")
        study.desk.record(EventKind.SECTION, "s3w10d1/theory", {"cards": names})
        slip(study)
        for name in names[:4]:
            study.review.answer(name, Rating.EASY, 1000)
        set_clock(study, study.desk.now() + timedelta(days=60))
        for name in names[:4]:
            assert study.review.next() is not None
            study.review.answer(name, Rating.AGAIN, 1000)
            study.desk.repair.cards()
        assert study.review.counts().new == 15
        assert len(study.desk.concepts.cards(like.concept)) >= 50_000
        Statistics(study.desk, study.review_table).glance()
        check_log(study)
    finally:
        del lesson.cards[-50_000:]


# ---- times


@pytest.mark.parametrize(
    ("at", "hour", "offset"),
    [("2026-11-01T05:59:00+00:00", 2, -5), ("2027-03-14T05:59:00+00:00", 3, -4)],
    ids=["an hour twice", "an hour missing"],
)
def test_a_step_over_a_change_of_the_clocks(study: Study, at: str, hour: int, offset: int) -> None:
    now = datetime.fromisoformat(at)
    set_clock(study, now.astimezone(NEW_YORK))
    study.desk.prefer("learning_steps", "1m 61m")
    outcome = study.review.answer(DW, Rating.GOOD, 1000)
    due = outcome.memory.due_at
    assert due is not None
    assert due.astimezone(UTC) == now + timedelta(minutes=61)
    there = due.astimezone(NEW_YORK)
    assert (there.hour, there.utcoffset()) == (hour, timedelta(hours=offset))
    for minutes, learning_ahead in ((30, False), (42, True), (61, True)):
        set_clock(study, (now + timedelta(minutes=minutes)).astimezone(NEW_YORK))
        assert (study.review.next() is not None) is learning_ahead
        whole(study)
    study.review.answer(DW, Rating.GOOD, 1000)
    events = list(study.desk.store.log.events(EventKind.REVIEW))
    assert len({event.day for event in events}) == 1, "one night is one study day"
    assert events[0].at_ms < events[1].at_ms
    whole(study)


def test_from_the_first_zone_of_the_world_to_the_last(study: Study) -> None:
    """The date goes back a day; what was learnt keeps its day and nothing is due before it was seen."""
    first, last = timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))
    now = datetime(2026, 11, 22, 9, 0, tzinfo=first)
    set_clock(study, now)
    easy = study.review.answer(DW, Rating.EASY, 1000).memory
    set_clock(study, now.astimezone(last))
    assert study.desk.day() == easy.last_day - timedelta(days=1) if easy.last_day else False
    again = study.review.answer(DW, Rating.GOOD, 1000).memory
    assert (again.state, again.last_day) == (CardState.REVIEW, easy.last_day)
    assert again.due_day is not None
    assert again.last_day is not None
    assert again.due_day > again.last_day
    whole(study)
    for days in range(1, 40):
        set_clock(study, now.astimezone(first if days % 2 else last) + timedelta(days=days))
        if (turn := study.review.next()) is not None:
            study.review.answer(turn.card, Rating.GOOD, 1000)
        whole(study)
