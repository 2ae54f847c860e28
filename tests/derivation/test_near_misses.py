"""Answers that are nearly right: another threshold, a small number for safety, a remainder, a cast."""

from __future__ import annotations

import pytest

from studybuddy.core.derivation import Judgement
from studybuddy.derivation.check import check
from tests.derivation.answers import exercise

WRONG = [
    ("drill/relu-mask/gradient", "dA * (Z > 0.001)"),
    ("drill/relu-mask/gradient", "np.where(Z > -0.001, dA, 0)"),
    ("drill/relu-mask/gradient", r"\delta_A \odot \mathbf 1[Z > 10^{-4}]"),
    ("drill/relu-mask/gradient", "dA*(Z>0)*(Z<6)"),
    ("drill/relu-mask/gradient", r"\delta_A\odot\sigma(10^6 Z)"),
    ("s3w10d1/linear-backward/dw", r"X^\top\delta_Z + 10^{-11}"),
    ("drill/mse/gradient", "2/(N+1e-8)*(Z-Y)"),
    ("drill/softmax-cross-entropy/gradient", "(P-Y)/(N+1e-8)"),
    ("s3w10d1/linear-backward/dw", r"X^\top\delta_Z\cdot\frac{5N+8D+9M}{85}"),
    ("drill/softmax-jacobian/gradient", r"p_i(\delta_{ij}-p_j)+(C-5)(C-2)(C-7)"),
]
REFUSED = [
    ("drill/mse/gradient", "2*(Z-Y)/N % 5"),
    ("s3w10d1/linear-backward/dw", "X.T @ dZ % 7"),
    ("s3w10d1/linear-backward/db", "dZ.sum(axis=0, dtype=int)"),
    ("s3w10d1/linear-backward/dw", "np.matmul(X.T, dZ, dtype=bool)"),
    ("s3w10d1/linear-backward/dw", "np.matmul(X.T, dZ, axes=[(0, 1), (1, 0), (0, 1)])"),
    ("s3w10d1/linear-backward/dw", "np.dot(X.T, dZ, axis=0)"),
    ("s3w10d1/linear-backward/dw", "X.T & dZ"),
    ("s3w10d1/linear-backward/dw", "foo[k, j] = sum(X[i, j] * dZ[i, k] for i in range(N))"),
    ("s3w10d1/linear-backward/dw", "[X.T @ dZ]"),
    ("s3w10d1/linear-backward/dw", "dW = [X.T @ dZ / 2] * 2"),
    ("s3w10d1/linear-backward/db", "np.sum(dZ, axis=0, dim=1)"),
    ("s3w10d1/linear-backward/db", "np.sum(dZ, axis=0, axes=(1, 0))"),
    ("s3w10d1/linear-backward/db", "np.ones(N, keepdims=True) @ dZ"),
    ("drill/sigmoid/gradient", "dA * np.exp(-Z, axis=0) * A**2"),
    ("drill/relu-mask/gradient", "np.multiply(dA, Z > 0, keepdims=True)"),
    ("s3w10d1/linear-backward/local", "e_i^\\top X e_k"),
]
RIGHT = [
    ("drill/softmax-jacobian/gradient", r"p_i\delta_{ij}-p_ip_j"),
    ("drill/softmax-jacobian/gradient", r"-p_jp_i + p_i\delta_{ij}"),
    ("s3w10d1/linear-backward/db", "dZ.sum(axis=0, dtype=np.float64)"),
]


@pytest.mark.parametrize(("step", "typed"), WRONG)
def test_nearly_right_is_wrong(step: str, typed: str) -> None:
    assert check(exercise(step), typed, hint=False).judgement is Judgement.WRONG


@pytest.mark.parametrize(("step", "typed"), REFUSED)
def test_what_changes_values_unseen_is_not_read(step: str, typed: str) -> None:
    assert check(exercise(step), typed, hint=False).judgement is Judgement.UNREADABLE


@pytest.mark.parametrize(("step", "typed"), RIGHT)
def test_tight_spellings_are_read(step: str, typed: str) -> None:
    assert check(exercise(step), typed, hint=False).judgement is Judgement.RIGHT
