"""Arrays and tensors into plain numbers that the judge can read without trusting anything.

`numpy` and `torch` are imported by the harness before the learner's code and kept by reference, with the
functions that are needed later: a learner who replaces `np.array` changes nothing here.
"""

from __future__ import annotations

import sys
from typing import Any

LARGEST_BYTES = 16 << 20


class Snapshot:
    """A copy of one array as it was, or the type of what was there instead."""

    def __init__(self, array: Any, bad: str = "") -> None:
        self.array = array
        self.bad = bad
        """The type of a value that is no array of numbers, else empty."""

    @property
    def data(self) -> bytes:
        """The numbers, little-endian, row by row."""
        return b"" if self.bad else bytes(self.array.tobytes())

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
        self._array: Any = getattr(self.numpy, "array", None)
        self._count: Any = getattr(self.numpy, "count_nonzero", None)

    def copy(self, value: Any) -> Snapshot:
        """What `value` holds now. A list of numbers counts as an array; None or an object does not."""
        try:
            return self._copy(value)
        except Exception:  # refused by NumPy, or a hostile object
            return Snapshot(None, bad=type(value).__name__)

    def changed(self, value: Any, old: Snapshot) -> float:
        """The share of entries that differ from an earlier copy; 1 where the two cannot be compared."""
        new = self.copy(value)
        if new.bad or old.bad or new.array.shape != old.array.shape:
            return 1.0
        different = int(self._count(new.array != old.array))
        return different / max(1, int(new.array.size))

    def is_zero(self, snapshot: Snapshot) -> bool:
        """Whether there is nothing in it but zeros."""
        return not snapshot.bad and not self._count(snapshot.array)

    def _copy(self, value: Any) -> Snapshot:
        if self._array is None:
            return Snapshot(None, bad=type(value).__name__)
        if self._tensor is not None and isinstance(value, self._tensor):
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
