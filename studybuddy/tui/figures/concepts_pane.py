"""The concepts by how well they are kept, the weakest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, _, language
from studybuddy.study.statistics import words
from studybuddy.study.statistics.weakness import ConceptFigures
from studybuddy.text import cell_width, clean_line, pad, truncate
from studybuddy.tui.charts.bars import bar
from studybuddy.tui.figures.figure_pane import FigurePane, muted, sentences

if TYPE_CHECKING:
    from studybuddy.study.concepts import Concepts

LONGEST = 48
BAR = 30
SHOWN = 60
LEAST_NAME = 12


class ConceptsTold(NamedTuple):
    """The concepts, and what they are called."""

    found: tuple[ConceptFigures, ...]
    names: Concepts


class ConceptsPane(FigurePane[ConceptsTold]):
    """A line a concept."""

    HEAD = N_("Concepts, the weakest first")

    def lines(self, told: ConceptsTold, width: int) -> list[Content]:
        """Name, share recalled of late as a bar, recall today, cards."""
        shown = told.found[:SHOWN]

        def title(concept: str) -> str:
            return clean_line(told.names.title(concept, language()), 200)

        titles = [title(concept.concept) for concept in shown]
        said = [words.concepts_words(shown, title)]
        if not shown:
            return muted(said, width)
        figures = [_figures(concept) for concept in shown]
        head = (_("recalled"), _("today"), _("cards"))
        cells = [max(cell_width(row[n]) for row in (head, *figures)) for n in range(3)]
        taken = sum(cells) + 6
        name = max(LEAST_NAME, min(LONGEST, width - taken - 12, max(map(cell_width, titles))))
        room = max(0, min(BAR, width - name - taken - 2))
        lines = [Content.styled(" " * (name + 2 + room) + _right(head, cells), "$text-muted")]
        for concept, name_of, row in zip(shown, titles, figures, strict=True):
            drawn = bar(concept.rate or 0.0, room, self.glyphs)
            label = pad(truncate(name_of, name), name) + "  "
            lines.append(Content.assemble(label, (drawn, "$primary"), _right(row, cells)))
        note = Phrase(
            N_(
                "In the order of what was recalled in the last 90 days; few answers count less than many. "
                "Recalled: first answers of a day. Today: chance to recall a card now."
            )
        )
        return [*sentences(said, width), Content(), *lines, Content(), *muted([note], width)]


def _figures(concept: ConceptFigures) -> tuple[str, str, str]:
    recalled = (
        "-" if concept.rate is None else _("{rate} of {n}", rate=f"{concept.rate:.0%}", n=concept.tested)
    )
    return recalled, f"{concept.chance:.0%}", str(concept.cards)


def _right(texts: tuple[str, ...], cells: list[int]) -> str:
    return "".join(
        "  " + " " * (size - cell_width(text)) + text for text, size in zip(texts, cells, strict=True)
    )
