"""The plan of the day, and what a day leaves for the next."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from studybuddy.core.block import Strong, Text
from studybuddy.core.card import Rating
from studybuddy.study.answers.judges import judge
from studybuddy.study.faces import face
from studybuddy.study.launch import Launch
from studybuddy.study.queue_plan import LOOK_ON
from studybuddy.study.wiring import Study
from tests.study.conftest import DAY_ONE, set_clock


def test_a_read_section_makes_its_cards_new_at_most_fifteen_a_day(study: Study) -> None:
    brought = study.reading.mark_read("s3w10d1/theory") + study.reading.mark_read("s3w10d1/derivation")
    assert brought > 15
    assert study.reading.mark_read("s3w10d1/theory") == 0
    plan = study.day.plan()
    assert (plan.counts.new, plan.counts.due) == (15, 0)
    answered = []
    while turn := study.review.next():
        study.review.answer(turn.card, Rating.EASY, 1000)
        answered.append(turn.card)
    assert len(answered) == 15
    order = list(study.desk.catalogue.card_ids)
    lately = max(order.index(card) for card in answered)
    assert lately < 15 + LOOK_ON, "in learning order but for siblings"
    concepts = {card.id: card.concept for lesson in study.desk.catalogue.lessons for card in lesson.cards}
    for place, (last, card) in enumerate(pairwise(answered)):
        others = {concepts[other] for other in answered[place + 1 :]}
        assert concepts[last] != concepts[card] or others == {concepts[card]}, "as long as there is another"
    set_clock(study, DAY_ONE + timedelta(days=1))
    assert study.review.counts().new == brought - 15


def test_learning_steps_return_within_the_day(study: Study) -> None:
    study.review.answer("s3w10d1/card/dw", Rating.AGAIN)
    set_clock(study, DAY_ONE + timedelta(seconds=61))
    turn = study.review.next()
    assert turn is not None
    assert turn.card == "s3w10d1/card/dw"
    study.review.answer(turn.card, Rating.GOOD)
    early = study.review.next()
    assert early is not None  # ten minutes ahead is near enough when nothing else waits
    study.review.answer(turn.card, Rating.GOOD)
    assert study.review.next() is None


def test_the_button_keeps_its_promise(study: Study) -> None:
    for card in list(study.desk.catalogue.card_ids)[:10]:
        study.review.answer(card, Rating.EASY)
    set_clock(study, DAY_ONE + timedelta(days=30))
    while turn := study.review.next():
        promised = turn.outcomes[Rating.GOOD]
        got = study.review.answer(turn.card, Rating.GOOD, 100)
        assert got == promised
        memory = study.desk.store.queue.memory(turn.card)
        assert memory is not None
        assert memory.due_day == DAY_ONE.date() + timedelta(days=30 + promised.interval_days)


def test_bury_suspend_and_flag(study: Study) -> None:
    cards = list(study.desk.catalogue.card_ids)[:3]
    for card in cards:
        study.review.answer(card, Rating.EASY)
    set_clock(study, DAY_ONE + timedelta(days=40))
    study.review.bury(cards[0])
    study.review.suspend(cards[1])
    assert study.review.flag(cards[2]) is True
    turn = study.review.next()
    assert turn is not None
    assert turn.card == cards[2]
    assert study.review.counts().due == 1
    set_clock(study, DAY_ONE + timedelta(days=41))
    assert study.review.counts().due == 2
    study.review.undo()
    assert study.desk.store.queue.flags(cards[2]) == (False, False, None)


def test_a_completed_lesson_stays_until_the_day_turns(study: Study) -> None:
    assert study.day.current_lesson() is not None
    study.reading.complete("s3w10d1")
    plan = study.day.plan()
    assert plan.lesson is not None
    assert plan.lesson.complete
    assert plan.counts.new == 15


def test_the_streak_counts_study_days_in_a_row(study: Study) -> None:
    for days in (0, 1, 2):
        set_clock(study, DAY_ONE + timedelta(days=days))
        study.review.answer("s3w10d1/card/dw", Rating.GOOD)
    assert study.day.plan().streak == 3
    set_clock(study, DAY_ONE + timedelta(days=3))
    assert study.day.plan().streak == 3
    study.checklist.tick("math")
    set_clock(study, DAY_ONE + timedelta(days=4))
    assert study.day.plan().streak == 0


def test_two_in_the_night_belongs_to_the_evening(study: Study) -> None:
    set_clock(study, DAY_ONE + timedelta(hours=18))
    study.review.answer("s3w10d1/card/dw", Rating.GOOD)
    assert study.desk.store.days.totals(date(2026, 11, 22)).reviews == 1
    assert study.day.plan().date == date(2026, 11, 22)
    assert study.desk.day_end() == DAY_ONE.replace(hour=4) + timedelta(days=1)


def test_a_card_gone_from_the_course_is_archived_with_its_history(tmp_path: Path) -> None:
    first = Study(Launch(str(tmp_path), "zh"), writer="test")
    set_clock(first, DAY_ONE)
    first.review.answer("s3w10d1/card/vanished", Rating.EASY)
    first.review.answer("s3w10d1/card/dw", Rating.EASY)
    first.close()
    second = Study(Launch(str(tmp_path), "zh"), writer="test")
    set_clock(second, DAY_ONE + timedelta(days=60))
    assert second.review.counts().due == 1
    turn = second.review.next()
    assert turn is not None
    assert turn.card == "s3w10d1/card/dw"
    assert second.desk.store.queue.memory("s3w10d1/card/vanished") is not None
    second.close()


def test_every_card_and_question_has_two_faces_in_both_languages(study: Study) -> None:
    for language in ("zh", "en"):
        study.desk.language = language
        for card in study.desk.catalogue.card_ids:
            found = face(study.library, card)
            assert found.front, card
            assert found.back, card
            if found.content is not None and found.typed:
                for answer in found.content.accept or (found.content.back.split("\n")[0],):
                    judged = judge(found.content, answer)
                    assert judged is not None
                    assert judged.right, (card, answer, judged)


def test_a_cloze_hides_its_gap_and_fills_it(study: Study) -> None:
    study.desk.language = "en"
    found = face(study.library, "s3w10d1/card/backprop")
    shown = repr(found.front)
    assert Strong((Text("[…]"),)) in found.front[0].children  # type: ignore[union-attr]
    assert "chain rule" not in shown
    assert "chain rule" in repr(found.back)


def test_thinking_is_kept(study: Study) -> None:
    think = study.desk.catalogue.lessons[0].think[0]
    assert study.reading.thought(think) is None
    study.reading.think(think, "\x1b[2J[/b] 是的")
    assert study.reading.thought(think) == "\x1b[2J[/b] 是的"
