"""How answers are read: three notations to one tree, and back to LaTeX."""

from __future__ import annotations

import pytest

from studybuddy.derivation.array_expression import Einsum, Eye, Filled, FilledLike, Length, Reduced, Reshaped
from studybuddy.derivation.equality import equal
from studybuddy.derivation.expression import Chain, Expression, Indexed, walk
from studybuddy.derivation.latex import latex
from studybuddy.derivation.read import read
from studybuddy.derivation.wording import written
from tests.derivation.answers import by_step, exercise, last_side

RIGHT = by_step("right")
DW = "s3w10d1/linear-backward/dw"
ONE_TREE = (
    (
        r"X^\top \delta_Z",
        "Xᵀ δ_Z",
        "X^T dZ",
        "x' dZ",
        r"X^{\mathrm{T}} \delta_{Z}",
        "Ｘᵀ δ_Z",
        r"X^{\prime} G",
    ),
    (r"\sum_{i=1}^{N} X_{ik}", r"sum_{i=1}^N X_ik", "∑_{i=1}^{N} Xᵢₖ", r"\sum_{i=0}^{N-1} x_{i,k}"),
    (r"\frac{\partial L}{\partial Z}", "∂L/∂Z", "dL/dZ", r"\nabla_Z L", r"\frac{dL}{dZ}", r"\tfrac{∂L}{∂Z}"),
    (r"\mathbf{1}[Z > 0]", r"\mathbb{1}_{Z>0}", "1[Z>0]", "[Z > 0]", r"\mathbf 1_{\{Z > 0\}}", "I(Z>0)"),
    (r"\delta_{ij}", "δ_ij", "[i = j]", r"\mathbb{1}[i=j]", r"\mathbf{1}_{i=j}", "I_{ij}", "1_{i=j}"),
    (r"X \odot X", "X ⊙ X", "X ∘ X", r"X \circ X"),
)
NUMPY = (
    (
        "X.T @ dZ",
        "np.dot(X.T, dZ)",
        "X.T.dot(dZ)",
        "torch.mm(X.t(), dZ)",
        "np.transpose(X) @ dZ",
        "X.mT @ dZ",
    ),
    ("dZ.sum(axis=0)", "np.sum(dZ, axis=0)", "dZ.sum(0)", "torch.sum(dZ, dim=0)", "np.sum(dZ, 0)", "sum(dZ)"),
    ("dZ * (Z > 0)", "np.multiply(dZ, Z > 0)", "dZ * (Z > 0).astype(float)", "dZ * (Z > 0).float()"),
    ("X[:, None]", "X[:, np.newaxis]", "np.expand_dims(X, 1)", "X.unsqueeze(1)"),
)


def tree(typed: str) -> Expression:
    return read(typed, exercise(DW).setting.names).expression


@pytest.mark.parametrize("spellings", [*ONE_TREE, *NUMPY])
def test_spellings_of_one_thing(spellings: tuple[str, ...]) -> None:
    first = tree(spellings[0])
    assert [typed for typed in spellings if tree(typed) != first] == []


@pytest.mark.parametrize("step", RIGHT)
def test_what_is_shown_as_read_is_what_was_read(step: str) -> None:
    """Read again, the LaTeX of an answer is as right as the answer."""
    made = exercise(step)
    arrays = (Reduced, Einsum, Eye, Filled, FilledLike, Length, Reshaped)
    for typed in RIGHT[step]:
        side = last_side(step, typed)
        if any(isinstance(node, arrays) or (isinstance(node, Indexed) and node.plain) for node in walk(side)):
            continue
        again = read(latex(side), made.setting.names).expression
        assert equal(made, again), (typed, latex(side))


def test_a_part_is_marked() -> None:
    found = tree(r"X^\top \delta_Z + W")
    assert latex(found, (18, 19)) == r"X^{\top} \delta_{Z} + \marked{W}"
    assert latex(found, (0, 19)) == r"\marked{X^{\top} \delta_{Z} + W}"
    assert "marked" not in latex(found)


def test_the_stretch_of_every_part_is_what_was_typed() -> None:
    typed = r"\frac{1}{N} \left( X^{\top} \delta_Z \right) + \sum_{i} W_{ik}"
    words = {written(node): typed[slice(*node.span)] for node in walk(tree(typed))}
    assert words["Xᵀ"] == r"X^{\top}"
    assert words["1/N"] == r"\frac{1}{N}"
    assert words["Σ_i W_ik"] == r"\sum_{i} W_{ik}"
    assert words["W_ik"] == "W_{ik}"
    numpy = "np.dot(X.T, dZ) + W"
    stretches = {written(node): numpy[slice(*node.span)] for node in walk(tree(numpy))}
    assert stretches["Xᵀ"] == "X.T"
    assert stretches["Xᵀ δ_Z"] == "np.dot(X.T, dZ)"


def test_full_width_letters_keep_their_places() -> None:
    typed = "（Ｘᵀ δ_Z）＋Ｗ"
    (found,) = [node for node in walk(tree(typed)) if written(node) == "W"]
    assert typed[slice(*found.span)] == "Ｗ"


def test_chains() -> None:
    for typed in ("a = b", r"\frac{\partial L}{\partial W} = X^\top \delta_Z = W", "dW = X.T @ dZ"):
        found = tree(typed)
        assert isinstance(found, Chain) == (typed != "a = b")


def test_python_decides_what_binds() -> None:
    assert written(tree("X.T @ dZ * W")) == "(Xᵀ δ_Z) ⊙ W"
    assert written(tree("-X.T @ dZ")) == "(−Xᵀ) δ_Z"
    assert written(tree(r"X^\top \delta_Z \odot W")) == "(Xᵀ δ_Z) ⊙ W"
