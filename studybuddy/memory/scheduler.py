"""When to study: FSRS-6 from the `fsrs` package, in study days.

The package counts days as 24-hour blocks in UTC: a card learnt at 21:00 and seen again at 08:00 would not
have aged a day. Here every review is pinned to noon UTC of its study day, so that the package sees whole
study days; learning steps keep the clock on the wall. Fuzz is our own, seeded by card and review (`fuzz`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from studybuddy.core.card import CardMemory, CardState, Outcome, Rating
from studybuddy.core.event import Event, Rated
from studybuddy.memory.fsrs6 import DEFAULTS, Fsrs6, Trace
from studybuddy.memory.fuzz import draw, fuzzed

if TYPE_CHECKING:
    import fsrs

MODEL = "fsrs-6"
PARAMETERS = "default"
MAXIMUM_INTERVAL = 36_500
DAY = timedelta(days=1)


class Scheduler:
    """Turns a memory and a rating into the next memory. The heavy package is loaded at the first question."""

    def __init__(
        self,
        desired_retention: float = 0.9,
        *,
        fuzz: bool = True,
        parameters: Sequence[float] | None = None,
        fit: str = PARAMETERS,
    ) -> None:
        """Make a scheduler.

        Args:
            desired_retention: probability of recall at which a card comes back, 0.70 to 0.97.
            fuzz: whether intervals are spread; off in golden tests.
            parameters: the 21 of the model; None takes the defaults.
            fit: which fit they are of, as reviews are to name it.
        """
        self.desired_retention = desired_retention
        self.parameters = DEFAULTS if parameters is None else tuple(parameters)
        self.fit = fit
        self._fuzz = fuzz

    @cached_property
    def _fsrs(self) -> fsrs.Scheduler:
        import fsrs

        return fsrs.Scheduler(
            self.parameters,
            desired_retention=self.desired_retention,
            enable_fuzzing=False,
            maximum_interval=MAXIMUM_INTERVAL,
        )

    @cached_property
    def _without_steps(self) -> fsrs.Scheduler:
        import fsrs

        return fsrs.Scheduler(
            desired_retention=self.desired_retention,
            learning_steps=(),
            relearning_steps=(),
            enable_fuzzing=False,
            maximum_interval=MAXIMUM_INTERVAL,
        )

    def outcomes(
        self, memory: CardMemory, now: datetime, day: date, *, steps: bool = True
    ) -> dict[Rating, Outcome]:
        """What each of the four buttons would lead to.

        Args:
            memory: the card as it stands.
            now: the instant, aware; learning steps count from it.
            day: the study day of the review.
            steps: whether it may come again within minutes. A program that took minutes to write does not.
        """
        return {rating: self.outcome(memory, rating, now, day, steps=steps) for rating in Rating}

    def outcome(
        self, memory: CardMemory, rating: Rating, now: datetime, day: date, *, steps: bool = True
    ) -> Outcome:
        """What one button leads to. The same question always gets the same answer."""
        day = max(day, memory.last_day or day)
        advanced, gap = self._advance(memory, rating, day, steps=steps)
        if gap < DAY:
            due_at = now + gap
            due_at -= timedelta(microseconds=due_at.microsecond % 1000)
            return Outcome(rating, advanced._replace(due_at=due_at), 0)
        interval = gap.days
        if self._fuzz:
            interval = fuzzed(interval, draw(memory.id, memory.reps), MAXIMUM_INTERVAL)
        return Outcome(rating, advanced._replace(due_day=day + timedelta(days=interval)), interval)

    def replay(self, memory: CardMemory, event: Event) -> CardMemory:
        """The memory after a reviewing event of the log, with the due date that the event promised."""
        day = max(event.day, memory.last_day or event.day)
        steps = bool(event.body.get("steps", True))
        advanced, _ = self._advance(memory, Rating(event.body["rating"]), day, steps=steps)
        return with_due(advanced, str(event.body["due"]))

    def recalled(self, reviews: Iterable[Rated]) -> Iterator[tuple[str, float, float]]:
        """Stability and difficulty of each card after its reviews, to the last bit those of a replay."""
        model = Fsrs6(self.parameters)
        traces: dict[str, Trace] = {}
        for review in reviews:
            traces[review.card] = model.review(traces.get(review.card), review.day, review.rating)
        return ((card, trace.stability, trace.difficulty) for card, trace in traces.items())

    def retrievability(self, memory: CardMemory, day: date) -> float | None:
        """Probability of recall on a study day, None for a card never reviewed."""
        if memory.stability is None or memory.last_day is None:
            return None
        return float(self._fsrs.get_card_retrievability(self._card(memory), pinned(day)))

    def _advance(
        self, memory: CardMemory, rating: Rating, day: date, *, steps: bool
    ) -> tuple[CardMemory, timedelta]:
        import fsrs

        model = self._fsrs if steps else self._without_steps
        card, _ = model.review_card(self._card(memory), fsrs.Rating(int(rating)), pinned(day))
        state = {
            fsrs.State.Learning: CardState.LEARNING,
            fsrs.State.Review: CardState.REVIEW,
            fsrs.State.Relearning: CardState.RELEARNING,
        }[card.state]
        lapsed = memory.state is CardState.REVIEW and rating is Rating.AGAIN
        advanced = CardMemory(
            id=memory.id,
            state=state,
            step=card.step,
            stability=card.stability,
            difficulty=card.difficulty,
            last_day=day,
            reps=memory.reps + 1,
            lapses=memory.lapses + lapsed,
        )
        return advanced, card.due - pinned(day)

    @staticmethod
    def _card(memory: CardMemory) -> fsrs.Card:
        import fsrs

        states = {CardState.REVIEW: fsrs.State.Review, CardState.RELEARNING: fsrs.State.Relearning}
        last = None if memory.last_day is None else pinned(memory.last_day)
        state = states.get(memory.state, fsrs.State.Learning)
        step = memory.step if memory.state is not CardState.NEW else 0
        return fsrs.Card(
            card_id=1,
            state=state,
            step=step,
            stability=memory.stability,
            difficulty=memory.difficulty,
            due=last,
            last_review=last,
        )


def pinned(day: date) -> datetime:
    """Noon UTC of a study day: the one instant of the day that the package ever sees."""
    return datetime.combine(day, time(12), UTC)


def due_text(memory: CardMemory) -> str:
    """`due` as the log and the command line write it: ISO instant for a step, ISO day for a review."""
    if memory.due_at is not None:
        return memory.due_at.isoformat(timespec="milliseconds")
    return memory.due_day.isoformat() if memory.due_day is not None else ""


def with_due(memory: CardMemory, text: str) -> CardMemory:
    """The memory with `due` read back from `due_text`."""
    if "T" in text:
        return memory._replace(due_at=datetime.fromisoformat(text), due_day=None)
    return memory._replace(due_at=None, due_day=date.fromisoformat(text))
