"""What torch says of a graph, a leaf or a missing gradient, in the words of the lesson.

Its messages name the symptom. The cause often stands in the program: a `detach()`, a weight bound anew
instead of changed in place, a `backward()` that is not there.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, replace

from studybuddy.core.exercise import Exercise
from studybuddy.i18n import N_
from studybuddy.runner.finding import Finding

UNDER_NO_GRAD = N_(
    "update inside `with torch.no_grad():`, so that the update does not become part of the graph"
)
NO_BACKWARD = N_("{weight}.grad is None until loss.backward() has filled it; where is the call?")
DETACHED = N_("detach() in line {at} cuts the graph there, and no gradient gets past it; leave it out")
BOUND_ANEW = N_(
    "line {at} makes {weight} a new tensor, which is no leaf that collects gradients; change it in place: -="
)
NOT_ASKED = N_("no gradient is asked for {weight}: call {weight}.requires_grad_(True) before the loop")
NOT_TRACKED = N_("in line {at} nothing is tracked: only the update belongs inside no_grad")
LOOSE = N_("the loss hangs on no tensor with requires_grad=True: is something detached or computed in NumPy?")
NO_GRADIENT = N_("a .grad is None: no backward() has reached that tensor")
TWICE = N_("call backward() once after each forward pass: the graph is freed by it")
PLAIN_NUMBER = N_(".item() gives a plain number without a graph; call backward() on the loss itself")
ONE_DTYPE = N_(
    "keep all tensors in one dtype: from_numpy gives float64 here, torch.randn and .float() float32"
)

_PLAIN = (
    ("leaf Variable that requires grad is being used in an in-place", UNDER_NO_GRAD),
    ("through the graph a second time", TWICE),
    ("has no attribute 'backward'", PLAIN_NUMBER),
    ("same dtype", ONE_DTYPE),
)
"""Messages of torch that have but one cause here."""


@dataclass(frozen=True, slots=True)
class _Source:
    """What a program does that a graph depends on; lines are 0 where it does not do so."""

    backward: bool
    detach: int
    anew: tuple[int, str]
    """Line and name of the first weight that is bound to a difference of itself."""
    untracked: int
    """Line of an assignment of something else than weights inside `no_grad`."""
    unasked: str
    """The first weight of which no gradient is asked."""


def with_cause(finding: Finding, exercise: Exercise, source: str) -> Finding:
    """A finding of an exception with what to do about it, where torch is what raised it."""
    weights = exercise.observation.weights if exercise.observation else ()
    if finding.hint or "torch" not in exercise.packages or not weights:
        return finding
    error = str(finding.parameters.get("error", ""))
    hint, parameters = _cause(error, source, weights)
    return replace(finding, hint=hint, parameters=finding.parameters | parameters) if hint else finding


def _cause(error: str, source: str, weights: Sequence[str]) -> tuple[str, dict[str, object]]:
    for words, hint in _PLAIN:
        if words in error:
            return hint, {}
    loose = "does not require grad and does not have a grad_fn" in error
    if not loose and "NoneType" not in error:
        return "", {}
    found = _read(source, weights)
    named = _cut(found, weights, loose=loose) if found else None
    return named or ((LOOSE, {}) if loose else (NO_GRADIENT, {}))


def _cut(found: _Source, weights: Sequence[str], *, loose: bool) -> tuple[str, dict[str, object]] | None:
    """Where a program cuts the graph between the loss and the weights."""
    if not loose and not found.backward:
        return NO_BACKWARD, {"weight": weights[0]}
    if found.detach:
        return DETACHED, {"at": found.detach}
    if found.anew[0]:
        return BOUND_ANEW, {"at": found.anew[0], "weight": found.anew[1]}
    if found.unasked:
        return NOT_ASKED, {"weight": found.unasked}
    return (NOT_TRACKED, {"at": found.untracked}) if found.untracked else None


def _read(source: str, weights: Sequence[str]) -> _Source | None:
    try:
        tree = ast.parse(source)
        nodes = list(ast.walk(tree))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    calls = [node for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    names = {call.func.attr: call.lineno for call in reversed(calls) if isinstance(call.func, ast.Attribute)}
    return _Source(
        backward="backward" in names,
        detach=names.get("detach", 0),
        anew=next(filter(None, (_bound_anew(node, weights) for node in nodes)), (0, "")),
        untracked=_untracked(nodes, weights),
        unasked=_unasked(nodes, calls, weights),
    )


def _bound_anew(node: ast.AST, weights: Sequence[str]) -> tuple[int, str] | None:
    """Line and name of `w = w - …`."""
    if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.BinOp):
        return None
    for target in node.targets:
        if isinstance(target, ast.Name) and target.id in weights and target.id in _read_names(node.value):
            return node.lineno, target.id
    return None


def _untracked(nodes: Sequence[ast.AST], weights: Sequence[str]) -> int:
    for node in nodes:
        if isinstance(node, ast.With) and any(
            "no_grad" in ast.dump(item.context_expr) for item in node.items
        ):
            for inner in node.body:
                targets = inner.targets if isinstance(inner, ast.Assign) else []
                if any(isinstance(target, ast.Name) and target.id not in weights for target in targets):
                    return inner.lineno
    return 0


def _unasked(nodes: Sequence[ast.AST], calls: Sequence[ast.Call], weights: Sequence[str]) -> str:
    """The weight without a `requires_grad`, where the others have one."""
    asked = {
        call.func.value.id
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == "requires_grad_"
        and isinstance(call.func.value, ast.Name)
    }
    for node in nodes:
        if isinstance(node, ast.Assign) and "requires_grad" in ast.dump(node.value):
            asked |= {
                name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name)
            }
        if isinstance(node, ast.Assign) and "requires_grad" in ast.dump(node.targets[0]):
            asked |= _read_names(node.targets[0])
    missing = [weight for weight in weights if weight not in asked]
    return missing[0] if missing and asked else ""


def _read_names(node: ast.AST) -> set[str]:
    return {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}
