"""What NumPy would not run, or would work out otherwise than it looks, is refused with the reason."""

from __future__ import annotations

import pytest

from studybuddy.core.derivation import Judgement
from studybuddy.derivation.check import check
from tests.derivation.answers import exercise

MASK = "drill/relu-mask/gradient"
HEAVISIDE = "the second argument of heaviside is its value at 0: a slope of ReLU there lies between 0 and 1"
MASKS = "NumPy does not add, subtract or negate masks as numbers: write (…).astype(float)"
REFUSED = {
    "dA if Z > 0 else 0": "Python's if takes one number, 1[Z > 0] is an array (N, M): "
    "write np.where(condition, a, b)",
    "dA * bool(Z > 0)": "Python's bool takes one number, 1[Z > 0] is an array (N, M): "
    "leave it out: a mask counts as 0 and 1",
    "dA * int(Z > 0)": "Python's int takes",
    "dA * float(Z > 0)": "Python's float takes",
    "dA * (not Z <= 0)": "Python's not takes one number, 1[Z ≤ 0] is an array (N, M): write ~",
    "dA * (max(Z, 0) > 0)": "Python's max takes one number, Z is an array (N, M): write np.maximum",
    "dA * np.heaviside(Z, 1e6)": HEAVISIDE,
    "dA * np.heaviside(Z, -1)": HEAVISIDE,
    "dA * np.heaviside(Z, A)": "np.heaviside(Z, A) is not read here",
    "dA * ((Z > 0) + (A > 0)) / 2": MASKS,
    "dA * ((Z > 0) - (Z < -9))": MASKS,
    "dA * (1 + -(Z <= 0))": MASKS,
    "dA * ((Z > 0) * (A > 0) + ~(Z > 0)) * (Z > 0)": MASKS,
    "sum(dA * (Z > 0), 1)": "sum(dA * (Z > 0), 1) is not read here",
    "dA.shape[:1]": "dA.shape[:1] is not read here",
    "dA.size()": "dA.size() is not read here",
}


@pytest.mark.parametrize("typed", REFUSED)
def test_what_does_not_run_is_refused(typed: str) -> None:
    verdict = check(exercise(MASK), typed)
    assert verdict.judgement is Judgement.UNREADABLE
    assert verdict.reason is not None
    assert verdict.reason.english().startswith(REFUSED[typed])
    assert verdict.span is not None
    assert 0 <= verdict.span[0] < len(typed)


NEVER_RIGHT = {
    "s3w10d1/linear-backward/db": (
        *("dZ.sum(0).reshape(1, -N)", "dZ.sum(0).reshape(1, ~1)", "dZ.sum(0).reshape(1, not 1)"),
        *("dZ.sum(0).reshape(1, X.shape[0])", "dZ.sum(0).reshape(1, D)", "np.ones(1, N) @ dZ"),
        *("N @ dZ.mean(0)", "N.T * dZ.mean(0)", "N[None] * dZ.mean(0)", "np.sum(dZ, axis=0)[None, D]"),
        *("np.sum(dZ, axis=0, keepdims=[0])", "np.ones(N) @ dZ[:, None]", "np.einsum('nm - > m', dZ)"),
    ),
    "s3w10d1/linear-backward/dw": ("X.T @ dZ[:, None]", "np.dot.dot(X.T, dZ)", "np.multiply.outer(X.T, dZ)"),
    "drill/relu-mask/gradient": (
        *("dA * +(Z > 0)", "dA * np.sign(Z > 0)", "dA * (Z > 0[None])", "dA * (Z > 0).astype()"),
        *("dA * (Z > ~0)", "dA * (~0 < Z)", "dA * (np.clip(Z, 0) > 0)"),
        *("dA * (Z > 0).astype(dA)", "dA * (Z > 0).astype(np.sign)"),
    ),
    "drill/attention/dv": ("softmax(S, axis=None).T @ dO",),
    "drill/softmax-jacobian/gradient": (
        *("np.diag(p) - np.multiply.outer(p, p[:, None])", "np.diag(p[:, None]) - np.outer(p, p)"),
        *("np.diag(p) - np.add.outer(p, p)",),
    ),
}
"""What looks like a right answer, and fails in NumPy or comes to something else."""


@pytest.mark.parametrize("step", NEVER_RIGHT)
def test_what_only_looks_right_is_never_accepted(step: str) -> None:
    found = {typed: check(exercise(step), typed, hint=False).judgement for typed in NEVER_RIGHT[step]}
    assert Judgement.RIGHT not in found.values(), found


def test_sizes_that_fit_are_read() -> None:
    for step, typed in (
        ("drill/softmax-jacobian/gradient", "np.diag(p) - p.reshape(C, 1) @ p.reshape(1, len(p))"),
        ("s3w10d1/linear-backward/db", "dZ.sum(0).reshape(1, M)"),
    ):
        assert check(exercise(step), typed).judgement is Judgement.RIGHT, typed
