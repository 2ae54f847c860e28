from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.course.indexed import IndexedConcept
from studybuddy.study.concepts import Concepts
from studybuddy.study.wiring import Study

GRAPHS = st.integers(0, 30).flatmap(
    lambda size: st.tuples(
        st.lists(st.lists(st.integers(0, 29), max_size=5), min_size=size, max_size=size),
        st.randoms(use_true_random=False),
    )
)
"""For each concept the numbers it may rest on, and a shuffle."""


def graph(rows: list[list[int]], chance: random.Random | None = None) -> list[IndexedConcept]:
    """Concepts that rest on earlier numbers alone, in any order."""
    made = [
        IndexedConcept(f"C{n}", "s1w1d1", {"en": f"c{n}"}, [f"C{below % n}" for below in row if n])
        for n, row in enumerate(rows)
    ]
    if chance is not None:
        chance.shuffle(made)
    return made


@given(GRAPHS)
def test_each_stands_after_what_it_rests_on(drawn: tuple[list[list[int]], random.Random]) -> None:
    known = graph(*drawn)
    concepts = Concepts(known, {})
    assert sorted(concepts.all()) == sorted(c.id for c in known)
    for concept in known:
        below = concepts.all_prerequisites(concept.id)
        assert set(concepts.prerequisites(concept.id)) == set(concept.requires)
        assert set(concept.requires) <= set(below)
        assert concept.id not in below
        assert list(below) == sorted(below, key=concepts.rank)
        assert all(concepts.rank(name) < concepts.rank(concept.id) for name in below)
        for name in below:
            assert set(concepts.all_prerequisites(name)) <= set(below)


@given(GRAPHS)
def test_the_order_of_the_file_is_kept_where_it_can_be(
    drawn: tuple[list[list[int]], random.Random],
) -> None:
    rows, _ = drawn
    assert Concepts(graph(rows), {}).all() == tuple(f"C{n}" for n in range(len(rows)))


@given(GRAPHS, st.data())
def test_a_circle_is_refused(drawn: tuple[list[list[int]], random.Random], data: st.DataObject) -> None:
    known = graph(drawn[0])
    circle = [IndexedConcept("X", "", {}, ["Z"]), IndexedConcept("Y", "", {}, ["X"])]
    circle.append(IndexedConcept("Z", "", {}, ["Y"]))
    known += data.draw(st.permutations(circle))
    with pytest.raises(ValueError, match="circle"):
        Concepts(known, {})


def test_concepts_that_only_cards_name() -> None:
    concepts = Concepts(graph([[], [0]]), {"a": "mine", "b": "C1", "c": "mine", "d": "other"})
    assert concepts.all() == ("C0", "C1", "mine", "other")
    assert concepts.title("mine", "zh") == "mine"
    assert concepts.names("mine") == ("mine",)
    assert concepts.prerequisites("mine") == concepts.all_prerequisites("mine") == ()
    assert concepts.cards("mine") == ("a", "c")
    assert concepts.of("a") == "mine"
    assert concepts.of("own/card/1") == concepts.lesson("mine") == ""
    assert concepts.rank_of_card("a") == 2
    assert concepts.rank_of_card("own/card/1") == concepts.rank("") == 4, "after all concepts"


def test_a_title_in_the_other_language_and_none_at_all() -> None:
    known = [IndexedConcept("A", "", {"en": "one"}, ["gone"]), IndexedConcept("B", "", {}, [])]
    concepts = Concepts(known, {})
    assert (concepts.title("A", "zh"), concepts.title("B", "en")) == ("one", "B")
    assert concepts.names("A") == ("one", "A")
    assert concepts.prerequisites("A") == (), "what is not there is rested on by nobody"


def test_fifty_thousand_cards_in_one_concept() -> None:
    cards = {f"s1w1d1/card/{n}": "C0" for n in range(50_000)}
    concepts = Concepts(graph([[]]), cards)
    assert len(concepts.cards("C0")) == 50_000
    assert concepts.cards("C0")[-1] == "s1w1d1/card/49999"
    assert concepts.rank_of_card("s1w1d1/card/49999") == 0


def test_the_real_course(study: Study) -> None:
    concepts = study.desk.concepts
    assert concepts.of("s3w10d1/card/dw") == "K07"
    assert concepts.title("K07", "zh") == "权重梯度 ∂L/∂W"
    assert concepts.title("K05", "en") == "vector–Jacobian product"
    assert concepts.lesson("K20") == "s3w10d2"
    assert concepts.all_prerequisites("K12") == (*(f"K{n:02}" for n in range(1, 9)), "K10", "K11")
    cards = [card.id for lesson in study.desk.catalogue.lessons for card in lesson.cards]
    assert all(concepts.of(card) in concepts.all() for card in cards)
    assert sum(len(concepts.cards(concept)) for concept in concepts.all()) == len(cards)
