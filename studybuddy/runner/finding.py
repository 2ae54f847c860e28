"""What one run, or one case of it, came to: a verdict in words, and which of several weighs most."""

from __future__ import annotations

from dataclasses import dataclass, field

from studybuddy.core.verdict import Verdict

WEIGHT = (
    Verdict.STOP,
    Verdict.IE,
    Verdict.OLE,
    Verdict.TLE,
    Verdict.MLE,
    Verdict.RTE,
    Verdict.BLK,
    Verdict.NR,
    Verdict.CE,
    Verdict.WA,
    Verdict.AC,
)
"""The verdict of a run is the first of these among its cases."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict with its message and hint (catalogue ids), their parameters and the learner's stack."""

    verdict: Verdict
    message: str
    hint: str = ""
    parameters: dict[str, object] = field(default_factory=dict)
    stack: str = ""
    exception: str = ""
    """The type of the exception that ended the program."""
    signal: str = ""
    """The name of the signal that ended it."""


def weightiest(findings: list[Finding]) -> Finding:
    """The finding that decides; of equals the first."""
    return min(findings, key=lambda finding: WEIGHT.index(finding.verdict))
