"""Every change of a right answer in one place that is still accepted is truly equal."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from studybuddy.derivation.changes import Change, changed, everywhere
from studybuddy.derivation.equality import equal
from studybuddy.derivation.expression import Binding, Expression, Product
from studybuddy.derivation.nearest import one_step
from tests.derivation.answers import by_step, exercise, last_side
from tests.derivation.loops_same import same

RIGHT = by_step("right")


def doubled(node: Expression) -> Iterator[Change]:
    """A factor written twice."""
    if isinstance(node, Product):
        yield changed("{part} twice", node, Product(node, node.right, node.binding))
        yield changed("{part} twice", node, Product(node.left, node, node.binding))
    yield changed("{part} twice", node, Product(node, node, Binding.EACH))


def look_at(step: str, typed: list[str]) -> None:
    """Look at every mutant of some right answers to a step."""
    made = exercise(step)
    answers = {last_side(step, one) for one in typed}
    mutants = {c.node for answer in answers for c in one_step(made, answer)}
    mutants |= {c.node for answer in answers for c in everywhere(answer, doubled)}
    accepted = [mutant for mutant in mutants - answers if equal(made, mutant)]
    assert len(mutants) > 20 * len(answers)
    assert len(accepted) < 0.2 * len(mutants)
    assert [mutant for mutant in accepted if not same(made, mutant)] == []


@pytest.mark.timeout(240)
@pytest.mark.parametrize("step", RIGHT)
def test_accepted_mutants_of_some_answers_are_equal(step: str) -> None:
    look_at(step, list(RIGHT[step])[::4])


@pytest.mark.slow
@pytest.mark.timeout(240)
@pytest.mark.parametrize("step", RIGHT)
def test_accepted_mutants_are_equal(step: str) -> None:
    look_at(step, list(RIGHT[step]))
