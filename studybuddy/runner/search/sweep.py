"""Both programs, side by side, on one random input after another until one tells them apart."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from studybuddy.core.exercise import Domain, Exercise, Signature
from studybuddy.runner.search.answers import Answer, Pair, breaks, comparable
from studybuddy.runner.search.generators import PLANNED, Input
from studybuddy.runner.search.player import Player, Row
from studybuddy.runner.search.shrinking import smaller_inputs
from studybuddy.runner.session import Ending

SEARCH_S = 1.5
"""How long the learner's program may take for the random inputs together."""
PATIENCE_S = 0.5
"""For one input, of which there are many; one that takes longer is tried again by itself."""
SHRINK_S = 1.0
ROWS = (50, 150, 300)
"""Inputs of the first rows; the last number holds for all that follow. Most mistakes show in the first."""
ROW_CHARACTERS = 48 * 1024
"""A row fits into the pipe, so that the child that is not listened to has it all the same."""
CHARACTERS_EACH = 8
"""Of a number in a list, with its comma."""
FIRST_CANDIDATES, MORE_CANDIDATES = 8, 32
MOST_CANDIDATES = 1000
"""Smaller inputs that are tried in the place of one."""


@dataclass(slots=True)
class Suspect:
    """The first input at which the learner's program breaks: with an answer, or by its end."""

    input: Input
    mine: Answer | None
    theirs: Answer | None
    ending: Ending | None = None
    place: int = 0
    """How many calls there were before it."""


@dataclass(slots=True)
class Sweep:
    """A learner's program beside the reference, each in a process of its own."""

    exercise: Exercise
    signature: Signature
    mine: Player
    theirs: Player
    history: list[Pair] = field(default_factory=list)
    """Right answers so far, in their order."""
    broken: bool = False
    """Whether an answer was wrong."""
    refused: int = 0
    """Inputs the reference does not answer."""
    alive: bool = True
    """Whether both children are there to be asked more."""
    _left_s: float = SEARCH_S

    def run(self, inputs: Iterable[Input]) -> Suspect | None:
        """Try the inputs; None when nothing breaks, or the time is up."""
        rows = _rows(inputs)
        row: Sequence[Input] = next(rows, ())
        place = 0
        while row and self.alive and self._left_s > 0:
            self.mine.ask(row)
            self.theirs.ask(row)
            upcoming = next(rows, ())  # drawn while both are busy
            played, wanted = self._collect(len(row), self._left_s)
            self._left_s -= played.seconds
            if suspect := self._compare(row, played, wanted, place):
                return suspect
            place += len(row)
            row = upcoming
        return None

    def _collect(self, count: int, seconds: float) -> tuple[Row, Row]:
        patience = min(PATIENCE_S, self.exercise.limits.case_wall_s)
        began = time.monotonic()
        played = self.mine.collect(count, patience, began + seconds)
        wanted = self.theirs.collect(count, patience, time.monotonic() + SEARCH_S)
        ended = played.ending or wanted.ending
        self.alive = not (ended or played.late or wanted.late or played.foreign or wanted.foreign)
        return played, wanted

    def _compare(self, row: Sequence[Input], played: Row, wanted: Row, place: int) -> Suspect | None:
        returns = self.signature.returns
        answered = zip(row, played.answers, wanted.answers, strict=False)
        for index, (arguments, mine, theirs) in enumerate(answered):
            if breaks(mine, theirs, returns):
                self.broken = True
                return Suspect(arguments, mine, theirs, None, place + index)
            if "failure" in theirs:
                self.refused += 1
            else:
                self.history.append(Pair(arguments, mine, theirs))
        if played.ending is not None and len(played.answers) < len(row):
            index = len(played.answers)
            known = wanted.answers[index] if index < len(wanted.answers) else None
            if known is None or comparable(known, returns):
                return Suspect(row[index], None, known, played.ending, place + index)
        return None

    def shrink(self, found: Pair) -> Pair:
        """The smallest input that still breaks the program, as far as single steps and the time lead."""
        limit = time.monotonic() + SHRINK_S
        while self.alive and time.monotonic() < limit:
            smaller = self._first_breaking(found, limit)
            if smaller is None:
                break
            found = smaller
        return found

    def _first_breaking(self, found: Pair, limit: float) -> Pair | None:
        domains: tuple[Domain, ...] = self.exercise.domains
        smaller = smaller_inputs(found.input, self.signature.parameters, domains)
        candidates = islice(smaller, MOST_CANDIDATES)
        width = FIRST_CANDIDATES
        while self.alive and (row := list(islice(candidates, width))):
            self.mine.ask(row)
            self.theirs.ask(row)
            played, wanted = self._collect(len(row), max(0.05, limit - time.monotonic()))
            for arguments, mine, theirs in zip(row, played.answers, wanted.answers, strict=False):
                if breaks(mine, theirs, self.signature.returns):
                    return Pair(arguments, mine, theirs)
            width = MORE_CANDIDATES
        return None

    @property
    def tried(self) -> int:
        """Inputs that both have answered."""
        return len(self.history) + self.broken

    @property
    def planned(self) -> int:
        """Inputs that were to be tried."""
        return PLANNED - self.refused


def _rows(inputs: Iterable[Input]) -> Iterator[list[Input]]:
    """The inputs cut into rows that are neither too many nor too long."""
    row: list[Input] = []
    number = characters = 0
    for arguments in inputs:
        length = sum(map(_length, arguments))
        if row and (len(row) >= ROWS[min(number, len(ROWS) - 1)] or characters + length > ROW_CHARACTERS):
            yield row
            row, characters, number = [], 0, number + 1
        row.append(arguments)
        characters += length
    if row:
        yield row


def _length(value: Any) -> int:
    """About how many characters a value takes, never far too few."""
    if isinstance(value, list):
        nested = sum(map(_length, value)) if value and isinstance(value[0], (list, str)) else 0
        return nested + CHARACTERS_EACH * (1 + len(value))
    return len(value) + CHARACTERS_EACH if isinstance(value, str) else 3 * CHARACTERS_EACH
