"""Which kind a card is that is being written: one line, the kind in force marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from studybuddy.i18n import _
from studybuddy.study.notes import NOTE_WORDS, NoteKind

_KINDS = tuple(NoteKind)
_APART = 3


class KindLine(Widget, can_focus=True):
    """All kinds beside each other, or the one in force where there is no room. Left and right choose."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up", "choose(-1)", show=False),
        Binding("right,down,space", "choose(1)", show=False),
    ]
    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KindLine { height: 1; width: 100%; padding: 0 1; }
    KindLine:focus { background: $panel; }
    """
    kind: reactive[NoteKind] = reactive(NoteKind.BASIC)

    @dataclass
    class Chosen(Message):
        """Another kind was chosen."""

        kind: NoteKind

    def render(self) -> Content:
        """`▸ question and answer   both ways   with gaps`."""
        shown = [self._word(kind) for kind in _KINDS]
        line = Content(" " * _APART).join(shown)
        if line.cell_length <= self.content_size.width:
            return line
        return Content.assemble(("‹ ", "$text-muted"), self._word(self.kind), (" ›", "$text-muted"))

    def _word(self, kind: NoteKind) -> Content:
        if kind is self.kind:
            return Content.styled("▸ " + _(NOTE_WORDS[kind]), "bold $text-primary")
        return Content.styled(_(NOTE_WORDS[kind]), "$text-muted")

    def action_choose(self, by: int) -> None:
        """Choose the next kind, or with -1 the one before."""
        self._choose(_KINDS[(_KINDS.index(self.kind) + by) % len(_KINDS)])

    def _choose(self, kind: NoteKind) -> None:
        if kind is not self.kind:
            self.kind = kind
            self.post_message(self.Chosen(kind))

    async def _on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        at = 0
        for kind in _KINDS:
            at += self._word(kind).cell_length + _APART
            if offset.x < at:
                self._choose(kind)
                return
