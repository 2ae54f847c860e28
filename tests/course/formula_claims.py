r"""What the formulas of S3W10D1 and of the drills claim, and how each claim is proved.

A formula that is new, or was changed, is in no table here: `test_formulas_true` fails until its author says
what it claims. `EQUAL` and `RESULTS` go through the checker, in the setting that they name; `FIGURES` are
worked out with NumPy; `GIVEN` only says what something is.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from studybuddy.derivation.exercise import Declaration

SCALAR = Declaration({"w": (), "x": ()}, {"z": "w x", "L": r"\tanh(z) + z"})
LINEAR = Declaration(
    {"X": ("N", "D"), "W": ("D", "M"), "b": ("M",), "delta_Z": ("N", "M")},
    {"Z": r"X W + \mathbf{1} b^\top", "L": r"\sum_i \sum_j (\delta_Z)_{ij} Z_{ij}"},
    upstream="delta_Z",
)
PLAIN = Declaration(
    {"X": ("N", "D"), "W": ("D", "M"), "delta_Z": ("N", "M")},
    {"Z": "X W", "L": r"\sum_i \sum_j (\delta_Z)_{ij} Z_{ij}"},
    upstream="delta_Z",
)
ACTIVATION = Declaration(
    {"Z": ("N", "M"), "delta_A": ("N", "M")},
    {"A": r"\sigma(Z)", "L": r"\sum_i \sum_j (\delta_A)_{ij} A_{ij}"},
)
NETWORK = Declaration(
    {"X": ("N", "D"), "W_1": ("D", "H"), "W_2": ("H", "M"), "Y": ("N", "M")},
    {
        "Z_1": "X W_1",
        "A": r"\operatorname{ReLU}(Z_1)",
        "P": "A W_2",
        "L": r"\sum_{i=1}^{N} \sum_{j=1}^{M} (P_{ij} - Y_{ij})^2",
    },
)
"""The network of section 2, with P for the hatted Y."""
PRODUCT = Declaration({"A": ("K", "N"), "B": ("N", "M")}, {}, batch="N")
ELEMENT = Declaration({"z": ()}, {})
SOFTMAX = Declaration({"z": ("C",)}, {"p": r"\operatorname{softmax}(z)"}, batch="C")
TWO_LAYERS = Declaration(
    {"X": ("N", "D"), "W_1": ("D", "H"), "W_2": ("H", "M"), "delta_Z": ("N", "M")},
    {
        "H_1": "X W_1",
        "A": r"\operatorname{ReLU}(H_1)",
        "Z": "A W_2",
        "L": r"\sum_i \sum_j (\delta_Z)_{ij} Z_{ij}",
    },
)
ATTENTION = Declaration(
    {"A": ("N", "K"), "V": ("K", "E"), "delta_O": ("N", "E")},
    {"O": "A V", "L": r"\sum_i \sum_e (\delta_O)_{ie} O_{ie}"},
)

NEW_NAMES = (
    (r"\delta_{\hat{Y}}", r"\delta_P"),
    (r"\hat{Y}", "P"),
    ("{D_{out}}", "M"),
    (r"\,", " "),
    (r"^{\prime}", "'"),
)
"""How a formula of the lesson is written in these settings."""

EQUAL: dict[str, Declaration] = {
    r"\frac{\partial L}{\partial w} = "
    r"\frac{\partial L}{\partial z} \cdot \frac{\partial z}{\partial w}": SCALAR,
    r"\frac{\partial L}{\partial W_{kj}} = \sum_{i} \sum_{l} \frac{\partial L}{\partial Z_{il}} "
    r"\frac{\partial Z_{il}}{\partial W_{kj}}": LINEAR,
    r"\frac{\partial L}{\partial W_{kj}} = \sum_{i=1}^{N} \frac{\partial L}{\partial Z_{ij}} "
    r"\frac{\partial Z_{ij}}{\partial W_{kj}}": LINEAR,
    r"Z_{ij} = \sum_{r=1}^{D} X_{ir} W_{rj}": PLAIN,
    r"Z_{ij} = \sum_{r} X_{ir} W_{rj}": PLAIN,
    r"Z_{il} = \sum_{r} X_{ir} W_{rl}": PLAIN,
    r"\delta_Z = \frac{\partial L}{\partial Z}": LINEAR,
    r"\delta_A = \frac{\partial L}{\partial A}": ACTIVATION,
    r"\frac{\partial L}{\partial W} = X^\top \delta_Z": LINEAR,
    r"\frac{\partial Z_{ij}}{\partial W_{kj}} = X_{ik}": LINEAR,
    r"\frac{\partial Z_{il}}{\partial W_{kj}} = X_{ik}\,\delta_{lj}": LINEAR,
    r"\frac{\partial L}{\partial W_{kj}} = \sum_{i=1}^{N} X_{ik} (\delta_Z)_{ij}": LINEAR,
    r"(AB)_{kj} = \sum_i A_{ki} B_{ij}": PRODUCT,
    r"X_{ik} = (X^\top)_{ki}": LINEAR,
    r"\frac{\partial L}{\partial X} = \delta_Z W^\top": LINEAR,
    r"\frac{\partial L}{\partial X_{ik}} = \sum_{j=1}^{M} (\delta_Z)_{ij} W_{kj}": LINEAR,
    r"\frac{\partial L}{\partial b_j} = \sum_{i=1}^{N} (\delta_Z)_{ij}": LINEAR,
    r"L = \sum_{i=1}^{N} \sum_{j=1}^{D_{out}} (\hat{Y}_{ij} - Y_{ij})^2": NETWORK,
    r"\delta_{\hat{Y}} = 2(\hat{Y} - Y)": NETWORK,
    r"\frac{\partial L}{\partial W_2} = A^\top \delta_{\hat{Y}}": NETWORK,
    r"\frac{\partial \hat{Y}_{il}}{\partial (W_2)_{kj}} = A_{ik}": NETWORK,
    r"\delta_A = \delta_{\hat{Y}} W_2^\top": NETWORK,
    r"\delta_{Z_1} = \delta_A \odot \mathbf{1}[Z_1 > 0]": NETWORK,
    r"\frac{\partial L}{\partial W_1} = X^\top \delta_{Z_1}": NETWORK,
    r"\frac{\partial L}{\partial W_{kj}} = \sum_i A_{ik} (\delta_{\hat{Y}})_{ij}": NETWORK,
    r"\sigma(z) = \frac{1}{1 + e^{-z}}": ELEMENT,
    r"\sigma^{\prime}(z) = \sigma(z)(1 - \sigma(z))": ELEMENT,
    r"\log p_k = z_k - \log \sum_c e^{z_c}": SOFTMAX,
    r"\frac{\partial \log p_k}{\partial z_j} = \delta_{kj} - p_j": SOFTMAX,
    r"\delta_A = \delta_Z W_2^\top": TWO_LAYERS,
    r"O_{ie} = \sum_k A_{ik} V_{ke}": ATTENTION,
    r"\frac{\partial O_{ie}}{\partial V_{ke}} = A_{ik}": ATTENTION,
    r"\frac{\partial O_{ie}}{\partial A_{ij}} = V_{je}": ATTENTION,
}
"""Every side has the same value in every world."""

RESULTS: dict[str, tuple[Declaration, str]] = {
    r"X^\top \delta_Z": (LINEAR, r"\frac{\partial L}{\partial W}"),
    r"\delta_Z W^\top": (LINEAR, r"\frac{\partial L}{\partial X}"),
    r"\delta_A \odot \sigma'(Z)": (ACTIVATION, r"\frac{\partial L}{\partial Z}"),
    r"\mathbf{1}^\top \delta_Z": (LINEAR, r"\frac{\partial L}{\partial b}"),
    r"(X^\top \delta_Z)_{kj}": (LINEAR, r"\frac{\partial L}{\partial W_{kj}}"),
    r"\sum_{i} X_{ik} (\delta_Z)_{ij}": (LINEAR, r"\frac{\partial L}{\partial W_{kj}}"),
    r"\sum_i X_{ik} (\delta_Z)_{ij}": (LINEAR, r"\frac{\partial L}{\partial W_{kj}}"),
    r"\sum_{i} (\delta_Z)_{ij}": (LINEAR, r"\frac{\partial L}{\partial b_j}"),
    r"X_{ik} \delta_{lj}": (LINEAR, r"\frac{\partial Z_{il}}{\partial W_{kj}}"),
}
"""What the text around a formula says it is."""

PROVED_AS_CARDS = frozenset(
    {
        r"\delta_A \odot \mathbf{1}[Z > 0]",
        r"\delta_A \odot A \odot (1 - A)",
        r"\frac{2}{N} (Z - Y)",
        r"\frac{1}{N} (P - Y)",
        r"p_i (\delta_{ij} - p_j)",
        r"A^\top \delta_Z",
        r"X^\top \left( (\delta_Z W_2^\top) \odot \mathbf{1}[H_1 > 0] \right)",
        r"A^\top \delta_O",
        r"\delta_O V^\top",
    }
)
"""Backs of cards about drills: `lint` proves each against its step."""

GIVEN = frozenset(
    {
        r"Y = f_n(\cdots f_2(f_1(X)) \cdots)",
        "z = wx",
        "Z = XW",
        "Z = XW + b",
        r"A = \sigma(Z)",
        r"W \leftarrow W - \eta \frac{\partial L}{\partial W}",
        "N = D = M",
        r"\odot",
        "l = j",
        r"l \neq j",
        "r = k",
        "N = 2",
        "D = 2",
        "M = 1",
        r"X = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}, \quad W = \begin{pmatrix} 5 \\ 6 \end{pmatrix}, "
        r"\quad \delta_Z = \begin{pmatrix} 1 \\ -1 \end{pmatrix}",
        r"X \in \mathbb{R}^{N \times D}",
        r"W \in \mathbb{R}^{D \times M}",
        r"Z \in \mathbb{R}^{N \times M}",
        r"X = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}",
        r"\delta_Z = \begin{pmatrix} 1 \\ -1 \end{pmatrix}",
        r"L = \sum (p - y)^2",
        "N = 64",
        "D_{out} = 10",
        "D_{in} = 1000",
        "h = w_1 x",
        r"a = \max(h, 0)",
        "p = w_2 a",
        "L = (p - y)^2",
        "x = 2",
        "w_1 = 3",
        "w_2 = -1",
        "y = 1",
        "h = xW",
        r"A = \operatorname{ReLU}(Z)",
        r"L = \frac{1}{N} \sum_i \sum_j (Z_{ij} - Y_{ij})^2",
        r"P = \operatorname{softmax}(Z)",
        r"L = -\frac{1}{N} \sum_i \sum_j Y_{ij} \log P_{ij}",
        r"p = \operatorname{softmax}(z)",
        "H_1 = X W_1",
        r"A = \operatorname{ReLU}(H_1)",
        "Z = A W_2",
        r"A = \operatorname{softmax}\left(\frac{Q K^\top}{\sqrt{D}}\right)",
        "O = A V",
        r"\delta_O = \frac{\partial L}{\partial O}",
        r"S = \frac{Q K^\top}{\sqrt{D}}",
        r"A = \operatorname{softmax}(S)",
        "Z_{ij} > 0",
        "Z_{ij} < 0",
        "Z < 0",
        r"\mathbf{1}[H_1 > 0]",
        r"\sum_k y_k = 1",
        r"i \ne j",
        "i = j",
        # the four products of one shape that a thinking question tells apart, proved to differ below
        r"X^\top\delta",
        r"X\delta",
        r"\delta X",
        r"\delta^\top X",
        r"\sum Y^2",
    }
)
"""What is defined, chosen or only named."""


def _small() -> dict[str, Any]:
    import numpy as np

    x, w, delta = np.array([[1, 2], [3, 4]]), np.array([[5], [6]]), np.array([[1], [-1]])
    return {"x": x, "w": w, "delta": delta}


def _small_gradient(row: int, terms: list[int]) -> bool:
    """An entry of XᵀδZ, its terms as the text has them."""
    given = _small()
    products = [int(given["x"][i, row] * given["delta"][i, 0]) for i in range(2)]
    return products == terms and sum(products) == int((given["x"].T @ given["delta"])[row, 0]) == -2


def _small_product() -> bool:
    given = _small()
    transposed = given["x"].T
    result = transposed @ given["delta"]
    return bool(transposed.tolist() == [[1, 3], [2, 4]] and result.tolist() == [[-2], [-2]])


def _small_others() -> bool:
    given = _small()
    back = given["delta"] @ given["w"].T
    return bool(back.tolist() == [[5, 6], [-5, -6]] and not given["delta"].sum())


def _outer_products() -> bool:
    """The sum of outer products of rows is the matrix product."""
    import numpy as np

    chance = np.random.default_rng(0)
    x, delta = chance.standard_normal((4, 3)), chance.standard_normal((4, 2))
    return bool(np.allclose(sum(x[i][None].T @ delta[i][None] for i in range(4)), x.T @ delta))


def _dead_network() -> dict[str, Any]:
    """The two-layer network with all weights 0."""
    import numpy as np

    chance = np.random.default_rng(0)
    x, y = chance.standard_normal((5, 4)), chance.standard_normal((5, 2))
    w1, w2 = np.zeros((4, 3)), np.zeros((3, 2))
    h = x @ w1
    a = np.maximum(h, 0)
    delta = 2 * (a @ w2 - y)
    return {"h": h, "w2": a.T @ delta, "a": delta @ w2.T, "w1": x.T @ ((delta @ w2.T) * (h > 0))}


def _dead(name: str) -> Callable[[], bool]:
    return lambda: not _dead_network()[name].any()


def _neuron() -> dict[str, float]:
    """The card with one neuron: x = 2, w_1 = 3, w_2 = -1, y = 1."""
    h = 3.0 * 2.0
    a = max(h, 0.0)
    p = -1.0 * a
    return {"a": a, "p": p, "slope": 2 * (p - 1), "w2": 2 * (p - 1) * a}


def _sigmoid_slope() -> bool:
    """By central differences."""

    def sigmoid(z: float) -> float:
        return 1 / (1 + math.exp(-z))

    step = 1e-6
    return all(
        abs((sigmoid(z + step) - sigmoid(z - step)) / (2 * step) - sigmoid(z) * (1 - sigmoid(z))) < 1e-9
        for z in (-2.0, 0.0, 1.5)
    )


def _softmax_jacobian() -> bool:
    """As a matrix, by central differences."""
    import numpy as np

    z, step = np.array([0.3, -1.0, 2.0, 0.5]), 1e-6

    def softmax(z: Any) -> Any:
        return np.exp(z) / np.exp(z).sum()

    p = softmax(z)
    columns = [(softmax(z + step * e) - softmax(z - step * e)) / (2 * step) for e in np.eye(4)]
    return bool(np.allclose(np.stack(columns, axis=1), np.diag(p) - np.outer(p, p), atol=1e-8))


def _depth_holds() -> bool:
    """depth(n) = 1 + max of both children, on a small tree written as nested pairs."""

    def depth(tree: Any) -> int:
        return 0 if tree is None else 1 + max(depth(tree[0]), depth(tree[1]))

    tree: Any = ((None, None), (None, ((None, None), None)))
    levels, row = 0, [tree]
    while row:
        levels, row = levels + 1, [child for node in row for child in node if child is not None]
    return depth(tree) == levels


def _shapes(*pairs: tuple[int, int]) -> bool:
    """The product of all but the last has the shape of the last."""
    import numpy as np

    *factors, result = pairs
    found = np.zeros(factors[0])
    for factor in factors[1:]:
        found = found @ np.zeros(factor)
    return found.shape == result


N, D_IN, H, D_OUT = 7, 5, 4, 3
FIGURES: dict[str, Callable[[], bool]] = {
    r"\frac{\partial L}{\partial W_{11}} = X_{11}(\delta_Z)_{11} + X_{21}(\delta_Z)_{21} = "
    r"1 \cdot 1 + 3 \cdot (-1) = -2": lambda: _small_gradient(0, [1, -3]),
    r"\frac{\partial L}{\partial W_{21}} = X_{12}(\delta_Z)_{11} + X_{22}(\delta_Z)_{21} = "
    r"2 \cdot 1 + 4 \cdot (-1) = -2": lambda: _small_gradient(1, [2, -4]),
    r"X^\top \delta_Z = \begin{pmatrix} 1 & 3 \\ 2 & 4 \end{pmatrix} \begin{pmatrix} 1 \\ -1 \end{pmatrix} = "
    r"\begin{pmatrix} -2 \\ -2 \end{pmatrix}": _small_product,
    r"\frac{\partial L}{\partial X} = \delta_Z W^\top = \begin{pmatrix} 5 & 6 \\ -5 & -6 \end{pmatrix}, "
    r"\qquad \frac{\partial L}{\partial b} = 1 + (-1) = 0": _small_others,
    r"\sum_i x_i^\top \delta_i": _outer_products,
    r"(N, D_{in}) \times (D_{in}, H) \to (N, H)": lambda: _shapes((N, D_IN), (D_IN, H), (N, H)),
    r"(N, H) \times (H, D_{out}) \to (N, D_{out})": lambda: _shapes((N, H), (H, D_OUT), (N, D_OUT)),
    r"(H, D_{out}) = (H, N) \times (N, D_{out})": lambda: _shapes((H, N), (N, D_OUT), (H, D_OUT)),
    r"(N, H) = (N, D_{out}) \times (D_{out}, H)": lambda: _shapes((N, D_OUT), (D_OUT, H), (N, H)),
    r"(D_{in}, H) = (D_{in}, N) \times (N, H)": lambda: _shapes((D_IN, N), (N, H), (D_IN, H)),
    r"(N, M) \times (M, D) = (N, D)": lambda: _shapes((N, H), (H, D_IN), (N, D_IN)),
    r"(H, N) \times (N, D_{out}) \to (H, D_{out})": lambda: _shapes((H, N), (N, D_OUT), (H, D_OUT)),
    r"\sqrt{1000} \approx 31.6": lambda: round(math.sqrt(1000), 1) == 31.6,
    r"\sqrt{50000} \approx 223.6": lambda: round(math.sqrt(50000), 1) == 223.6,
    r"640 \times 50001 = 32{,}000{,}640": lambda: 640 * 50001 == 32_000_640,
    r"2 / \lambda_{\max} \approx 9.3 \times 10^{-7}": lambda: f"{2 / 2.15e6:.1e}" == "9.3e-07",
    r"1000 \times 100 + 100 \times 10 = 101{,}000": lambda: 1000 * 100 + 100 * 10 == 101_000,
    r"N \cdot D_{out} = 640": lambda: 64 * 10 == 640,
    r"\mathrm{depth}(n) = 1 + \max(\mathrm{depth}(n_{left}),\ \mathrm{depth}(n_{right}))": _depth_holds,
    r"\sigma^{\prime} = \sigma(1 - \sigma)": _sigmoid_slope,
    r"\operatorname{diag}(p) - p p^\top": _softmax_jacobian,
    "h = 0": _dead("h"),
    r"\frac{\partial L}{\partial W_2} = A^\top \delta_{\hat{Y}} = 0": _dead("w2"),
    r"\frac{\partial L}{\partial A} = \delta_{\hat{Y}} W_2^\top = 0": _dead("a"),
    r"\frac{\partial L}{\partial W_1} = 0": _dead("w1"),
    "a = 6": lambda: _neuron()["a"] == 6,
    "p = -6": lambda: _neuron()["p"] == -6,
    "2(p - y) = -14": lambda: _neuron()["slope"] == -14,
    r"-14 \cdot 6 = -84": lambda: _neuron()["w2"] == -84,
}
"""Worked out with numbers."""
