"""The derivation desk: write a step, have it checked, and be told what is right, what is wrong and why."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widgets import TextArea

from studybuddy.tui.commands import Command
from studybuddy.tui.screens.base import bindings
from studybuddy.tui.screens.derivation_help import DerivationHelp
from studybuddy.tui.screens.derivation_keys import DERIVATION_COMMANDS
from studybuddy.tui.widgets.trail import Trail


class DerivationScreen(DerivationHelp):
    """One step at a time. What is typed is saved as it is typed, and every answer is kept."""

    CSS_PATH = "derivation.tcss"
    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = DERIVATION_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(*DERIVATION_COMMANDS)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a command does something now."""
        state, step = self._state, self._step
        name = action.partition("(")[0]
        if step is None or state is None:
            return name in ("back", "drills")
        editing = isinstance(self.focused, TextArea)
        own, open_now = not step.given, not step.given and not self._revealed
        one_line = self._desk.editor.one_line
        unaided = "unaided" in action or "unaided" in parameters
        done = state.settled(step) and not open_now and not editing
        possible = {
            "judge": own
            and self._revealed
            and not self._checked
            and not editing
            and not (unaided and state.help(step).taken),
            "check": open_now and self._checked and one_line,
            "check_line": open_now and self._checked and one_line and editing,
            "check_lines": open_now and self._checked and not one_line,
            "compare": open_now and not self._checked,
            "onward": done and self._following is not None,
            "write": open_now and not editing,
            "again": own and self._revealed and not editing,
            "new_line": open_now and editing,
            "reveal": open_now and self._checked,
            "hint": open_now and self._help_left and not editing,
            "hint_while_typing": open_now and self._help_left and editing,
            "stuck": own and self._checked,
            "undo": self._undoable and not editing,
            "history": own,
            "leave_editor": editing,
            "back": not editing,
            "step": not editing,
            "symbols": state.lesson is not None,
            "givens": not self.has_class("-wide"),
            "finish": done and state.finished,
            "drills": not editing,
            "across": self._desk.reading.wide and not editing,
        }
        return possible.get(name, True)

    # ---- moving

    @property
    def _following(self) -> int | None:
        """Where Enter leads from a step that is settled."""
        return self._state.next_open(self._index) if self._state is not None else None

    def action_onward(self) -> None:
        """To the next open step."""
        if self._following is not None:
            self._move(self._following)

    def action_step(self, steps: int) -> None:
        """To a step further on or before; whoever steps through them types nothing into them."""
        self._move(self._index + steps, write=False)

    def _move(self, index: int, *, write: bool = True) -> None:
        """To another step; a check under way is forgotten."""
        self._undoable = False
        self._checking = ""
        self.workers.cancel_group(self, "check")
        self.say(None)
        self.perform(self._go(index, write=write))

    @on(Trail.Chosen)
    def _chosen(self, event: Trail.Chosen) -> None:
        self._move(event.index)

    def action_write(self) -> None:
        """Into the editor."""
        self._desk.editor.focus()

    def action_leave_editor(self) -> None:
        """Out of the editor, so that the plain keys work."""
        self.set_focus(None)

    def action_new_line(self) -> None:
        """A line more, which terminals do not let Shift and Enter do."""
        editor = self._desk.editor
        editor.replace("\n", *editor.selection, maintain_selection_offset=False)

    def action_scroll(self, lines: int) -> None:
        """Move by lines: what is unfolded, else the step while there is more of it than can be seen."""
        folded = self.has_class("-wide") or not self.has_class("-unfolded")
        scrolled = self._desk if folded and self._desk.max_scroll_y > 0 else self.query_one("#context")
        scrolled.scroll_relative(y=lines, animate=False)

    def action_across(self, steps: int) -> None:
        """Move a drawing that is too wide."""
        self._desk.reading.move(steps)

    def action_drills(self) -> None:
        """Go to the drills; from one of them, back to the list it was chosen from."""
        from studybuddy.tui.screens.drills import DrillsScreen

        stack = self.app.screen_stack
        if len(stack) > 1 and isinstance(stack[-2], DrillsScreen):
            self.app.call_later(self.app.action_back)
        else:
            self.app.push_screen(DrillsScreen(DerivationScreen))

    def action_finish(self) -> None:
        """Go on to the drills from the end of a derivation."""
        self.action_drills()

    def action_givens(self) -> None:
        """Unfold or fold what is known, where it does not stand beside the step."""
        self.toggle_class("-unfolded")
