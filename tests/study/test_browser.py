from __future__ import annotations

import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studybuddy.core.card import CardState, Rating
from studybuddy.core.clock import FixedClock
from studybuddy.core.errors import UsageError
from studybuddy.core.query import QueryError
from studybuddy.store.card_search import Order
from studybuddy.study.answer_log import answers_to
from studybuddy.study.browser import Change
from studybuddy.study.card_finder import INDEX_NAME
from studybuddy.study.launch import Launch
from studybuddy.study.undoing import undo
from studybuddy.study.wiring import Study

LESSON = "s3w10d1"
DW = f"{LESSON}/card/dw"
UPSTREAM = f"{LESSON}/card/upstream-gradient"


def own(study: Study, front: str, back: str = "answer", *tags: str) -> str:
    return study.own_cards.add(front, back, tags)


def pass_days(study: Study, days: int) -> None:
    study.desk.clock = FixedClock(study.desk.clock.now() + timedelta(days=days))


def test_everything_stands_in_course_order_with_ones_own_at_the_end(study: Study) -> None:
    mine = [own(study, "first of mine"), own(study, "second of mine")]
    assert study.browser.find("") == [*study.desk.catalogue.card_ids, *mine]


@pytest.mark.parametrize("word", ["车", "记忆", "自行车", "河边骑", "边", "骑自"])
def test_chinese_words_of_any_length_are_found(study: Study, word: str) -> None:
    card = own(study, "我在河边骑自行车", "记忆很重要")
    assert card in study.browser.find(word)
    assert study.browser.find(word + "鱻") == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("prop", True),  # a part of a word
        ("BACKPROPAGATION", True),
        ('"prop"', False),  # the whole word
        ('"of backpropagation"', True),
        ('"backpropagation of"', False),
        ("cafe", True),
        ("ＣＡＦÉ", True),
        ("back*tion", True),
        ("prop*ion", True),
        ("ion*back", False),
        ("*", True),
        ("max_depth", True),
        ("max_dep", True),
        ("∂L/∂W", True),
        ("∂", True),
        ("100%", True),
        ("100_", False),
        ("c++", True),
        ("👩‍🔬", True),
        ("مرحبا", True),
        ("反向", True),
        ("反*播", True),
        ("播*反", False),
        ("prop -反向", False),
        ("(zebra or prop) -zebra", True),
        ("tag:week3", True),
        ("tag:week*", True),
        ("tag:week", False),
        ("is:own kind:cloze", True),
        ("lesson:s3w10d1", False),
    ],
)
def test_words_and_signs(study: Study, query: str, found: bool) -> None:
    front = "{{chain}} of backpropagation, Café, max_depth, ∂L/∂W = 100% c++ 👩‍🔬 مرحبا 反向传播"
    card = own(study, front, "", "week3")
    assert (card in study.browser.find(query)) is found


def test_a_card_of_the_course_is_found_in_both_languages_and_in_ones_own_words(study: Study) -> None:
    for language in ("zh", "en"):
        study.desk.language = language
        assert DW in study.browser.find("card/dw")
        assert set(study.browser.find("上游")) & set(study.browser.find("upstream"))
    before = study.browser.find("zebra")
    study.own_cards.edit(UPSTREAM, "what is a zebra?", "stripes")
    assert before == []
    assert study.browser.find("zebra stripes") == [UPSTREAM]
    assert study.browser.lines([UPSTREAM])[0].question == "what is a zebra?"
    undo(study)
    assert study.browser.find("zebra") == []
    assert UPSTREAM in study.browser.find("upstream")
    assert "zebra" not in study.browser.lines([UPSTREAM])[0].question


def test_an_undone_card_is_gone(study: Study) -> None:
    card = own(study, "zebra")
    assert study.browser.find("zebra") == [card]
    undo(study)
    assert study.browser.find("zebra") == []
    assert study.browser.lines([card]) == []


def test_states_and_quantities(study: Study) -> None:
    easy, lapsed, fresh = (own(study, f"card {n}") for n in range(3))
    study.review.answer(easy, Rating.EASY)
    study.review.answer(lapsed, Rating.EASY)
    pass_days(study, 30)
    study.review.answer(lapsed, Rating.AGAIN)

    def mine(query: str) -> set[str]:
        return {card for card in study.browser.find(query) if card in (easy, lapsed, fresh)}

    assert mine("is:due") == {easy, lapsed}
    assert mine("is:new") == {fresh}
    assert mine("is:learn") == mine("is:relearn") == {lapsed}
    assert mine("is:review") == {easy}
    assert mine("prop:lapses>0") == mine("rated:1:again") == mine("rated:1") == {lapsed}
    assert mine("rated:31:easy") == {easy, lapsed}
    assert mine("rated:30:easy") == set()
    assert mine("introduced:31") == {easy, lapsed}
    assert mine("introduced:30") == set()
    assert mine("prop:reps=0") == {fresh}
    assert mine("prop:due<0") == {easy}
    assert mine("prop:due=0") == {lapsed}
    assert mine("prop:stability>=0 -prop:difficulty<5") == {lapsed}
    assert mine("prop:interval>0") == {easy}
    memory = study.desk.store.queue.memory(easy)
    assert memory is not None
    recall = study.desk.scheduler.retrievability(memory, study.desk.day())
    assert recall is not None
    assert mine(f"prop:r<{recall + 1e-6:.6f}") == {easy}, "as the model has it"
    assert mine(f"prop:r<={recall - 1e-6:.6f}") == set()
    assert mine(f"prop:recall>{recall + 1e-6:.6f}") == mine("prop:r=1") == {lapsed}, "answered today"
    assert mine("prop:r<=1") == mine("prop:r<7") == mine("prop:r>0") == mine("prop:r>-1") == {easy, lapsed}
    assert mine("prop:r<=0") == mine("prop:r>1") == set()
    assert DW in study.browser.find("is:unseen is:new")
    assert mine("-is:due") == {fresh}
    assert study.browser.find("is:own", Order.DUE)[0] == easy
    assert study.browser.find("is:own", Order.LAPSES)[0] == lapsed
    assert study.browser.find("is:own", Order.STABILITY)[-1] == fresh
    undo(study)
    assert mine("rated:1") == set()


def test_lesson_concept_and_kind(study: Study) -> None:
    everything = study.browser.find("")
    assert study.browser.find(f"lesson:{LESSON.upper()}") == everything
    assert study.browser.find("lesson:s3w*") == everything
    concept = next(card.concept for card in study.desk.catalogue.lessons[0].cards if card.concept)
    assert study.browser.find(f"concept:{concept}")
    assert study.browser.find("kind:code") == [
        card.id for card in study.desk.catalogue.lessons[0].cards if card.kind == "code"
    ]
    with pytest.raises(QueryError, match="nearest: s3w10d1") as caught:
        study.browser.find("a or lesson:s3w10d2")
    assert caught.value.at == 12


HOSTILE = [
    "a" * 1_000_000,
    "(" * 10_000,
    '"' * 999,
    "'; DROP TABLE card; --",
    "\x00",
    "a\x00b",
    "\ud800",
    "%",
    "\\",
    "*" * 900,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_garbage_is_answered_or_refused(study: Study, text: str) -> None:
    found, said = [], ""
    try:
        found = study.browser.find(text)
    except UsageError as error:
        said = str(error)
    assert len(said) < 300
    assert set(found) <= set(study.browser.find(""))
    assert len(study.card_ids()) == len(study.browser.find(""))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_characters='“”{}"', exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_whatever_is_on_a_card_is_found_by_it(study: Study, text: str) -> None:
    card = own(study, f"a {text}")
    quoted = f"a {text}".strip().replace("\\", "\\\\")
    assert card in study.browser.find(f'"{quoted}"')


def test_a_group_is_suspended_buried_and_flagged_by_one_thing_each(study: Study) -> None:
    cards = [own(study, f"card {n}") for n in range(3)]
    many = [*cards, DW]
    assert study.browser.change(many, Change.FLAG) == (3, True, 1)
    assert study.browser.change(many, Change.BURY) == (3, True, 1)
    assert study.browser.change(many, Change.SUSPEND) == (4, True, 0)
    assert set(study.browser.find("is:suspended")) == set(many)
    assert set(study.browser.find("is:flagged is:buried")) == set(cards)
    assert study.browser.change(cards[:1], Change.SUSPEND) == (1, False, 0)
    assert study.browser.change(many, Change.SUSPEND) == (1, True, 0), "those that are so already stay"
    assert study.browser.change(many, Change.SUSPEND) == (4, False, 0)
    for left, query in ((4, "is:suspended"), (3, "is:suspended"), (4, "is:suspended"), (0, "is:suspended")):
        undo(study)
        assert len(study.browser.find(query)) == left
    assert study.browser.lines([DW])[0].memory.state is CardState.UNSEEN
    undo(study)
    assert study.browser.find("is:buried") == []
    undo(study)
    assert study.browser.find("is:flagged") == []
    assert study.browser.change([DW], Change.BURY) == (0, True, 1)


def test_the_last_answers_come_first(study: Study) -> None:
    study.review.answer(DW, Rating.EASY, 3000)
    pass_days(study, 40)
    study.review.answer(DW, Rating.AGAIN, 9000)
    first, newest = answers_to(study.desk.store.log, DW)
    assert (newest.rating, newest.elapsed_ms) == (Rating.AGAIN, 9000)
    assert (first.rating, first.interval_days > 1) == (Rating.EASY, True)
    assert answers_to(study.desk.store.log, UPSTREAM) == []


# ---- the index


def index(study: Study) -> Path:
    return study.desk.places.cache / INDEX_NAME


def rows_written(study: Study) -> list[tuple[int, bytes]]:
    with sqlite3.connect(index(study)) as connection:
        rows = connection.execute("SELECT id, digest FROM entry ORDER BY id").fetchall()
    connection.close()
    return rows


def test_nothing_is_made_before_something_is_looked_for(study: Study) -> None:
    study.day.plan()
    study.review.next()
    assert not index(study).exists()
    assert "browser" not in vars(study)


def test_a_refresh_reads_no_lesson_unless_something_changed(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    study.browser.find("gradient")
    before = rows_written(study)
    other = Study(Launch(str(study.desk.places.data), "en"))
    monkeypatch.setattr("studybuddy.course.reader.read_lesson", None)
    assert other.browser.find("gradient") == study.browser.find("gradient")
    assert rows_written(other) == before
    other.close()


@pytest.mark.parametrize("damage", [b"", b"garbage" * 1000, None])
def test_a_damaged_or_missing_index_is_made_anew(study: Study, damage: bytes | None) -> None:
    expected = study.browser.find("gradient")
    if damage is None:
        index(study).unlink()
    else:
        index(study).write_bytes(damage)
    other = Study(Launch(str(study.desk.places.data), "en"))
    assert other.browser.find("gradient") == expected
    assert study.browser.find("gradient") == expected
    other.close()


def test_a_damaged_page_is_found_and_made_anew(study: Study) -> None:
    expected = study.browser.find("gradient")
    content = bytearray(index(study).read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    index(study).write_bytes(content)
    other = Study(Launch(str(study.desk.places.data), "en"))
    assert other.browser.find("gradient") == expected
    other.close()


def test_an_index_that_cannot_be_kept_is_made_for_the_moment(study: Study) -> None:
    shutil.rmtree(study.desk.places.cache, ignore_errors=True)
    study.desk.places.cache.write_text("a file where the folder should be")
    assert DW in study.browser.find("card/dw")
    temporary = study.browser._finder._path
    assert temporary.exists()
    study.browser.close()
    assert not temporary.exists()


def test_the_words_of_another_log_are_not_kept(study: Study, tmp_path: Path) -> None:
    card = own(study, "zebra")
    assert study.browser.find("zebra") == [card]
    kept = index(study).read_bytes()
    other = Study(Launch(str(tmp_path / "elsewhere"), "en"), writer="test")
    index(other).parent.mkdir(parents=True, exist_ok=True)
    index(other).write_bytes(kept)
    assert other.browser.find("zebra") == []
    mine = own(other, "tiger")
    assert other.browser.find("tiger") == [mine]
    other.close()


def test_a_reader_beside_the_app_finds_what_was_just_added(study: Study) -> None:
    study.browser.find("")
    card = own(study, "zebra")
    reader = Study(Launch(str(study.desk.places.data), "en"))
    assert reader.browser.find("zebra") == [card]
    assert study.browser.find("zebra") == [card]
    reader.close()
