"""How a submission and a comparison of two programs are said."""

from __future__ import annotations

from studybuddy.i18n import _, day_name, ngettext
from studybuddy.study.attempts import Attempt
from studybuddy.study.differences import Difference
from studybuddy.study.outcome_words import verdict_title


def attempt_facts(attempt: Attempt) -> list[str]:
    """What is known of a submission besides its verdict: cases, time, hints, and whose program it was."""
    facts = []
    if attempt.total:
        facts.append(_("{passed}/{total} cases", passed=attempt.passed, total=attempt.total))
    facts.append(_("{seconds} s", seconds=f"{attempt.seconds:.2g}"))
    if attempt.hints:
        facts.append(ngettext("{n} hint", "{n} hints", attempt.hints))
    if attempt.reference:
        facts.append(_("the reference"))
    elif attempt.revealed:
        facts.append(_("reference seen"))
    return facts


def attempt_time(attempt: Attempt) -> str:
    """When it was: the day and the minute."""
    return f"{day_name(attempt.at.date())} {attempt.at:%H:%M}"


def verdict_words(attempt: Attempt) -> str:
    """The verdict as a code and in words."""
    return verdict_title(attempt.verdict, judged=attempt.judged)


def difference_words(difference: Difference) -> str:
    """How much two programs differ."""
    if difference.same:
        return _("no line differs")
    added = ngettext("{n} line added", "{n} lines added", difference.added)
    removed = ngettext("{n} line removed", "{n} lines removed", difference.removed)
    return f"+ {added}   - {removed}"
