"""The submissions of an exercise as a list, the newest on top."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from studybuddy.core.verdict import Verdict
from studybuddy.i18n import _
from studybuddy.study.attempt_words import attempt_facts, attempt_time, verdict_words
from studybuddy.study.attempts import Attempt
from studybuddy.tui.agenda import Entry, EntryKind
from studybuddy.tui.widgets.case_chips import colour, sign
from studybuddy.tui.widgets.row_pane import Row, RowPane

ONE_LINE = 70
"""Cells from which on an attempt is one line ..."""
HEAD_CELLS = 32
"""... with this many for number and verdict."""


class AttemptPane(RowPane):
    """A line or two an attempt: what the judge said and when, then cases, time and hints."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._attempts: Sequence[Attempt] = ()

    def show(self, attempts: Sequence[Attempt]) -> None:
        """List attempts, given oldest first."""
        self._attempts = attempts
        self.border_title = _("Your runs")
        self.refresh(layout=True)

    def rows(self, width: int) -> list[Row]:
        """The lines; they say so when there is no attempt yet."""
        if not self._attempts:
            return [Row(Content(_("Nothing has been run yet.")))]
        return [row for attempt in reversed(self._attempts) for row in _rows(attempt, width)]


def attempt_entry(attempt: Attempt) -> Entry:
    """What stands for an attempt in the list."""
    return Entry(EntryKind.ATTEMPT, str(attempt.number))


def _rows(attempt: Attempt, width: int) -> list[Row]:
    """One line where there is room for all of it, else two."""
    entry = attempt_entry(attempt)
    decided = attempt.verdict if attempt.judged or attempt.verdict is not Verdict.AC else None
    head = Content.assemble(
        (f"{attempt.number:>3}  ", "$text-muted"),
        (f"{sign(decided)} {verdict_words(attempt)}", colour(decided)),
    )
    facts = " · ".join([attempt_time(attempt), *attempt_facts(attempt)])
    if width >= ONE_LINE:
        gap = " " * max(2, HEAD_CELLS - head.cell_length)
        return [Row(Content.assemble(head, gap, (facts, "$text-muted")), entry)]
    return [Row(head, entry), Row(Content.styled(f"     {facts}", "$text-muted"), entry)]
