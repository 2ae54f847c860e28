"""What the judge says of a submission."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


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
    """How an input breaks a program: a wrong answer, an exception or the end of the process, no answer in
    time, or an answer that is wrong only after other calls.
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


@dataclass(frozen=True, slots=True)
class GradientCheck:
    """A gradient against the judge's own: `relative_error` is max|a-b| / max|b|."""

    name: str
    shape: tuple[int, ...]
    relative_error: float
    ok: bool
    reason: str = ""
    """What is wrong: a catalogue id with `parameters`."""
    parameters: dict[str, object] = field(default_factory=dict)


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
