"""Cards that ask a line of array code."""

from __future__ import annotations

from pathlib import Path

import pytest

from studybuddy.core.card_content import CardContent
from studybuddy.course.reader import read_lesson
from tests.course.sample import CARDS_TOML, write_lesson

CARD = """
[[card]]
id = "grad-w"
kind = "code"
section = "code"
accept = ["x.T @ g"]
  [card.tensors]
  x = ["N", "D"]
  g = ["N", "M"]
  [card.definitions]
  y = "np.maximum(g, 0)"
  [card.zh]
  front = "`grad_w = ____`"
  back = "`x.T @ g`"
  [card.en]
  front = "`grad_w = ____`"
  back = "`x.T @ g`"
"""


def read(tmp_path: Path, card: str) -> tuple[CardContent | None, list[str]]:
    result = read_lesson(write_lesson(tmp_path, {"cards.toml": CARDS_TOML + card}), "en")
    cards = result.lesson.cards if result.lesson else ()
    found = [one for one in cards if one.id.endswith("/grad-w")]
    return (found[0] if found else None), [finding.code for finding in result.diagnostics]


def test_shapes_make_the_first_answer_the_goal(tmp_path: Path) -> None:
    card, findings = read(tmp_path, CARD)
    assert findings == []
    assert card is not None
    assert card.asked is not None
    assert card.asked.answer == card.asked.goal.formula == "x.T @ g"
    assert card.asked.quantities.tensors == {"x": ("N", "D"), "g": ("N", "M")}
    assert card.asked.quantities.definitions == {"y": "np.maximum(g, 0)"}


def test_a_formula_declares_what_it_asks(tmp_path: Path) -> None:
    asked = CARD.replace('kind = "code"', 'kind = "formula"\ngoal = "x^T g"')
    card, findings = read(tmp_path, asked)
    assert findings == []
    assert card is not None
    assert card.asked is not None
    assert (card.asked.goal.formula, card.asked.answer) == ("x^T g", "x.T @ g")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('kind = "code"', 'kind = "type-in"'),
        ('accept = ["x.T @ g"]\n', ""),
        ('x = ["N", "D"]', "x = 3"),
    ],
)
def test_what_cannot_be_checked_is_said(tmp_path: Path, old: str, new: str) -> None:
    _card, findings = read(tmp_path, CARD.replace(old, new))
    assert findings


def test_a_card_without_shapes_is_compared(tmp_path: Path) -> None:
    bare = CARD.replace('  [card.tensors]\n  x = ["N", "D"]\n  g = ["N", "M"]\n', "").replace(
        '  [card.definitions]\n  y = "np.maximum(g, 0)"\n', ""
    )
    card, findings = read(tmp_path, bare)
    assert findings == []
    assert card is not None
    assert card.asked is None
