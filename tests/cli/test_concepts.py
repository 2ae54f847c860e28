from __future__ import annotations

import pytest

from tests.cli.conftest import Command

LESSON = "s3w10d1"


@pytest.mark.parametrize(("language", "title"), [("zh", "向量–雅可比积"), ("en", "vector–Jacobian product")])
def test_cards_say_what_they_are_about(studybuddy: Command, language: str, title: str) -> None:
    card = studybuddy("add", "--front", "mine", "--back", "of no concept", "--json").json["card"]
    for query in ("concept:雅可比", "concept:jacobian", "concept:k05"):
        cards = studybuddy("cards", query, "--json", "--lang", language).json["cards"]
        found = next(one for one in cards if one["id"] == f"{LESSON}/card/vector-jacobian-product")
        assert {one["concept"] for one in cards} == {"K05"}
        assert (found["concept"], found["concept_title"]) == ("K05", title)
    own = next(one for one in studybuddy("cards", "--json").json["cards"] if one["id"] == card)
    assert (own["concept"], own["concept_title"]) == (None, None)


def test_the_nearest_concept_is_offered(studybuddy: Command) -> None:
    done = studybuddy("cards", "concept:jacobain", "--lang", "en")
    assert (done.code, done.out) == (2, "")
    assert 'jacobain is unknown here; nearest: "vector–Jacobian product"' in done.err
