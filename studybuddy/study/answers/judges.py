"""The judge of each kind of card."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from studybuddy.core.card_content import CardContent, CardKind
from studybuddy.core.errors import StudybuddyError
from studybuddy.core.phrase import Phrase
from studybuddy.study.answers.code import judge_code
from studybuddy.study.answers.formulas import judge_formula
from studybuddy.study.answers.judged import Judged, Mark
from studybuddy.study.answers.letters import judge_letters
from studybuddy.study.answers.numeric import judge_numbers
from studybuddy.study.answers.shapes import judge_shape
from studybuddy.study.answers.trees import judge_tree
from studybuddy.text import clean_line

Judge: TypeAlias = Callable[[CardContent, str], Judged]

JUDGES: Mapping[CardKind, Judge] = {
    CardKind.NUMERIC: judge_numbers,
    CardKind.SHAPE: judge_shape,
    CardKind.TREE: judge_tree,
    CardKind.CODE: judge_code,
}
"""By kind; a formula of a derivation goes to the checker, any other answer is judged by its letters.

A judge raises `StudybuddyError` for what it cannot read.
"""


def judge(card: CardContent, typed: str, *, hint: bool = True) -> Judged | None:
    """What a typed answer is worth, None where nothing was typed.

    Args:
        card: what is asked.
        typed: the learner's words.
        hint: whether it is worth half a second to find out what would put a wrong formula right.
    """
    if not typed.strip():
        return None
    try:
        if card.asked is not None:
            return judge_formula(card, card.asked, typed, hint=hint)
        return JUDGES.get(card.kind, judge_letters)(card, typed)
    except StudybuddyError as error:
        parameters = {name: clean_line(str(value), 60) for name, value in error.parameters.items()}
        return Judged(Mark.UNREADABLE, typed, reason=Phrase.of(error.message, **parameters))
