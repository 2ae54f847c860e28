"""The answers given to a step, newest first; one of them can be taken back into the editor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content

from studybuddy.core.derivation import Judgement
from studybuddy.i18n import N_, _, day_name, ngettext
from studybuddy.study.derivation import StepResult
from studybuddy.study.step_log import StepTry
from studybuddy.study.wiring import Study
from studybuddy.text import clean_line
from studybuddy.tui.agenda import Entry, EntryKind
from studybuddy.tui.modals.window import Window
from studybuddy.tui.widgets.plain import PlainText
from studybuddy.tui.widgets.row_pane import Row, RowPane

LONGEST = 400
"""Characters of an answer that are listed."""
_LONG_MS = 60_000


class PastTry(NamedTuple):
    """An answer that was given."""

    number: int
    at: datetime
    given: StepTry


def past_tries(study: Study, step: str) -> tuple[PastTry, ...]:
    """Every answer to a step, newest first, with the time in the learner's zone."""
    found = study.derivation.history(step)
    zone = study.desk.now().tzinfo
    numbers = range(len(found), 0, -1)
    return tuple(
        PastTry(number, _when(given, zone), given) for number, given in zip(numbers, found, strict=True)
    )


def _when(given: StepTry, zone: tzinfo | None) -> datetime:
    return datetime.fromtimestamp(given.event.wall_ms / 1000, zone)


class TriesPane(RowPane):
    """Two lines an answer: what it was judged and when, and what was written."""

    DEFAULT_CSS = """
    TriesPane { border: none; padding: 0; }
    """

    def __init__(self, tries: Sequence[PastTry]) -> None:
        super().__init__()
        self._tries = tries

    def rows(self, width: int) -> list[Row]:
        """The answers; a word where there is none yet."""
        if not self._tries:
            return [Row(Content.styled(_("No answer to this step yet."), "$text-muted"))]
        return [row for tried in self._tries for row in _rows(tried)]


def _rows(tried: PastTry) -> list[Row]:
    entry = Entry(EntryKind.ATTEMPT, str(tried.number))
    sign, words, tone = _verdict(tried.given)
    facts = [f"{day_name(tried.at.date())} {tried.at:%H:%M}"]
    if ms := tried.given.elapsed_ms:
        spent = _("{minutes} min", minutes=round(ms / _LONG_MS)) if ms >= _LONG_MS else ""
        facts.append(spent or _("{seconds} s", seconds=max(1, round(ms / 1000))))
    if tried.given.hints:
        facts.append(ngettext("{n} hint", "{n} hints", tried.given.hints))
    head = Content.assemble(
        (f"{tried.number:>2}  ", "$text-muted"),
        (f"{sign} {words}", tone),
        ("   " + " · ".join(facts), "$text-muted"),
    )
    answer = clean_line(tried.given.answer, LONGEST).strip() or "–"
    return [Row(head, entry), Row(Content("    " + answer), entry)]


def _verdict(given: StepTry) -> tuple[str, str, str]:
    """Sign, words and colour of what an answer was judged."""
    right = given.judgement is Judgement.RIGHT if given.judgement else given.result is not StepResult.MISSED
    if not right:
        said = _("wrong") if given.judgement else _("missed")
        return "✗", said, "$text-error"
    if given.result is StepResult.UNAIDED:
        return "✓", _("unaided"), "$text-success"
    return "◐", _("with help"), "$text-warning"


class StepHistoryModal(Window[str | None]):
    """Answers with what is to be put into the editor, None if nothing is."""

    BINDINGS = [
        Binding("escape,q,v,f8", "dismiss", N_("close"), id="tries.close"),
        Binding("enter", "take", N_("take"), id="tries.take"),
        Binding("down,j", "cursor(1)", N_("down"), id="tries.down"),
        Binding("up,k", "cursor(-1)", N_("up"), id="tries.up"),
    ]
    DEFAULT_CSS = """
    StepHistoryModal { align: center middle; }
    StepHistoryModal > Vertical {
        width: 84; max-width: 100%; height: auto; max-height: 100%;
        padding: 0 1; border: round $primary; background: $surface;
    }
    StepHistoryModal VerticalScroll { height: auto; max-height: 100vh; scrollbar-size-vertical: 1; }
    StepHistoryModal #close { color: $text-muted; height: 2; padding-top: 1; dock: bottom; }
    """

    def __init__(self, tries: Sequence[PastTry]) -> None:
        """Show answers, given newest first."""
        super().__init__()
        self._tries = tries

    def compose(self) -> ComposeResult:
        """The list and its keys."""
        with Vertical():
            with VerticalScroll(can_focus=False):
                yield TriesPane(self._tries)
            yield PlainText(id="close")

    def on_mount(self) -> None:
        """Stand on the newest."""
        self._word()
        if self._tries:
            self.query_one(TriesPane).cursor = Entry(EntryKind.ATTEMPT, str(self._tries[0].number))

    def _word(self) -> None:
        self.query_one(Vertical).border_title = _("Your answers to this step")
        keys = _("Enter takes it into the editor   Esc closes this") if self._tries else _("Esc closes this")
        self.query_one("#close", PlainText).update(keys)

    async def retranslate(self) -> None:
        """Word everything again."""
        self._word()
        self.query_one(TriesPane).refresh()

    def action_cursor(self, steps: int) -> None:
        """Up or down."""
        pane = self.query_one(TriesPane)
        entries = pane.entries()
        if entries:
            here = entries.index(pane.cursor) if pane.cursor in entries else 0
            pane.cursor = entries[max(0, min(here + steps, len(entries) - 1))]

    def action_take(self) -> None:
        """Answer with the one in front."""
        cursor = self.query_one(TriesPane).cursor
        chosen = (tried for tried in self._tries if cursor is not None and str(tried.number) == cursor.id)
        found = next(chosen, None)
        self.close(found.given.answer if found is not None else None)

    @on(RowPane.Chosen)
    def _chosen(self, event: RowPane.Chosen) -> None:
        self.query_one(TriesPane).cursor = event.entry
        self.action_take()
