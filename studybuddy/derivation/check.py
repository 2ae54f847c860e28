"""The verdict on an answer: right, wrong and why, or could not be read."""

from __future__ import annotations

from dataclasses import dataclass, replace

from studybuddy.core.derivation import Judgement
from studybuddy.core.phrase import Phrase
from studybuddy.derivation.behaviour import behaviour
from studybuddy.derivation.brackets import other_readings, unsigned
from studybuddy.derivation.chain_letters import ChainLetters
from studybuddy.derivation.compare import Kind
from studybuddy.derivation.diagnosis import dependence, diagnosed, joined_wrongly
from studybuddy.derivation.equality import differs, equal
from studybuddy.derivation.exercise import Exercise, labels_of
from studybuddy.derivation.expression import (
    Chain,
    Derivative,
    Expression,
    Indexed,
    Kronecker,
    Span,
    SumOver,
    Symbol,
    mapped,
    walk,
)
from studybuddy.derivation.names import shown
from studybuddy.derivation.nearest import Fix, nearest
from studybuddy.derivation.place import narrowest
from studybuddy.derivation.read import Reading, read
from studybuddy.derivation.relabelled import relabelled
from studybuddy.derivation.source import UnreadableError
from studybuddy.derivation.values import MistakeError
from studybuddy.derivation.wording import written
from studybuddy.i18n import N_

__all__ = ["Judgement", "Verdict", "check"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`span`: the part of what was typed that `reason` is about. `fix`: what would make it right."""

    judgement: Judgement
    reason: Phrase | None = None
    span: Span | None = None
    fix: Fix | None = None
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class _Fault:
    """`values`: the shape is right, and `reason` says no more than that."""

    reason: Phrase
    span: Span
    values: bool = False


def check(exercise: Exercise, typed: str, *, hint: bool = True) -> Verdict:
    """Judge what a learner typed; never raises for anything that was typed.

    Args:
        exercise: the step.
        typed: in any of the three notations.
        hint: whether the nearest right answer is looked for when it is wrong.
    """
    try:
        reading = read(typed, exercise.setting.names)
    except UnreadableError as error:
        return Verdict(Judgement.UNREADABLE, error.reason, (error.place, error.place + 1))
    try:
        return replace(_judged(exercise, reading, hint=hint), reading=reading)
    except UnreadableError as error:
        place = (error.place, error.place + 1)
        return Verdict(Judgement.UNREADABLE, error.reason, place, reading=reading)


def _judged(exercise: Exercise, reading: Reading, *, hint: bool) -> Verdict:
    expression = reading.expression
    sides = expression.sides if isinstance(expression, Chain) else (expression,)
    sides = relabelled(exercise, sides)
    restated = _formed(exercise, sides[-1])
    letters = ChainLetters(exercise)
    for number, side in enumerate(sides, 1):
        fault, side = _fault(exercise, side)
        if fault is None:
            mixed = letters.fault(side) if len(sides) > 1 else None
            if mixed is None:
                continue
            return Verdict(Judgement.WRONG, _of_side(number, mixed), side.span)
        if not reading.python:
            _ask_for_brackets(exercise, side)
        fix = nearest(exercise, side) if hint else None
        place = fault.span
        reason = fault.reason
        if fault.values:
            reason, place = _explained(exercise, side, fault, fix)
        if len(sides) > 1:
            reason = _of_side(number, reason)
        return Verdict(Judgement.WRONG, reason, narrowest(exercise, side, place, fix), fix)
    if restated is not None:
        return Verdict(Judgement.WRONG, restated.reason, restated.span)
    return Verdict(Judgement.RIGHT)


def _of_side(number: int, reason: Phrase) -> Phrase:
    return Phrase.of(N_("side {number} of the chain: {reason}"), number=number, reason=reason)


def _fault(exercise: Exercise, side: Expression) -> tuple[_Fault | None, Expression]:
    """What is wrong with a side, and the side as it is best read: a bare δ may be the upstream gradient.

    Raises:
        UnreadableError: it cannot be evaluated, however it is read.
    """
    upstream = exercise.setting.upstream
    other = mapped(side, lambda node: as_gradient(node, upstream)) if upstream else side
    if other == side:
        return _fault_of(exercise, side), side
    of_loss = isinstance(exercise.goal, Derivative) and exercise.goal.top == Symbol(
        exercise.setting.names.loss
    )
    faults: list[tuple[_Fault, Expression]] = []
    unread: UnreadableError | None = None
    for reading in (other, side) if of_loss else (side, other):
        try:
            fault = _fault_of(exercise, reading)
        except UnreadableError as error:
            unread = error
            continue
        if fault is None:
            return None, reading
        faults.append((fault, reading))
    if not faults and unread is not None:
        raise unread
    return faults[0]


def as_gradient(node: Expression, upstream: str) -> Expression:
    """A bare δ with two indices as the upstream gradient."""
    if isinstance(node, Kronecker) and node.written:
        return Indexed(Symbol(upstream, span=node.span), (node.first, node.second), span=node.span)
    return node


def _fault_of(exercise: Exercise, side: Expression) -> _Fault | None:
    try:
        found = differs(exercise, side)
    except MistakeError as error:
        span = error.span if error.span != (0, 0) else side.span
        return _Fault(error.reason, span)
    return None if found is None else _Fault(found.reason, side.span, found.kind is Kind.VALUES)


def _ask_for_brackets(exercise: Exercise, side: Expression) -> None:
    """Refuse an answer that is right with other brackets than it is read with.

    Raises:
        UnreadableError: it is; which reading is meant must be said.
    """
    for whole, one, other in other_readings(side):
        if equal(exercise, whole):
            words = N_("brackets are missing: {one} or {other}?")
            raise UnreadableError(Phrase.of(words, one=written(one), other=written(other)), one.span[0])
    for whole, one, other in unsigned(side):
        if equal(exercise, whole):
            words = N_("which product is {one}? If element by element is meant, write ({other})")
            raise UnreadableError(Phrase.of(words, one=written(one), other=written(other)), one.span[0])


def _explained(exercise: Exercise, side: Expression, fault: _Fault, fix: Fix | None) -> tuple[Phrase, Span]:
    """Why the values are not right: the first of what can be said, from the plainest to the vaguest."""
    place = fault.span
    why = diagnosed(exercise, side)
    if why is None and fix is not None and fix.single:
        why = fix.advice
    why = why or dependence(exercise, side) or (fix.advice if fix else None)
    if why is None and (otherwise := behaviour(exercise, side)) is not None:
        why, place = otherwise.reason, otherwise.span or place
    why = why or joined_wrongly(exercise, side)
    return Phrase.of(N_("{what}: {why}"), what=fault.reason, why=why), place


def _formed(exercise: Exercise, answer: Expression) -> _Fault | None:
    """What is wrong with the form of an answer that is equal."""
    left = exercise.form.restated(answer)
    if left is not None and left in (answer, exercise.goal):
        words = N_("this only restates what is wanted: express the derivative by known tensors")
        return _Fault(Phrase(words), left.span)
    if left is not None:
        words = N_("{part} may not stay in the answer: express it by known tensors")
        return _Fault(Phrase.of(words, part=written(left)), left.span)
    form = exercise.form
    named = {node.name for node in walk(answer) if isinstance(node, Symbol)}
    for name in form.contains:
        if name not in named:
            words = N_("it is equal, but this step asks for an expression with {name}")
            return _Fault(Phrase.of(words, name=shown(name)), answer.span)
    indexed = any(labels_of(node) for node in walk(answer))
    if form.shape == "indexed" and not indexed:
        return _Fault(Phrase(N_("it is equal, but this step asks for indices")), answer.span)
    if form.shape == "product" and any(isinstance(node, SumOver) for node in walk(answer)):
        return _Fault(Phrase(N_("it is equal, but this asks for a product of matrices")), answer.span)
    if form.shape == "matrix" and indexed:
        return _Fault(Phrase(N_("it is equal, but this step asks for the matrix form")), answer.span)
    return None
