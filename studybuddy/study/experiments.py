"""Experiments with a training script: a change to try, a prediction, a run, and what it shows.

An experiment is no submission: it neither ticks nor unticks anything.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from studybuddy.core.block import Blocks
from studybuddy.core.errors import UnknownIdError, UsageError
from studybuddy.core.event import Event, EventKind
from studybuddy.core.exercise import Exercise
from studybuddy.core.experiment import Experiment, Outcome, changed_source, outcome_of
from studybuddy.core.phrase import Phrase
from studybuddy.core.verdict import JudgeResult, Verdict
from studybuddy.i18n import _
from studybuddy.study.attempts import read_attempts
from studybuddy.study.curves import Curve, Loss, run_curve, some_of
from studybuddy.study.desk import Desk
from studybuddy.study.library import Library
from studybuddy.study.trust import insist_on_trust

if TYPE_CHECKING:
    from studybuddy.study.loss_watch import LossWatch

RUNS_SHOWN = 5
"""Submissions whose curves are offered: the newest ones."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Trial:
    """An experiment as it was last made."""

    prediction: Outcome | None
    outcome: Outcome | None
    """None where there were not two losses to compare."""
    own: bool
    """Whether it was made on the learner's own program."""
    losses: tuple[Loss, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Offer:
    """An experiment that can be made now: the changed program, and how it went the last time."""

    experiment: Experiment
    mark: str
    own: bool
    """Whether the learner's accepted program is changed; else the course's is."""
    source: str
    declined: bool = False
    """Whether the learner has an accepted program, and the change has no place in it."""
    trial: Trial | None = None

    @property
    def question(self) -> Blocks:
        """What is asked before the run."""
        return _read(self.experiment.question)

    @property
    def explanation(self) -> Blocks:
        """What is said after it; its figures are the course's, whatever program was changed."""
        words = self.experiment.explanation
        if self.own:
            words += "\n\n" + _("The figures are those of the course's program; yours may give others.")
        return _read(words)

    @property
    def curve(self) -> Curve | None:
        """The losses of the last time."""
        if self.trial is None:
            return None
        return experiment_curve(self.experiment, self.mark, self.trial.losses)


@dataclass(frozen=True, slots=True)
class Made:
    """An experiment that was just run."""

    result: JudgeResult
    losses: tuple[Loss, ...]

    @property
    def outcome(self) -> Outcome | None:
        """What the loss did; None for a program that failed, or printed too few losses."""
        return outcome_of(self.losses) if self.result.verdict is Verdict.AC else None


def experiment_curve(experiment: Experiment, mark: str, losses: tuple[Loss, ...]) -> Curve:
    """The curve of an experiment, named by its label."""
    name = Phrase.of("{label}", label=experiment.label)
    return Curve(f"experiment/{experiment.id}", mark, name, losses)


class Experiments:
    """The experiments of the course's exercises. `make` may take long: give it a thread of its own."""

    def __init__(self, desk: Desk, library: Library) -> None:
        self._desk = desk
        self._library = library

    def offers(self, exercise: str) -> list[Offer]:
        """Every experiment of an exercise, on the learner's accepted program where it has a place there."""
        asked = self._library.exercise(exercise)
        own = self._accepted(exercise)
        trials = self._trials(exercise)
        return [
            _offer(experiment, LETTERS[number % len(LETTERS)], own, asked, trials.get(experiment.id))
            for number, experiment in enumerate(asked.experiments)
        ]

    def offer(self, exercise: str, experiment: str) -> Offer:
        """One experiment.

        Raises:
            UnknownIdError: the exercise has none of this name.
        """
        offers = self.offers(exercise)
        found = next((offer for offer in offers if offer.experiment.id == experiment), None)
        if found is None:
            from difflib import get_close_matches

            known = [offer.experiment.id for offer in offers]
            near = get_close_matches(experiment, known, 3, 0.3)
            raise UnknownIdError("experiment", experiment[:80], tuple(near))
        return found

    def _accepted(self, exercise: str) -> str:
        """The learner's newest accepted program, empty if there is none."""
        own = [a for a in read_attempts(self._desk, exercise) if a.verdict is Verdict.AC and not a.reference]
        return own[-1].source if own else ""

    def watch(self, exercise: Exercise) -> LossWatch:
        """Something to read the losses with while an experiment runs.

        Raises:
            UsageError: the exercise prints no losses.
        """
        from studybuddy.study.loss_watch import LossWatch

        if exercise.observation is None:
            raise UsageError("{exercise} has no experiments", exercise=exercise.id)
        return LossWatch(exercise.observation.loss_pattern)

    def make(
        self,
        exercise: Exercise,
        offer: Offer,
        on_output: Callable[[str], None] | None = None,
        stop: threading.Event | None = None,
    ) -> Made:
        """Run a changed program, without judging its gradients. Touches no data."""
        from studybuddy.runner.judge import judge

        insist_on_trust(exercise)
        watch = self.watch(exercise)

        def hear(text: str) -> None:
            watch.write(text)
            if on_output is not None:
                on_output(text)

        result = judge(replace(exercise, observation=None), offer.source, on_output=hear, stop=stop)
        watch.write("\n")
        return Made(result, tuple(watch.read() or ()))

    def record(self, exercise: str, offer: Offer, prediction: Outcome | None, made: Made) -> Event:
        """Put an experiment into the log, its prediction included."""
        body: dict[str, object] = {
            "experiment": offer.experiment.id,
            "own": offer.own,
            "prediction": prediction.value if prediction else None,
            "outcome": made.outcome.value if made.outcome else None,
            "losses": [list(loss) for loss in some_of(made.losses)],
            "wall_s": round(made.result.wall_s, 4),
        }
        return self._desk.record(EventKind.EXPERIMENT, exercise, body)

    def _trials(self, exercise: str) -> dict[str, Trial]:
        """The newest trial of each experiment."""
        zone = self._desk.now().tzinfo
        trials: dict[str, Trial] = {}
        for event in self._desk.store.log.events(EventKind.EXPERIMENT, exercise):
            body = event.body
            trials[str(body.get("experiment"))] = Trial(
                prediction=_outcome(body.get("prediction")),
                outcome=_outcome(body.get("outcome")),
                own=bool(body.get("own")),
                losses=tuple((int(step), float(loss)) for step, loss in body.get("losses", ())),
                at=datetime.fromtimestamp(event.wall_ms / 1000, zone),
            )
        return trials

    def run_curves(self, exercise: str) -> list[Curve]:
        """The curves of the newest submissions that printed losses, oldest first."""
        starter = self._library.exercise(exercise).starter
        runs = [a for a in read_attempts(self._desk, exercise) if len(a.losses) > 1]
        return [run_curve(a.number, a.source, starter, a.losses) for a in runs[-RUNS_SHOWN:]]


def _read(words: str) -> Blocks:
    from studybuddy.course.markdown import read_markdown

    return read_markdown(words)


def _outcome(value: object) -> Outcome | None:
    return next((outcome for outcome in Outcome if outcome == value), None)


def _offer(experiment: Experiment, mark: str, own: str, exercise: Exercise, trial: Trial | None) -> Offer:
    changed = changed_source(own, experiment.changes) if own else None
    if changed is not None:
        return Offer(experiment, mark, True, changed, trial=trial)
    given = changed_source(exercise.reference, experiment.changes)
    return Offer(experiment, mark, False, given or exercise.reference, bool(own), trial)
