"""The globals of an observed script: a dict that looks up when the names of the lesson are assigned.

Top-level assignments of a module whose globals are a dict subclass go through `__setitem__`, so the script
stays as it is in the lesson. The moments that count:

- a gradient is assigned: the arrays (`x`, `y`, `w1`, `w2`) are copied, once, and so is its own first value;
- an array is assigned again after every gradient has been: the weights have just been updated, and each
  gradient is copied as it then is. This serves a gradient that was allocated first and filled in later.

Changes made without an assignment (`w1[:] = ...`) go unseen; the copies of the first moment then count.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from studybuddy.runner.harness.arrays import Copier, Snapshot

Report = Callable[[dict[str, Any], bytes], None]


class Namespace(dict[str, Any]):
    """Globals that record. `report` is called once, with all that was seen."""

    def __init__(self, names: list[str], gradients: list[str], copier: Copier, report: Report) -> None:
        super().__init__()
        self._names = names
        self._gradients = gradients
        self._watched = frozenset(names + gradients)
        self._copier = copier
        self._report = report
        self._arrays: dict[str, Snapshot] = {}
        self._first: dict[str, Snapshot] = {}
        self._settled: dict[str, Snapshot] = {}
        self._reported = False

    def __setitem__(self, name: str, value: Any) -> None:
        dict.__setitem__(self, name, value)
        if name in self._watched and not self._reported:
            self._saw(name, value)

    def _saw(self, name: str, value: Any) -> None:
        if name in self._gradients:
            if len(self._arrays) < len(self._names):
                self._arrays = {
                    other: self._copier.copy(self[other]) for other in self._names if other in self
                }
            if name not in self._first:
                self._first[name] = self._copier.copy(value)
        elif len(self._first) == len(self._gradients) and len(self._arrays) == len(self._names):
            present = [gradient for gradient in self._gradients if gradient in self]
            self._settled = {gradient: self._copier.copy(self[gradient]) for gradient in present}
            self.tell()

    def tell(self) -> None:
        """Report now, if it was not done before: the script is over, or the weights were updated."""
        if self._reported:
            return
        self._reported = True
        groups = {"arrays": self._arrays, "first": self._first, "settled": self._settled}
        fields = {
            group: [snapshot.fields(name) for name, snapshot in snapshots.items()]
            for group, snapshots in groups.items()
        }
        blob = b"".join([snapshot.data for snapshots in groups.values() for snapshot in snapshots.values()])
        self._report(fields, blob)
