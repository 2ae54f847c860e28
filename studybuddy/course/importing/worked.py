"""What of an imported derivation can be told as formulas: its goal, and the answer to each step."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studybuddy.course.importing.taming import formula_in

if TYPE_CHECKING:
    from studybuddy.course.importing.model import Derivation

OPEN = r"\cdots"
"""The answer to a step that the file does not tell: the learner judges."""
_PLACEHOLDER = re.compile(
    r"[（(][^（）()\n]{0,20}(?:请补充|待补充|TODO|fill in)[^（）()\n]{0,20}[)）]|\.{3,}|…+|_{3,}",
    re.IGNORECASE,
)


def goal_of(derivation: Derivation) -> str:
    """The formula to reach, empty where the file tells none."""
    answers = [step.accept for step in derivation.steps if step.accept]
    return formula_in(derivation.goal) or (formula_in(answers[-1]) if answers else "")


def step_texts(derivation: Derivation, alone: str) -> list[str]:
    """The prompts of the steps; `alone` is that of the one step of a derivation that has none."""
    texts = []
    for step in derivation.steps:
        text = _PLACEHOLDER.sub("", step.text).strip() if step.blank else step.text
        texts.append(text.rstrip(" ：:") or alone)
    return texts or [alone]


def answers_of(derivation: Derivation) -> list[tuple[str, bool]]:
    """The answer to each step as LaTeX, and whether it is given to the learner."""
    answers: list[tuple[str, bool]] = []
    for number, step in enumerate(derivation.steps, 1):
        if not step.blank:
            answers.append((formula_in(step.text) or _as_text(step.text), True))
        elif step.accept:
            answers.append((formula_in(step.accept) or _as_text(step.accept), False))
        else:
            answers.append((goal_of(derivation) if number == len(derivation.steps) else OPEN, False))
    return answers or [(goal_of(derivation), False)]


def _as_text(text: str) -> str:
    words = re.sub(r"[\\{}$^_&%#~`*]", " ", text)
    return "\\text{" + " ".join(words.split())[:500] + "}"
