"""A child with a program loaded that is asked for one row of inputs after another."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from studybuddy.runner.bench import Bench
from studybuddy.runner.finding import Finding
from studybuddy.runner.output import Output
from studybuddy.runner.protocol import Message
from studybuddy.runner.search.answers import Answer
from studybuddy.runner.search.generators import Input
from studybuddy.runner.session import Ending, Session

OPENING_S = 5.0
"""For the top level of a program that was loaded before, in time."""
_ANY_KB = 1 << 40


def aside(bench: Bench, source: str) -> Bench:
    """A bench for a program that is tried beside the run: nothing it prints or uses counts for the run."""
    return replace(bench, source=source, output=Output(_ANY_KB), cpu_s=0.0, peak_mb=0.0)


@dataclass(slots=True)
class Row:
    """What came back for a row of inputs: an answer each, or fewer and the reason why."""

    answers: list[Answer] = field(default_factory=list)
    ending: Ending | None = None
    late: bool = False
    """The time for the whole row was up while inputs were still answered one by one."""
    foreign: bool = False
    """Something came that the harness does not send."""
    seconds: float = 0.0


class Player:
    """Plays one program in one session."""

    def __init__(self, bench: Bench, session: Session) -> None:
        self.bench = bench
        self.session = session

    def open(self) -> bool:
        """Load the program; whether it can be called."""
        opened = self.bench.open(self.session, OPENING_S)
        if isinstance(opened, Finding):
            return False
        loaded = self.session.next(opened.began + OPENING_S)
        return isinstance(loaded, Message) and loaded.kind == "loaded" and loaded.fields.get("entry") == "ok"

    def ask(self, inputs: Sequence[Input]) -> None:
        """Ask for a row of inputs; the answers are collected later."""
        self.session.ask({"batch": inputs})

    def collect(self, count: int, patience_s: float, until: float) -> Row:
        """The answers to a row of `count` inputs.

        Args:
            count: how many there must be.
            patience_s: seconds for one input; then the child is killed.
            until: monotonic time at which the row is given up though it goes on.
        """
        row = Row()
        began = time.monotonic()
        while not (row.ending or row.late or row.foreign) and self._take(row, patience_s):
            row.late = time.monotonic() > until
        row.foreign |= not row.ending and not row.late and len(row.answers) != count
        row.seconds = time.monotonic() - began
        return row

    def _take(self, row: Row, patience_s: float) -> bool:
        """Take in what has come; whether more will."""
        first = self.session.next(time.monotonic() + patience_s)
        if isinstance(first, Ending):
            row.ending = first
            return False
        for message in (first, *self.session.waiting()):
            if message.kind == "result":
                row.answers.append(message.fields)
            elif message.kind == "batched":
                if "failure" in message.fields:
                    row.answers.append({"failure": message.fields["failure"]})
                return False
            else:
                row.foreign = True
        return True
