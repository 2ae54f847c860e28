"""Everything the day must hold is there, in both languages, and everything it needs has its card."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.course.inventory import NOTHING, Course, Row
from tests.course.inventory_first import FIRST
from tests.course.inventory_second import SECOND

ROWS = [*FIRST, *SECOND]

CARDS = {
    "C01": "backprop",
    "C02": "upstream-gradient",
    "C03": "local-gradient",
    "C04": "vector-jacobian-product",
    "C05": "shape-z",
    "C06": "shape-b",
    "C07": "shape-dw",
    "C08": "dw",
    "C09": "dx",
    "C10": "db",
    "C11": "local-derivative",
    "C12": "sum-to-matrix",
    "C13": "why-transpose",
    "C14": "shape-necessary",
    "C15": "dw-by-hand",
    "C16": "db-by-hand",
    "C17": "scalar-dw2",
    "C18": "scalar-dw1",
    "C19": "squared-loss-gradient",
    "C20": "sum-versus-mean",
    "C21": "equivalent-learning-rate",
    "C22": "code-grad-w2",
    "C23": "code-grad-h-relu",
    "C24": "relu-backward",
    "C25": "code-grad-w1",
    "C26": "gradients-before-updates",
    "C27": "mask-less-than",
    "C28": "mask-less-equal",
    "C29": "relu-at-zero",
    "C30": "zero-init",
    "C31": "constant-init",
    "C32": "zero-second-layer",
    "C33": "break-symmetry",
    "C34": "std-of-h",
    "C35": "expected-first-loss",
    "C36": "tiny-learning-rate",
    "C37": "gradient-check",
    "C38": "clear-gradients",
    "C39": "no-grad",
    "C40": "backward-cost",
    "C41": "depth-recursion",
    "C42": "freeze-level-size",
}
"""The cards that the day was planned with, and their names."""
ANSWERS = {
    "C07": "(1000, 100)",
    "C11": "X_{ik}",
    "C15": "-2",
    "C17": "-84",
    "C18": "28",
    "C20": "640",
    "C21": "6.4e-4",
    "C24": "grad_h_relu * (h > 0)",
    "C27": "0, 6, 7",
    "C28": "0, 0, 7",
    "C34": "31.6",
    "C35": "32{,}000{,}640",
    "C39": "with torch.no_grad():",
    "C41": "1 + max(f(root.left), f(root.right))",
}


@pytest.fixture(scope="module")
def course() -> Course:
    return Course.installed()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row.number))
def test_each_element_is_served(course: Course, row: Row) -> None:
    assert [check.name for check in row.checks if not check.holds(course)] == [], row.element


def test_every_row_is_there_once_and_none_holds_of_nothing() -> None:
    assert [row.number for row in ROWS] == list(range(1, 83))
    nothing = Course(NOTHING, empty=True)
    assert [(row.number, c.name) for row in ROWS for c in row.checks if c.holds(nothing)] == []
    assert all(row.checks and row.element for row in ROWS)


def test_all_planned_cards_are_there_and_more(course: Course) -> None:
    assert len(CARDS) == len(set(CARDS.values())) == 42
    assert list(CARDS) == [f"C{n:02}" for n in range(1, 43)]
    for language, lesson in course.lessons.items():
        known = {card.id.rsplit("/", 1)[-1]: card for card in lesson.cards}
        assert set(CARDS.values()) <= known.keys()
        assert len(known) == len(lesson.cards) >= 60
        for planned, answer in ANSWERS.items():
            assert answer in known[CARDS[planned]].back, (planned, language)
    zh, en = ([card.id for card in lesson.cards] for lesson in course.lessons.values())
    assert zh == en, "one id for both languages"


def test_each_concept_of_the_day_has_a_card_and_each_card_a_concept(course: Course) -> None:
    wanted = {f"K{n:02}" for n in range(1, 20)}
    assert course.concepts == wanted
    found = Counter(card.concept for card in course.lesson.cards)
    assert found.keys() == wanted


def test_cards_are_atomic(course: Course) -> None:
    """One question a card; no more than a sentence or two behind it, of what is answered in the head."""
    for lesson in course.lessons.values():
        for card in lesson.cards:
            if card.exercise or card.kind == "tree":
                continue
            assert len(card.front) < 320, card.id
            assert len(card.back) < 320, card.id
            assert card.front.count("？") + card.front.count("?") <= 2, card.id
            assert card.front != card.back
