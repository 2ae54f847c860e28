"""A learner's own 21 parameters: the most probable ones, by gradient descent through FSRS-6 in torch.

Minimised is the log loss of every review on a later day than the last, summed, plus for each parameter
its distance from the default in spreads of the population, squared: the penalty of fsrs-rs. The
fits of all training parts of a time-series split and the one on everything run side by side through one pass
over the reviews. The method is BFGS that begins with the inverse Fisher information: two dozen passes do what
takes plain descent hundreds. Nothing in it is random.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, NamedTuple

from studybuddy.memory.batch import STABILITY_MAX, Columns, Packed, predictions
from studybuddy.memory.fsrs6 import DEFAULTS, HIGHEST, LOWEST

SPREADS = (
    *(6.43, 9.66, 17.58, 27.85, 0.57, 0.28, 0.6, 0.12, 0.39, 0.18, 0.33),
    *(0.3, 0.09, 0.16, 0.57, 0.25, 1.03, 0.31, 0.32, 0.14, 0.27),
)
"""Standard deviation of each parameter over many learners (fsrs-rs `training.rs`, BSD-3-Clause)."""
PASSES = 24
"""Passes over the reviews, each with its gradient."""
LEAST_GAIN = 1e-5
"""A step that lowers the loss by less than this share ends the fit."""
LEAST_CHANCE = 1e-6
_PROBE = 1e-3
_ARMIJO = 1e-4


class Fitted(NamedTuple):
    """Parameters of each model: (K, 21). `passes`: over the reviews; `finished`: not stopped by the clock."""

    parameters: Any
    passes: int
    finished: bool


class _Objective:
    """The penalised loss of K models and its gradient; `u: (K, 21)` counts spreads from the defaults."""

    def __init__(self, packed: Packed, weights: Any) -> None:
        import torch

        self._torch = torch
        self._packed = Packed(
            torch.as_tensor(packed.gaps), torch.as_tensor(packed.ratings), None, packed.sizes
        )
        firsts = packed.sizes[0]
        self._recalled = self._packed.ratings[firsts:] > 1
        self._weights = torch.as_tensor(weights[:, firsts:])
        self._centre, self._spread, self._low, self._high = (
            torch.tensor(values, dtype=torch.float64) for values in (DEFAULTS, SPREADS, LOWEST, HIGHEST)
        )
        self.passes = 0

    def parameters(self, u: Any) -> Any:
        """The parameters themselves, within their bounds."""
        return (self._centre + self._spread * u).clip(self._low, self._high)

    def chances(self, u: Any) -> Any:
        """Probability of recall before each review that is not a card's first: (K, N)."""
        columns = Columns(self._torch, self.parameters(u))
        return self._torch.cat(predictions(columns, self._packed, STABILITY_MAX), -1)

    def __call__(self, u: Any) -> tuple[Any, Any]:
        """Loss (K,) and gradient (K, 21)."""
        self.passes += 1
        u = u.detach().requires_grad_()
        chances = self.chances(u)
        right = self._torch.where(self._recalled, chances, 1 - chances).clip(LEAST_CHANCE)
        loss = (u * u).sum(-1) - (self._weights * right.log()).sum(-1)
        (gradient,) = self._torch.autograd.grad(loss.sum(), u)
        return loss.detach(), gradient.nan_to_num(0.0)

    def inverse_hessian(self, models: int) -> Any:
        """The inverse of Fisher information plus penalty at the defaults, by differences: (K, 21, 21)."""
        torch = self._torch
        eye = torch.eye(len(DEFAULTS), dtype=torch.float64)
        with torch.no_grad():
            chances = self.chances(torch.cat([torch.zeros_like(eye[:1]), _PROBE * eye]))
            slopes = (chances[1:] - chances[0]) / _PROBE
            known = self._weights / (chances[0] * (1 - chances[0])).clip(1e-3)
            fisher = torch.stack([(slopes * known[model]) @ slopes.T for model in range(models)])
            return torch.linalg.inv(fisher + 2 * eye)


def fit(packed: Packed, weights: Any, deadline: float, told: Callable[[float], None] | None = None) -> Fitted:
    """Fit K models at once.

    Args:
        packed: the reviews.
        weights: (K, N) how much each review counts for each model; 0 leaves it out.
        deadline: `time.monotonic()` at which the best so far is taken.
        told: hears the share that is done.
    """
    import torch

    objective = _Objective(packed, weights)
    models = len(weights)
    u = torch.zeros((models, len(DEFAULTS)), dtype=torch.float64)
    inverse = objective.inverse_hessian(models)
    loss, gradient = objective(u)
    step = torch.ones(models, dtype=torch.float64)
    finished = False
    direction = _direction(inverse, gradient)
    while not finished and objective.passes < PASSES and time.monotonic() < deadline:
        tried = u + step[:, None] * direction
        new_loss, new_gradient = objective(tried)
        good = new_loss <= loss + _ARMIJO * step * (gradient * direction).sum(-1)
        gain = ((loss - new_loss) / loss.clip(1e-9))[good]
        inverse = torch.where(
            good[:, None, None], _bfgs(inverse, tried - u, new_gradient - gradient), inverse
        )
        u, gradient = (
            torch.where(good[:, None], new, old) for new, old in ((tried, u), (new_gradient, gradient))
        )
        loss = torch.where(good, new_loss, loss)
        step = torch.where(good, 1.0, step / 4)
        direction = torch.where(good[:, None], _direction(inverse, gradient), direction)
        finished = bool((good & True).all()) and bool((gain < LEAST_GAIN).all())
        finished = finished or bool((step < 1e-4).all())
        if told is not None:
            told(objective.passes / PASSES)
    return Fitted(objective.parameters(u).numpy(), objective.passes, time.monotonic() < deadline)


def _direction(inverse: Any, gradient: Any) -> Any:
    return -(inverse @ gradient[:, :, None])[:, :, 0]


def _bfgs(inverse: Any, moved: Any, change: Any) -> Any:
    """The inverse Hessian after a step, unchanged where the curvature along it is not positive."""
    import torch

    curvature = (moved * change).sum(-1)
    usable = curvature > 1e-9
    scale = torch.where(usable, 1 / curvature.clip(1e-9), 0.0)[:, None, None]
    eye = torch.eye(moved.shape[-1], dtype=torch.float64)
    left = eye - scale * moved[:, :, None] * change[:, None, :]
    return left @ inverse @ left.transpose(-1, -2) + scale * moved[:, :, None] * moved[:, None, :]
