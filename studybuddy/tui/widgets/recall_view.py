"""The curve of forgetting as it stands in the app."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from studybuddy.core.card import Rating
from studybuddy.i18n import _, say
from studybuddy.study.outcome_words import RATING_WORDS
from studybuddy.study.recall_plot import GUTTER, plot_lines
from studybuddy.study.spans import interval_phrase

if TYPE_CHECKING:
    from studybuddy.study.why import Why
    from studybuddy.tui.app import StudybuddyApp

LOOKS = {
    "past": "bold $primary",
    "future": "$text-muted",
    "target": "$text-accent",
    "today": "$text-muted",
    "axis": "$text-muted",
    "label": "$text-muted",
    "kept": "$text-success",
    "lost": "bold $text-error",
    "rating": "bold $foreground",
}
WIDEST = 76
BELOW = 3
"""Lines below the curve itself: the axis, its dates, where the buttons lead."""


class RecallView(Widget):
    """Draws as many rows as it is given; nothing where there is no curve or no room."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    RecallView { height: auto; display: none; }
    RecallView.-drawn { display: block; }
    """
    if TYPE_CHECKING:

        @property
        def app(self) -> StudybuddyApp:  # type: ignore[override]  # App is invariant in its result
            """The one app there is."""

    def __init__(self) -> None:
        super().__init__()
        self._why: Why | None = None
        self._rows = 0

    def show(self, why: Why, rows: int) -> None:
        """Draw the curve of a card in some rows."""
        self._why, self._rows = why, rows
        self.set_class(why.curve is not None, "-drawn")
        self.refresh(layout=True)

    def render(self) -> Content:
        """The picture, and below it what each button would lead to."""
        why = self._why
        if why is None or why.curve is None:
            return Content()
        width = min(self.content_size.width, WIDEST)
        dues = {} if why.curve.planned else why.dues
        ascii_only = bool(self.app.signs)
        lines = plot_lines(
            why.curve, why.preset.desired_retention, dues, width, self._rows, ascii_only=ascii_only
        )
        drawn = [
            Content.assemble(*((span.text, LOOKS.get(span.style, "")) for span in line)) for line in lines
        ]
        return Content("\n").join([*drawn, *leads(leads_of(why), width, bool(why.curve.planned))])


def leads_of(why: Why) -> Mapping[Rating, str]:
    """What each button would lead to, in words."""
    return {rating: say(interval_phrase(outcome, why.now)) for rating, outcome in why.outcomes.items()}


def leads(found: Mapping[Rating, str], width: int, planned: bool) -> list[Content]:
    """The buttons and their intervals on a line, or on as many as it takes; a plan says that it is one."""
    said = [Content.styled(_("if every answer is Good"), "$text-muted")] if planned else []
    parts = [
        Content.assemble(
            (str(int(rating)), "bold $foreground"), f" {_(RATING_WORDS[rating])} ", (words, "$text-muted")
        )
        for rating, words in found.items()
    ]
    for gap in (3, 2):
        line = Content.assemble(" " * GUTTER, Content(" " * gap).join([*said, *parts]))
        if line.cell_length <= width:
            return [line]
    lines: list[Content] = []
    for part in [*said, *parts]:
        if lines and lines[-1].cell_length + 2 + part.cell_length <= width:
            lines[-1] = Content.assemble(lines[-1], "  ", part)
        else:
            lines.append(Content.assemble(" " * GUTTER, part))
    return lines
