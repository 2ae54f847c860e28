"""What the judge says of a submission."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from studybuddy.core.phrase import Phrase


class Verdict(StrEnum):
    """The judge's vocabulary, in the order of the judges' trade."""

    AC = "AC"
    WA = "WA"
    TLE = "TLE"
    MLE = "MLE"
    OLE = "OLE"
    RTE = "RTE"
    CE = "CE"
    BLK = "BLK"
    NR = "NR"
    STOP = "STOP"
    IE = "IE"


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case as judged; texts are cut to what a screen can show. `verdict` None: not run."""

    name: str
    verdict: Verdict | None
    input: str = ""
    output: str = ""
    expected: str = ""
    stdout: str = ""
    reason: str = ""
    """Why it is wrong: a catalogue id with `parameters`."""
    wall_s: float = 0.0
    parameters: dict[str, object] = field(default_factory=dict)
    own: bool = False
    """A case that the learner keeps."""


class Breach(StrEnum):
    """How an input breaks a program.

    By a wrong answer, by an exception or the end of the process, by no answer in time, or by an answer that
    is wrong only after other calls.
    """

    WRONG = "wrong"
    CRASH = "crash"
    TIMEOUT = "timeout"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class Counterexample:
    """The smallest input found that breaks a program which passed every case; texts are cut for a screen.

    `arguments` are JSON values as in a case. `reason` is a catalogue id with `parameters`.
    """

    kind: Breach
    arguments: tuple[Any, ...]
    types: tuple[str, ...]
    """The type of each argument, as in the signature."""
    input: str
    output: str
    expected: str
    reason: str = ""
    parameters: dict[str, object] = field(default_factory=dict)
    stdout: str = ""
    before: tuple[tuple[Any, ...], ...] = ()
    """Calls after which it breaks; empty where a fresh process is enough."""
    calls_before: int = 0
    """How many calls there were before it, where no small number of them was found to be enough."""


@dataclass(frozen=True, slots=True)
class Search:
    """How many random inputs were tried, of how many, and the seed that draws the same ones again."""

    tried: int
    planned: int
    seed: int
    wall_s: float = 0.0


class GradientJudge(StrEnum):
    """Who says what a gradient should be."""

    RULE = "rule"
    """The derivation, written out for the network of the exercise."""
    DIFFERENCES = "differences"
    """Slopes of the loss between two weights a small step apart."""
    AUTOGRAD = "autograd"
    """torch, in a process of its own."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one judge says of a gradient: `relative_error` is max|a-b| / max|b| over the entries compared."""

    judge: GradientJudge
    ok: bool = False
    relative_error: float = 0.0
    entries: int = 0
    """How many entries it has compared; 0: it has no opinion, and `absent` may say why."""
    kinks: int = 0
    """Entries left out because the loss has a kink there."""
    absent: str = ""
    """Why it was not asked: a catalogue id."""


@dataclass(frozen=True, slots=True)
class ErrorMap:
    """Where a gradient is wrong: a level for each block of its entries, row by row.

    The error of a block is ‖a-b‖ / max(‖a‖, ‖b‖). Level 0 is right, level k up to k/8, level 8 all beyond.
    """

    columns: int
    levels: bytes

    @property
    def rows(self) -> tuple[bytes, ...]:
        """The levels of each row of blocks."""
        starts = range(0, len(self.levels), self.columns)
        return tuple(self.levels[start : start + self.columns] for start in starts)


@dataclass(frozen=True, slots=True)
class GradientCheck:
    """A gradient against the judge's own: `relative_error` is max|a-b| / max|b|."""

    name: str
    shape: tuple[int, ...]
    relative_error: float
    ok: bool
    reason: str = ""
    """What is wrong: a catalogue id with `parameters`, which may be phrases themselves."""
    parameters: dict[str, object] = field(default_factory=dict)
    opinions: tuple[Opinion, ...] = ()
    error_map: ErrorMap | None = None
    """Where it is wrong; None if it is right or has another shape."""


@dataclass(frozen=True, slots=True)
class JudgeResult:
    """All that is known of a run. `message` says what happened, `hint` what to do next.

    `message` and `hint` are English catalogue ids with `parameters`, so that the screen words them.
    """

    exercise: str
    verdict: Verdict
    message: str = ""
    hint: str = ""
    parameters: dict[str, object] = field(default_factory=dict)
    cases: tuple[CaseResult, ...] = ()
    gradients: tuple[GradientCheck, ...] = ()
    losses: tuple[tuple[int, float], ...] = ()
    stdout: str = ""
    stack: str = ""
    wall_s: float = 0.0
    cpu_s: float = 0.0
    max_rss_mb: float = 0.0
    truncated: bool = False
    ran_to_end: bool = False
    """The script reached its last line by itself."""
    loss_fell: bool = False
    """Losses were finite, strictly falling at the checkpoints, and small enough at the end."""
    counterexample: Counterexample | None = None
    search: Search | None = None
    """None: no random inputs were tried."""
    notices: tuple[Phrase, ...] = ()
    """What the program tried and was refused, the first few."""
    exception: str = ""
    """The type of the exception that ended it."""
    signal: str = ""
    """The name of the signal that ended it."""
    output_bytes: int = 0
    """How much it printed, whatever is kept of it."""
    last_case: str = ""
    """The case that was run last."""
    walled: bool | None = None
    """Whether the kernel's wall stood around it; if not, it could read files and use the network."""
    judged: bool = True
    """False: there were no tests, and AC says only that the program ran to its end."""

    @property
    def accepted(self) -> bool:
        """Whether tests say that the program is right."""
        return self.judged and self.verdict is Verdict.AC
