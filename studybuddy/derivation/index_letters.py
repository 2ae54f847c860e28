"""Index letters of an answer: which axis each runs over, and sums with letters of their own."""

from __future__ import annotations

from dataclasses import replace

from studybuddy.core.phrase import Phrase
from studybuddy.derivation.expression import (
    NEW_AXIS,
    Derivative,
    Expression,
    Indexed,
    Kronecker,
    SumOver,
    Symbol,
    Transpose,
    renamed,
    walk,
)
from studybuddy.derivation.source import UnreadableError
from studybuddy.derivation.values import MistakeError, Value, shape
from studybuddy.derivation.wording import index, written
from studybuddy.i18n import N_

CLASH = N_("index {index} runs over {one} elsewhere but over {other} in {part}: one of the indices is wrong")


class IndexLetters:
    """Binds letters to dimensions as they are met. `bound`: those that are known already."""

    def __init__(self, bound: dict[str, str] | None = None) -> None:
        """Begin with letters that are bound elsewhere, such as those of the goal."""
        self.bound = dict(bound or {})
        self._sums = 0

    def value(self, node: Expression) -> Value:
        """The value of one node."""
        raise NotImplementedError

    def apart(self, node: Expression) -> Expression:
        """Every sum with an index of its own: `i~1`."""
        if isinstance(node, SumOver):
            self._sums += 1
            label = f"{node.label}~{self._sums}"
            return replace(node, label=label, body=self.apart(renamed(node.body, node.label, label)))
        parts = node.parts()
        return node.with_parts(tuple(self.apart(part) for part in parts)) if parts else node

    def learn(self, root: Expression) -> None:
        """Which dimension each index runs over, before anything is evaluated."""
        deltas = [node for node in walk(root) if isinstance(node, Kronecker)]
        for node in walk(root):
            if isinstance(node, Indexed) and (deltas or isinstance(node.base, Symbol | Transpose)):
                self._bind_axes(node)
            elif isinstance(node, Derivative) and isinstance(node.bottom, Indexed):
                self._bind_axes(node.bottom)
            elif isinstance(node, SumOver) and node.upper:
                self.bind(node.label, node.upper, node)
        for _ in deltas:
            for delta in deltas:
                for one, other in ((delta.first, delta.second), (delta.second, delta.first)):
                    if one in self.bound:
                        self.bind(other, self.bound[one], delta)

    def _bind_axes(self, node: Indexed) -> None:
        if any(isinstance(below, Indexed | Derivative | Kronecker | SumOver) for below in walk(node.base)):
            return
        found = self.value(node.base)
        axes = found.dimensions if node.plain else found.squeezed().dimensions
        for label, dimension in self.labelled(node, axes):
            if label not in (":", NEW_AXIS) and not (label == "0" and node.plain):
                self.bind(label, dimension, node)

    def labelled(self, node: Indexed, axes: tuple[str, ...]) -> list[tuple[str, str]]:
        """Each label with its axis; a new axis is `1`.

        Raises:
            MistakeError: there are too many labels.
            UnreadableError: there are too few, and it is not NumPy: it cannot be told which axis is meant.
        """
        labels = list(node.labels)
        count = len(labels) - labels.count(NEW_AXIS)
        if count > len(axes) or (count < len(axes) and not node.plain):
            phrase = Phrase.of(
                N_("{part} has the axes {axes}; {n} index was given"),
                plural=N_("{part} has the axes {axes}; {n} indices were given"),
                part=written(node.base),
                axes=shape(axes),
                n=count,
            )
            if count < len(axes):
                raise UnreadableError(phrase, node.span[0])
            raise MistakeError(phrase, node.span)
        labels += [":"] * (len(axes) - count)
        rest = iter(axes)
        return [(label, "1" if label == NEW_AXIS else next(rest)) for label in labels]

    def bind(self, label: str, dimension: str, node: Expression) -> None:
        """Let a letter run over a dimension.

        Raises:
            MistakeError: it runs over another one already.
        """
        if label.isdigit():
            words = N_("an index is a letter here, not a number")
            raise UnreadableError(Phrase(words), node.span[0])
        known = self.bound.setdefault(label, dimension)
        if known != dimension:
            phrase = Phrase.of(CLASH, index=index(label), one=known, other=dimension, part=written(node))
            raise MistakeError(phrase, node.span)
