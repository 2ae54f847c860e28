"""How well recall was predicted, beside what predicts without any memory model.

Only reviews on a later day than the card's last count: within a day FSRS-6 knows little. They are split by
time as in srs-benchmark: five test parts, each predicted from what came before; the first sixth is left out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from studybuddy.memory.batch import pack, predicted

FOLDS = 5
LEAST_REVIEWS = 60
"""Below so many reviews to compare, figures say nothing."""
CLEARLY = 0.001
"""A log loss better by less than this is no victory."""
AVOIDED = 0.1
"""Again given at most so often, as a share of the lapses expected, is not given where it should be."""
CLEAR_SPREADS = 3
"""So many standard deviations below the lapses expected is no chance."""
LONGEST_GAP = 3650
"""Days: nobody waits longer; the clock was wrong."""
MODEL, AVERAGE, MOVING = "model", "average", "moving_average"


class Part(NamedTuple):
    """A test part: reviews `start` to `end`, predicted from those before `start`."""

    start: int
    end: int


def time_series_split(count: int, folds: int = FOLDS) -> tuple[Part, ...]:
    """Test parts of equal size at the end of `count` reviews in their order; none if there are too few."""
    size = count // (folds + 1)
    first = count - folds * size
    return tuple(Part(first + n * size, first + (n + 1) * size) for n in range(folds)) if size else ()


@dataclass(frozen=True, slots=True)
class Compared:
    """Reviews to compare with predictions, in the order of the log. All arrays are (M,).

    `place`: index among the packed reviews, `gaps: days`, `number`: reviews of the card before, `lapses`: how
    often it was forgotten before, `recalled`: 1 or 0, `ratings`: 1 to 4.
    """

    place: Any
    gaps: Any
    number: Any
    lapses: Any
    recalled: Any
    ratings: Any

    def __len__(self) -> int:
        return len(self.place)


def comparable(packed: Any) -> Compared:
    """The reviews of `packed` on a later day than the card's last."""
    import numpy as np

    number = np.repeat(np.arange(len(packed.sizes)), packed.sizes)
    lapses = np.zeros(len(number), dtype=np.int64)
    so_far = np.zeros(packed.sizes[0] if packed.sizes else 0, dtype=np.int64)
    start = 0
    for size in packed.sizes:
        part = slice(start, start + size)
        lapses[part] = so_far[:size]
        so_far[:size] += (packed.ratings[part] == 1) & (packed.gaps[part] > 0)
        start += size
    place = np.flatnonzero((number > 0) & (packed.gaps > 0) & (packed.gaps <= LONGEST_GAP))
    place = place[np.argsort(packed.order[place], kind="stable")]
    ratings = packed.ratings[place]
    return Compared(place, packed.gaps[place], number[place], lapses[place], (ratings > 1) * 1.0, ratings)


@dataclass(frozen=True, slots=True)
class Scores:
    """`log_loss`, `rmse_bins`: smaller is better; `auc`: larger is, None where all or none was recalled."""

    log_loss: float
    rmse_bins: float
    auc: float | None


class Bin(NamedTuple):
    """A point of the reliability diagram: mean prediction, share recalled, number of reviews."""

    predicted: float
    observed: float
    reviews: int


@dataclass(frozen=True, slots=True)
class HardUse:
    """How Hard is used. `suspected`: it seems to mean "forgotten"; `expected`: lapses the model expects."""

    hard: int
    again: int
    expected: float
    suspected: bool


@dataclass(frozen=True, slots=True)
class Calibration:
    """Figures over the test parts. `best` names what predicts best: the model or one of the baselines.

    `seen`: the parameters were fitted to these very reviews, so that the model looks better than it is.
    """

    reviews: int
    predicted: float
    observed: float
    scores: dict[str, Scores]
    best: str
    reliability: tuple[Bin, ...]
    hard: HardUse
    seen: bool = False


def calibration(
    cards: Any, days: Any, ratings: Any, parameters: Sequence[float], known: int = 0
) -> Calibration | None:
    """Compare predictions with a log; None when there is too little to compare.

    Args:
        cards: (N,) whole number of each review's card, in the order of the log.
        days: (N,) ordinal of its study day.
        ratings: (N,) 1 to 4.
        parameters: the 21 in force.
        known: so many reviews of the log were seen by the fit of the parameters; they are left out.
    """
    import numpy as np

    packed = pack(np.asarray(cards), np.asarray(days), np.asarray(ratings))
    found = comparable(packed)
    parts = time_series_split(len(found))
    unseen = int(np.searchsorted(packed.order[found.place], known))
    first = max(unseen, parts[0].start if parts else 0)
    if len(found) - first < LEAST_REVIEWS:
        return None
    chances = {
        MODEL: predicted(parameters, packed)[found.place],
        AVERAGE: average(found.recalled, parts),
        MOVING: moving_average(found.recalled),
    }
    tested = slice(first, len(found))
    late = Compared(*(getattr(found, name)[tested] for name in Compared.__slots__))
    scores = {name: score(values[tested], late) for name, values in chances.items()}
    winner = min(scores, key=lambda name: scores[name].log_loss)
    ahead = scores[MODEL].log_loss - scores[winner].log_loss
    return Calibration(
        reviews=len(late),
        predicted=float(chances[MODEL][tested].mean()),
        observed=float(late.recalled.mean()),
        scores=scores,
        best=winner if ahead > CLEARLY else MODEL,
        reliability=reliability(chances[MODEL][tested], late.recalled),
        hard=hard_use(chances[MODEL], found.ratings),
    )


def mean_recall(
    cards: Any, days: Any, ratings: Any, parameters: Sequence[float]
) -> tuple[float, float] | None:
    """Predicted and true share of recall over every review on a later day; None without any."""
    import numpy as np

    packed = pack(np.asarray(cards), np.asarray(days), np.asarray(ratings))
    found = comparable(packed)
    if not len(found):
        return None
    return float(predicted(parameters, packed)[found.place].mean()), float(found.recalled.mean())


def average(recalled: Any, parts: Sequence[Part]) -> Any:
    """The share recalled before each test part: (M,), 0.9 where nothing came before."""
    import numpy as np

    chances = np.full(len(recalled), 0.9)
    for part in parts:
        chances[part.start : part.end] = recalled[: part.start].mean()
    return chances


def moving_average(recalled: Any, speed: float = 0.3, begin: float = 1.2) -> Any:
    """MOVING-AVG of srs-benchmark, (M,): log odds that go `speed` times the surprise after each review."""
    import numpy as np

    chances, odds = np.empty(len(recalled)), begin
    for n, value in enumerate(recalled.tolist()):
        chance = 1 / (1 + math.exp(-odds))
        chances[n] = chance
        odds += speed * (value - chance)
    return chances


def score(chances: Any, found: Compared) -> Scores:
    """The three figures of predictions `chances: (M,)`."""
    return Scores(log_loss(chances, found.recalled), rmse_bins(chances, found), auc(chances, found.recalled))


def log_loss(chances: Any, recalled: Any) -> float:
    """Mean binary cross-entropy."""
    import numpy as np

    right = np.where(recalled > 0, chances, 1 - chances)
    return abs(float(np.log(right.clip(1e-6)).mean()))


def rmse_bins(chances: Any, found: Compared) -> float:
    """Mean prediction against share recalled, in the bins of srs-benchmark: interval, reviews, lapses."""
    import numpy as np

    def grade(values: Any, base: float, low: float) -> Any:
        return np.where(values < low, 0, np.floor(np.log(np.maximum(values, low)) / math.log(base)) + 1)

    gap, number = grade(found.gaps, 3.62, 1), grade(found.number + 1, 1.89, 1)
    keys = (gap * 1000 + number) * 1000 + grade(found.lapses, 1.73, 1)
    _, where, counts = np.unique(keys, return_inverse=True, return_counts=True)
    differences = np.bincount(where, weights=chances - found.recalled) / counts
    return float(np.sqrt((counts * differences**2).sum() / counts.sum()))


def auc(chances: Any, recalled: Any) -> float | None:
    """Probability that a recalled review had a higher prediction than a forgotten one; ties count half."""
    import numpy as np

    _, where, counts = np.unique(chances, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[where.ravel()]
    good = float(recalled.sum())
    bad = len(recalled) - good
    if not good or not bad:
        return None
    return float((ranks[recalled > 0].sum() - good * (good + 1) / 2) / (good * bad))


def reliability(chances: Any, recalled: Any, bins: int = 10) -> tuple[Bin, ...]:
    """Points of the reliability diagram, of as many reviews each as can be."""
    import numpy as np

    by_chance = np.argsort(chances, kind="stable")
    return tuple(
        Bin(float(chances[part].mean()), float(recalled[part].mean()), len(part))
        for part in np.array_split(by_chance, bins)
        if len(part)
    )


def hard_use(chances: Any, ratings: Any, least: int = 30) -> HardUse:
    """Whether Hard seems to stand for "forgotten".

    It does when Hard is given more often than Again, and Again and Hard together come nearer to the lapses
    that the model expects than Again alone; or when Again is as good as never given where lapses are to be
    expected beyond chance.
    """
    hard, again = int((ratings == 2).sum()), int((ratings == 1).sum())
    expected = float((1 - chances).sum())
    spread = float((chances * (1 - chances)).sum()) ** 0.5
    nearer = abs(expected - again - hard) < abs(expected - again)
    avoided = again <= AVOIDED * expected and expected - again > CLEAR_SPREADS * spread
    suspected = hard >= least and hard > again and (nearer or avoided)
    return HardUse(hard, again, expected, suspected)
