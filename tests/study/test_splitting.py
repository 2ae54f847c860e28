from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.core.card_content import CardContent, CardKind
from studybuddy.core.gaps import read_gaps
from studybuddy.study.library import Library
from studybuddy.study.splitting import MOST_PARTS, asks_much, parts, pieces
from studybuddy.study.wiring import Study

SEVERAL = "It rises. Then it falls, e.g. by $a. b$ or `x. y`! Does it end? Yes, at 3.5 m."


def basic(back: str, front: str = "What happens?") -> CardContent:
    return CardContent("own/card/x", CardKind.BASIC, front, back, "", tags=("physics",))


def cloze(front: str, gap: int = 0) -> CardContent:
    return CardContent("own/card/x", CardKind.CLOZE, front, "because", "", gap=gap)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("one", ["one"]),
        ("One thing. Another thing.", ["One thing.", "Another thing."]),
        ("第一句话说这个。第二句话说那个！第三句？", ["第一句话说这个。", "第二句话说那个！", "第三句？"]),
        ("$a. b$ stays. `c. d` stays.", ["$a. b$ stays.", "`c. d` stays."]),
        ("about 3.5 m. That is all of it.", ["about 3.5 m.", "That is all of it."]),
        ("- first\n- second\n- third", ["first", "second", "third"]),
        ("1. first. still first\n2. second", ["first. still first", "second"]),
        ("```\na. b\n- c\n- d\n```", ["```\na. b\n- c\n- d\n```"]),
        ("A paragraph\n\nAnother paragraph", ["A paragraph", "Another paragraph"]),
        ("See e.g. this, i.e. that.", ["See e.g. this, i.e. that."]),
        ("A whole sentence. No.", ["A whole sentence. No."]),
    ],
)
def test_what_an_answer_says(text: str, found: list[str]) -> None:
    assert pieces(text) == found


def test_a_card_for_each_thing_said() -> None:
    made = parts(basic(SEVERAL))
    assert [side.back for side in made] == pieces(SEVERAL)
    assert made[0].front == "What happens? (1 of 4)"
    assert made[0].tags == "physics"
    assert asks_much(basic(SEVERAL))
    assert not asks_much(basic("The chain rule."))
    assert asks_much(basic("word " * 60))
    assert parts(basic("word " * 60)) == ()


def test_many_sentences_are_grouped() -> None:
    made = parts(basic(" ".join(f"Sentence number {n}." for n in range(23))))
    assert len(made) == MOST_PARTS
    assert sum(side.back.count("Sentence") for side in made) == 23


def test_a_card_for_each_gap() -> None:
    made = parts(cloze("{{Paris}} lies on the {{Seine::a river}}, $x_{{i}}$."))
    assert [side.front for side in made] == [
        "{{Paris}} lies on the Seine, $x_{i}$.",
        "Paris lies on the {{Seine::a river}}, $x_{i}$.",
        "Paris lies on the Seine, $x_{{i}}$.",
    ]
    assert all(len(read_gaps(side.front)) == 1 for side in made)
    assert all(side.back == "because" for side in made)
    assert parts(cloze("{{one}} gap")) == ()
    assert parts(cloze("{{one}} {{two}}", gap=1)) == ()


def test_a_program_is_not_split() -> None:
    assert parts(CardContent("a/card/b", CardKind.CODE, "f", SEVERAL, "", exercise="a/x")) == ()


def test_no_card_of_the_course_breaks_it(study: Study) -> None:
    for card in study.desk.catalogue.card_ids:
        content = Library(study.desk).card(card)
        if content is not None:
            assert len(parts(content)) != 1


@given(st.text(st.sampled_from("ab .。$`{}\n-*1!\x00\x1b的"), max_size=400))
def test_nothing_is_lost_whatever_it_says(text: str) -> None:
    kept = "".join("".join(pieces(text)).split())
    wanted = "".join(text.split())
    if not any(sign in text for sign in ("-", "*", "1")):
        assert kept == wanted
    assert len(parts(basic(text))) <= MOST_PARTS
    assert len(parts(cloze(text))) <= MOST_PARTS


@pytest.mark.parametrize("text", ["$" * 10**6, "{{a" * 10**5, ". " * 10**6, "- a\n" * 10**5, "`" * 10**6])
def test_a_megabyte_ends(text: str) -> None:
    assert len(parts(basic(text))) <= MOST_PARTS
    assert len(parts(cloze(text))) <= MOST_PARTS
    assert asks_much(basic(text)) in (True, False)
