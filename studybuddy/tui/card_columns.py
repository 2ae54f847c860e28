"""The columns of a list of cards: which fit, how wide they are, what stands in them."""

from __future__ import annotations

from datetime import date, tzinfo
from typing import TYPE_CHECKING, NamedTuple

from studybuddy.core.card import CardState
from studybuddy.i18n import N_, _
from studybuddy.study.outcome_words import CARD_STATE_WORDS
from studybuddy.text import cell_width, clean_line, pad, truncate

if TYPE_CHECKING:
    from studybuddy.study.browser import CardLine

MARKS = 5
"""Cells before the question: the marks of the cursor, of what is selected, and of a flag."""
LEAST_QUESTION = 22
"""Cells of a question below which another column gives way."""
LONGEST_QUESTION = 400


_STATE_WORDS = {CardState.UNSEEN: N_("not begun"), CardState.RELEARNING: N_("relearning")}
"""States that have a word of their own in a list."""


class Column(NamedTuple):
    """A column beside the question; `right`: whether it is set to the right."""

    head: str
    cells: int
    right: bool = False


STATE = Column(N_("State"), 10)
DUE = Column(N_("Due"), 7)
STABILITY = Column(N_("Stable"), 6, right=True)
LAPSES = Column(N_("Lapses"), 6, right=True)
LESSON = Column(N_("Course"), 7)
COLUMNS = (STATE, DUE, STABILITY, LAPSES, LESSON)
_GIVING_WAY = (LESSON, LAPSES, STABILITY, DUE, STATE)


class Today(NamedTuple):
    """When the list is read: the study day, and the learner's zone."""

    day: date
    zone: tzinfo | None = None


def fitting_columns(width: int) -> tuple[Column, ...]:
    """The columns that leave the question room."""
    shown = list(COLUMNS)
    for column in _GIVING_WAY:
        if question_cells(width, tuple(shown)) >= LEAST_QUESTION:
            break
        shown.remove(column)
    return tuple(shown)


def question_cells(width: int, shown: tuple[Column, ...]) -> int:
    """Cells that are left for the question."""
    return width - MARKS - sum(column.cells + 1 for column in shown)


def head(width: int) -> str:
    """The line above the list."""
    shown = fitting_columns(width)
    cells = [_cell(_("Question"), question_cells(width, shown))]
    cells += [_cell(_(column.head), column.cells, right=column.right) for column in shown]
    return " " * MARKS + " ".join(cells)


class CardCells(NamedTuple):
    """A card as text: the question, then each column, all as wide as they are."""

    question: str
    rest: str


def card_cells(line: CardLine, width: int, today: Today) -> CardCells:
    """What stands in the columns for a card."""
    shown = fitting_columns(width)
    question = _cell(clean_line(line.question, LONGEST_QUESTION), question_cells(width, shown))
    rest = [_cell(_value(line, column, today), column.cells, right=column.right) for column in shown]
    return CardCells(question, "".join(" " + cell for cell in rest))


def _value(line: CardLine, column: Column, today: Today) -> str:
    memory = line.memory
    if column is STATE:
        return state_words(line)
    if column is DUE:
        return due_words(line, today)
    if column is STABILITY:
        return "" if memory.stability is None else days_words(memory.stability)
    if column is LAPSES:
        return str(memory.lapses) if memory.reps else ""
    return line.row.lesson.upper() or _("own")


def state_words(line: CardLine) -> str:
    """The state of a card in a word."""
    row = line.row
    if row.suspended:
        return _("suspended")
    if row.buried:
        return _("not today")
    if line.leech:
        return _("leech")
    return _(_STATE_WORDS.get(row.memory.state) or CARD_STATE_WORDS[row.memory.state])


def due_words(line: CardLine, today: Today) -> str:
    """When a card is due: the time of a step, the day of a review, with the year where that is another."""
    memory = line.memory
    if memory.due_at is not None:
        return f"{memory.due_at.astimezone(today.zone):%H:%M}"
    if memory.due_day is None:
        return ""
    day = memory.due_day
    return f"{day:%m-%d}" if day.year == today.day.year else f"{day:%Y-%m}"


def days_words(days: float) -> str:
    """A number of days, the shorter the more exact."""
    return _("{days} d", days=f"{days:.1f}" if days < 10 else f"{days:.0f}")


def _cell(text: str, cells: int, *, right: bool = False) -> str:
    text = truncate(text, cells)
    return " " * (cells - cell_width(text)) + text if right else pad(text, cells)
