"""Another evaluator of expressions, entry by entry in plain loops: what the checker's is compared with.

It shares nothing with the checker but the tree: tables are dictionaries by position, index letters are bound
to numbers one by one, derivatives are central differences through the definitions.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product

from studybuddy.derivation import expression as e
from studybuddy.derivation.exercise import Exercise
from tests.derivation.loops_arrays import ANY, FUNCTIONS, ORDERS, STEP, ArrayLoops, Position, Table, slope_of


@dataclass
class Loops(ArrayLoops):
    """The numbers of an exercise."""

    exercise: Exercise
    sizes: dict[str, int]
    data: dict[str, tuple[tuple[str, ...], dict[Position, float]]] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    moves: dict[tuple[str, Position, float], Loops] = field(default_factory=dict)

    # ---- the exercise

    def draw(self, seed: int) -> None:
        """Draw what is given and work out what is defined."""
        chance = random.Random(seed)
        setting = self.exercise.setting
        for name, axes in setting.tensors.items():
            places = list(self.places(axes))
            numbers = {place: chance.gauss(0, 1) for place in places}
            if setting.drawn.get(name) == "onehot":
                hot = {place[:-1]: chance.randrange(self.sizes[axes[-1]]) for place in places}
                numbers = {place: float(hot[place[:-1]] == place[-1]) for place in places}
            self.data[name] = (axes, numbers)
        self.define(setting.definitions)

    def define(self, definitions: Mapping[str, e.Expression]) -> None:
        """Work out what is defined, in order."""
        letters = self.letters
        for name, expression in definitions.items():
            self.letters = {}
            self.learn(expression)
            self.data[name] = self.whole(expression, {})
        self.letters = letters

    def whole(self, node: e.Expression, env: dict[str, int]) -> tuple[tuple[str, ...], dict[Position, float]]:
        """All entries of an expression."""
        found = self.table(node, env)
        return found.axes, {place: found(*place) for place in self.places(found.axes)}

    def places(self, axes: tuple[str, ...]) -> Iterator[Position]:
        """Every position along some axes."""
        return product(*(range(1 if axis == "1" else self.sizes[axis]) for axis in axes))

    def learn(self, root: e.Expression) -> None:
        """Which dimension each index letter runs over."""
        for _ in range(3):
            for node in e.walk(root):
                self._learn(node)

    def _learn(self, node: e.Expression) -> None:
        if isinstance(node, e.SumOver) and node.upper:
            self.letters[node.label] = node.upper
        if isinstance(node, e.Kronecker):
            for one, other in ((node.first, node.second), (node.second, node.first)):
                if one in self.letters:
                    self.letters.setdefault(other, self.letters[one])
        if isinstance(node, e.Indexed):
            for label, axis in zip(*self.labelled(node), strict=True):
                if label not in (":", "None", "0"):
                    self.letters[label] = axis

    def labelled(self, node: e.Indexed) -> tuple[list[str], list[str]]:
        """Labels with the axes that they stand for."""
        axes = list(self.table(node.base, self._anywhere(node.base)).axes)
        if not node.plain:
            axes = [axis for axis in axes if axis != "1"]
        labels = list(node.labels)
        labels += [":"] * (len(axes) - (len(labels) - labels.count("None")))
        rest = iter(axes)
        return labels, ["1" if label == "None" else next(rest) for label in labels]

    @staticmethod
    def _anywhere(node: e.Expression) -> dict[str, int]:
        """Some value for every letter."""
        labels = [label for part in e.walk(node) if isinstance(part, e.Indexed) for label in part.labels]
        deltas = [part for part in e.walk(node) if isinstance(part, e.Kronecker)]
        return dict.fromkeys([*labels, *(letter for d in deltas for letter in (d.first, d.second))], 0)

    # ---- values

    def table(self, node: e.Expression, env: dict[str, int]) -> Table:
        """An expression with numbers for its index letters."""
        read = getattr(self, "_" + type(node).__name__.lower())
        found: Table = read(node, env)
        known: dict[Position, float] = {}

        def once(place: Position) -> float:
            if place not in known:
                known[place] = found.entry(place)
            return known[place]

        return Table(found.axes, once)

    def _number(self, node: e.Number, env: dict[str, int]) -> Table:
        return self.number(node.value)

    def _symbol(self, node: e.Symbol, env: dict[str, int]) -> Table:
        if node.name in self.data:
            axes, numbers = self.data[node.name]
            return Table(axes, lambda place: numbers[place])
        return self.number(math.e if node.name == "e" else float(self.sizes[node.name]))

    def _ones(self, node: e.Ones, env: dict[str, int]) -> Table:
        return Table((node.dimension or ANY,), lambda place: 1.0)

    def _identity(self, node: e.Identity, env: dict[str, int]) -> Table:
        return Table((node.dimension or ANY,) * 2, lambda place: float(place[0] == place[1]))

    def _kronecker(self, node: e.Kronecker, env: dict[str, int]) -> Table:
        return self.number(float(ORDERS[node.sign](env[node.first], env[node.second])))

    def _indexed(self, node: e.Indexed, env: dict[str, int]) -> Table:
        base = self.table(node.base, env)
        labels, axes = self.labelled(node)
        kept = [axis for label, axis in zip(labels, axes, strict=True) if label in (":", "None")]
        row = not node.plain and node.labels[-1] == ":" and node.labels[0] != ":" and len(node.labels) == 2

        def entry(place: Position) -> float:
            rest = iter(place[1:] if row else place)
            found = []
            for label in labels:
                where = next(rest) if label in (":", "None") else 0 if label == "0" else env[label]
                if label != "None":
                    found.append(where)
            squeezed = iter(found)
            drop = not node.plain
            return base(*(0 if drop and axis == "1" else next(squeezed) for axis in base.axes))

        return Table(("1", *kept) if row else tuple(kept), entry)

    def _transpose(self, node: e.Transpose, env: dict[str, int]) -> Table:
        body = self.table(node.body, env)
        if len(body.axes) == 1 and not node.plain:
            return Table(("1", *body.axes), lambda place: body(place[1]))
        return Table(body.axes[::-1], lambda place: body(*place[::-1]))

    def _negative(self, node: e.Negative, env: dict[str, int]) -> Table:
        body = self.table(node.body, env)
        return Table(body.axes, lambda place: -body(*place))

    def each(self, parts: list[Table], how: Callable[..., float]) -> Table:
        """Element by element, with NumPy's broadcasting."""
        rank = max(len(part.axes) for part in parts)
        axes = ["1"] * rank
        for part in parts:
            for n, axis in enumerate(part.axes, rank - len(part.axes)):
                assert axis in ("1", ANY, axes[n]) or axes[n] in ("1", ANY), (axis, axes)
                axes[n] = axes[n] if axis in ("1", ANY) and axes[n] != "1" else axis

        def entry(place: Position) -> float:
            return how(*(part(*place[rank - len(part.axes) :]) for part in parts))

        return Table(tuple(axes), entry)

    def _total(self, node: e.Total, env: dict[str, int]) -> Table:
        parts = [self.table(part, env) for part in node.parts()]
        everywhere = [part for part in parts if part.axes == (ANY,) or part.axes == (ANY, ANY)]
        if len(everywhere) == 1 and not any(isinstance(n, e.Identity) for n in e.walk(node)):
            return self.each(
                [self.number(p(*[0] * len(p.axes))) if p in everywhere else p for p in parts], _add
            )
        return self.each(parts, _add)

    def _product(self, node: e.Product, env: dict[str, int]) -> Table:
        left, right = self.table(node.left, env), self.table(node.right, env)
        if node.binding is e.Binding.EACH or not left.axes or not right.axes:
            return self.each([left, right], lambda a, b: a * b)
        if node.binding is e.Binding.STAR and left.axes == right.axes:
            return self.each([left, right], lambda a, b: a * b)
        if node.binding is not e.Binding.MATRIX and len(left.axes) == 1 and right.axes[0] == "1":
            return Table((*left.axes, *right.axes[1:]), lambda at: left(at[0]) * right(0, *at[1:]))
        if len(left.axes) == 3 == len(right.axes):
            inner = self.sizes.get(left.axes[2], 1)
            return Table(
                (*left.axes[:2], right.axes[2]),
                lambda at: sum(left(at[0], at[1], n) * right(at[0], n, at[2]) for n in range(inner)),
            )
        one, other = left.axes[-1], right.axes[0]
        shared = other if one == ANY else one
        if shared == ANY:
            shared = self.exercise.setting.batch
        assert ANY in (one, other) or one == other, (one, other)
        count, rank = self.sizes.get(shared, 1), len(left.axes) - 1
        return Table(
            (*left.axes[:-1], *right.axes[1:]),
            lambda at: sum(left(*at[:rank], n) * right(n, *at[rank:]) for n in range(count)),
        )

    def _quotient(self, node: e.Quotient, env: dict[str, int]) -> Table:
        return self.each([self.table(part, env) for part in node.parts()], lambda a, b: a / b)

    def _power(self, node: e.Power, env: dict[str, int]) -> Table:
        return self.each([self.table(part, env) for part in node.parts()], lambda a, b: a**b)

    def _comparison(self, node: e.Comparison, env: dict[str, int]) -> Table:
        how: Callable[[float, float], bool] = {
            "<": lambda a, b: a < b,
            ">": lambda a, b: a > b,
            "<=": lambda a, b: a <= b,
            ">=": lambda a, b: a >= b,
            "!=": lambda a, b: a != b,
        }[node.sign]
        return self.each([self.table(part, env) for part in node.parts()], lambda a, b: float(how(a, b)))

    def _where(self, node: e.Where, env: dict[str, int]) -> Table:
        return self.each([self.table(part, env) for part in node.parts()], lambda c, a, b: a if c else b)

    def _sumover(self, node: e.SumOver, env: dict[str, int]) -> Table:
        size = self.sizes[self.letters.get(node.label) or node.upper]
        numbers = range(node.lower - 1, size - node.short)
        parts = [self.table(node.body, env | {node.label: n}) for n in numbers]
        return Table(parts[0].axes, lambda place: sum(part(*place) for part in parts))

    def _apply(self, node: e.Apply, env: dict[str, int]) -> Table:
        body = self.table(node.body, env)
        if node.function == "softmax":
            count = self.sizes[body.axes[-1]]

            def share(at: Position) -> float:
                return math.exp(body(*at)) / sum(math.exp(body(*at[:-1], n)) for n in range(count))

            return Table(body.axes, share)
        if node.function == "diag" and len(body.axes) == 1:
            return Table(body.axes * 2, lambda at: body(at[0]) if at[0] == at[1] else 0.0)
        if node.function == "diag":
            return Table(body.axes[:1], lambda at: body(at[0], at[0]))
        function = FUNCTIONS[node.function]
        if node.primes and node.function == "relu":  # the course takes 0 at 0
            return Table(body.axes, lambda at: float(body(*at) > 0))
        if node.primes:
            return Table(body.axes, lambda at: slope_of(function, body(*at)))
        return Table(body.axes, lambda at: function(body(*at)))

    def _derivative(self, node: e.Derivative, env: dict[str, int]) -> Table:
        """By central differences: what is derived by is moved, and all that is defined from it."""
        bottom = node.bottom.base if isinstance(node.bottom, e.Indexed) else node.bottom
        assert isinstance(bottom, e.Symbol)
        axes = self.data[bottom.name][0]
        top = self.table(node.top, env)

        def slope(at: Position, place: Position) -> float:
            up, down = (self._moved(bottom.name, place, step).table(node.top, env) for step in (STEP, -STEP))
            return (up(*at) - down(*at)) / (2 * STEP)

        if isinstance(node.bottom, e.Indexed):
            rest = iter(node.bottom.labels)
            place = tuple(0 if axis == "1" else env[next(rest)] for axis in axes)
            return Table(top.axes, lambda at: slope(at, place))
        rank = len(top.axes)
        return Table((*top.axes, *axes), lambda at: slope(at[:rank], at[rank:]))

    def _moved(self, name: str, place: Position, step: float) -> Loops:
        """The same numbers with one entry moved, and all that is defined after it worked out anew."""
        key = (name, place, step)
        if key not in self.moves:
            axes, numbers = self.data[name]
            moved = replace(
                self, data=self.data | {name: (axes, numbers | {place: numbers[place] + step})}, moves={}
            )
            definitions = self.exercise.setting.definitions
            names = list(definitions)
            later = names[names.index(name) + 1 :] if name in names else names
            moved.define({defined: definitions[defined] for defined in later})
            self.moves[key] = moved
        return self.moves[key]


def _add(one: float, other: float) -> float:
    return one + other
