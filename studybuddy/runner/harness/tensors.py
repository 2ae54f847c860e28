"""The judge's own network in torch: its gradients by autograd, and a training run beside a learner's.

Nothing of the learner's runs here, but their arrays are as large or strange as they like, so this is a child
with the limits of any other.
"""

from __future__ import annotations

import sys
from binascii import a2b_base64
from collections.abc import Callable
from typing import Any

from studybuddy.runner.harness.sketches import MOST_ROWS, Sketcher

Answer = tuple[dict[str, Any], bytes]
"""Fields and blob of a message."""


def answer(request: dict[str, Any]) -> Answer:
    """Do what a request asks for: `gradients` or `training`. Without torch the answer says so."""
    torch, numpy = sys.modules.get("torch"), sys.modules.get("numpy")
    if torch is None or numpy is None:
        return {"absent": True}, b""
    torch.set_num_threads(1)
    arrays = [_array(item, numpy) for item in request["arrays"]]
    network = NETWORKS[request["rule"]]
    if request["task"] == "gradients":
        return _gradients(torch, network, arrays)
    return _training(torch, numpy, network, arrays, request)


def _array(item: dict[str, Any], numpy: Any) -> Any:
    data = a2b_base64(item["data"])
    return numpy.frombuffer(data, dtype=item["dtype"]).reshape(item["shape"]).copy()


def _two_layer_relu(relu: Callable[[Any], Any], x: Any, y: Any, w1: Any, w2: Any) -> Any:
    """L = Σ (relu(x w1) w2 - y)²."""
    return (relu(x @ w1) @ w2 - y).pow(2).sum()


NETWORKS: dict[str, Callable[..., Any]] = {"two-layer-relu": _two_layer_relu}
"""The losses by the name of the rule; the last two arrays are the weights."""


def _clamp(values: Any) -> Any:
    """The ReLU of the lesson, whose slope at 0 is 1."""
    return values.clamp(min=0)


def _gradients(torch: Any, network: Callable[..., Any], arrays: list[Any]) -> Answer:
    """Both gradients, for the two slopes that the ReLU may have at 0."""
    tensors = [torch.from_numpy(array.astype("f8")) for array in arrays]
    weights = [tensor.requires_grad_(True) for tensor in tensors[2:]]
    blobs = []
    for relu in (_clamp, torch.relu):
        for weight in weights:
            weight.grad = None
        network(relu, *tensors).backward()
        blobs += [weight.grad.numpy().tobytes() for weight in weights]
    return {"answers": len(blobs) // len(weights)}, b"".join(blobs)


def _training(
    torch: Any, numpy: Any, network: Callable[..., Any], arrays: list[Any], request: dict[str, Any]
) -> Answer:
    """Two runs, the second from weights one unit in the last place away: how far may rounding lead?"""
    steps, rates = min(int(request["steps"]), MOST_ROWS), [float(rate) for rate in request["rates"]]
    up = numpy.array(numpy.inf, dtype=arrays[2].dtype)
    moved = [*arrays[:2], *(numpy.nextafter(weight, up.astype(weight.dtype)) for weight in arrays[2:])]
    sketcher = Sketcher(numpy)
    rows = [_run(torch, network, start, rates, steps, sketcher) for start in (arrays, moved)]
    data = numpy.array(rows, dtype="<f8")  # (2, steps, columns)
    return {"rows": data.shape[1], "columns": data.shape[2] if data.ndim == 3 else 0}, data.tobytes()


def _run(
    torch: Any,
    network: Callable[..., Any],
    arrays: list[Any],
    rates: list[float],
    steps: int,
    sketcher: Sketcher,
) -> list[list[float]]:
    """A row for each step: the loss before the update, sketches of the weights after it, of the gradients."""
    tensors = [torch.from_numpy(array.copy()) for array in arrays]
    weights = [tensor.requires_grad_(True) for tensor in tensors[2:]]
    rows = []
    for _ in range(steps):
        loss = network(_clamp, *tensors)
        loss.backward()
        gradients = [weight.grad.numpy() for weight in weights]
        with torch.no_grad():
            for weight, rate in zip(weights, rates):  # noqa: B905 - as many rates as weights
                weight -= rate * weight.grad
        present = [weight.detach().numpy() for weight in weights]
        sketches = [number for array in (*present, *gradients) for number in sketcher.sketch(array)]
        rows.append([float(loss.detach()), *sketches])
        for weight in weights:
            weight.grad = None
    return rows
