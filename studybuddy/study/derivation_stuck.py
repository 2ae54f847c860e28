"""The way out when a step does not come: the same step in small numbers, every sum written out.

All of it is worked out from the declaration and the course's own answers: the entries of the derivative from
the definitions, the terms from the answer, so that both can be seen to agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from studybuddy.core.block import Block, Blocks, MathBlock, Paragraph, Text
from studybuddy.i18n import _
from studybuddy.study.checking import exercise_for

if TYPE_CHECKING:
    from studybuddy.core.lesson import Derivation, DerivationStep
    from studybuddy.derivation.entries import Point
    from studybuddy.derivation.expression import Expression
    from studybuddy.derivation.values import Array
    from studybuddy.derivation.world import World


def small_numbers(derivation: Derivation, step: DerivationStep) -> Blocks:
    """A step in small numbers, in the language in use. To look at it counts as help.

    Raises:
        ContentError: nothing is declared for the step, or the declaration cannot be read.
    """
    shown = _Shown(derivation, step)
    names = ", ".join(f"{name} = {size}" for name, size in shown.world.sizes.items())
    blocks: list[Block] = [_words(_("Take {sizes} and these numbers:", sizes=names)), shown.given()]
    definition = shown.definition()
    if definition:
        blocks += [_words(_("One entry, written out:")), *map(MathBlock, definition)]
    terms = [*shown.terms()]
    if terms:
        said = _("Only the term with that entry counts:") if definition else _("One entry, term by term:")
        blocks += [_words(said), *map(MathBlock, terms)]
    if everything := shown.everything():
        blocks += [_words(_("All entries in the same way:")), MathBlock(everything)]
    if again := shown.matrix_form():
        blocks += [_words(_("The formula with whole matrices gives the same:")), MathBlock(again)]
    return tuple(blocks)


def _words(text: str) -> Paragraph:
    return Paragraph((Text(text),))


class _Form(NamedTuple):
    """An answer of the course, and whether it has index letters."""

    expression: Expression
    indexed: bool


class _Shown:
    """One step in the small world."""

    def __init__(self, derivation: Derivation, step: DerivationStep) -> None:
        from studybuddy.derivation.evaluate import Evaluation
        from studybuddy.derivation.figures import small_world

        exercise = exercise_for(derivation, step)
        self.goal = exercise.goal
        self.world: World = small_world(exercise.setting)
        evaluation = Evaluation(self.world)
        found = evaluation.run(self.goal)
        self._letters = exercise.labels
        order = [found.labels.index(letter) for letter in self._letters if letter in found.labels]
        rest = range(len(order), found.array.ndim)
        self.truth: Array = found.array.transpose([*order, *rest])
        self._dimensions = tuple(evaluation.bound[letter] for letter in self._letters) or found.dimensions
        self.forms = [*_forms(derivation, step, self.goal, exercise.setting.names)]

    # ---- which entry

    def _places(self) -> list[tuple[int, ...]]:
        """The entries to show: one that is not 0, its indices different; of a slope also one that is 0."""
        numbers = [*product(*(range(1, size + 1) for size in self.truth.shape))]
        lively = [place for place in numbers if self._at(place)]
        best = max(lively or numbers, key=lambda place: (len(set(place)), place))
        still = [place for place in numbers if not self._at(place)] if self._slope else []
        return [best, *still[-1:]]

    @property
    def _slope(self) -> bool:
        """Whether the goal is the derivative of an entry, not of the loss."""
        from studybuddy.derivation.expression import Derivative, Indexed

        return isinstance(self.goal, Derivative) and isinstance(self.goal.top, Indexed)

    def _at(self, place: tuple[int, ...]) -> float:
        return round(float(self.truth[tuple(number - 1 for number in place)]), 9)

    def _point(self, place: tuple[int, ...], form: _Form | None = None) -> Point:
        """An entry of the goal as one of a form: by its letters, or by its axes."""
        from studybuddy.derivation.entries import Point

        if form is not None and not form.indexed:
            return Point({}, place)
        if self._letters:
            return Point(dict(zip(self._letters, place, strict=True)))
        return Point(self._by_dimension(place, form), place) if form else Point({}, place)

    def _by_dimension(self, place: tuple[int, ...], form: _Form) -> dict[str, int]:
        """The free letters of an indexed answer to a goal without: each runs over one of the goal's axes."""
        from studybuddy.derivation.evaluate import Evaluation

        evaluation = Evaluation(self.world)
        free = list(evaluation.run(form.expression).labels)
        found: dict[str, int] = {}
        for dimension, number in zip(self._dimensions, place, strict=True):
            letter = next((one for one in free if evaluation.bound[one] == dimension), None)
            if letter is not None:
                free.remove(letter)
                found[letter] = number
        return found

    # ---- formulas

    def given(self) -> MathBlock:
        """The numbers of every tensor that is about to be named."""
        from studybuddy.derivation.expression import Symbol, walk
        from studybuddy.derivation.figures import matrix
        from studybuddy.derivation.latex import symbol

        roots = [form.expression for form in self.forms]
        if self._slope and (body := self._body()) is not None:
            roots.append(body)
        named = {node.name for root in roots for node in walk(root) if isinstance(node, Symbol)}
        values = self.world.values
        shown = [name for name in values if name in named] or [*self.world.setting.tensors]
        parts = [f"{symbol(name)} = {matrix(values[name].array)}" for name in shown]
        return MathBlock(r", \quad ".join(parts))

    def _body(self) -> Expression | None:
        """How the tensor is defined whose entry is derived."""
        from studybuddy.derivation.expression import Derivative, Indexed, Symbol

        match self.goal:
            case Derivative(Indexed(Symbol(name), _), _):
                return self.world.setting.definitions.get(name)
        return None

    def definition(self) -> list[str]:
        """The entries that are derived, by their definition; none where that has no smaller parts."""
        from studybuddy.derivation.entries import NotWrittenOutError, entry
        from studybuddy.derivation.expression import Derivative, Total
        from studybuddy.derivation.latex import latex

        body, found = self._body(), []
        if body is None or not isinstance(self.goal, Derivative):
            return []
        for place in self._places():
            try:
                top = entry(self.goal.top, self.world, self._point(place))
                below = entry(body, self.world, self._entry_point(top))
            except NotWrittenOutError:
                return []
            if not isinstance(below, Total):
                return []
            found.append(f"{latex(top)} = {latex(below)}")
        return [*dict.fromkeys(found)]

    def _entry_point(self, top: Expression) -> Point:
        from studybuddy.derivation.entries import Point
        from studybuddy.derivation.expression import Indexed

        return Point({}, tuple(int(label) for label in top.labels) if isinstance(top, Indexed) else ())

    def terms(self) -> Iterator[str]:
        """The entries of the derivative, in terms, in numbers and worked out."""
        from studybuddy.derivation.entries import NotWrittenOutError, entry
        from studybuddy.derivation.figures import number, put_in
        from studybuddy.derivation.latex import latex

        for place in self._places():
            for form in self.forms:
                try:
                    left = latex(entry(self.goal, self.world, self._point(place)))
                    terms = entry(form.expression, self.world, self._point(place, form))
                except NotWrittenOutError:
                    continue
                value = number(self._at(place))
                yield _aligned(left, [latex(terms), put_in(terms, self.world), value])
                break

    def everything(self) -> str:
        """Every entry, where they fill no more than a matrix."""
        from studybuddy.derivation.figures import matrix
        from studybuddy.derivation.latex import latex

        if not 1 <= self.truth.ndim <= 2:
            return ""
        left = latex(self.goal) if not self._letters else rf"\left({latex(self.goal)}\right)"
        return f"{left} = {matrix(self.truth)}"

    def matrix_form(self) -> str:
        """The answer without indices, its factors in numbers."""
        from studybuddy.derivation.evaluate import Evaluation
        from studybuddy.derivation.expression import Product, walk
        from studybuddy.derivation.figures import factors, matrix
        from studybuddy.derivation.latex import latex

        for form in self.forms:
            if not form.indexed and any(isinstance(node, Product) for node in walk(form.expression)):
                found = Evaluation(self.world).run(form.expression)
                return _aligned(
                    latex(form.expression), [factors(form.expression, self.world), matrix(found.array)]
                )
        return ""


def _aligned(left: str, sides: list[str]) -> str:
    """Equal sides below one another, each once."""
    sides = [side for side, after in zip(sides, [*sides[1:], ""], strict=True) if side != after]
    if len(sides) == 1:
        return f"{left} = {sides[0]}"
    lines = r" \\ ".join(f"&= {side}" for side in sides)
    return rf"\begin{{aligned}} {left} {lines} \end{{aligned}}"


def _forms(derivation: Derivation, step: DerivationStep, goal: Expression, names: object) -> Iterator[_Form]:
    """The course's answers to this step and to those about the same derivative, the step's own first."""
    from studybuddy.derivation.exercise import labels_of
    from studybuddy.derivation.expression import Chain, Derivative, walk
    from studybuddy.derivation.names import Names
    from studybuddy.derivation.read import read

    assert isinstance(names, Names)
    others = [other for other in derivation.steps if other is not step and other.goal is not None]
    for one in (step, *others):
        if one.goal is None or not _same(read(one.goal.formula, names).expression, goal):
            continue
        found = read(one.answer, names).expression
        found = found.sides[-1] if isinstance(found, Chain) else found
        if not any(isinstance(node, Derivative) for node in walk(found)):
            yield _Form(found, any(labels_of(node) for node in walk(found)))


def _same(one: Expression, other: Expression) -> bool:
    """Whether both derive the same by the same, indices aside; an entry of a tensor is derived by itself."""
    from studybuddy.derivation.exercise import derived
    from studybuddy.derivation.expression import Derivative, Indexed

    if not isinstance(one, Derivative) or not isinstance(other, Derivative):
        return one == other
    if isinstance(one.top, Indexed) or isinstance(other.top, Indexed):
        return one == other
    return derived(one) == derived(other)
