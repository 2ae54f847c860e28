"""The evidence behind the checklist: what the log says of an item, without the learner's word.

A rule looks at the events an item's targets left behind and answers with a state and a sentence that says
which evidence it rests on. The rules are thresholds over the log, so they may change and history does not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from studybuddy.core.answered import answered
from studybuddy.core.checklist import TickState
from studybuddy.core.event import Event, EventKind
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.store.log import EventLog
from studybuddy.study.step_log import StepResult, standing

MEMORY_SECONDS = 15
"""An interview answer thought about at least this long counts as answered from memory ..."""
MEMORY_CHARACTERS = 20
"""... and so does one of at least this many typed characters."""
KEY_POINTS = 2
"""How many key points an answer must have."""
GOOD = 3
HARD = 2


class Evidence(NamedTuple):
    """What the log says of an item, and the time of the event it rests on."""

    state: TickState
    phrase: Phrase | None = None
    at_ms: int = 0


NOTHING = Evidence(TickState.NONE)


def weigh(rule: str, targets: Sequence[str], log: EventLog) -> Evidence:
    """The strongest evidence for an item. An unknown rule has none: the learner ticks by hand."""
    judge = _RULES.get(rule)
    return judge(targets, log) if judge else NOTHING


def _strongest(found: list[Evidence]) -> Evidence:
    rank = {TickState.NONE: 0, TickState.PARTIAL: 1, TickState.AUTO: 2}
    return max(found, key=lambda evidence: (rank[evidence.state], evidence.at_ms), default=NOTHING)


def _own(body: dict[str, object]) -> bool:
    """Whether an attempt is the learner's work: edited, and not copied from the reference."""
    return bool(body.get("edited")) and not body.get("reference")


def _code(targets: Sequence[str], log: EventLog) -> Evidence:
    return _strongest([_loop(event) for target in targets for event in log.events(EventKind.ATTEMPT, target)])


def _loop(event: Event) -> Evidence:
    body = event.body
    if body.get("verdict") == "AC" and _own(body):
        losses = body.get("losses") or [[0, 0.0]]
        phrase = Phrase.of(
            N_("gradients match, loss {first:.2g} → {last:.2g}"), first=losses[0][1], last=losses[-1][1]
        )
        return Evidence(TickState.AUTO, phrase, event.at_ms)
    if body.get("ran_to_end") and body.get("loss_fell"):
        return Evidence(TickState.PARTIAL, Phrase(N_("ran, and the loss fell")), event.at_ms)
    return NOTHING


def _algo(targets: Sequence[str], log: EventLog) -> Evidence:
    return _strongest(
        [_accepted(event) for target in targets for event in log.events(EventKind.ATTEMPT, target)]
    )


def _accepted(event: Event) -> Evidence:
    body = event.body
    passed, total = body.get("passed", 0), body.get("total", 0)
    if body.get("verdict") == "AC" and _own(body):
        return Evidence(
            TickState.AUTO,
            Phrase.of(N_("accepted, {passed} of {total} cases"), passed=passed, total=total),
            event.at_ms,
        )
    if body.get("public_passed") and _own(body):
        return Evidence(
            TickState.PARTIAL,
            Phrase.of(N_("{passed} of {total} cases"), passed=passed, total=total),
            event.at_ms,
        )
    return NOTHING


def _interview(targets: Sequence[str], log: EventLog) -> Evidence:
    return _strongest(
        [_answered(event) for target in targets for event in log.events(EventKind.INTERVIEW, target)]
    )


def _answered(event: Event) -> Evidence:
    body = event.body
    said = answered(event.day, event.subject, body)
    named, thought_ms = body.get("key_points"), body.get("thought_ms")
    grade, points = said.rating if said is not None else 0, len(named) if isinstance(named, list) else 0
    number = event.subject.rsplit("/", 1)[-1].upper()
    recalled = (type(thought_ms) is int and thought_ms >= MEMORY_SECONDS * 1000) or len(
        str(body.get("answer", "")).strip()
    ) >= MEMORY_CHARACTERS
    if grade >= GOOD and points >= KEY_POINTS and recalled and not body.get("seen_before"):
        return Evidence(
            TickState.AUTO,
            Phrase.of(
                N_("{question} answered from memory, {points} key points"), question=number, points=points
            ),
            event.at_ms,
        )
    if grade >= HARD and (points or grade >= GOOD):
        return Evidence(
            TickState.PARTIAL, Phrase.of(N_("{question} answered in part"), question=number), event.at_ms
        )
    return NOTHING


def _math(targets: Sequence[str], log: EventLog) -> Evidence:
    """Steps the checker accepted are evidence; what learners judge themselves is partial evidence only."""
    found = {target: standing(log, target) for target in targets}
    accepted = {target: step for target, step in found.items() if step.checked}
    own = [step for step in found.values() if not step.checked and step.result is StepResult.UNAIDED]
    if not accepted and not own:
        return NOTHING
    at_ms = max(step.at_ms for step in (*accepted.values(), *own))
    aided = [target for target, step in accepted.items() if step.result is not StepResult.UNAIDED]
    if len(accepted) == len(targets) and not aided:
        return Evidence(TickState.AUTO, Phrase(N_("derived unaided")), at_ms)
    return Evidence(TickState.PARTIAL, _derived_in_part(len(accepted), aided, len(own), len(targets)), at_ms)


def _derived_in_part(accepted: int, aided: Sequence[str], own: int, total: int) -> Phrase:
    """How many steps were derived, which of them with help, and how many by whose word."""
    if not accepted:
        return Phrase.of(N_("{done} of {total} steps by your own judgement"), done=own, total=total)
    said = Phrase.of(N_("{done} of {total} steps derived"), done=accepted, total=total)
    if aided:
        names = ", ".join(target.rsplit("/", 1)[-1] for target in aided)
        said = Phrase.of(N_("{said}, with help: {steps}"), said=said, steps=names)
    if own:
        said = Phrase.of(N_("{said}, {n} more by your own judgement"), said=said, n=own)
    return said


_RULES: dict[str, Callable[[Sequence[str], EventLog], Evidence]] = {
    "math": _math,
    "code": _code,
    "interview": _interview,
    "algo": _algo,
}

WANTED: dict[str, Phrase] = {
    "math": Phrase(N_("ticks itself when each step is derived without help")),
    "code": Phrase(N_("ticks itself when your own program is accepted: gradients right, loss falling")),
    "interview": Phrase(
        N_("ticks itself when answered from memory, graded Good or better, with two key points")
    ),
    "algo": Phrase(N_("ticks itself when your own program is accepted on every case")),
}
"""What an item of a rule needs for its tick."""
