"""Arguments into Python values, results into tagged JSON.

A result is told apart by its exact type: True is not 1, and an object that claims to equal everything is
named, not asked. Tags (`t`): `none`, `bool`, `int` and `float` (hexadecimal, so that nothing is rounded),
`str`, `list`, `tuple`, `array` (bytes in hexadecimal, row by row), `tree`, `endless` and `other`.
"""

from __future__ import annotations

from typing import Any

from studybuddy.runner.harness.trees import TreeNode, chain, grow, level_order

MOST_ITEMS = 100_000
DEEPEST = 64
LONGEST_TEXT = 100_000
MOST_BITS = 10_000
"""Python refuses to write integers of more than 4300 digits."""
_NULLS = (None, "null")
_name_of = vars(type)["__name__"].__get__

Encoded = dict[str, Any]


def decode(values: list[Any], kinds: list[str], numpy: Any = None) -> tuple[list[Any], list[list[TreeNode]]]:
    """Fresh arguments from their JSON form, and the nodes of each tree among them, to be felled later."""
    arguments: list[Any] = []
    forests: list[list[TreeNode]] = []
    for position, value in enumerate(values):
        kind = kinds[position] if position < len(kinds) else ""
        if kind == "tree":
            nodes = _tree(value)
            forests.append(nodes)
            arguments.append(nodes[0] if nodes else None)
        elif kind == "node":
            arguments.append(_node(value, forests))
        elif kind == "float" and isinstance(value, int):
            arguments.append(float(value))
        elif kind == "array":
            arguments.append(_array(value, numpy))
        else:
            arguments.append(value)
    return arguments, forests


def _tree(value: Any) -> list[TreeNode]:
    if isinstance(value, dict):
        return chain(int(value["chain"]), str(value.get("side", "left")))
    return grow([None if item in _NULLS else item for item in value or ()])


def _node(value: Any, forests: list[list[TreeNode]]) -> TreeNode | None:
    """The node of the first tree among the arguments that bears a value; the highest, from the left."""
    return next((node for nodes in forests[:1] for node in nodes if node.val == value), None)


def _array(value: Any, numpy: Any) -> Any:
    """An array of a nested list: float64 or int64, as its numbers are, unless a dtype is named."""
    if isinstance(value, dict):
        return numpy.array(value["array"], dtype=value["dtype"])
    return numpy.array(value)


def encode(value: Any, returns: str, numpy: Any) -> Encoded:
    """The tagged form of a result. `numpy`: the module, or None where it is not loaded."""
    try:
        if returns == "tree":
            return _encode_tree(value, numpy)
        return _Encoder(numpy).encode(value, 0)
    except BaseException:  # a hostile object; whatever it is, it is no answer
        return {"t": "other", "type": type_name(type(value)), "text": ""}


def _encode_tree(value: Any, numpy: Any) -> Encoded:
    if value is None:
        return {"t": "tree", "v": []}
    if not (hasattr(value, "val") and hasattr(value, "left") and hasattr(value, "right")):
        return _Encoder(numpy).encode(value, 0)
    values = level_order(value)
    if values is None:
        return {"t": "endless", "type": type_name(type(value))}
    encoder = _Encoder(numpy)
    return {"t": "tree", "v": [encoder.encode(item, DEEPEST) for item in values]}


class _Encoder:
    def __init__(self, numpy: Any) -> None:
        self._numpy = numpy
        self._items = 0

    def encode(self, value: Any, depth: int) -> Encoded:
        kind = type(value)
        if value is None:
            return {"t": "none"}
        if kind is bool:
            return {"t": "bool", "v": value}
        if kind is int:
            too_large = value.bit_length() > MOST_BITS
            return {"t": "endless", "type": "int"} if too_large else {"t": "int", "v": format(value, "x")}
        if kind is float:
            return {"t": "float", "v": value.hex()}
        if kind is str:
            return {"t": "str", "v": value[:LONGEST_TEXT], "n": len(value)}
        if (kind is list or kind is tuple) and depth < DEEPEST:
            return self._sequence("list" if kind is list else "tuple", value, depth)
        return self._from_numpy(value, depth) or {
            "t": "other",
            "type": type_name(kind),
            "text": _repr(value),
        }

    def _sequence(self, tag: str, values: Any, depth: int) -> Encoded:
        self._items += len(values)
        if self._items > MOST_ITEMS:
            return {"t": "endless", "type": tag}
        return {"t": tag, "v": [self.encode(item, depth + 1) for item in values]}

    def _from_numpy(self, value: Any, depth: int) -> Encoded | None:
        np, kind = self._numpy, type(value)
        if np is None or kind.__module__ != "numpy":
            return None
        if kind is np.ndarray and value.dtype.kind in "fiub" and value.dtype.itemsize <= 8:
            self._items += value.size
            if self._items > MOST_ITEMS:
                return {"t": "endless", "type": "array"}
            return {
                "t": "array",
                "dtype": value.dtype.newbyteorder("<").str,
                "shape": list(value.shape),
                "v": value.astype(value.dtype.newbyteorder("<")).tobytes().hex(),
            }
        if kind is np.bool_ or kind is np.float64 or issubclass(kind, np.integer):
            return self.encode(value.item(), depth)
        return None


def _repr(value: Any) -> str:
    try:
        text = repr(value)
        return text[:1000] if type(text) is str else ""
    except BaseException:
        return ""


def type_name(kind: type) -> str:
    """The name of a type, past any metaclass that would answer for it."""
    name = _name_of(kind)
    return name if type(name) is str else "object"
