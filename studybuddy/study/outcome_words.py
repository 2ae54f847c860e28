"""How a verdict and a rating are said."""

from __future__ import annotations

import re

from studybuddy.core.card import CardState, Rating
from studybuddy.core.verdict import JudgeResult, Verdict
from studybuddy.i18n import N_, _, say

_EXAMPLE = re.compile(r"example-(\d{1,3})")
_OWN = re.compile(r"(own|tried)-(\d{1,6})")
RATING_WORDS = {
    Rating.AGAIN: N_("Again"),
    Rating.HARD: N_("Hard"),
    Rating.GOOD: N_("Good"),
    Rating.EASY: N_("Easy"),
}
CARD_STATE_WORDS = {
    CardState.UNSEEN: N_("new card"),
    CardState.NEW: N_("new card"),
    CardState.LEARNING: N_("learning"),
    CardState.REVIEW: N_("review"),
    CardState.RELEARNING: N_("learning again"),
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

RAN = N_("ran, not judged")
"""Instead of `accepted` where there are no tests."""
ATTEMPT_SIGNS = {Verdict.AC: "✓", Verdict.STOP: "·"}
"""Signs of verdicts; any other has `✗`."""


def verdict_title(verdict: Verdict, *, judged: bool) -> str:
    """The verdict as a code and in words. Where there are no tests, nothing is called accepted."""
    if verdict is Verdict.AC and not judged:
        return _(RAN)
    return f"{verdict} {_(VERDICT_WORDS[verdict])}"


def verdict_sign(verdict: Verdict, *, judged: bool) -> str:
    """The sign of a verdict: right, wrong, or not decided."""
    undecided = verdict is Verdict.STOP or (verdict is Verdict.AC and not judged)
    return "·" if undecided else ATTEMPT_SIGNS.get(verdict, "✗")


def result_message(result: JudgeResult) -> str:
    """What happened, worded."""
    return _(result.message, **_worded(result.parameters))


def result_hint(result: JudgeResult) -> str:
    """What to do next, worded; empty when there is nothing to say."""
    return _(result.hint, **_worded(result.parameters))


def result_notices(result: JudgeResult) -> list[str]:
    """What the program tried and was refused, worded; the message says the one that ended it."""
    said = result_message(result)
    return [notice for notice in map(say, result.notices) if notice != said]


def result_facts(result: JudgeResult) -> list[str]:
    """What a run took and how it ended, as short as it can be said."""
    facts = [
        _("{seconds} s", seconds=f"{result.wall_s:.2g}"),
        _("processor {seconds} s", seconds=f"{result.cpu_s:.2g}"),
        _("{megabytes} MB", megabytes=f"{result.max_rss_mb:.0f}"),
    ]
    if result.output_bytes:
        facts.append(_("{n} bytes printed", n=result.output_bytes))
    if result.truncated:
        facts.append(_("output shortened"))
    facts += [name for name in (result.signal, result.exception) if name]
    if result.last_case and result.verdict is not Verdict.AC:
        facts.append(_("last case: {case}", case=case_name(result.last_case)))
    if result.walled is False:
        facts.append(_("limits only, no wall"))
    return facts


def case_name(name: str) -> str:
    """The name of a case: `example-1` and `own-1` in words, any other as the course gave it."""
    if own := _OWN.fullmatch(name):
        kept = own[1] == "own"
        return _("your case {n}", n=own[2]) if kept else _("your input {n}", n=own[2])
    found = _EXAMPLE.fullmatch(name)
    return _("example {n}", n=found[1]) if found else name


def _worded(parameters: dict[str, object]) -> dict[str, object]:
    case = parameters.get("case")
    return parameters | {"case": case_name(case)} if isinstance(case, str) else parameters
