"""Keywords and types of NumPy and PyTorch: which function takes which, and which keep the digits."""

from __future__ import annotations

import ast
import re

_FLOAT = re.compile(r"^(?:\w+\.)?(?:float(?:32|64)?|double)$")
"""Types that keep the digits."""
TYPE = re.compile(
    r"^(?:\w+\.)?(?:float|double|half|single|int|uint|long|short|byte|bool)\w*$|^\w+\.dtype$|^'\w+'$"
)
"""What types are called."""
_AXIS = frozenset({"axis", "dim"})
_SUMMED = _AXIS | {"keepdims", "keepdim", "dtype"}
_MADE = frozenset({"dtype", "device"})
_KEYWORDS = {
    **dict.fromkeys(("sum", "mean", "max", "amax"), _SUMMED),
    "softmax": _AXIS | {"dtype"},
    **dict.fromkeys(("expand_dims", "unsqueeze", "size", "squeeze"), _AXIS),
    "transpose": frozenset({"axes"}),
    "tensordot": frozenset({"axes"}),
    "einsum": frozenset({"optimize"}),
    **dict.fromkeys(("clamp", "clip", "clamp_min"), frozenset({"min", "a_min"})),
    "relu": frozenset({"inplace"}),
    **dict.fromkeys(("ones", "zeros", "eye", "identity", "ones_like", "zeros_like"), _MADE),
    **dict.fromkeys(("array", "asarray", "tensor", "astype", "to"), _MADE),
    **dict.fromkeys(
        ("multiply", "add", "subtract", "divide", "true_divide", "power", "square", "matmul", "exp", "log"),
        frozenset({"dtype"}),
    ),
}
"""Keywords that are read, or that change nothing. Any other is refused: it may change everything."""


def readable(node: ast.Call, name: str) -> bool:
    """Whether a function is called with no keyword but its own, none twice, and no type that cuts digits."""
    given = [keyword.arg for keyword in node.keywords]
    if not set(given) <= _KEYWORDS.get(name, frozenset()):
        return False
    if len(_AXIS.intersection(given)) > 1 or {"keepdims", "keepdim"} <= set(given):
        return False
    return all(
        keyword.arg != "dtype" or _FLOAT.search(ast.unparse(keyword.value)) for keyword in node.keywords
    )
