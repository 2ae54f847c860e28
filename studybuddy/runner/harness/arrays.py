"""Arrays and tensors into plain numbers that the judge can read without trusting anything.

`numpy` and `torch` are imported by the harness before the learner's code and kept by reference.
"""

from __future__ import annotations

import sys
from typing import Any

LARGEST_BYTES = 16 << 20


class Snapshot:
    """A copy of one array as it was: `dtype` (little-endian, NumPy's notation), `shape` and bytes."""

    def __init__(self, dtype: str, shape: tuple[int, ...], data: bytes, bad: str = "") -> None:
        self.dtype = dtype
        self.shape = shape
        self.data = data
        self.bad = bad
        """The type of a value that is no array of numbers, else empty."""

    def fields(self, name: str) -> dict[str, Any]:
        """What a message says of it; the bytes travel in the blob, in the same order."""
        return {
            "name": name,
            "dtype": self.dtype,
            "shape": list(self.shape),
            "size": len(self.data),
            "bad": self.bad,
        }


class Copier:
    """Copies arrays with the NumPy and torch that were there before the learner's code."""

    def __init__(self) -> None:
        self.numpy: Any = sys.modules.get("numpy")
        torch = sys.modules.get("torch")
        self._tensor: Any = getattr(torch, "Tensor", None)

    def copy(self, value: Any) -> Snapshot:
        """What `value` holds now. A list of numbers counts as an array; None or an object does not."""
        try:
            return self._copy(value)
        except Exception:  # refused by NumPy, or a hostile object
            return Snapshot("", (), b"", bad=type(value).__name__)

    def _copy(self, value: Any) -> Snapshot:
        np = self.numpy
        if np is None:
            return Snapshot("", (), b"", bad=type(value).__name__)
        if self._tensor is not None and isinstance(value, self._tensor):
            value = self._from_torch(value)
        array = np.array(value, copy=True, subok=False, order="C")
        if array.dtype.kind not in "fiub" or array.dtype.itemsize > 8 or array.nbytes > LARGEST_BYTES:
            return Snapshot("", array.shape, b"", bad=f"{type(value).__name__}[{array.dtype}]")
        array = array.astype(array.dtype.newbyteorder("<"), copy=False)
        return Snapshot(array.dtype.str, array.shape, array.tobytes())

    @staticmethod
    def _from_torch(tensor: Any) -> Any:
        plain = tensor.detach().cpu()
        try:
            return plain.numpy()
        except TypeError:  # bfloat16 has no NumPy twin
            return plain.float().numpy()
