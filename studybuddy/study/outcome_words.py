"""How a verdict and a rating are said."""

from __future__ import annotations

from studybuddy.core.card import Rating
from studybuddy.core.verdict import JudgeResult, Verdict
from studybuddy.i18n import N_, _

RATING_WORDS = {
    Rating.AGAIN: N_("Again"),
    Rating.HARD: N_("Hard"),
    Rating.GOOD: N_("Good"),
    Rating.EASY: N_("Easy"),
}
VERDICT_WORDS = {
    Verdict.AC: N_("accepted"),
    Verdict.WA: N_("wrong answer"),
    Verdict.TLE: N_("time limit exceeded"),
    Verdict.MLE: N_("memory limit exceeded"),
    Verdict.OLE: N_("output limit exceeded"),
    Verdict.RTE: N_("runtime error"),
    Verdict.CE: N_("does not compile"),
    Verdict.BLK: N_("blocked"),
    Verdict.NR: N_("ended without a result"),
    Verdict.STOP: N_("stopped"),
    Verdict.IE: N_("internal error"),
}


def result_message(result: JudgeResult) -> str:
    """What happened, worded."""
    return _(result.message, **result.parameters)


def result_hint(result: JudgeResult) -> str:
    """What to do next, worded; empty when there is nothing to say."""
    return _(result.hint, **result.parameters)
