"""What a derivation gives, in its shortest form: names with their dimensions, and what follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from studybuddy.core.lesson import Derivation, DerivationStep


class GivenShape(NamedTuple):
    """A given tensor: its LaTeX, and its dimensions such as `(N, D)` or `(M,)`, empty for a number."""

    latex: str
    shape: str


def given_shapes(derivation: Derivation) -> tuple[GivenShape, ...]:
    """The given tensors in their order; none where nothing is declared."""
    if derivation.quantities is None:
        return ()
    tensors = derivation.quantities.tensors.items()
    return tuple(GivenShape(_symbol(name), _shape(axes)) for name, axes in tensors)


def _shape(axes: tuple[str, ...]) -> str:
    return f"({', '.join(axes)}{',' * (len(axes) == 1)})" if axes else ""


def given_definitions(derivation: Derivation) -> tuple[str, ...]:
    """LaTeX of each definition. The loss is left out where all that is known of it is its gradient."""
    quantities = derivation.quantities
    if quantities is None:
        return ()
    known = quantities.definitions.items()
    hidden = quantities.loss if quantities.upstream or _upstream_only(derivation) else ""
    return tuple(f"{_symbol(name)} = {formula}" for name, formula in known if name != hidden)


def _upstream_only(derivation: Derivation) -> bool:
    """Whether the loss is no more than an upstream gradient against what it is the gradient of."""
    quantities = derivation.quantities
    assert quantities is not None
    loss = quantities.definitions.get(quantities.loss, "")
    return any(name.startswith("delta_") and rf"(\{name})_" in loss for name in quantities.tensors)


class WantedForm(NamedTuple):
    """What an answer must look like beside being equal; names as they are written in a sentence."""

    derivatives: tuple[str, ...]
    """Derivatives that may stay in the answer; every other one restates the goal."""
    contains: tuple[str, ...]
    shape: str
    """`indexed`, `matrix` or empty."""


def wanted_form(step: DerivationStep) -> WantedForm | None:
    """The form a step asks for; None where nothing is declared."""
    if step.goal is None:
        return None
    from studybuddy.derivation.names import shown

    kept = tuple(f"∂{shown(top)}/∂{shown(bottom)}" for top, bottom in step.goal.derivatives)
    return WantedForm(kept, tuple(shown(name) for name in step.goal.contains), step.goal.shape)


def _symbol(name: str) -> str:
    from studybuddy.derivation.latex import symbol

    return symbol(name)
