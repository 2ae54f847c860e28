"""The losses of several runs side by side: submissions, and experiments with their names."""

from __future__ import annotations

import ast
import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_

Loss = tuple[int, float]
KEPT_LOSSES = 50
"""Losses of one run that go into the log."""
NOTE_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Curve:
    """The losses of one run. `mark` is one ASCII character: it tells curves apart without colours."""

    key: str
    mark: str
    name: Phrase
    losses: tuple[Loss, ...]
    note: str = ""
    """What was changed in the program, as code."""

    @property
    def broken_at(self) -> int | None:
        """The first step whose loss was not finite."""
        return next((step for step, loss in self.losses if not math.isfinite(loss)), None)


def run_curve(number: int, source: str, starter: str, losses: Sequence[Loss]) -> Curve:
    """The curve of a submission, named by what its program sets otherwise than the starter."""
    return Curve(
        key=f"run/{number}",
        mark=str(number % 10),
        name=Phrase.of(N_("run {number}"), number=number),
        losses=tuple(losses),
        note="; ".join(changed_settings(source, starter))[:NOTE_CHARACTERS],
    )


def some_of(losses: Sequence[Loss], most: int = KEPT_LOSSES) -> list[Loss]:
    """At most `most` losses at even distances, the first and the last among them.

    Of losses that end up not finite the first such one stays: it says when it happened.
    """
    if len(losses) <= most:
        return list(losses)
    broken = next((n for n, (_, loss) in enumerate(losses) if not math.isfinite(loss)), None)
    chosen = {index * (len(losses) - 1) // (most - 1) for index in range(most)}
    if broken is not None and broken not in chosen:
        chosen.discard(sorted(chosen)[1])
        chosen.add(broken)
    return [losses[index] for index in sorted(chosen)]


def changed_settings(source: str, starter: str) -> list[str]:
    """Assignments at the top level that the starter has with another value, as `learning_rate = 2e-06`.

    Blanks of the starter do not count: those the learner had to fill.
    """
    given, own = _settings(starter), _settings(source)
    changed = {name: value for name, value in own.items() if given.get(name, value) not in (value, "...")}
    return [f"{name} = {value}" for name, value in changed.items()]


def _settings(source: str) -> dict[str, str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
        found: dict[str, str] = {}
        for statement in tree.body:
            if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
                found.setdefault(ast.unparse(statement.targets[0]), ast.unparse(statement.value))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    return found
