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
