from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studybuddy.core.query import Field, Has, QueryError
from studybuddy.course.indexed import IndexedConcept
from studybuddy.study.concepts import Concepts
from studybuddy.study.query_names import named
from studybuddy.study.wiring import Study


def of_concept(study: Study, *concepts: str) -> list[str]:
    known = study.desk.concepts
    return [card for card in study.desk.catalogue.card_ids if known.of(card) in concepts]


@pytest.mark.parametrize(
    ("query", "concepts"),
    [
        ("concept:K07", ["K07"]),
        ("concept:k07", ["K07"]),
        ("concept:雅可比", ["K05"]),
        ("concept:向量-雅可比积", ["K05"]),  # any dash
        ("concept:JACOBIAN", ["K05"]),
        ('concept:"vector-jacobian product"', ["K05"]),  # any dash
        ("concept:vector–jacobianproduct", ["K05"]),
        ("concept:ｊａｃｏｂｉａｎ", ["K05"]),
        ('concept:"weight gradient"', ["K07"]),
        ("concept:weight*∂L/∂W", ["K07"]),
        ("concept:dW", ["K07"]),
        ("concept:链式法则", ["K02"]),
        ("concept:relu", ["K10"]),
        ("concept:K1*", ["K10", "K11", "K12", "K13", "K14", "K15", "K16", "K17", "K18", "K19"]),
        ("concept:K03 or concept:jacobian", ["K03", "K05"]),
        ("concept:sigmoid", []),  # a concept of a lesson to come
        ("concept:nothing*", []),
    ],
)
def test_by_id_or_a_part_of_the_title(study: Study, query: str, concepts: list[str]) -> None:
    assert study.browser.find(query) == of_concept(study, *concepts)
    cards = set(study.browser.find(""))
    assert set(study.browser.find(f"-({query})")) == cards - set(of_concept(study, *concepts))


@pytest.mark.parametrize(
    ("query", "at", "near"),
    [
        ("concept:K7", 8, "K"),
        ("-(concept:jacobain)", 10, "vector–Jacobian"),
        ("concept:梯度检查", 8, "梯度检验"),
        ("concept:%", 8, ""),
        ("concept:_07", 8, "K0"),
        ("concept:[", 8, ""),
    ],
)
def test_the_nearest_is_offered(study: Study, query: str, at: int, near: str) -> None:
    with pytest.raises(QueryError, match="nearest") as caught:
        study.browser.find(query)
    assert caught.value.at == at
    assert near in str(caught.value.parameters["near"])


def test_a_name_of_two_words_is_offered_in_quotes(study: Study) -> None:
    with pytest.raises(QueryError) as caught:
        study.browser.find("concept:chain-rules")
    assert caught.value.parameters["near"] == '"chain rule"'
    assert list(study.browser.find(f"concept:{caught.value.parameters['near']}")) == [
        "s3w10d1/card/chain-rule"
    ]


def test_more_concepts_than_a_statement_has_room_for(study: Study) -> None:
    known = [IndexedConcept(f"C{n}", "", {"en": f"concept number {n}"}, []) for n in range(5000)]
    found = named(Has(Field.CONCEPT, "number"), lambda _: [], Concepts(known, {}))
    assert isinstance(found, Has)
    assert len(found.among) == 5000
    study.desk.__dict__["concepts"] = Concepts(known, {})
    assert study.browser.find("concept:number") == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(min_size=1, max_size=30))
def test_whatever_is_typed(study: Study, text: str) -> None:
    found: list[str] = []
    with suppress(QueryError):
        found = study.browser.find("concept:" + text)
    assert set(found) <= set(study.browser.find(""))
