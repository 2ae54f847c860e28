"""Notes of one's own: their cards, edits that keep progress, and undo that takes all of a note back."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.core.card import Rating
from studybuddy.core.card_content import CardKind, note_of
from studybuddy.core.errors import StudybuddyError, UnknownIdError, UsageError
from studybuddy.core.event import EventKind
from studybuddy.study.faces import face
from studybuddy.study.notes import Facts, Note, NoteKind, Wording, read_tolerance, read_wording, renumbered
from studybuddy.study.paper import one_line
from studybuddy.study.wiring import Study
from tests.study.conftest import DAY_ONE, set_clock

TWO = "The {{gradient}} points {{up::a direction}}."


def table(study: Study) -> list[tuple[object, ...]]:
    """Cards and days as they stand, without the order in which rows were written."""
    db = study.desk.store._db
    rows = [*db.execute("SELECT 'card', * FROM card"), *db.execute("SELECT 'day', * FROM day")]
    return sorted(rows, key=repr)


def check_replay(study: Study) -> None:
    before = table(study)
    study.desk.store.rebuild()
    assert table(study) == before


def asked(study: Study, card: str) -> str:
    return one_line(face(study.library, card).front)


def answered(study: Study, card: str) -> str:
    return one_line(face(study.library, card).back)


def test_a_card_for_each_gap(study: Study) -> None:
    first = study.own_cards.add(TWO, "of the loss", ("calculus",))
    one, two = study.own_cards.ids()
    assert first == one
    assert (one, two) == (f"{note_of(one)}~1", f"{note_of(one)}~2")
    assert asked(study, one) == "The […] points up."
    assert asked(study, two) == "The gradient points [a direction]."
    assert answered(study, two) == "The gradient points up. of the loss"
    contents = [study.own_cards.content(card) for card in (one, two)]
    assert [content.note for content in contents] == [note_of(one)] * 2
    assert all(content.tags == ("calculus",) for content in contents)
    assert study.desk.store.queue.ids() >= {one, two}


def test_undo_takes_all_of_a_note_back(study: Study) -> None:
    study.own_cards.add(TWO, "")
    study.review.undo()
    assert study.own_cards.ids() == []
    assert not {card for card in study.desk.store.queue.ids() if card.startswith("own/")}
    check_replay(study)


def test_one_gap_keeps_a_plain_id(study: Study) -> None:
    card = study.own_cards.add("one {{gap}}", "")
    assert "~" not in card
    assert study.own_cards.content(card).kind is CardKind.CLOZE
    assert asked(study, card) == "one […]"


def test_both_ways(study: Study) -> None:
    study.own_cards.add("梯度", "gradient", facts=Facts("reversed"))
    one, two = study.own_cards.ids()
    assert (asked(study, one), answered(study, one)) == ("梯度", "gradient")
    assert (asked(study, two), answered(study, two)) == ("gradient", "梯度")
    study.review.answer(two, Rating.GOOD)
    study.own_cards.edit(two, "梯度（向量）", "gradient")
    assert (asked(study, two), answered(study, two)) == ("gradient", "梯度（向量）")
    memory = study.desk.store.queue.memory(two)
    assert memory is not None
    assert memory.reps == 1
    assert study.own_cards.sides(study.own_cards.content(two))[:2] == ("梯度（向量）", "gradient")


def test_a_number_with_unit_and_tolerance(study: Study) -> None:
    card = study.own_cards.add("how long?", "500\nbecause", facts=Facts("numeric", 0.01, "ms"))
    content = study.own_cards.content(card)
    assert (content.kind, content.tolerance, content.unit) == (CardKind.NUMERIC, 0.01, "ms")
    study.own_cards.edit(card, "how long, about?", "500")
    content = study.own_cards.content(card)
    assert (content.kind, content.tolerance, content.unit) == (CardKind.NUMERIC, 0.01, "ms")
    study.own_cards.edit(card, "how long?", "0.5", facts=Facts("numeric", 0.1, "s"))
    assert study.own_cards.content(card).unit == "s"


def test_a_card_that_is_typed(study: Study) -> None:
    card = study.own_cards.add("rule?", "chain rule", facts=Facts("type-in", accept=("链式法则",)))
    content = study.own_cards.content(card)
    assert (content.kind, content.accept) == (CardKind.TYPE_IN, ("链式法则",))
    assert face(study.library, card).typed


@pytest.mark.parametrize(
    ("front", "back", "facts"),
    [
        ("", "a", Facts()),
        ("q", "", Facts()),
        ("q", "", Facts("reversed")),
        ("no gap", "a", Facts("cloze")),
        ("{{}}", "a", Facts("cloze")),
        ("{{x}}" * 51, "", Facts()),
        ("q", "many", Facts("numeric")),
        ("q", "nan", Facts("numeric")),
        ("q", "5", Facts("numeric", 1.0)),
        ("q", "5", Facts("numeric", float("nan"))),
        ("q", "a", Facts("image")),
        ("q" * 20_000, "a", Facts()),
        ("q", "a" * 1_000_000, Facts()),
    ],
)
def test_what_cannot_be_a_card_is_refused(study: Study, front: str, back: str, facts: Facts) -> None:
    with pytest.raises(UsageError):
        study.own_cards.add(front, back, facts=facts)
    assert study.own_cards.ids() == []


def test_fifty_gaps(study: Study) -> None:
    study.own_cards.add(" ".join(f"{{{{gap{n}}}}}" for n in range(50)), "")
    cards = study.own_cards.ids()
    assert len(cards) == 50
    assert "[…]" in asked(study, cards[49])
    assert "gap49" not in asked(study, cards[49])
    assert "gap48" in asked(study, cards[49])


# ---- edits


def reps(study: Study, card: str) -> int | None:
    memory = study.desk.store.queue.memory(card)
    return None if memory is None else memory.reps


def test_an_edit_words_all_siblings_and_keeps_their_progress(study: Study) -> None:
    study.own_cards.add(TWO, "")
    one, two = study.own_cards.ids()
    study.review.answer(two, Rating.GOOD)
    study.own_cards.edit(one, "A {{gradient}} points {{upwards}}.", "")
    assert study.own_cards.ids() == [one, two]
    assert asked(study, two) == "A gradient points […]."
    assert reps(study, two) == 1
    check_replay(study)


def test_a_gap_more_is_a_new_card(study: Study) -> None:
    card = study.own_cards.add("The {{gradient}} points up.", "")
    study.review.answer(card, Rating.GOOD)
    study.own_cards.edit(card, "The {{gradient}} {{points}} up.", "")
    assert study.own_cards.ids() == [card, f"{card}~2"]
    assert (reps(study, card), reps(study, f"{card}~2")) == (1, 0)
    assert asked(study, card) == "The […] points up."
    check_replay(study)
    study.review.undo()
    assert study.own_cards.ids() == [card]
    assert (reps(study, card), reps(study, f"{card}~2")) == (1, None)
    check_replay(study)


def test_a_gap_less_archives_its_card_with_its_history(study: Study) -> None:
    study.own_cards.add("{{one}} {{two}} {{three}}", "")
    one, two, three = study.own_cards.ids()
    for card in (one, two, three):
        study.review.answer(card, Rating.GOOD)
    study.own_cards.edit(three, "one {{three}} {{two}}", "")
    assert study.own_cards.ids() == [three, two]
    assert asked(study, three) == "one […] two"
    assert (reps(study, one), reps(study, two), reps(study, three)) == (None, 1, 1)
    assert len(list(study.desk.store.log.events(EventKind.REVIEW, one))) == 1, "its history stays"
    with pytest.raises(StudybuddyError):
        face(study.library, one)
    assert not study.own_cards.has(one)
    check_replay(study)
    study.review.undo()
    assert study.own_cards.ids() == [one, two, three]
    assert reps(study, one) == 1
    check_replay(study)


def test_a_number_is_never_given_twice(study: Study) -> None:
    study.own_cards.add("{{one}} {{two}}", "")
    one, two = study.own_cards.ids()
    study.own_cards.edit(one, "{{one}} two", "")
    study.own_cards.edit(one, "{{one}} {{two}}", "")
    assert study.own_cards.ids() == [one, f"{note_of(one)}~3"]
    assert not study.own_cards.has(two)


def test_a_plain_card_may_become_a_cloze_and_back(study: Study) -> None:
    card = study.own_cards.add("q", "a")
    study.review.answer(card, Rating.GOOD)
    study.own_cards.edit(card, "{{q}} and {{a}}", "")
    assert study.own_cards.ids() == [card, f"{card}~2"]
    study.own_cards.edit(f"{card}~2", "q", "a")
    assert study.own_cards.ids() == [card]
    assert (study.own_cards.content(card).kind, reps(study, card)) == (CardKind.BASIC, 1)
    check_replay(study)


def test_an_edit_of_a_cloze_of_the_course_words_its_siblings(study: Study) -> None:
    study.desk.language = "en"
    card = "s3w10d1/card/backprop"
    study.own_cards.edit(card, "It applies the {{chain rule}} on a {{graph}}.", "")
    assert asked(study, card) == "It applies the […] on a […]."
    assert answered(study, card) == "It applies the chain rule on a graph."


def test_a_card_of_the_log_before_there_were_siblings_hides_all_its_gaps(study: Study) -> None:
    body: dict[str, object] = {"front": "{{a}} b {{c}}", "back": "", "tags": [], "cards": ["own/card/old-1"]}
    study.desk.record(EventKind.CARD_NEW, "own/card/old-1", body)
    assert asked(study, "own/card/old-1") == "[…] b […]"
    study.review.answer("own/card/old-1", Rating.GOOD)
    study.own_cards.edit("own/card/old-1", "{{a}} or {{c}}", "")
    assert study.own_cards.ids() == ["own/card/old-1", "own/card/old-1~2"]
    assert reps(study, "own/card/old-1") == 1


# ---- what a log may hold


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"front": 5, "back": None, "kind": ["x"], "cards": "no", "tags": 7, "gaps": {"a": 1}},
        {"front": "{{a}} {{b}}", "back": "", "gaps": [1, "2", -3]},
        {"front": "q", "back": "a", "kind": "numeric", "tolerance": "wide", "unit": 3, "accept": [1, None]},
    ],
)
def test_a_damaged_note_breaks_nothing(study: Study, body: dict[str, object]) -> None:
    study.desk.record(EventKind.CARD_NEW, "own/card/odd-1", body)
    for card in study.own_cards.ids():
        study.own_cards.content(card)
    check_replay(study)


@pytest.mark.parametrize("card", ["own/card/none", "own/", "own/card/none~2", "own/card/2026-11-22-1~9"])
def test_a_card_that_is_not_there(study: Study, card: str) -> None:
    study.own_cards.add("q", "a")
    assert not study.own_cards.has(card)
    with pytest.raises(UnknownIdError):
        study.own_cards.content(card)


def test_the_next_id_is_found_without_counting(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    day = study.desk.day().isoformat()
    for number in range(1, 41):
        study.desk.record(EventKind.CARD_NEW, f"own/card/{day}-{number}", {"front": "q", "back": "a"})
    probes = []
    names = study.desk.store.log.names

    def counted(kind: EventKind, subject: str) -> bool:
        probes.append(subject)
        return names(kind, subject)

    monkeypatch.setattr(study.desk.store.log, "names", counted)
    monkeypatch.setattr(study.desk.store.log, "events", lambda *_: pytest.fail("reads the log"))
    monkeypatch.setattr(study.desk.store.queue, "ids", lambda: pytest.fail("reads all cards"))
    assert study.own_cards.add("q", "a") == f"own/card/{day}-41"
    assert len(probes) < 20
    probes.clear()
    assert study.own_cards.add("q", "a") == f"own/card/{day}-42"
    assert len(probes) == 1


def test_an_id_that_was_taken_back_is_not_given_again(study: Study) -> None:
    first = study.own_cards.add("q", "a")
    study.review.undo()
    assert study.own_cards.add("q", "a") != first


def test_a_card_left_open_over_night_counts_at_most_the_cap(study: Study) -> None:
    card = study.own_cards.add("q", "a")
    set_clock(study, DAY_ONE + timedelta(hours=14))
    study.review.answer(card, Rating.GOOD, 14 * 3600 * 1000)
    [review] = study.desk.store.log.events(EventKind.REVIEW, card)
    assert review.body["elapsed_ms"] == 10 * 60 * 1000
    assert study.review.earlier_ms(card) == [10 * 60 * 1000]


# ---- found again


def test_siblings_are_found_by_words_and_gone_ones_are_not(study: Study) -> None:
    study.own_cards.add("a {{zebra}} and a {{giraffe}}", "")
    one, two = study.own_cards.ids()
    assert study.browser.find("zebra") == [one, two]
    study.own_cards.edit(one, "a {{zebra}} alone", "")
    assert study.browser.find("zebra") == [one]
    study.review.undo()
    assert study.browser.find("giraffe") == [one, two]
    study.review.undo()
    assert study.browser.find("zebra") == []


# ---- numbers through any edits


@given(st.lists(st.lists(st.sampled_from("abcde"), min_size=1, max_size=6), min_size=2, max_size=8))
def test_numbers_stay_with_their_answers(texts: list[list[str]]) -> None:
    wordings = [Wording(" ".join(f"{{{{{gap}}}}}" for gap in gaps), "", NoteKind.CLOZE) for gaps in texts]
    note = Note("n", wordings[0], tuple(range(1, len(texts[0]) + 1)), "n~1")
    last = max(note.numbers)
    for wording in wordings[1:]:
        numbers = renumbered(note, wording, last)
        assert len(set(numbers)) == len(numbers) == len(wording.slots)
        fresh = [number for number in numbers if number not in note.numbers]
        assert fresh == list(range(last + 1, last + 1 + len(fresh)))
        assert len(fresh) == max(0, len(wording.slots) - len(note.numbers))
        kept = dict(zip(note.wording.slots, note.numbers, strict=True))
        if len(kept) == len(note.numbers):
            for slot, number in zip(wording.slots, numbers, strict=True):
                if wording.slots.count(slot) == 1 and slot in kept:
                    assert number == kept[slot]
        note, last = note._replace(wording=wording, numbers=numbers), max(last, *numbers)


@given(st.text(max_size=200), st.text(max_size=50), st.sampled_from(["", *NoteKind]))
def test_any_words_are_a_note_or_refused(front: str, back: str, kind: str) -> None:
    try:
        wording = read_wording(front, back, Facts(kind))
    except UsageError:
        return
    count = len(wording.slots)
    note = Note("n", wording, tuple(range(1, count + 1)), "n" if count == 1 else "n~1")
    assert len({content.id for content in note.contents()}) == count


@pytest.mark.parametrize(("text", "expected"), [("", 0), ("0.01", 0.01), ("1%", 0.01), ("１％", 0.01)])
def test_tolerances(text: str, expected: float) -> None:
    assert read_tolerance(text) == pytest.approx(expected)


@pytest.mark.parametrize("text", ["wide", "1e999", "nan", "9**9**9"])
def test_a_tolerance_that_is_none(text: str) -> None:
    with pytest.raises(UsageError):
        read_tolerance(text)


# ---- a random learner: projection == replay after every step


@pytest.mark.parametrize("seed", range(4))
def test_any_edits_reviews_and_undos_replay_to_the_same(study: Study, seed: int) -> None:
    chance = random.Random(seed)
    fronts = ["{{a}} {{b}}", "{{a}} b", "{{c}} {{a}} {{b}}", "plain", "{{b}} {{d}}"]
    for _ in range(40):
        cards = study.own_cards.ids()
        deed = chance.random()
        if deed < 0.15 or not cards:
            facts = Facts("reversed") if chance.random() < 0.3 else Facts()
            study.own_cards.add(chance.choice(fronts), "back", facts=facts)
        elif deed < 0.45:
            study.own_cards.edit(chance.choice(cards), chance.choice(fronts), "back")
        elif deed < 0.75:
            study.review.answer(chance.choice(cards), Rating(chance.randint(1, 4)))
        else:
            study.review.undo()
        check_replay(study)
        known = study.desk.store.queue.ids()
        assert {card for card in known if card.startswith("own/")} == set(study.own_cards.ids())
