"""What the shape x-ray says of a value: its shape and type, or a short text, and never by asking the value.

Only exact types are described. Shapes are read through descriptors that are written in C, so that no class of
the learner's is asked for anything, neither by attribute nor by `repr`.
"""

from __future__ import annotations

import sys
from types import GetSetDescriptorType, ModuleType
from typing import Any

from studybuddy.runner.harness.values import type_name

LONGEST_TEXT = 24
MOST_ITEMS = 6
MOST_BITS = 60
_mro_of = vars(type)["__mro__"].__get__
_names_of = vars(type)["__dict__"].__get__
_float_text = float.__format__
_KINDS = {"f": "float", "i": "int", "u": "uint", "c": "complex", "b": "bool", "O": "object", "U": "str"}

Described = dict[str, Any]


class Describer:
    """Describes values with the NumPy and torch that the program has loaded, if it has."""

    def __init__(self) -> None:
        self._array: Any = None
        self._scalars: tuple[Any, ...] = ()
        self._tensors: tuple[Any, ...] = ()
        self._size: Any = None
        self._array_shape: Any = None
        self._array_dtype: Any = None
        self._item: Any = None
        self._tensor_shape: Any = None
        self._tensor_dtype: Any = None

    def describe(self, value: Any) -> Described:
        """Of an array `s`, its shape, and `d`, its type (`t`: of torch); else `x`, a text, or `o`, a type."""
        kind = type(value)
        if value is None or value is ... or kind is bool:
            return {"x": "..." if value is ... else str(value)}
        if kind is int:
            small = value.bit_length() <= MOST_BITS
            return {"x": str(value), "i": value} if small else {"x": "int"}
        if kind is float:
            return {"x": _float_text(value, ".6g")}
        if kind is str:
            shown = value[:LONGEST_TEXT]
            return {"x": "'" + shown + ("…'" if len(value) > LONGEST_TEXT else "'")}
        if kind is tuple or kind is list:
            return {"x": self._items(value, kind is tuple)}
        return self._from_packages(value, kind)

    def _items(self, values: Any, closed: bool) -> str:
        left, right = ("(", ")") if closed else ("[", "]")
        if not all(type(item) is int and item.bit_length() <= MOST_BITS for item in values[:MOST_ITEMS]):
            return f"{'tuple' if closed else 'list'} × {len(values)}"
        shown = ", ".join([str(item) for item in values[:MOST_ITEMS]])
        more = ", …" if len(values) > MOST_ITEMS else "," if closed and len(values) == 1 else ""
        return left + shown + more + right

    def _from_packages(self, value: Any, kind: Any) -> Described:
        if self._array is None:
            self._load_numpy()
        if kind is self._array and kind is not None:
            return {"s": list(self._array_shape(value)), "d": _dtype(self._array_dtype(value))}
        for scalar in self._scalars:
            if kind is scalar:
                return self.describe(self._item(value))
        if not self._tensors:
            self._load_torch()
        for tensor in self._tensors:
            if kind is tensor:
                dtype = str(self._tensor_dtype(value)).removeprefix("torch.")
                return {"s": list(self._tensor_shape(value)), "d": dtype, "t": True}
        if kind is self._size and kind is not None:
            return {"x": self._items(tuple(tuple.__iter__(value)), closed=True)}
        return {"o": type_name(kind)[:LONGEST_TEXT]}

    def _load_numpy(self) -> None:
        held = _module("numpy")
        shape, dtype = _getter(held.get("ndarray"), "shape"), _getter(held.get("ndarray"), "dtype")
        generic = held.get("generic")
        if shape is None or dtype is None or type(generic) is not type:
            return
        self._array, self._array_shape, self._array_dtype = held["ndarray"], shape, dtype
        names = ("float64", "float32", "int64", "int32", "bool_")
        self._scalars = tuple([held[name] for name in names if type(held.get(name)) is type])
        self._item = _names_of(generic)["item"]

    def _load_torch(self) -> None:
        held = _module("torch")
        tensor = held.get("Tensor")
        shape, dtype = _getter(tensor, "shape"), _getter(tensor, "dtype")
        if shape is None or dtype is None:
            return
        parameter = _module("torch.nn.parameter").get("Parameter")
        self._tensors = (tensor, tensor if parameter is None else parameter)
        self._tensor_shape, self._tensor_dtype = shape, dtype
        self._size = held.get("Size")


def _module(name: str) -> dict[str, Any]:
    """What a module holds; nothing where it is not loaded, or where something else bears its name."""
    found = sys.modules.get(name)
    return vars(found) if type(found) is ModuleType else {}


def _getter(kind: Any, name: str) -> Any:
    """The function in C that reads an attribute of exactly this class; None if the class is no such one."""
    try:
        for owner in _mro_of(kind):
            found = _names_of(owner).get(name)
            if found is not None:
                return found.__get__ if type(found) is GetSetDescriptorType else None
    except TypeError:  # not a class
        return None
    return None


def _dtype(dtype: Any) -> str:
    kind = _KINDS.get(dtype.kind, "void")
    return f"{kind}{dtype.itemsize * 8}" if kind in ("float", "int", "uint", "complex") else kind
