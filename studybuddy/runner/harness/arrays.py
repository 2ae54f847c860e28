"""Arrays and tensors into plain numbers that the judge can read without trusting anything.

`numpy` and `torch` are imported by the harness before the learner's code and kept by reference, with the
functions that are needed later: a learner who replaces `np.array` changes nothing here.
"""

from __future__ import annotations

import sys
from typing import Any

LARGEST_BYTES = 16 << 20
GLANCE = 128
"""Entries that a glance keeps of an array: whole copies at each step would take half the time of the loop."""


class Snapshot:
    """A copy of one array as it was, or the type of what was there instead."""

    def __init__(self, array: Any, bad: str = "", stride: int = 0) -> None:
        self.array = array
        self.bad = bad
        """The type of a value that is no array of numbers, else empty."""
        self.stride = stride
        """0 for a whole copy; else only each so-manieth entry was kept."""

    @property
    def data(self) -> memoryview:
        """The numbers, little-endian, row by row, as single bytes."""
        return memoryview(b"") if self.bad else memoryview(self.array.reshape(-1).view("u1"))

    def fields(self, name: str) -> dict[str, Any]:
        """What a message says of it; the bytes travel in the blob, in the same order."""
        return {
            "name": name,
            "dtype": "" if self.bad else self.array.dtype.str,
            "shape": [] if self.bad else list(self.array.shape),
            "size": 0 if self.bad else self.array.nbytes,
            "bad": self.bad,
        }


class Copier:
    """Copies arrays with the NumPy and torch that were there before the learner's code."""

    def __init__(self) -> None:
        self.numpy: Any = sys.modules.get("numpy")
        torch = sys.modules.get("torch")
        self._tensor: Any = getattr(torch, "Tensor", None)
        self._kind: Any = getattr(self.numpy, "ndarray", None)
        self._array: Any = getattr(self.numpy, "array", None)
        self._count: Any = getattr(self.numpy, "count_nonzero", None)

    def copy(self, value: Any) -> Snapshot:
        """What `value` holds now. A list of numbers counts as an array; None or an object does not."""
        try:
            return self._copy(value)
        except Exception:  # refused by NumPy, or a hostile object
            return Snapshot(None, bad=type(value).__name__)

    def glance(self, value: Any) -> Snapshot:
        """A copy of at most about `GLANCE` entries, evenly spread; of small arrays a whole one."""
        plain = value
        if type(value) is not self._kind and self._is_tensor(value):
            try:
                plain = self._from_torch(value)
            except Exception:  # hostile or empty: copying says what is wrong with it
                plain = value
        if type(plain) is not self._kind or plain.size <= GLANCE or plain.dtype.kind not in "fiub":
            return self.copy(plain)
        stride = plain.size // GLANCE
        return Snapshot(plain.flat[::stride], stride=stride)

    def _is_tensor(self, value: Any) -> bool:
        return self._tensor is not None and isinstance(value, self._tensor)

    def changed(self, value: Any, old: Snapshot) -> float:
        """The share of entries that differ from an earlier copy; 1 where the two cannot be compared."""
        new = self.glance(value) if old.stride else self.copy(value)
        if new.bad or old.bad or new.array.shape != old.array.shape:
            return 1.0
        different = int(self._count(new.array != old.array))
        return different / max(1, int(new.array.size))

    def is_zero(self, value: Any, snapshot: Snapshot) -> bool:
        """Whether there is nothing in `value` but zeros; `snapshot` was taken of it just now."""
        if snapshot.bad or self._count(snapshot.array):
            return False
        return not snapshot.stride or not self._count(value)

    def _copy(self, value: Any) -> Snapshot:
        if self._array is None:
            return Snapshot(None, bad=type(value).__name__)
        if self._is_tensor(value):
            value = self._from_torch(value)
        array = self._array(value, copy=True, subok=False, order="C")
        if array.dtype.kind not in "fiub" or array.dtype.itemsize > 8 or array.nbytes > LARGEST_BYTES:
            return Snapshot(None, bad=f"{type(value).__name__}[{array.dtype}]")
        return Snapshot(array.astype(array.dtype.newbyteorder("<"), copy=False))

    @staticmethod
    def _from_torch(tensor: Any) -> Any:
        plain = tensor.detach().cpu()
        try:
            return plain.numpy()
        except TypeError:  # bfloat16 has no NumPy twin
            return plain.float().numpy()
