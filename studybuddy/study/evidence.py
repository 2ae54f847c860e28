"""The evidence behind the checklist: what the log says of an item, without the learner's word.

A rule looks at the events an item's targets left behind and answers with a state and a sentence that says
which evidence it rests on. The rules are thresholds over the log, so they may change and history does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from studybuddy.core.answered import answered
from studybuddy.core.checklist import Needs, TickState
from studybuddy.core.event import Event, EventKind
from studybuddy.core.phrase import Phrase
from studybuddy.course.indexed import IndexedItem
from studybuddy.i18n import N_
from studybuddy.store.log import EventLog
from studybuddy.study.step_log import StepResult, standing

GOOD = 3
HARD = 2


class Evidence(NamedTuple):
    """What the log says of an item, and the time of the event it rests on."""

    state: TickState
    phrase: Phrase | None = None
    at_ms: int = 0


NOTHING = Evidence(TickState.NONE)


def weigh(item: IndexedItem, log: EventLog) -> Evidence:
    """The strongest evidence for an item. An unknown rule has none: the learner ticks by hand."""
    judge = _RULES.get(item.rule)
    return judge(item.targets, needs_of(item), log) if judge else NOTHING


def needs_of(item: IndexedItem) -> Needs:
    """How much the rule of an item asks for."""
    needs = Needs(**item.needs)
    return needs._replace(explained=tuple(needs.explained))


def faded(subjects: Sequence[str], since_ms: int, log: EventLog) -> bool:
    """Whether one of some cards or questions was forgotten since, and not remembered again."""
    return any(
        event is not None and event.at_ms > since_ms and event.body.get("rating") == 1
        for event in (_newest_answer(subject, log) for subject in subjects)
    )


def _newest_answer(subject: str, log: EventLog) -> Event | None:
    found = (log.latest(kind, subject) for kind in (EventKind.REVIEW, EventKind.INTERVIEW))
    return max((event for event in found if event is not None), key=lambda e: e.at_ms, default=None)


def _strongest(found: list[Evidence]) -> Evidence:
    rank = {TickState.NONE: 0, TickState.PARTIAL: 1, TickState.AUTO: 2}
    return max(found, key=lambda evidence: (rank[evidence.state], evidence.at_ms), default=NOTHING)


def _own(body: dict[str, object]) -> bool:
    """Whether an attempt is the learner's work: edited, and not copied from the reference."""
    return bool(body.get("edited")) and not body.get("reference")


def _right(body: dict[str, object]) -> bool:
    """Whether tests say that an attempt is right, and it is the learner's work."""
    return body.get("verdict") == "AC" and body.get("judged") is not False and _own(body)


def _seen(event: Event) -> Evidence | None:
    """What a right program is evidence for that was written with the reference just shown; else None."""
    if not (_right(event.body) and event.body.get("seen")):
        return None
    said = Phrase(N_("accepted within ten minutes of a look at the reference; run it again later"))
    return Evidence(TickState.PARTIAL, said, event.at_ms)


def _ran(event: Event) -> Evidence:
    """What a program without tests is evidence for: it ran."""
    ran = event.body.get("verdict") == "AC" and event.body.get("judged") is False
    said = Phrase(N_("ran to its end; there are no tests"))
    return Evidence(TickState.PARTIAL, said, event.at_ms) if ran and _own(event.body) else NOTHING


def _code(targets: Sequence[str], needs: Needs, log: EventLog) -> Evidence:
    return _strongest(
        [
            _seen(event) or _loop(event, needs)
            for target in targets
            for event in log.events(EventKind.ATTEMPT, target)
        ]
    )


def _loop(event: Event, needs: Needs) -> Evidence:
    body = event.body
    if body.get("total") and not body.get("losses"):
        return _accepted(event)  # a function: it has cases and no loss
    losses = body.get("losses") or [[0, 0.0]]
    if _right(body) and losses[-1][1] <= needs.ratio * losses[0][1]:
        phrase = Phrase.of(
            N_("gradients match, loss {first:.2g} → {last:.2g}"), first=losses[0][1], last=losses[-1][1]
        )
        return Evidence(TickState.AUTO, phrase, event.at_ms)
    if body.get("ran_to_end") and body.get("loss_fell"):
        return Evidence(TickState.PARTIAL, Phrase(N_("ran, and the loss fell")), event.at_ms)
    return _ran(event)


def _algo(targets: Sequence[str], _needs: Needs, log: EventLog) -> Evidence:
    return _strongest(
        [
            _seen(event) or _accepted(event)
            for target in targets
            for event in log.events(EventKind.ATTEMPT, target)
        ]
    )


def _accepted(event: Event) -> Evidence:
    body = event.body
    passed, total = body.get("passed", 0), body.get("total", 0)
    if _right(body):
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
    return _ran(event)


def _interview(targets: Sequence[str], needs: Needs, log: EventLog) -> Evidence:
    return _strongest(
        [_answered(event, needs) for target in targets for event in log.events(EventKind.INTERVIEW, target)]
    )


def _answered(event: Event, needs: Needs) -> Evidence:
    body = event.body
    said = answered(event.day, event.subject, body)
    named, thought_ms = body.get("key_points"), body.get("thought_ms")
    grade, points = said.rating if said is not None else 0, len(_numbers(named))
    number = event.subject.rsplit("/", 1)[-1].upper()
    recalled = (type(thought_ms) is int and thought_ms >= needs.seconds * 1000) or len(
        str(body.get("answer", "")).strip()
    ) >= needs.characters
    if grade >= needs.grade and points >= needs.points and recalled and not body.get("seen_before"):
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


def _numbers(named: object) -> set[int]:
    """The key points that an answer made, each once."""
    return {number for number in named if type(number) is int} if isinstance(named, list) else set()


def _math(targets: Sequence[str], needs: Needs, log: EventLog) -> Evidence:
    """Steps the checker accepted are evidence; what learners judge themselves is partial evidence only.

    Where a reason is asked for, the formulas alone are partial evidence too.
    """
    found = {target: standing(log, target) for target in targets}
    accepted = {target: step for target, step in found.items() if step.checked}
    own = [step for step in found.values() if not step.checked and step.result is StepResult.UNAIDED]
    if not accepted and not own:
        return NOTHING
    at_ms = max(step.at_ms for step in (*accepted.values(), *own))
    aided = [target for target, step in accepted.items() if step.result is not StepResult.UNAIDED]
    if len(accepted) < len(targets) or aided:
        said = _derived_in_part(len(accepted), aided, len(own), len(targets))
        return Evidence(TickState.PARTIAL, said, at_ms)
    if not needs.explained:
        return Evidence(TickState.AUTO, Phrase(N_("derived unaided")), at_ms)
    told = [at for subject in needs.explained for at in _told(subject, needs.grade, log)]
    if not told:
        words = N_("derived unaided; the reason is still to be told: {places}")
        return Evidence(TickState.PARTIAL, Phrase.of(words, places=_places(needs)), at_ms)
    return Evidence(TickState.AUTO, Phrase(N_("derived unaided and explained")), max(at_ms, *told))


def _places(needs: Needs) -> Phrase:
    """Where the reason can be told, in words."""
    said, *others = map(_place, needs.explained)
    for other in others:
        said = Phrase.of(N_("{one} or {other}"), one=said, other=other)
    return said


def _place(subject: str) -> Phrase:
    where, _slash, name = subject.rpartition("/")
    if not name.isdecimal():
        return Phrase.of(N_("card {name}"), name=name)
    question = where.rpartition("/")[2].upper()
    return Phrase.of(N_("interview {question}, key point {n}"), question=question, n=int(name))


def _told(subject: str, grade: int, log: EventLog) -> Iterator[int]:
    """When a reason was told: by each answer that made a key point, and by a card when it was first known.

    That a card comes up again and is still known is no newer evidence.
    """
    reviews = log.events(EventKind.REVIEW, subject)
    yield from islice((event.at_ms for event in reviews if _rating(event) >= grade), 1)
    question, _slash, number = subject.rpartition("/")
    for event in log.events(EventKind.INTERVIEW, question) if number.isdecimal() else ():
        named = int(number) - 1 in _numbers(event.body.get("key_points"))
        if named and _rating(event) >= grade and not event.body.get("seen_before"):
            yield event.at_ms


def _rating(event: Event) -> int:
    said = answered(event.day, event.subject, event.body)
    return 0 if said is None else said.rating


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


_RULES: dict[str, Callable[[Sequence[str], Needs, EventLog], Evidence]] = {
    "math": _math,
    "code": _code,
    "interview": _interview,
    "algo": _algo,
}

_WANTED: dict[str, Phrase] = {
    "math": Phrase(N_("ticks itself when each step is derived without help")),
    "code": Phrase(N_("ticks itself when your own program is accepted: gradients right, loss falling")),
    "algo": Phrase(N_("ticks itself when your own program is accepted on every case")),
}


def wanted(item: IndexedItem) -> Phrase | None:
    """What an item needs for its tick; None where only the learner ticks it."""
    needs = needs_of(item)
    if item.rule == "interview":
        return Phrase.of(
            N_("ticks itself when answered from memory, graded Good or better, with {n} key points"),
            n=needs.points,
        )
    if item.rule == "math" and needs.explained:
        words = N_("ticks itself when each step is derived without help and the reason was told: {places}")
        return Phrase.of(words, places=_places(needs))
    return _WANTED.get(item.rule)
