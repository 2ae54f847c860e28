"""When to study: FSRS-6 in study days, learning steps on the clock, and reviews spread over days.

Days between reviews are study days: a card learnt at 21:00 and seen again at 08:00 has aged a day. Everything
is a function of its arguments: the same question always gets the same answer (`fuzz`, `balance`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from studybuddy.core.answered import LAST_YEAR, Answered, answered
from studybuddy.core.card import CardMemory, CardState, Outcome, Rating
from studybuddy.core.event import Event, Rated
from studybuddy.memory.fsrs6 import DEFAULTS, Fsrs6, Trace
from studybuddy.memory.fuzz import draw, fuzzed, window
from studybuddy.memory.steps import BEFORE_PRESETS, due_after, move

if TYPE_CHECKING:
    from studybuddy.core.preset import Preset
    from studybuddy.memory.balance import Balance

MODEL = "fsrs-6"
PARAMETERS = "default"
_RATINGS = tuple(Rating)
NO_STEPS = BEFORE_PRESETS.without_steps()
LAST_DAY = date(LAST_YEAR, 12, 31).toordinal()


class Scheduler:
    """Turns a memory and a rating into the next memory."""

    def __init__(
        self, *, fuzz: bool = True, parameters: Sequence[float] | None = None, fit: str = PARAMETERS
    ) -> None:
        """Make a scheduler.

        Args:
            fuzz: whether intervals are spread; off in golden tests.
            parameters: the 21 of the model; None takes the defaults.
            fit: which fit they are of, as reviews are to name it.
        """
        self.parameters = DEFAULTS if parameters is None else tuple(parameters)
        self.fit = fit
        self._model = Fsrs6(self.parameters)
        self._fuzz = fuzz

    def outcomes(
        self,
        memory: CardMemory,
        now: datetime,
        day: date,
        preset: Preset,
        *,
        balance: Balance | None = None,
        day_end: datetime | None = None,
    ) -> dict[Rating, Outcome]:
        """What each of the four buttons would lead to; see `outcome`."""
        asked = _Asked(memory, now, day, preset, balance, day_end)
        traces = self._model.reviews(asked.trace, asked.number)
        return {
            rating: self._outcome(rating, asked, trace)
            for rating, trace in zip(_RATINGS, traces, strict=True)
        }

    def outcome(
        self,
        memory: CardMemory,
        rating: Rating,
        now: datetime,
        day: date,
        preset: Preset,
        *,
        balance: Balance | None = None,
        day_end: datetime | None = None,
    ) -> Outcome:
        """What one button leads to.

        Args:
            memory: the card as it stands.
            rating: the button.
            now: the instant, aware; learning steps count from it.
            day: the study day of the review.
            preset: how the card is studied.
            balance: what waits on the days to come; None spreads reviews by fuzz alone.
            day_end: when the study day turns; a step beyond becomes days. None lets steps keep the clock.
        """
        asked = _Asked(memory, now, day, preset, balance, day_end)
        return self._outcome(rating, asked, self._model.review(asked.trace, asked.number, rating))

    def _outcome(self, rating: Rating, asked: _Asked, trace: Trace) -> Outcome:
        memory, preset = asked.memory, asked.preset
        state, step, wait_s = move(memory.state, memory.step, rating, preset)
        if wait_s is not None:
            due_at, days = due_after(asked.now, wait_s, asked.day_end)
            return Outcome(rating, _advanced(memory, rating, asked.day, trace, state, step, due_at), days)
        exact = round(self._model.interval(trace.stability, preset.desired_retention))
        interval = min(max(exact, 1), preset.maximum_interval)
        if self._fuzz:
            interval = asked.spread(interval)
        due_day = date.fromordinal(min(asked.number + interval, LAST_DAY))
        return Outcome(
            rating, _advanced(memory, rating, asked.day, trace, state, step, None, due_day), interval
        )

    def replay(self, memory: CardMemory, event: Event) -> CardMemory:
        """The memory after a reviewing event of the log.

        Due date, state and step are those that the event names, whatever the settings are by now. An event
        that no answer can have led to changes nothing.
        """
        said = answered(event.day, event.subject, event.body)
        if said is None:
            return memory
        day = max(event.day, memory.last_day or event.day)
        trace = self._model.review(_trace(memory, day), day.toordinal(), said.rating)
        state, step = _led_to(memory, said, without_steps=not event.body.get("steps", True))
        return _advanced(memory, said.rating, day, trace, state, step, said.due_at, said.due_day)

    def recalled(self, reviews: Iterable[Rated]) -> Iterator[tuple[str, float, float]]:
        """Stability and difficulty of each card after its reviews, to the last bit those of a replay."""
        model = self._model
        traces: dict[str, tuple[Trace, int]] = {}
        for card, day, rating, _, begun in reviews:
            before, since = traces.get(card, (None, 0))
            traces[card] = model.review(before if since == begun else None, day, rating), begun
        return ((card, trace.stability, trace.difficulty) for card, (trace, _) in traces.items())

    def fades(self, recall: float) -> float:
        """How many times its stability a card has waited when its recall has fallen to a probability."""
        return self._model.interval(1.0, recall)

    def retrievability(self, memory: CardMemory, day: date) -> float | None:
        """Probability of recall on a study day, None for a card never reviewed."""
        if memory.stability is None or memory.last_day is None:
            return None
        return self._model.retrievability(memory.stability, (day - memory.last_day).days)


class _Asked:
    """What the four buttons of a card have in common."""

    __slots__ = (
        "_before",
        "_position",
        "balance",
        "day",
        "day_end",
        "memory",
        "now",
        "number",
        "preset",
        "trace",
    )

    def __init__(
        self,
        memory: CardMemory,
        now: datetime,
        day: date,
        preset: Preset,
        balance: Balance | None,
        day_end: datetime | None,
    ) -> None:
        self.memory = memory
        self.now = now
        self.day = max(day, memory.last_day or day)
        self.number = self.day.toordinal()
        self.preset = preset
        self.balance = balance
        self.day_end = day_end
        self.trace = _trace(memory, self.day)
        self._position: float | None = None

    def spread(self, interval: int) -> int:
        """The interval that the draw of this review makes of one that the model names."""
        if self._position is None:
            self._position = draw(self.memory.id, self.memory.reps)
            self._before = _interval_before(self.memory)
        most = self.preset.maximum_interval
        low, high = window(interval, self._before, most)
        if self.balance is not None:
            return self.balance.chosen(low, high, self._position, most)
        return fuzzed(low, high, self._position)


def _trace(memory: CardMemory, day: date) -> Trace | None:
    if memory.stability is None or memory.difficulty is None:
        return None
    return Trace(memory.stability, memory.difficulty, (memory.last_day or day).toordinal())


def _advanced(
    memory: CardMemory,
    rating: int,
    day: date,
    trace: Trace,
    state: CardState,
    step: int | None,
    due_at: datetime | None = None,
    due_day: date | None = None,
) -> CardMemory:
    """The memory after a review."""
    lapsed = rating == Rating.AGAIN and memory.state is CardState.REVIEW
    return CardMemory(
        memory.id,
        state,
        step,
        trace.stability,
        trace.difficulty,
        due_at,
        due_day,
        day,
        memory.reps + 1,
        memory.lapses + lapsed,
    )


def _led_to(memory: CardMemory, said: Answered, *, without_steps: bool) -> tuple[CardState, int | None]:
    """State and step after an event; of one that does not name them, by the steps there were then.

    Where two machines answered the same card apart, the state by the rules and the due date may not belong
    together: the due date decides, since a card in a state that it is not due in would never be asked again.
    """
    if said.state is not None:
        return said.state, said.step
    state, step, _ = move(
        memory.state, memory.step, said.rating, NO_STEPS if without_steps else BEFORE_PRESETS
    )
    if said.due_day is not None:
        return CardState.REVIEW, None
    if state is CardState.REVIEW:
        learnt = memory.state in (CardState.REVIEW, CardState.RELEARNING)
        return (CardState.RELEARNING if learnt else CardState.LEARNING), 0
    return state, step


def _interval_before(memory: CardMemory) -> int:
    """The interval in days that a card in review has had, 0 for any other."""
    if memory.due_day is None or memory.last_day is None:
        return 0
    return (memory.due_day - memory.last_day).days


def due_text(memory: CardMemory) -> str:
    """`due` as the log and the command line write it: ISO instant for a step, ISO day for a review."""
    if memory.due_at is not None:
        return memory.due_at.isoformat(timespec="milliseconds")
    return memory.due_day.isoformat() if memory.due_day is not None else ""
