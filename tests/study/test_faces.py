"""Faces of every kind of card; and of cards with whatever somebody wrote in them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studybuddy.core.block import CodeBlock
from studybuddy.core.card_content import CardContent, CardKind
from studybuddy.study.cloze import cloze_sides
from studybuddy.study.faces import LONGEST_FACE, CardFace, face
from studybuddy.study.library import Library
from studybuddy.study.page import layout, plain
from studybuddy.study.page_labels import page_labels
from studybuddy.study.paper import lay_out
from studybuddy.study.wiring import Study

CARD = CardContent("own/card/x", CardKind.BASIC, "front", "back", "")


def shown(study: Study, monkeypatch: pytest.MonkeyPatch, content: CardContent) -> CardFace:
    monkeypatch.setattr(Library, "card", lambda *_: content)
    return face(study.library, content.id)


@pytest.mark.parametrize(
    ("text", "asked", "question", "answer"),
    [
        ("a {{b}} c", 0, "a **[…]** c", "a **b** c"),
        ("{{a}} {{b::hint}}", 1, "**[…]** b", "**a** b"),
        ("{{a}} {{b::hint}}", 2, "a **[hint]**", "a **b**"),
        ("{{a}} {{b}}", 0, "**[…]** **[…]**", "**a** **b**"),
        ("{{a}}", 7, "**[…]**", "**a**"),
        (r"$x = {{2y}}$", 0, r"$x = [\ldots]$", "$x = {2y}$"),
        (r"$x = {{2y::a {number}}}$", 0, r"$x = [\text{a number}]$", "$x = {2y}$"),
        ("`h = {{x @ w}}`", 0, "`h = […]`", "`h = x @ w`"),
        (r"{{$x_{i_{j}}$}}", 0, "**[…]**", r"**$x_{i_{j}}$**"),
        ("{{}}", 0, "{{}}", "{{}}"),
        ("{{a {{b}} c}}", 0, "**[…]**", "**a b c**"),
    ],
)
def test_a_cloze_hides_one_gap(text: str, asked: int, question: str, answer: str) -> None:
    front, back = cloze_sides(text, "", asked)
    assert (front, back.strip()) == (question, answer)


@given(st.text(st.sampled_from("{}ab:$`\\ \n梯"), max_size=60), st.integers(0, 9))
def test_any_text_has_two_faces(text: str, asked: int) -> None:
    front, back = cloze_sides(text, "", asked)
    assert isinstance(front + back, str)


def test_a_tree_is_drawn(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    content = replace(CARD, kind=CardKind.TREE, front="which?", back="[3,9,20,null,null,15,7]\n\nbecause")
    found = shown(study, monkeypatch, content)
    text = lay_out(None, found.back, 60)
    assert "┌─┴──┐" in text
    assert "[3,9,20,null,null,15,7]" in text
    assert lay_out(None, found.explanation, 60).strip() == "because"


def test_a_fence_that_is_no_tree_is_shown_as_it_is() -> None:
    text = plain(layout((CodeBlock("tree", "[1,2"),), 60, labels=page_labels({})))
    assert "[1,2" in text


HOSTILE = [
    "\x1b[2J\x07 \x9b31m",
    "\u202eabc\u2066",
    "[red]markup[/red] [@click=app.quit]x[/]",
    "{{" * 20_000,
    "{{a}}" * 20_000,
    "$" * 9_999,
    "`" * 9_999 + "{{x}}",
    "```tree\n" + "[" * 5_000,
    "word " * 210_000,
    "梯" * 1_000_000,
    "a" * 1_000_000,
    "\n" * 1_000_000,
    "- " * 3_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:8]))
@pytest.mark.parametrize("kind", CardKind)
def test_hostile_cards_are_laid_out(
    study: Study, monkeypatch: pytest.MonkeyPatch, kind: CardKind, text: str
) -> None:
    found = shown(study, monkeypatch, replace(CARD, kind=kind, front=text, back=text))
    for side in (found.front, found.back, found.words, found.explanation):
        out = lay_out(None, side, 76)
        assert not set(out) & set("\x1b\x07\x9b\u202e\u2066")
        assert len(out) < 10 * LONGEST_FACE


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(front=st.text(max_size=200), back=st.text(max_size=100), kind=st.sampled_from(CardKind))
def test_any_words_have_faces(
    study: Study, monkeypatch: pytest.MonkeyPatch, front: str, back: str, kind: CardKind
) -> None:
    found = shown(study, monkeypatch, replace(CARD, kind=kind, front=front, back=back))
    lay_out(None, found.front, 40)
    lay_out(None, found.explanation, 40)
