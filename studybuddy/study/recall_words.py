"""Why a rating is proposed, in words."""

from __future__ import annotations

from datetime import timedelta

from studybuddy.core.phrase import Phrase
from studybuddy.core.verdict import Verdict
from studybuddy.i18n import N_, _, say
from studybuddy.study.outcome_words import RATING_WORDS, VERDICT_WORDS
from studybuddy.study.sittings import Evidence, Sitting
from studybuddy.study.spans import wait_phrase


def reason(evidence: Evidence) -> str:
    """What was done and what it speaks for: `accepted after 2 tries · 4 min · your median 3 min → Hard`."""
    proposal = evidence.proposal
    times = time_words(evidence.sitting.effort.elapsed_ms, proposal.median_ms)
    parts = [*map(say, _done(evidence.sitting)), *map(say, times)]
    return f"{' · '.join(parts)} → {_(RATING_WORDS[proposal.rating])}"


def standing(sitting: Sitting) -> str:
    """What was done so far, empty at the beginning."""
    return " · ".join(map(say, _done(sitting))) if sitting.begun else ""


def _done(sitting: Sitting) -> list[Phrase]:
    effort = sitting.effort
    said = []
    if effort.gave_up:
        said.append(Phrase(N_("given up, the reference was shown")))
    elif not effort.accepted:
        verdict = VERDICT_WORDS.get(Verdict(sitting.verdict)) if sitting.verdict else None
        said.append(Phrase(N_("not accepted yet")) if verdict is None else Phrase(verdict))
    if effort.accepted and effort.attempts <= 1:
        said.append(Phrase(N_("accepted at the first try")))
    elif effort.accepted:
        said.append(Phrase.of(N_("accepted after {n} tries"), n=effort.attempts))
    elif effort.attempts:
        said.append(Phrase.of(N_("{n} try"), plural=N_("{n} tries"), n=effort.attempts))
    if effort.hints:
        said.append(Phrase.of(N_("{n} hint"), plural=N_("{n} hints"), n=effort.hints))
    return said


def time_words(elapsed_ms: int, median_ms: int | None) -> list[Phrase]:
    """How long it took, 0 for unknown, and how long it usually takes."""
    said = []
    if elapsed_ms:
        said.append(_span(elapsed_ms))
    if median_ms is not None:
        said.append(Phrase.of(N_("your median {time}"), time=_span(median_ms)))
    return said


def _span(ms: int) -> Phrase:
    seconds = round(ms / 1000)
    return wait_phrase(timedelta(seconds=seconds if seconds < 600 else round(seconds / 60) * 60))
