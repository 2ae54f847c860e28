"""A typed tree held against the card's: the first node in level order that differs is named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from studybuddy.core.card_content import CardContent
from studybuddy.core.errors import UsageError
from studybuddy.core.level_order import read_tree
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.study.answers.judged import Judged, Mark
from studybuddy.study.answers.letters import judge_letters

Tree = tuple[str | None, ...]


def judge_tree(card: CardContent, typed: str) -> Judged:
    """Compare node by node with the card's tree; where the card has none, compare letters.

    Raises:
        UsageError: what was typed is no tree.
    """
    wanted = trees_of(card)
    if not wanted:
        return judge_letters(card, typed)
    given = read_tree(typed)
    if given in wanted:
        return Judged(Mark.RIGHT, typed, level_order(given), trees=(given, given))
    nearest = wanted[0]
    reason = _difference(given, nearest)
    return Judged(Mark.WRONG, typed, level_order(nearest), reason, trees=(given, nearest))


def trees_of(card: CardContent) -> list[Tree]:
    """The right answers of a tree card: those it accepts, and the first line of its back."""
    found = []
    for answer in (*card.accept, card.back.strip().split("\n", 1)[0]):
        with suppress(UsageError):
            found.append(read_tree(answer))
    return found


def level_order(tree: Tree) -> str:
    """A tree as LeetCode writes it."""
    return "[" + ",".join("null" if value is None else value for value in tree) + "]"


def _difference(given: Tree, wanted: Tree) -> Phrase:
    one, other = dict(_nodes(given)), dict(_nodes(wanted))
    if sorted(one.values()) == sorted(other.values()) and dict(_nodes(wanted, mirrored=True)) == one:
        return Phrase(N_("left and right are swapped"))
    places = sorted({*one, *other}, key=lambda path: (len(path), path))
    path = next(path for path in places if one.get(path) != other.get(path))
    mine, right = one.get(path), other.get(path)
    place = _place(path, other if path[:-1] in other else one)
    if mine is None:
        return Phrase.of(N_("{place} is {want}; yours has none"), place=place, want=right or "")
    if right is None:
        return Phrase.of(N_("in yours {place} is {got}; there should be none"), place=place, got=mine)
    return Phrase.of(N_("{place} is {want}, not {got}"), place=place, want=right, got=mine)


def _place(path: str, values: dict[str, str]) -> Phrase:
    if not path:
        return Phrase(N_("the root"))
    words = N_("the left child of {parent}") if path[-1] == "0" else N_("the right child of {parent}")
    return Phrase.of(words, parent=values.get(path[:-1], ""))


def _nodes(tree: Tree, *, mirrored: bool = False) -> Iterator[tuple[str, str]]:
    """Each node by the way to it: `0` for left, `1` for right, `01` for the right child of the left one."""
    sides = "10" if mirrored else "01"
    paths = iter([""])
    waiting: list[str] = []
    for value in tree:
        path = next(paths, None)
        if path is None:
            path, paths = waiting[0], iter(waiting[1:])
            waiting = []
        if value is not None:
            yield path, value
            waiting += [path + sides[0], path + sides[1]]
