"""Checks that the answers of a card can be read by whoever judges what is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from studybuddy.core.card_content import CardContent, CardKind
from studybuddy.core.errors import UsageError
from studybuddy.core.level_order import read_tree
from studybuddy.core.phrase import Phrase
from studybuddy.core.quantities import read_quantity
from studybuddy.core.shape_text import read_shape
from studybuddy.course.report import shorten
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.course.table import Table

_READERS: Mapping[CardKind, Callable[[str], object]] = {
    CardKind.NUMERIC: read_quantity,
    CardKind.SHAPE: read_shape,
    CardKind.TREE: read_tree,
}
_ONLY_NUMERIC = ("tolerance", "absolute", "unit")


def check_answers(row: Table, card: CardContent) -> None:
    """Say which answers of a card cannot be read, and when there is none that can."""
    if card.kind is not CardKind.NUMERIC:
        for key in _ONLY_NUMERIC:
            if row.value(key) is not None and not card.exercise:
                words = N_("`{key}` is for cards of the kind numeric")
                row.error("card-answer", Phrase.of(words, key=key), key)
    if card.kind is not CardKind.TYPE_IN and row.value("case") is not None:
        row.error("card-answer", N_("`case` is for cards of the kind type-in"), "case")
    reader = _READERS.get(card.kind)
    if reader is None:
        return
    for answer in card.accept:
        if (why := _unread(reader, answer)) is not None:
            words = N_("the answer “{answer}” cannot be read: {why}")
            row.error("card-answer", Phrase.of(words, answer=shorten(answer), why=why), "accept")
    first = card.back.strip().split("\n", 1)[0]
    if not card.accept and card.back and (why := _unread(reader, first)) is not None:
        words = N_("without `accept`, `back` begins with a line that is the answer: {why}")
        row.error("card-answer", Phrase.of(words, why=why))


def _unread(reader: Callable[[str], object], answer: str) -> Phrase | None:
    try:
        reader(answer)
    except UsageError as error:
        return Phrase(error.message, tuple(error.parameters.items()))
    return None
