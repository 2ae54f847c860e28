"""What the browser says of what it did and found."""

from __future__ import annotations

from studybuddy.core.phrase import Phrase
from studybuddy.core.query import QueryError
from studybuddy.i18n import N_, _, ngettext, word
from studybuddy.study.browser import Change, Changed
from studybuddy.text import cell_width, clean_line, pad

_ONE = {
    (Change.SUSPEND, True): Phrase.of(N_("{n} card suspended"), plural=N_("{n} cards suspended"), n=0),
    (Change.SUSPEND, False): Phrase.of(N_("{n} card asked again"), plural=N_("{n} cards asked again"), n=0),
    (Change.BURY, True): Phrase.of(
        N_("{n} card not asked today"), plural=N_("{n} cards not asked today"), n=0
    ),
    (Change.BURY, False): Phrase.of(N_("{n} card asked again"), plural=N_("{n} cards asked again"), n=0),
    (Change.FLAG, True): Phrase.of(N_("{n} card flagged"), plural=N_("{n} cards flagged"), n=0),
    (Change.FLAG, False): Phrase.of(N_("{n} card without flag"), plural=N_("{n} cards without flag"), n=0),
}


def changed_phrase(change: Change, done: Changed) -> Phrase:
    """What was done, and how it is taken back."""
    if not done.cards:
        return Phrase(N_("not begun yet: there is nothing to put aside or to flag"))
    said = _ONE[change, done.on]._replace(parameters=(("n", done.cards),))
    if not done.unseen:
        return Phrase.of(N_("{done} · u takes it back"), done=said)
    return Phrase.of(
        N_("{done} · {unseen} not begun yet and left out · u takes it back"), done=said, unseen=done.unseen
    )


LEGEND = (
    ("is:due", N_("due today; also new learn review suspended buried flagged leech own")),
    ("lesson:s3w10d1", N_("of a lesson; also tag: concept: kind: id:")),
    ("prop:stability<3", N_("a figure; also difficulty, lapses, reps, due, interval, recall")),
    ("rated:7:again", N_("answered so within 7 days; introduced:7 for the first time")),
    ('"exact words"', N_("whole words side by side")),
    ("back*gation", N_("* stands for anything")),
    ("-is:suspended", N_("not that")),
    ("(a or b) c", N_("one of the two, and c")),
)
"""What may be typed, and what it finds."""


def legend() -> str:
    """The language of the query line at a glance."""
    widest = max(cell_width(example) for example, _meaning in LEGEND)
    return "\n".join(f"{pad(example, widest)}   {_(meaning)}" for example, meaning in LEGEND)


def found_words(found: int, selected: int) -> str:
    """How many cards there are, and how many of them are selected."""
    words = ngettext("{n} card", "{n} cards", found)
    return f"{words} · " + _("{n} selected", n=selected) if selected else words


def error_line(error: QueryError, width: int, before: int) -> str:
    """What is wrong with a query, below the place where it goes wrong as far as there is room.

    Args:
        error: what the parser says.
        width: cells of the line.
        before: cells in front of the place.
    """
    said = "^ " + clean_line(word(error), 400)
    return " " * min(before, max(0, width - cell_width(said))) + said
