"""Index letters along a chain: `∂L/∂W_kj = …` says which axis k and j run over, for every side behind it."""

from __future__ import annotations

from studybuddy.core.phrase import Phrase
from studybuddy.derivation.evaluate import Evaluation
from studybuddy.derivation.exercise import Exercise
from studybuddy.derivation.expression import Expression
from studybuddy.derivation.source import UnreadableError
from studybuddy.derivation.values import MistakeError
from studybuddy.derivation.wording import index
from studybuddy.i18n import N_

SWAPPED = N_("{index} runs over {one} on the left side, but over {other} here: its indices are mixed up")
STRANGE = N_("{index} is no index of the left side, which has {wanted}")


class ChainLetters:
    """What the first side with free letters says of them, where the goal itself has none."""

    def __init__(self, exercise: Exercise) -> None:
        """No side has been seen."""
        self._exercise = exercise
        self._said: dict[str, str] = {}

    def fault(self, side: Expression) -> Phrase | None:
        """Why a side that equals the goal does not equal the sides before it; None where it does."""
        free = {} if self._exercise.labels else self._free(side)
        if not self._said:
            self._said = free
        for label, dimension in free.items():
            said = self._said.get(label)
            if said is None:
                wanted = ", ".join(map(index, self._said))
                return Phrase.of(STRANGE, index=index(label), wanted=wanted)
            if said != dimension:
                return Phrase.of(SWAPPED, index=index(label), one=said, other=dimension)
        return None

    def _free(self, side: Expression) -> dict[str, str]:
        """The free letters of a side with the dimensions they run over."""
        evaluation = Evaluation(self._exercise.worlds[0])
        try:
            labels = evaluation.run(side).labels
        except (MistakeError, UnreadableError):
            return {}
        return {label: evaluation.bound[label] for label in labels if label in evaluation.bound}
