from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.core.card import Rating
from studybuddy.core.query import (
    AllOf,
    AnyOf,
    CardIs,
    Comparison,
    Everything,
    Field,
    Has,
    Introduced,
    Is,
    Not,
    Prop,
    Quantity,
    Query,
    QueryError,
    Rated,
    Words,
)
from studybuddy.core.query_parser import DEEPEST, KEYS, LONGEST, MOST_WORDS, parse_query

DUE = Is(CardIs.DUE)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", Everything()),
        ("  \t\n ", Everything()),
        ("grad", Words("grad")),
        ('"exact phrase"', Words("exact phrase", exact=True)),
        (r'"a \"b\" \\ c"', Words('a "b" \\ c', exact=True)),
        ("is:due", DUE),
        ("IS:Due", DUE),
        ("is:suspended", Is(CardIs.SUSPENDED)),
        ("-is:suspended", Not(Is(CardIs.SUSPENDED))),
        ("--is:due", Not(Not(DUE))),
        ("tag:x", Has(Field.TAG, "x")),
        ('tag:"two words"', Has(Field.TAG, "two words")),
        ("lesson:s3w10d1", Has(Field.LESSON, "s3w10d1")),
        ("concept:K03", Has(Field.CONCEPT, "K03")),
        ("kind:cloze", Has(Field.KIND, "cloze")),
        ("kind:type-in", Has(Field.KIND, "type-in")),
        ("prop:stability<3", Prop(Quantity.STABILITY, Comparison.BELOW, 3)),
        ("prop:difficulty>=7", Prop(Quantity.DIFFICULTY, Comparison.AT_LEAST, 7)),
        ("prop:d>=7.5", Prop(Quantity.DIFFICULTY, Comparison.AT_LEAST, 7.5)),
        ("prop:lapses>3", Prop(Quantity.LAPSES, Comparison.ABOVE, 3)),
        ("prop:reps=0", Prop(Quantity.REPS, Comparison.EQUAL, 0)),
        ("prop:due<=-2", Prop(Quantity.DUE, Comparison.AT_MOST, -2)),
        ("prop:r<0.9", Prop(Quantity.RECALL, Comparison.BELOW, 0.9)),
        ("prop:ivl!=1", Prop(Quantity.INTERVAL, Comparison.NOT, 1)),
        ("rated:7", Rated(7)),
        ("rated:7:again", Rated(7, Rating.AGAIN)),
        ("rated:1:4", Rated(1, Rating.EASY)),
        ("introduced:3", Introduced(3)),
        ("flag:0", Not(Is(CardIs.FLAGGED))),
        ("a b", AllOf((Words("a"), Words("b")))),
        ("a and b", AllOf((Words("a"), Words("b")))),
        ("a or b c", AnyOf((Words("a"), AllOf((Words("b"), Words("c")))))),
        ("(a OR b) c", AllOf((AnyOf((Words("a"), Words("b"))), Words("c")))),
        ("-(a or b)", Not(AnyOf((Words("a"), Words("b"))))),
        ("a(b)c", AllOf((Words("a"), Words("b"), Words("c")))),
        ("oracle android", AllOf((Words("oracle"), Words("android")))),
        ("wild*card", Words("wild*card")),
        ("反向传播", Words("反向传播")),
        ("（反向 or 传播）　-is：due", AllOf((AnyOf((Words("反向"), Words("传播"))), Not(DUE)))),
        ("“反向 传播”", Words("反向 传播", exact=True)),
        ("a-b", Words("a-b")),
        ("3:4", Words("3:4")),
        ("dL/dW:", Words("dL/dW:")),
    ],
)
def test_it_is_read(text: str, tree: Query) -> None:
    assert parse_query(text) == tree


@pytest.mark.parametrize(
    ("text", "at", "said"),
    [
        ("is:dew", 3, "nearest: new"),
        ("a is:supended", 5, "nearest: suspended"),
        ("prp:reps=0", 0, "nearest: prop:"),
        ("kind:clozed", 5, "nearest: cloze"),
        ("prop:stabilty<3", 5, "nearest: stability"),
        ("prop:reps=x", 10, "no number"),
        ("prop:reps=", 10, "no number"),
        ("prop:reps=nan", 10, "no number"),
        ("prop:reps=" + "9" * 30, 10, "no number"),
        ("prop:reps", 5, "comparison"),
        ("rated:0", 6, "1 is today"),
        ("rated:-1", 6, "1 is today"),
        ("rated:７", 6, "1 is today"),
        ("rated:99999", 6, "1 is today"),
        ("rated:7:agan", 8, "nearest: again"),
        ("introduced:x", 11, "1 is today"),
        ("is:", 3, "must follow is:"),
        ("(a", 0, "never closed"),
        ("a)", 1, "never opened"),
        ("()", 1, "missing"),
        ("a or", 4, "missing"),
        ("or a", 0, "missing"),
        ("a and and b", 6, "missing"),
        ("- a", 0, "directly before"),
        ("-", 0, "directly before"),
        ("-or", 1, "missing"),
        ('"a', 0, "quote is never closed"),
        ('x "\\', 2, "quote is never closed"),
        ('""', 0, "nothing between"),
        ('tag:" "', 4, "nothing between"),
        ("(" * 10_000, LONGEST, "characters"),
        ("(" * 900, DEEPEST, "within each other"),
        ("-" * 900 + "a", DEEPEST, "within each other"),
        ("a" * 1_000_000, LONGEST, "characters"),
        ("a " * (MOST_WORDS + 1), 2 * MOST_WORDS, "words"),
    ],
)
def test_what_cannot_be_read_says_where(text: str, at: int, said: str) -> None:
    with pytest.raises(QueryError, match=said) as caught:
        parse_query(text)
    assert caught.value.at == at
    assert str(caught.value).startswith(f"character {at + 1}: ")
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    "text", ["\x00", "a\x00b", "'; DROP TABLE card;", "%_", "\ud800", "👨‍👩‍👧", "مرحبا", "\u202eabc"]
)
def test_any_text_is_text(text: str) -> None:
    found = parse_query(text)
    words = found.nodes if isinstance(found, AllOf) else (found,)
    assert {type(word) for word in words} <= {Words}, "nothing in it is taken for a command"


SIGNS = st.text(alphabet='()-":*<>= \\orandis：（“', max_size=60)
PIECES = st.lists(
    st.sampled_from([*(f"{key}:" for key in KEYS), "or", "and", "-", "(", ")", '"', "due", "7", "<3", " "]),
    max_size=40,
).map("".join)


@given(st.one_of(st.text(max_size=200), SIGNS, PIECES))
def test_anything_is_read_or_refused_at_a_place_within(text: str) -> None:
    places = []
    try:
        parse_query(text)
    except QueryError as error:
        places = [error.at]
    assert all(0 <= at <= len(text) for at in places)


NODES = st.recursive(
    st.one_of(
        st.sampled_from(CardIs).map(lambda state: f"is:{state}"),
        st.sampled_from(["a", '"b c"', "tag:x", "prop:reps>2", "rated:3:good", "反向"]),
    ),
    lambda inner: st.one_of(
        inner.map(lambda text: f"-({text})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: "(" + " or ".join(parts) + ")"),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: "(" + " ".join(parts) + ")"),
    ),
    max_leaves=12,
)


@given(NODES)
def test_brackets_around_it_and_ands_within_change_nothing(text: str) -> None:
    assert parse_query(f"({text})") == parse_query(text) == parse_query(f"  {text} ")
