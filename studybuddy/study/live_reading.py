"""How something that is being typed is read, and why it cannot be read yet. Any thread may ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.study.checking import exercise_for

if TYPE_CHECKING:
    from studybuddy.core.derivation import AskedStep
    from studybuddy.core.lesson import Derivation, DerivationStep
    from studybuddy.derivation.exercise import Exercise

TOO_DEEP = Phrase(N_("too many brackets within brackets"))
LONGEST = 1000
"""Characters of LaTeX that are drawn where no checker bounds them."""
_LATEX = frozenset("\\^_{}")
"""Signs by which a text is taken for LaTeX."""


class LiveReading(NamedTuple):
    """`latex` of what was read; where it is empty, `reason` says why and `place` where in what was typed.

    A place below 0 is none in particular.
    """

    latex: str
    reason: Phrase | None = None
    place: int = 0


def read_live(derivation: Derivation, step: DerivationStep, typed: str) -> LiveReading:
    """Read an answer without judging it; a blank one is read as nothing.

    Raises:
        ContentError: nothing is declared for the step, or the declaration cannot be read.
    """
    return _read(exercise_for(derivation, step), typed)


def read_asked(asked: AskedStep, typed: str) -> LiveReading:
    """Read an answer to a step that a card asks; a card whose declaration is broken is read as nothing."""
    from studybuddy.derivation.source import UnreadableError
    from studybuddy.study.derivation_exercises import exercise_of_goal

    try:
        return _read(exercise_of_goal(asked.quantities, asked.goal), typed)
    except UnreadableError:
        return LiveReading("")


def _read(exercise: Exercise, typed: str) -> LiveReading:
    from studybuddy.derivation.latex import latex
    from studybuddy.derivation.read import read
    from studybuddy.derivation.source import UnreadableError

    if not typed.strip():
        return LiveReading("")
    try:
        return LiveReading(latex(read(typed, exercise.setting.names).expression))
    except UnreadableError as error:
        return LiveReading("", error.reason, min(error.place, len(typed)))
    except RecursionError:
        return LiveReading("", TOO_DEEP, -1)


def read_latex(typed: str) -> LiveReading:
    """What is typed for a step that nothing is declared for: LaTeX as it stands, anything else as nothing."""
    from studybuddy.mathtext import readable
    from studybuddy.text import clean_line

    source = clean_line(typed, LONGEST).strip().strip("$").strip()
    if not _LATEX.intersection(source):
        return LiveReading("")
    if readable(source):
        return LiveReading(source)
    return LiveReading("", Phrase(N_("this is no LaTeX yet")), -1)


def make_ready(derivation: Derivation, step: DerivationStep) -> None:
    """Draw the worlds of a step ahead of its first answer, which is then judged at once.

    Raises:
        ContentError: nothing is declared for the step, or the declaration cannot be read.
    """
    _ = exercise_for(derivation, step).truths
