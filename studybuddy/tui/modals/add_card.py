"""A card of one's own: what to ask, what to answer, words to find it by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, TextArea

from studybuddy.core.errors import StudybuddyError
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, _, word
from studybuddy.study.notes import LONGEST_UNIT, NoteKind
from studybuddy.study.own_cards import LONGEST_SIDE, Sides, read_facts
from studybuddy.text import clean
from studybuddy.tui.widgets.answer_area import AnswerArea
from studybuddy.tui.widgets.kind_line import KindLine
from studybuddy.tui.widgets.line_input import LineInput
from studybuddy.tui.widgets.plain import PlainText

if TYPE_CHECKING:
    from studybuddy.study.wiring import Study
    from studybuddy.tui.app import StudybuddyApp

ADDED = Phrase(N_("saved: a card of your own, new from now on · u takes it back"))
"""What a screen says after the modal answered with a card."""
NO_SIDES = Sides()
LONGEST_TAGS = 400
LONGEST_TOLERANCE = 20
LONGEST_FRONT = 2000
"""Characters of a selection that become a front."""


class AddCardModal(ModalScreen[str | None]):
    """Answers with the id of the card that was saved, None if none was.

    What was typed and not saved is there again the next time, whatever closed the window.
    """

    AUTO_FOCUS = ""
    HEAD = N_("A card of your own")
    KINDS = True
    """Whether the kind of the card can be chosen."""
    LONGEST_BEGUN = LONGEST_FRONT
    """Characters of the front that it begins with."""
    BINDINGS = [
        Binding("ctrl+s", "save", N_("save"), id="add_card.save", priority=True),
        Binding("ctrl+t", "kind", N_("kind"), id="add_card.kind", priority=True),
        Binding("escape", "leave", N_("not now"), id="add_card.leave"),
    ]
    DEFAULT_CSS = """
    AddCardModal { align: center middle; }
    AddCardModal > VerticalScroll {
        width: 76; max-width: 100%; height: auto; max-height: 100%;
        padding: 0 1; border: round $primary; background: $surface; scrollbar-size-vertical: 1;
    }
    AddCardModal .label { color: $text-muted; padding: 0 1; }
    AddCardModal TextArea { height: 5; max-height: 25vh; min-height: 3; scrollbar-size-vertical: 1;
        border: round $foreground 25%; &:focus { border: round $primary; } }
    AddCardModal Input { margin: 0 1; padding: 0 1; background: $panel; }
    AddCardModal KindLine { margin-bottom: 1; }
    AddCardModal #number { height: auto; display: none; }
    AddCardModal #number.-shown { display: block; }
    AddCardModal #number > Vertical { width: 1fr; height: auto; }
    AddCardModal #wrong { color: $text-error; padding: 0 1; margin-top: 1; display: none; }
    AddCardModal #wrong.-shown { display: block; }
    AddCardModal #keys { color: $text-muted; padding: 0 1; margin-top: 1; }
    """
    if TYPE_CHECKING:

        @property
        def app(self) -> StudybuddyApp:  # type: ignore[override]  # App is invariant in its result
            """The one app there is."""

    def __init__(
        self, front: str = "", back: str = "", tags: str = "", *, source: str = "", facts: Sides = NO_SIDES
    ) -> None:
        """Begin a card, or go on with the one that was not finished.

        Args:
            front: Such as the text that is selected; it is added to an unfinished front.
            back: The answer, if it is known.
            tags: Words to find the card by, separated by spaces.
            source: Id of the section it is written at.
            facts: Its kind, and what belongs to that; the sides in it do not count.
        """
        super().__init__()
        begun = clean(front).strip()[: self.LONGEST_BEGUN]
        self._begun = facts._replace(front=begun, back=clean(back).strip(), tags=tags)
        self._source = source
        self._problem: StudybuddyError | None = None
        self._busy = False

    def compose(self) -> ComposeResult:
        """The kind, two sides, what belongs to a number, the tags, what is wrong, the keys."""
        with VerticalScroll(can_focus=False):
            if self.KINDS:
                yield KindLine()
            yield PlainText(id="front-label", classes="label")
            yield AnswerArea(id="front", soft_wrap=True, tab_behavior="focus")
            yield PlainText(id="back-label", classes="label")
            yield AnswerArea(id="back", soft_wrap=True, tab_behavior="focus")
            with Horizontal(id="number"):
                for field, longest in (("tolerance", LONGEST_TOLERANCE), ("unit", LONGEST_UNIT)):
                    with Vertical():
                        yield PlainText(id=f"{field}-label", classes="label")
                        yield LineInput(id=field, max_length=longest, compact=True)
            yield PlainText(id="tags-label", classes="label")
            yield LineInput(id="tags", max_length=LONGEST_TAGS, compact=True)
            yield PlainText(id="wrong")
            yield PlainText(id="keys")

    async def on_mount(self) -> None:
        """Bring back what was not finished."""
        self._word()
        self._fill(await self._unfinished())

    def _fill(self, left: Sides) -> None:
        if not self._ready:
            self.call_after_refresh(self._fill, left)  # never comes where the window was closed meanwhile
            return
        begun = self._begun
        fronts = [left.front.strip(), begun.front if begun.front not in left.front else ""]
        self._field("front").load_text("\n".join(filter(None, fronts)))
        self._field("back").load_text(left.back or begun.back)
        for field in ("tags", "tolerance", "unit"):
            self._line(field).value = getattr(left, field) or getattr(begun, field)
        self._show_kind(left.kind or begun.kind)
        first = self._field(self._first_side)
        first.move_cursor(first.document.end)
        first.focus()

    @property
    def _ready(self) -> bool:
        """Whether every field is there."""
        return all(self.query(f"#{field}") for field in ("front", "back", "tolerance", "unit", "tags"))

    def _field(self, side: str) -> TextArea:
        return self.query_one(f"#{side}", TextArea)

    def _line(self, field: str) -> Input:
        return self.query_one(f"#{field}", Input)

    @property
    def _kind(self) -> str:
        """The kind that was chosen; empty where it is question and answer, which a gap makes a cloze."""
        lines = list(self.query(KindLine))
        return lines[0].kind.value if lines and lines[0].kind is not NoteKind.BASIC else ""

    def _show_kind(self, kind: str) -> None:
        for line in self.query(KindLine):
            line.kind = NoteKind(kind) if kind in tuple(NoteKind) else NoteKind.BASIC
        self.query_one("#number").set_class(kind == NoteKind.NUMERIC, "-shown")
        self._word()

    @on(KindLine.Chosen)
    def _chosen(self, event: KindLine.Chosen) -> None:
        self._problem = None
        self._show_kind(event.kind.value)

    def action_kind(self) -> None:
        """The next kind, wherever one is writing."""
        for line in self.query(KindLine):
            line.action_choose(1)

    @property
    def _first_side(self) -> str:
        """Where writing begins: at the answer if the question is there."""
        return "back" if self._field("front").text else "front"

    @property
    def _sides(self) -> Sides:
        lines = [self._line(field).value for field in ("tags", "tolerance", "unit")]
        tags, tolerance, unit = lines
        return Sides(self._field("front").text, self._field("back").text, tags, self._kind, tolerance, unit)

    def _word(self) -> None:
        self.query_one(VerticalScroll).border_title = _(self.HEAD)
        words = {
            "front-label": self._front_label(),
            "back-label": _("Back: the answer"),
            "tags-label": _("Tags, separated by spaces"),
            "tolerance-label": _("Tolerance, such as 1%"),
            "unit-label": _("Unit, such as ms"),
            "keys": _("^s save   Tab next field   Esc not now, what you typed is kept"),
            "wrong": word(self._problem) if self._problem is not None else "",
        }
        for part, text in words.items():
            for label in self.query(f"#{part}").results(PlainText):
                label.update(text)
        if self._kind in (NoteKind.TYPE_IN, NoteKind.NUMERIC):
            said = _("Back: the answer, alone on its first line; below it what you like")
            if self._kind == NoteKind.TYPE_IN:
                said = _("Back: the answer that is to be typed")
            self.query_one("#back-label", PlainText).update(said)
        if self.KINDS:
            said = _("^s save   ^t kind   Tab next   Esc not now, what you typed is kept")
            self.query_one("#keys", PlainText).update(said)
        for line in self.query(KindLine):
            line.refresh()
        self.query_one("#wrong").set_class(self._problem is not None, "-shown")

    def _front_label(self) -> str:
        if self._kind == NoteKind.CLOZE:
            return _(
                "A text with gaps: {gap}, {hint}; each is asked by a card", gap="{{…}}", hint="{{…::hint}}"
            )
        if self._kind:
            return _("Front: the question")
        return _("Front: the question, or a sentence with a {gap}", gap="{{…}}")

    async def retranslate(self) -> None:
        """Word everything again; what was typed stays."""
        self._word()

    @on(TextArea.Changed)
    @on(Input.Changed)
    def _typed(self) -> None:
        """What was wrong is being put right."""
        if self._problem is not None:
            self._problem = None
            self._word()

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Keep the card."""
        if not self._busy:
            self._busy = True
            self.run_worker(self._save(), exit_on_error=False)

    async def _save(self) -> None:
        sides = self._sides
        if max(len(sides.front), len(sides.back)) > LONGEST_SIDE:
            longest = LONGEST_SIDE + 1
            sides = sides._replace(front=sides.front[:longest], back=sides.back[:longest])
        try:
            card = await self.app.study.ask(lambda study: self._record(study, sides))
            await self._keep(Sides())
        except StudybuddyError as error:
            self._problem = error
            self._word()
            self.query_one("#wrong").scroll_visible(animate=False)
        else:
            self.dismiss(card)
        finally:
            self._busy = False

    def action_leave(self) -> None:
        """Close; what was typed is there again the next time."""
        if not self._busy:
            self._busy = True
            self.run_worker(self._leave(), exit_on_error=False)

    async def _leave(self) -> None:
        try:
            await self._keep(self._sides)
        finally:
            self.dismiss(None)

    def _record(self, study: Study, sides: Sides) -> str:
        """Put the card on the disk, on the study's thread; returns its id."""
        facts = read_facts(sides)
        return study.own_cards.add(sides.front, sides.back, (sides.tags,), self._source, facts=facts)

    async def _unfinished(self) -> Sides:
        """What was typed before and not saved."""
        return await self.app.study.ask(lambda study: study.own_cards.unfinished())

    async def _keep(self, sides: Sides) -> None:
        await self.app.study.ask(lambda study: study.own_cards.keep_unfinished(sides))
