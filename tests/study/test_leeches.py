from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.core.card import CardState, Rating
from studybuddy.core.clock import FixedClock
from studybuddy.core.event import EventKind, NewEvent
from studybuddy.i18n import say
from studybuddy.study.answers.judges import judge
from studybuddy.study.leech_proposal import Ground, Proposal, propose
from studybuddy.study.leeches import Leech, Remedy, decision, is_time, leech_level
from studybuddy.study.undoing import undo
from studybuddy.study.wiring import Study
from tests.study.conftest import DAY_ONE

CARD = "s3w10d1/card/upstream-gradient"
TYPED = "s3w10d1/card/vector-jacobian-product"


def lapse(study: Study, card: str, times: int = 1, *typed: str) -> None:
    """Forgets a card as often as asked, each time when it is due again."""
    if study.review.turn_of(card).memory.state is not CardState.REVIEW:
        study.review.answer(card, Rating.EASY)
    for n in range(times):
        study.desk.clock = FixedClock(study.desk.clock.now() + timedelta(days=40))
        study.review.answer(card, Rating.AGAIN, 1000, typed[n % len(typed)] if typed else "")
        study.review.answer(card, Rating.EASY)


def leech_of(study: Study, card: str) -> Leech:
    found = study.leeches.of(card)
    assert found is not None
    return found


def proposed(study: Study, card: str) -> Proposal:
    return propose(study, leech_of(study, card))


@given(st.integers(0, 60), st.integers(0, 20))
def test_it_is_said_at_the_threshold_and_every_half_of_it(lapses: int, threshold: int) -> None:
    said = [n for n in range(1, lapses + 1) if is_time(n, threshold)]
    assert len(said) == leech_level(lapses, threshold)
    if threshold and lapses >= threshold:
        assert said[0] == threshold
        half = (threshold + 1) // 2
        assert all(later - earlier == half for earlier, later in pairwise(said))


def test_the_eighth_lapse_is_noticed_and_the_twelfth(study: Study) -> None:
    noticed = []
    for n in range(1, 13):
        lapse(study, CARD)
        if study.leeches.noticed(CARD) is not None:
            noticed.append(n)
    assert noticed == [8, 12]
    assert leech_of(study, CARD).lapses == 12
    assert study.leeches.cards() == [CARD]


def test_again_in_a_step_is_no_lapse(study: Study) -> None:
    lapse(study, CARD, 7)
    for _ in range(5):
        study.review.answer(CARD, Rating.GOOD)
        study.desk.clock = FixedClock(study.desk.clock.now() + timedelta(minutes=20))
    new = "s3w10d1/card/local-gradient"
    for _ in range(9):
        study.review.answer(new, Rating.AGAIN)
    assert study.leeches.cards() == []
    assert study.leeches.of(new) is None


def test_the_search_finds_leeches_whatever_their_threshold(study: Study) -> None:
    mine = study.own_cards.add("own leech", "answer")
    lapse(study, CARD, 8)
    lapse(study, mine, 3)
    assert study.browser.find("is:leech") == [CARD]
    assert CARD not in study.browser.find("-is:leech")
    assert mine in study.browser.find("-is:leech lesson:s3w10d1 or is:own")
    assert study.browser.find("(is:leech or is:own) -is:suspended") == [CARD, mine]
    study.desk.prefer("leech_lapses", 3)
    assert study.browser.find("is:leech") == [CARD, mine]
    assert [line.leech for line in study.browser.lines([CARD, mine, TYPED])] == [True, True, False]
    study.desk.prefer("leech_lapses", 0)
    assert study.browser.find("is:leech") == []
    assert study.leeches.of(CARD) is None


def test_what_was_decided_holds_until_the_next_half_threshold(study: Study) -> None:
    lapse(study, CARD, 8)
    study.leeches.decide(leech_of(study, CARD), Remedy.LEAVE)
    assert study.leeches.decided_at(CARD) == 8
    assert study.leeches.noticed(CARD) is None
    lapse(study, CARD, 3)
    assert study.leeches.noticed(CARD) is None
    lapse(study, CARD)
    assert study.leeches.noticed(CARD) is not None
    assert study.browser.find("is:leech") == [CARD], "the mark is a matter of lapses alone"


@pytest.mark.parametrize("remedy", [Remedy.LEAVE, Remedy.LOOK, Remedy.SUSPEND, Remedy.SPLIT])
def test_a_decision_is_one_thing_to_take_back(study: Study, remedy: Remedy) -> None:
    lapse(study, CARD, 8)
    before = study.desk.store.queue.memory(CARD)
    study.leeches.decide(leech_of(study, CARD), remedy)
    suspended, _, _ = study.desk.store.queue.flags(CARD)
    assert suspended is (remedy is Remedy.SUSPEND), "nothing else suspends"
    assert study.leeches.decided_at(CARD) == 8
    study.care.rebuild()
    assert study.desk.store.queue.flags(CARD)[0] is (remedy is Remedy.SUSPEND)
    said = say(undo(study))
    assert "上游梯度" in said
    assert study.desk.store.queue.flags(CARD)[0] is False
    assert study.desk.store.queue.memory(CARD) == before
    assert study.leeches.decided_at(CARD) == 0
    assert study.leeches.noticed(CARD) is not None


def test_another_wording_is_a_decision_and_an_edit_in_one(study: Study) -> None:
    lapse(study, CARD, 8)
    leech = leech_of(study, CARD)
    study.own_cards.edit(CARD, "put better", "so", leech=decision(leech, Remedy.REWRITE))
    assert study.leeches.noticed(CARD) is None
    undo(study)
    assert study.leeches.noticed(CARD) is not None
    content = study.library.card(CARD)
    assert content is not None
    assert content.front != "put better"


def test_a_card_made_new_again_begins_anew(study: Study) -> None:
    lapse(study, CARD, 8)
    study.leeches.decide(leech_of(study, CARD), Remedy.LEAVE)
    study.desk.record(EventKind.FORGET, "", {"cards": [CARD]})
    assert study.leeches.cards() == []
    assert study.leeches.decided_at(CARD) == 0
    lapse(study, CARD, 8)
    assert study.leeches.noticed(CARD) is not None


def test_damaged_decisions_decide_nothing(study: Study) -> None:
    lapse(study, CARD, 8)
    for body in (
        {},
        {"leech": 3},
        {"leech": {"lapses": "8"}},
        {"leech": {"lapses": True}},
        {"accept": [3, None]},
    ):
        study.desk.record(EventKind.LEECH, CARD, dict(body))
    assert study.leeches.decided_at(CARD) == 0
    assert study.library.card(CARD) is not None


# ---- what is proposed


def test_a_long_answer_is_split(study: Study) -> None:
    card = study.own_cards.add(
        "What happens?", "First it rises. Then it falls. At the end it stays. That is all."
    )
    lapse(study, card, 8)
    found = proposed(study, card)
    assert (found.remedy, found.ground) == (Remedy.SPLIT, Ground.ASKS_MUCH)
    assert len(found.parts) == 4
    assert Remedy.REWRITE in found.possible


def test_an_answer_typed_nearly_right_may_be_accepted(study: Study) -> None:
    lapse(study, TYPED, 8, "vektor-jacobian product", "[bold]向量雅克比积\x1b")
    found = proposed(study, TYPED)
    assert (found.remedy, found.ground) == (Remedy.ACCEPT, Ground.NEARLY_RIGHT)
    assert "vektor-jacobian product" in found.near
    study.leeches.accept(found.leech, ("vektor-jacobian product",))
    content = study.library.card(TYPED)
    assert content is not None
    assert (accepted := judge(content, "vektor-jacobian product")) is not None
    assert accepted.right
    assert study.leeches.noticed(TYPED) is None
    undo(study)
    content = study.library.card(TYPED)
    assert content is not None
    assert (refused := judge(content, "vektor-jacobian product")) is not None
    assert not refused.right


def test_wrong_answers_that_are_far_off_are_only_shown(study: Study) -> None:
    lapse(study, TYPED, 8, "no idea", "zebra")
    found = proposed(study, TYPED)
    assert found.near == ()
    assert found.wrong == ("zebra", "no idea")
    assert Remedy.ACCEPT not in found.possible
    assert found.remedy is not Remedy.ACCEPT


def test_a_mate_whose_answer_was_typed_is_named(study: Study) -> None:
    concepts = study.desk.concepts
    concept = concepts.of(TYPED)
    around = [concept, *concepts.prerequisites(concept)]
    mate = next(card for one in around for card in concepts.cards(one) if card != TYPED)
    content = study.library.card(mate)
    assert content is not None
    lapse(study, TYPED, 8, content.back[:200])
    found = proposed(study, TYPED)
    if len(content.back) <= 200:
        assert (found.remedy, found.ground, found.mate) == (Remedy.LOOK, Ground.MIXED_UP, mate)
        assert set(study.browser.find(found.query)) == {TYPED, mate}


def test_what_a_card_rests_on_is_looked_at_first_where_it_is_weak(study: Study) -> None:
    concepts = study.desk.concepts
    card = next(
        card
        for card in study.desk.catalogue.card_ids
        if any(map(concepts.cards, concepts.prerequisites(concepts.of(card))))
        and (content := study.library.card(card)) is not None
        and content.kind == "basic"
    )
    study.own_cards.edit(card, "short", "answer")
    lapse(study, card, 8)
    found = proposed(study, card)
    assert (found.remedy, found.ground) == (Remedy.LOOK, Ground.WEAK_GROUND)
    assert found.concept in concepts.prerequisites(concepts.of(card))
    assert study.browser.find(found.query)


def test_where_nothing_speaks_another_wording_is_proposed(study: Study) -> None:
    card = study.own_cards.add("short", "answer")
    lapse(study, card, 8)
    found = proposed(study, card)
    assert (found.remedy, found.ground) == (Remedy.REWRITE, Ground.NOTHING_ELSE)
    assert found.possible == (Remedy.REWRITE, Remedy.SUSPEND, Remedy.LEAVE)


def test_a_question_without_words_of_its_own_can_still_be_decided_about(study: Study) -> None:
    question = study.desk.catalogue.lessons[0].questions[0]
    lapse(study, question, 8)
    found = proposed(study, question)
    assert Remedy.REWRITE not in found.possible
    assert found.remedy in (Remedy.LOOK, Remedy.LEAVE)
    gone = "s0w0d0/card/gone"
    lapse(study, gone, 8)
    assert proposed(study, gone).remedy is Remedy.LEAVE


def test_a_leech_with_a_megabyte_of_text(study: Study) -> None:
    card = "own/card/large"
    text = "[bold]x. \x1b[2J" * 90_000
    body = {"front": text, "back": text, "tags": [], "source": "", "cards": [card]}
    study.desk.store.append(NewEvent(EventKind.CARD_NEW, card, body), DAY_ONE, DAY_ONE.date())
    lapse(study, card, 8)
    found = proposed(study, card)
    assert found.remedy in Remedy
    assert Remedy.SUSPEND in found.possible
