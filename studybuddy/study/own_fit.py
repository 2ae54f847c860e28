"""The memory model fitted to the learner: what to fit, whether it is kept, and keeping it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import blake2b
from math import isfinite

from studybuddy.core.event import Event, EventKind
from studybuddy.memory.fit_process import SECONDS, FitProcess, FitTask, Solution
from studybuddy.memory.fsrs6 import usable
from studybuddy.study.desk import Desk
from studybuddy.study.parameters import SUBJECT, fit_in_force, parameters_in_force

LEAST_REVIEWS = 300
"""Below so many reviews the defaults, made from many learners, know more than a fit."""


class Ruling(StrEnum):
    """What became of a fit. The names are part of `fit --json`."""

    KEPT = "kept"
    TOO_FEW = "too-few"
    TOO_FEW_NEW = "too-few-new"
    NOT_BETTER = "not-better"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class FitReport:
    """A fit and what became of it. `compared`: reviews on a later day than the card's last.

    `parameters` are those in force afterwards; `before`, `after`: log loss on reviews the fit had not seen.
    """

    ruling: Ruling
    reviews: int
    parameters: tuple[float, ...]
    compared: int = 0
    before: float | None = None
    after: float | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What is in force. `day`: when it was fitted, on `seen` reviews; None for the defaults.

    `reviews`: those in the log by now.
    """

    parameters: tuple[float, ...]
    reviews: int
    day: date | None = None
    seen: int = 0
    before: float | None = None
    after: float | None = None

    @property
    def enough(self) -> bool:
        """Whether there are enough reviews for a fit."""
        return self.reviews >= LEAST_REVIEWS


class OwnFit:
    """Fits and keeps. `task` and `keep` use the store; `fitted` does not and may run in any thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def standing(self) -> Standing:
        """What the memory model goes by now."""
        log = self._desk.store.log
        _, parameters = parameters_in_force(log)
        reviews, _took = self._desk.store.days.reviewing()
        fit = fit_in_force(log)
        if fit is None or usable(fit.body.get("parameters")) is None:
            return Standing(parameters, reviews)
        before, after = (_number(fit.body.get(f"log_loss_{name}")) for name in ("before", "after"))
        return Standing(parameters, reviews, fit.day, seen_by(fit), before, after)

    def task(self) -> FitTask:
        """Every review, and the parameters in force."""
        log = self._desk.store.log
        numbers: dict[tuple[str, int], int] = {}
        cards, days, ratings = [], [], []
        for review in log.ratings():
            cards.append(numbers.setdefault((review.card, review.begun), len(numbers)))
            days.append(review.day)
            ratings.append(review.rating)
        _, parameters = parameters_in_force(log)
        fit = fit_in_force(log)
        known = 0 if fit is None else seen_by(fit)
        return FitTask(cards, days, ratings, parameters, known)

    def keep(self, task: FitTask, solution: Solution | None) -> FitReport:
        """Judge a solution and, where it is better, put its parameters in force, as an event."""
        reviews = len(task.ratings)
        in_force = tuple(task.parameters)
        if solution is None:
            ruling = Ruling.TOO_FEW if reviews < LEAST_REVIEWS else Ruling.STOPPED
            return FitReport(ruling, reviews, in_force)
        ruling = Ruling.KEPT if solution.better else Ruling.NOT_BETTER
        if solution.before is None:
            ruling = Ruling.TOO_FEW_NEW if task.known else Ruling.TOO_FEW
        if ruling is Ruling.KEPT:
            self._record(reviews, solution)
            in_force = solution.parameters
        return FitReport(ruling, reviews, in_force, solution.compared, solution.before, solution.after)

    def run(
        self,
        seconds: float = SECONDS,
        told: Callable[[float], None] | None = None,
        stopped: Callable[[], bool] | None = None,
    ) -> FitReport:
        """Fit and keep, in one go.

        Raises:
            RunnerError: the process of the fit failed; nothing was changed.
        """
        with FitProcess() as process:
            task = self.task()
            enough = len(task.ratings) >= LEAST_REVIEWS
            solution = process.solve(task, seconds, told=told, stopped=stopped) if enough else None
        return self.keep(task, solution)

    def _record(self, reviews: int, solution: Solution) -> None:
        digest = blake2b(repr(solution.parameters).encode(), digest_size=4).hexdigest()
        body: dict[str, object] = {
            "name": f"fit-{digest}",
            "parameters": list(solution.parameters),
            "reviews": reviews,
            "compared": solution.compared,
            "log_loss_before": solution.before,
            "log_loss_after": solution.after,
        }
        self._desk.record(EventKind.FIT, SUBJECT, body)
        self._desk.forget_scheduler()


def seen_by(fit: Event) -> int:
    """How many reviews of the log a fit has seen; 0 where its event does not say so."""
    count = fit.body.get("reviews")
    return max(count, 0) if type(count) is int else 0


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return None
    return float(value)


def fitted(
    task: FitTask,
    seconds: float = SECONDS,
    told: Callable[[float], None] | None = None,
    stopped: Callable[[], bool] | None = None,
) -> Solution | None:
    """Solve a task in a process of its own; None when it was stopped or there are too few reviews."""
    if len(task.ratings) < LEAST_REVIEWS:
        return None
    with FitProcess() as process:
        return process.solve(task, seconds, told=told, stopped=stopped)
