"""What the judge says of a submission."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


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
