"""Cuts a training script into steps, and reports some of them whole.

A step is: the arrays (`x`, `y`, `w1`, `w2`) as they were when the first of its gradients was assigned, the
gradients as they were when the first weight was assigned next (what the update uses), the weights after it.

- Weights assigned (`w1 -= ...`): the step ends at the next assignment of another name, once each weight was.
- Weights changed in place (`w1[:] -= ...`): it ends when a gradient is assigned again and weights have moved.
- Weights that move between two steps have drifted: something else than the update trains them.
- Gradients filled in place (`np.dot(..., out=grad_w1)`) are new when their content is. With weights changed
  in place as well there is no assignment to go by: the only report is then marked as unsure.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from studybuddy.runner.harness.arrays import Copier, Snapshot
from studybuddy.runner.harness.sketches import Diary
from studybuddy.runner.harness.wire import Blob

Report = Callable[[str, dict[str, Any], Blob], None]
Held = dict[str, Any]
Snapshots = dict[str, Snapshot]

MOVED = 0.1
"""The share of a weight's entries that an update changes at least; a numeric gradient check changes one."""
_PLAIN = (type(None), bool, int, float)
"""Types of placeholders: a gradient set to None or 0 is not computed."""


class _Step:
    """The step under way. `found`: begun without an assigned gradient, since these may be filled in place."""

    def __init__(self, arrays: Snapshots, *, found: bool) -> None:
        self.arrays = arrays
        self.found = found
        self.assigned: Snapshots = {}
        self.settled: Snapshots = {}
        self.updated: list[str] = []
        self.drifted = False


class Recorder:
    """Follows names and gradients; the last of the names are the weights, in the gradients' order.

    `steps` are the numbers of those that are reported, each as it ends. At the end comes how many there were.
    A `diary` keeps sketches of the weights after each step, and of the gradients it used.
    """

    def __init__(
        self,
        names: list[str],
        gradients: list[str],
        steps: list[int],
        copier: Copier,
        report: Report,
        diary: Diary | None = None,
    ) -> None:
        self._names = names
        self._gradients = gradients
        self._weights = names[len(names) - len(gradients) :]
        self._watched = frozenset(names + gradients)
        self._steps = frozenset(steps)
        self._copier = copier
        self._report = report
        self._diary = diary
        self._step: _Step | None = None
        self._updating = False
        self._number = 0
        self._previous: Snapshots = {}
        self._left: Snapshots = {}
        self._idle: tuple[Snapshots, Snapshots] | None = None
        self._told = False

    def is_event(self, name: str, value: Any) -> bool:
        """Whether an assignment matters at this moment."""
        if name in self._watched:
            return name not in self._gradients or type(value) not in _PLAIN
        return self._updating

    def before(self, held: Held, name: str) -> None:
        """`name` is about to be assigned; the step may thereby be over."""
        step = self._step
        if step is None:
            return
        if step.settled:
            whole = all(weight in step.updated for weight in self._weights)
            if name in self._gradients or (whole and name not in self._weights):
                self._close(held, step)
        elif name in step.assigned and self._moved(held, step.arrays):
            self._close(held, step)

    def after(self, held: Held, name: str) -> None:
        """`name` was assigned."""
        if name in self._gradients:
            if self._step is None or (self._step.found and not self._step.assigned):
                self._open(held, found=False)
            if self._step is not None:
                self._step.assigned[name] = self._taken(held[name])
        elif name in self._weights and self._step is not None:
            self._updated(held, self._step, name)
        elif name in self._weights and all(gradient in held for gradient in self._gradients):
            self._open(held, found=True)

    def tell(self, held: Held) -> None:
        """The script is over: report the step under way, and how many there were."""
        if self._told:
            return
        self._told = True
        step = self._step
        if step is not None and (step.settled or (step.assigned and self._moved(held, step.arrays))):
            self._close(held, step, unsure=not step.settled and self._number == 0)
        elif self._number == 0:
            self._send_unfinished(held, step)
        if self._diary is not None:
            self._report("sketches", *self._diary.take())
        final = {name: self._copier.copy(held[name]) for name in self._names if name in held}
        self._report("trained", {"steps": self._number, **_fields({"arrays": final})}, _blob(final))

    def _send_unfinished(self, held: Held, step: _Step | None) -> None:
        """No update was seen: what there is of the first step, or else what the names hold at last."""
        gradients = self._present(held, self._gradients)
        if step is not None and step.assigned:
            self._send(step.arrays, gradients)
        elif self._idle is not None:
            self._send(*self._idle)
        else:
            self._send(self._present(held, self._names), gradients, unsure=True)

    def _open(self, held: Held, *, found: bool) -> None:
        known = all(name in held for name in self._names)
        arrays = self._present(held, self._names if self._whole else self._weights)
        self._step = _Step(arrays, found=found) if known else None
        if self._step is not None and self._left:
            self._step.drifted = self._moved(held, self._left)

    def _updated(self, held: Held, step: _Step, name: str) -> None:
        step.updated.append(name)
        if step.settled:
            return
        if not all(self._is_new(held, step, gradient) for gradient in self._gradients):
            if step.found and not step.assigned:
                self._open(held, found=True)
            return
        same = not self._whole and len(step.assigned) == len(self._gradients)
        settled = dict(step.assigned) if same else self._present(held, self._gradients)
        if any(gradient.bad for gradient in settled.values()) or all(
            self._copier.is_zero(held[name], gradient) for name, gradient in settled.items()
        ):
            self._idle = (step.arrays, settled)
            self._open(held, found=True)
            return
        step.settled = settled
        self._updating = True

    def _is_new(self, held: Held, step: _Step, gradient: str) -> bool:
        if gradient not in held:
            return False
        if gradient in step.assigned or gradient not in self._previous:
            return True
        return self._copier.changed(held[gradient], self._previous[gradient]) > 0

    def _moved(self, held: Held, old: Snapshots) -> bool:
        return any(self._copier.changed(held[weight], old[weight]) >= MOVED for weight in self._weights)

    def _close(self, held: Held, step: _Step, *, unsure: bool = False) -> None:
        gradients = step.settled or self._present(held, self._gradients)
        if self._number in self._steps:
            whole = all(weight in step.updated for weight in self._weights)
            once = len(set(step.updated)) == len(step.updated)
            after = self._present(held, self._weights) if whole or once else {}
            assigned = {} if step.settled else step.assigned
            self._send(step.arrays, gradients, assigned, after, unsure=unsure, drifted=step.drifted)
        if self._diary is not None:
            weights = self._present(held, self._weights)
            snapshots = [weights.get(name) for name in self._weights]
            if self._diary.add([*snapshots, *(gradients.get(name) for name in self._gradients)]):
                self._report("sketches", *self._diary.take())
        self._number += 1
        self._left = self._present(held, self._weights) if self._number in self._steps else {}
        self._updating = False
        self._previous = gradients
        if self._number == 1 or not step.assigned:
            self._open(held, found=True)
        else:
            self._step = None

    def _present(self, held: Held, names: list[str]) -> Snapshots:
        return {name: self._taken(held[name]) for name in names if name in held}

    @property
    def _whole(self) -> bool:
        """Whether this step is reported; of others only so much is kept as shows where they begin and end."""
        return self._number == 0 or self._number in self._steps or self._diary is not None

    def _taken(self, value: Any) -> Snapshot:
        return self._copier.copy(value) if self._whole else self._copier.glance(value)

    def _send(
        self,
        arrays: Snapshots,
        gradients: Snapshots,
        assigned: Snapshots | None = None,
        after: Snapshots | None = None,
        *,
        unsure: bool = False,
        drifted: bool = False,
    ) -> None:
        groups = {"arrays": arrays, "gradients": gradients, "assigned": assigned or {}, "after": after or {}}
        blob = [piece for snapshots in groups.values() for piece in _blob(snapshots)]
        facts = {"number": self._number, "unsure": unsure, "drifted": drifted}
        self._report("observed", {**facts, **_fields(groups)}, blob)


def _fields(groups: dict[str, Snapshots]) -> dict[str, Any]:
    return {
        group: [snapshot.fields(name) for name, snapshot in snapshots.items()]
        for group, snapshots in groups.items()
    }


def _blob(snapshots: Snapshots) -> Blob:
    return [snapshot.data for snapshot in snapshots.values()]
