"""What the child saw of a training script: its arrays and gradients at some of its steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from studybuddy.runner.differences import Slopes

_DTYPES = frozenset(("<f2", "<f4", "<f8", "|b1", "|i1", "|u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8"))


@dataclass(frozen=True, slots=True)
class Observed:
    """One array as the child copied it, or the type of what was there instead."""

    name: str
    values: Any
    item_bytes: int = 8
    bad: str = ""


Group = dict[str, Observed]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a training loop, from the first gradient to the updated weights.

    `gradients` are those the update used; `assigned` holds them as they were when they were assigned, where
    it is not known which of the two the update used.
    """

    number: int
    arrays: Group
    gradients: Group
    assigned: Group = field(default_factory=dict)
    after: Group = field(default_factory=dict)
    """The weights after the update; empty if they are not known."""
    unsure: bool = False
    """The script assigns so little that the judge may have looked at the wrong moment."""
    drifted: bool = False
    """The weights are not those that the update of the step before left."""
    updates: dict[str, bool] = field(default_factory=dict, compare=False)
    """By weight, once it was found out: whether its change is a multiple of its gradient."""

    @property
    def number_bytes(self) -> int:
        """Bytes of the numbers it was computed in: the most precise array decides, or a coarser gradient.

        After the first step single precision is enough: a part of the program may compute in it.
        """
        finest = max((array.item_bytes for array in self.arrays.values()), default=8)
        coarsest = min((finest, *(gradient.item_bytes for gradient in self.gradients.values())))
        return min(coarsest, 4) if self.number else coarsest


MOST_STEPS = 256
MOST_PORTIONS = 4096
LARGEST_SKETCHES = 64 << 20
"""In bytes, all portions together: what a script of thousands of steps takes."""


@dataclass(slots=True)
class Training:
    """All that was seen of a script. `count`: how many steps it took, None if it did not come to its end."""

    steps: dict[int, Step] = field(default_factory=dict)
    count: int | None = None
    final: Group = field(default_factory=dict)
    """The arrays at the end of the script."""
    slopes: dict[int, list[Slopes]] = field(default_factory=dict)
    """Slopes of the loss at some of the steps, computed while the script still ran."""
    reckoned: dict[int, Any] = field(default_factory=dict)
    """What the judge made of the steps (`gradients.Reckoned`) while the script still ran."""
    doomed: bool = False
    """Whether what was seen so far is enough to refuse the script."""
    sketches: list[Any] = field(default_factory=list)
    """Portions (steps, columns) of the sketches of each step: of the weights after it, of its gradients."""

    def add_step(self, step: Step) -> None:
        """Take in one more step. Raises ValueError if there are more than anybody watches."""
        if len(self.steps) >= MOST_STEPS:
            raise ValueError("too many steps")
        self.steps[step.number] = step

    def add_sketches(self, portion: Any) -> None:
        """Take in one more portion. Raises ValueError if there are more than any script makes."""
        held = sum(one.nbytes for one in self.sketches)
        if len(self.sketches) >= MOST_PORTIONS or held + portion.nbytes > LARGEST_SKETCHES:
            raise ValueError("too many sketches")
        self.sketches.append(portion)


def unpack_step(fields: Mapping[str, Any], blob: bytes) -> Step:
    """A step out of the child's message.

    Raises:
        ValueError, KeyError, TypeError: the message is not what the harness writes.
        ImportError: there are arrays, but the app itself has no NumPy to read them.
    """
    arrays, gradients, assigned, after = _groups(fields, ("arrays", "gradients", "assigned", "after"), blob)
    unsure, drifted = bool(fields["unsure"]), bool(fields["drifted"])
    return Step(int(fields["number"]), arrays, gradients, assigned, after, unsure, drifted)


def unpack_end(fields: Mapping[str, Any], blob: bytes) -> tuple[int, Group]:
    """How many steps there were, and the arrays at the end. Raises as `unpack_step`."""
    return int(fields["steps"]), _groups(fields, ("arrays",), blob)[0]


def unpack_sketches(fields: Mapping[str, Any], blob: bytes) -> Any:
    """Rows of sketches, (steps, columns). Raises as `unpack_step`."""
    import numpy as np

    rows, columns = int(fields["rows"]), int(fields["columns"])
    return np.frombuffer(blob, dtype="<f8").reshape((rows, columns))


def _groups(fields: Mapping[str, Any], names: tuple[str, ...], blob: bytes) -> list[Group]:
    groups: list[Group] = []
    position = 0
    for group in names:
        found: Group = {}
        for item in fields[group]:
            name, size, bad = str(item["name"]), int(item["size"]), str(item["bad"])
            if bad:
                found[name] = Observed(name, None, bad=bad)
                continue
            if size < 0:
                raise ValueError(size)
            found[name] = _array(name, item, blob[position : position + size])
            position += size
        groups.append(found)
    return groups


def _array(name: str, item: Mapping[str, Any], data: bytes) -> Observed:
    import numpy as np

    if item["dtype"] not in _DTYPES:
        raise ValueError(item["dtype"])
    dtype = np.dtype(item["dtype"])
    shape = [int(length) for length in item["shape"]]
    values = np.frombuffer(data, dtype=dtype).reshape(shape).astype(np.float64)
    return Observed(name, values, dtype.itemsize if dtype.kind == "f" else 8)
