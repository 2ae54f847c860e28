"""What each kind of answer is worth, and what is said of it."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.core.card import Rating
from studybuddy.core.card_content import CardContent, CardKind
from studybuddy.i18n import say, use_language
from studybuddy.study.answers.judged import Judged, Mark
from studybuddy.study.answers.judges import judge
from studybuddy.study.answers.proposal import Answer, propose_rating
from studybuddy.study.answers.rows import drawn, plain_rows

R, C, W, U = Mark.RIGHT, Mark.CLOSE, Mark.WRONG, Mark.UNREADABLE


@pytest.fixture(autouse=True)
def english() -> None:
    use_language("en")


def card(kind: CardKind, back: str, *accept: str, **facts: object) -> CardContent:
    return CardContent("c", kind, "?", back, "s", accept=accept, **facts)  # type: ignore[arg-type]


def judged(content: CardContent, typed: str) -> Judged:
    found = judge(content, typed)
    assert found is not None
    return found


def laid(found: Judged) -> str:
    return "".join(p.typed if p.same else f"[{p.typed}>{p.wanted}]" for p in found.pieces)


def test_nothing_typed_is_no_answer() -> None:
    assert judge(card(CardKind.TYPE_IN, "a"), "  \n") is None


# ---- words


@pytest.mark.parametrize(
    ("wanted", "typed", "mark", "diff"),
    [
        ("chain rule", "chain rule", R, ""),
        ("chain rule", " Chain  Rule. ", R, ""),
        ("chain rule", "ｃｈａｉｎ ｒｕｌｅ", R, ""),
        ("vector–Jacobian product", "vector-Jacobian product", R, ""),
        ("vector-Jacobian product", "vector-jakobian produkt", C, "vector-ja[k>c]obian produ[k>c]t"),
        ("chain rule", "chain law", W, "chain [law>rule]"),
        ("vector-Jacobian product", "vector-jakobian", W, "vector-ja[k>c]obian[> product]"),
        ("a long sentence about trees", "a sentence about trees", W, "a[> long] sentence about trees"),
        ("break symmetry", "symmetry", W, "[>break ]symmetry"),
        ("gradient", "the gradient", W, "[the >]gradient"),
        ("链式法则", "链式规则", W, "链式[规>法]则"),
        ("向量雅可比积", "向量 雅可比积", R, ""),
        ("向量雅可比积", "向量雅克比积", C, "向量雅[克>可]比积"),
        ("X^T δ_Z", "δ_Z X^T", W, "[δ_Z>X^T] [X^T>δ_Z]"),
        ("loss", "lose", W, "los[e>s]"),
    ],
)
def test_words(wanted: str, typed: str, mark: Mark, diff: str) -> None:
    found = judged(card(CardKind.TYPE_IN, wanted), typed)
    assert found.mark is mark
    if diff:
        assert laid(found) == diff


def test_the_nearest_of_several_answers_is_shown() -> None:
    content = card(CardKind.TYPE_IN, "vector-Jacobian product", "VJP", "向量雅可比积")
    assert judged(content, "vjp").mark is R
    assert judged(content, "向量雅可比").wanted == "向量雅可比积"
    assert judged(content, "JVP").wanted == "VJP"


def test_capital_letters_count_where_the_card_says_so() -> None:
    content = card(CardKind.TYPE_IN, "x.T @ dZ", case=True)
    assert judged(content, "x.T@dZ").mark is R
    found = judged(content, "x.t @ dz")
    assert (found.mark, say(found.reason)) == (C, "only capital letters differ")
    assert judged(card(CardKind.CODE, "x.T"), "x.t").mark is C
    assert judged(card(CardKind.FORMULA, "$X_{ik}$", "x_ik"), "x_ik").mark is R


@pytest.mark.parametrize(
    ("wanted", "typed", "said"),
    [
        ("chain rule", "chain law", "“law” instead of “rule”"),
        ("break symmetry", "symmetry", "“break” is missing"),
        ("gradient", "the gradient", "“the” is too much"),
        ("one two three", "four five six", "not the same as the card; judge for yourself"),
    ],
)
def test_what_differs_is_said(wanted: str, typed: str, said: str) -> None:
    assert say(judged(card(CardKind.TYPE_IN, wanted), typed).reason) == said


def test_a_slip_gives_nothing_away() -> None:
    found = judged(card(CardKind.TYPE_IN, "vector-Jacobian product"), "vector-jakobian product")
    assert (found.mark, say(found.reason)) == (C, "1 letter differs")


# ---- numbers


@pytest.mark.parametrize(
    ("content", "typed", "mark", "said"),
    [
        (card(CardKind.NUMERIC, "-84: $a = 6$", "-84"), "−84", R, ""),
        (card(CardKind.NUMERIC, "-84"), "84", W, "the sign is wrong"),
        (card(CardKind.NUMERIC, "-84"), "-840", W, "too large by a factor of 10"),
        (card(CardKind.NUMERIC, "-84"), "8.4", W, "the sign is wrong, and it is off by a factor of 10"),
        (card(CardKind.NUMERIC, "-84"), "-168", W, "twice as much as it should be"),
        (card(CardKind.NUMERIC, "-84"), "-42", W, "half of what it should be"),
        (card(CardKind.NUMERIC, "640"), "641", W, "too large"),
        (card(CardKind.NUMERIC, "640"), "1/640", W, "upside down: one over the right number"),
        (card(CardKind.NUMERIC, "1e-6"), "1", W, "too large by a factor of 10^6"),
        (card(CardKind.NUMERIC, "2^64"), "18446744073709551616", R, ""),
        (card(CardKind.NUMERIC, "2^64"), "18446744073709551615", W, "too small"),
        (card(CardKind.NUMERIC, "0"), "0.0", R, ""),
        (card(CardKind.NUMERIC, "0"), "1e-9", W, "too large"),
        (card(CardKind.NUMERIC, "1/3", tolerance=0.01), "0.333", R, ""),
        (
            card(CardKind.NUMERIC, "1/3", tolerance=0.01),
            "0.34",
            C,
            "near, but not within the tolerance of the card",
        ),
        (card(CardKind.NUMERIC, "100", absolute=0.5), "100.4", R, ""),
        (card(CardKind.NUMERIC, "0", absolute=0.1), "0.05", R, ""),
        (card(CardKind.NUMERIC, "100", tolerance=0.001, absolute=5), "104", R, ""),
        (card(CardKind.NUMERIC, "0, 6, 7"), "[0 6 7]", R, ""),
        (card(CardKind.NUMERIC, "0, 6, 7"), "0, 0, 7", W, "number 2 is 6, not 0"),
        (card(CardKind.NUMERIC, "0, 6, 7"), "7, 6, 0", W, "the right numbers in another order"),
        (card(CardKind.NUMERIC, "0, 6, 7"), "0, 60, 70", W, "too large by a factor of 10"),
        (card(CardKind.NUMERIC, "0, 6, 7"), "6", W, "not as many numbers as on the card"),
        (card(CardKind.NUMERIC, "1, 200"), "1,200", R, ""),
        (card(CardKind.NUMERIC, "[[1,2],[3,4]]"), "1 2; 3 4", R, ""),
        (card(CardKind.NUMERIC, "[[1,2],[3,4]]"), "[[1,2,3],[4]]", W, "not as many numbers as on the card"),
        (card(CardKind.NUMERIC, "31.6", "31.62", tolerance=0.02), "√1000", R, ""),
        (card(CardKind.NUMERIC, "640"), "many", U, "cannot read “many” as a number"),
        (card(CardKind.NUMERIC, "640"), "nan", U, "cannot read “nan” as a number"),
        (card(CardKind.NUMERIC, "640"), "9**9**9", U, "a number in it is too large or too small"),
    ],
)
def test_numbers(content: CardContent, typed: str, mark: Mark, said: str) -> None:
    found = judged(content, typed)
    assert (found.mark, say(found.reason)) == (mark, said)


@pytest.mark.parametrize(
    ("typed", "mark", "said"),
    [
        ("500 ms", R, ""),
        ("0.5 s", R, ""),
        ("500毫秒", R, ""),
        ("500", R, "right, without its unit: ms"),
        ("500 s", W, "the unit is ms, not s"),
        ("500 kg", W, "the unit is ms, not kg"),
        ("500 bananas", W, "the unit is ms, not bananas"),
        ("5 s", W, "too large by a factor of 10"),
    ],
)
def test_units(typed: str, mark: Mark, said: str) -> None:
    found = judged(card(CardKind.NUMERIC, "500", unit="ms"), typed)
    assert (found.mark, say(found.reason or found.remark)) == (mark, said)
    assert found.wanted == "500 ms"


@pytest.mark.parametrize("typed", ["5", "5%", "5 percent", "0.05", "50‰"])
def test_percent(typed: str) -> None:
    assert judged(card(CardKind.NUMERIC, "5", unit="%"), typed).right


def test_a_unit_nobody_asked_for_is_told() -> None:
    found = judged(card(CardKind.NUMERIC, "640"), "640 components")
    assert (found.mark, say(found.remark)) == (R, "right; “components” was not compared")


def test_tolerances_that_are_none_allow_nothing() -> None:
    for tolerance in (float("nan"), float("inf"), -1.0):
        assert not judged(card(CardKind.NUMERIC, "100", tolerance=tolerance), "101").right


# ---- shapes


@pytest.mark.parametrize(
    ("typed", "mark", "said"),
    [
        ("(N, D_out)", R, ""),
        ("n x d_out", R, ""),
        ("[N, D_out]", R, ""),
        ("(D_out, N)", W, "the axes are swapped"),
        ("(N, D_in)", W, "axis 1 is D_out, not D_in"),
        ("(N,)", W, "1 axis instead of 2"),
        ("(N, 1, D_out)", W, "3 axes instead of 2"),
        ("who knows", U, "cannot read “who knows” as an axis"),
    ],
)
def test_shapes(typed: str, mark: Mark, said: str) -> None:
    found = judged(card(CardKind.SHAPE, "$(N, D_{out})$", "(N, D_out)"), typed)
    assert (found.mark, say(found.reason)) == (mark, said)


def test_axes_that_differ_in_case_alone_are_told_apart() -> None:
    content = card(CardKind.SHAPE, "(N, n)")
    assert judged(content, "(N, n)").right
    assert say(judged(content, "(n, N)").reason) == "the axes are swapped"
    assert (
        say(judged(card(CardKind.SHAPE, "(2, 3, 4)"), "(4, 3, 2)").reason)
        == "the axes stand in another order"
    )


# ---- trees


@pytest.mark.parametrize(
    ("typed", "mark", "said"),
    [
        ("[3,9,20,null,null,15,7]", R, ""),
        ("3 9 20 # # 15 7", R, ""),
        ("[3,20,9,7,15]", W, "left and right are swapped"),
        ("[3,9,20,15,7]", W, "in yours the left child of 9 is 15; there should be none"),
        ("[3,9]", W, "the right child of 3 is 20; yours has none"),
        ("[3,9,20,null,null,15,8]", W, "the right child of 20 is 7, not 8"),
        ("[]", W, "the root is 3; yours has none"),
        ("[3,null,null,1]", U, "“1” has no parent"),
    ],
)
def test_trees(typed: str, mark: Mark, said: str) -> None:
    found = judged(card(CardKind.TREE, "[3,9,20,null,null,15,7]\n\nbecause"), typed)
    assert (found.mark, say(found.reason)) == (mark, said)
    assert (found.trees == ()) == (mark is U)


# ---- what is typed may be anything


HOSTILE = [
    "\x1b[2J\x07",
    "[b]markup[/b]",
    "\u202eabc",
    "x" * 1_000_000,
    "9" * 1_000_000,
    "((" * 50_000,
    "{{" * 9999,
    "\ud800",
]


@pytest.mark.parametrize("typed", HOSTILE, ids=lambda text: repr(text[:8]))
@pytest.mark.parametrize("kind", CardKind)
def test_hostile_answers(kind: CardKind, typed: str) -> None:
    backs = {CardKind.NUMERIC: "5", CardKind.SHAPE: "(N, D)", CardKind.TREE: "[1,2]"}
    found = judged(card(kind, backs.get(kind, "word"), "another"), typed)
    assert not found.right
    assert "\x1b" not in say(found.reason)


@pytest.mark.parametrize("kind", CardKind)
@given(st.text(max_size=80), st.text(min_size=1, max_size=80))
def test_any_card_and_any_answer(kind: CardKind, back: str, typed: str) -> None:
    found = judge(card(kind, back, unit="ms", tolerance=0.1), typed)
    assert (found is None) == (not typed.strip())
    if found is not None:
        say(found.reason)
        say(found.remark)


@given(st.text(min_size=1, max_size=60).filter(str.strip), st.text(min_size=1, max_size=60).filter(str.strip))
def test_the_pieces_hold_both_texts(back: str, typed: str) -> None:
    found = judged(card(CardKind.TYPE_IN, back), typed)
    if found.mark in (C, W) and found.wanted:
        for side, text in ((0, typed), (1, found.wanted)):
            written = "".join(piece[side] for piece in found.pieces)
            folded = (part.casefold() for part in (written, normalize("NFKC", text)))
            one, other = ([*filter(str.isalnum, part)] for part in folded)
            assert one == other


# ---- ratings


def proposed(
    mark: Mark, tries: int = 1, elapsed_ms: int = 0, earlier: tuple[int, ...] = ()
) -> tuple[Rating, str] | None:
    found = propose_rating(Answer(Judged(mark, "x"), tries, elapsed_ms), earlier)
    return None if found is None else (found[0], say(found[1]))


def test_ratings_follow_the_answer() -> None:
    assert proposed(R) == (Rating.GOOD, "right at once → Good")
    assert proposed(R, tries=2) == (Rating.HARD, "right after 2 tries → Hard")
    assert proposed(C) == (Rating.HARD, "nearly right → Hard")
    assert proposed(W) == (Rating.AGAIN, "wrong → Again")
    assert proposed(U) is None


def test_slow_is_hard_and_fast_is_easy_beside_ones_own_times() -> None:
    usual = (10_000, 12_000, 11_000)
    slow, fast = proposed(R, 1, 30_000, usual), proposed(R, 1, 4_000, usual)
    assert slow is not None
    assert fast is not None
    assert (slow[0], fast[0]) == (Rating.HARD, Rating.EASY)
    assert "median" in slow[1]


@pytest.mark.parametrize(
    ("wanted", "typed", "mark"),
    [
        ("(-2, -2)", "-2 -2", R),
        ("(-2, -2)", "(−2 −2)", R),
        ("(-2, -2)", "-2 -3", W),
        ("-4", "-2 -2", R),
        ("-4", "-2 -3", W),
        ("1000", "1 000", R),
        ("(1, 0)", "1 000", W),
    ],
)
def test_numbers_with_blanks_between_them(wanted: str, typed: str, mark: Mark) -> None:
    assert judged(card(CardKind.NUMERIC, wanted), typed).mark is mark


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        ("$2(p - y)$", "2(p − y)"),
        (r"$X^\top \delta_Z$, with `dZ`", "Xᵀδ_Z, with dZ"),
        ("`loss.item()`", "loss.item()"),
        ("```python\ngrad = x.T @ g\n```", "grad = x.T @ g"),
        ("```python\na = 1\nb = 2\n```", ""),
        ("it costs 5$ or 6$", "it costs 5$ or 6$"),
        (r"\$5 and \$6", r"\$5 and \$6"),
        ("`", "`"),
    ],
)
def test_a_right_answer_is_drawn_as_on_its_card(wanted: str, shown: str) -> None:
    assert drawn(wanted) == shown
    lines = plain_rows(Judged(Mark.WRONG, "x", wanted))
    assert shown in lines
    assert "```" not in lines
