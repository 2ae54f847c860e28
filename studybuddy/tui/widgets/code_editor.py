"""An editor for short Python programs, with the few manners that a learner expects of one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.color import Color
from textual.message import Message
from textual.theme import Theme
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult, TextAreaTheme

from studybuddy.text import clean
from studybuddy.tui.private import restart_blink, wear

LONGEST_PROGRAM = 256 * 1024
"""Characters of a program; what is typed or pasted beyond is left out, and said."""
COLOURED = 40_000
"""Characters up to which the syntax is coloured: beyond, each key would take longer than a blink."""
INDENT = 4
_COMMENT = re.compile(r"^(\s*)# ?")
_BLOCK_ENDS = frozenset({"return", "pass", "break", "continue", "raise"})
_LOOK = "studybuddy"


class CodeEditor(TextArea):
    """A text area for Python: indents by itself, colours as the app does, keeps control codes out.

    Escape is left to the screen. Every change is one step of undo.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+a", "select_all", show=False),  # the start of a line is Home; F7 is the screen's
        Binding("shift+tab", "dedent", show=False),
        Binding("ctrl+slash,ctrl+underscore", "comment", show=False),  # most terminals send the second
    ]
    DEFAULT_CSS = """
    CodeEditor {
        border: none;
        padding: 0;
        background: $background;
        &:focus { border: none; }
        .text-area--gutter { color: $foreground 35%; }
        .text-area--cursor-line { background: $surface; }
        .text-area--cursor-gutter { background: $surface; color: $foreground 70%; }
    }
    """

    @dataclass
    class Full(Message):
        """Something was left out, because a program may not be longer."""

        editor: CodeEditor

    def __init__(
        self, text: str = "", *, read_only: bool = False, id: str | None = None, classes: str | None = None
    ) -> None:
        """Open with a text, which is made harmless first."""
        text = clean(text, LONGEST_PROGRAM)
        super().__init__(
            text,
            language=_python() if len(text) <= COLOURED else None,
            soft_wrap=False,
            tab_behavior="indent",
            read_only=read_only,
            show_line_numbers=True,
            max_checkpoints=1000,
            id=id,
            classes=classes,
        )

    def on_mount(self) -> None:
        """Take on the colours of the app, now and whenever they change."""
        self.watch(self.app, "theme", self._dress)

    def _dress(self) -> None:
        self.register_theme(_look(self.app.current_theme))
        if self.theme == _LOOK:
            wear(self, _LOOK)
        else:
            self.theme = _LOOK

    def open(self, text: str) -> None:
        """Begin with another text; there is no way back to the one before."""
        text = clean(text, LONGEST_PROGRAM)
        self.language = _python() if len(text) <= COLOURED else None
        self.load_text(text)

    def put(self, text: str) -> None:
        """Put another text in the place of this one; undo brings this one back."""
        self.history.checkpoint()
        self.replace(text, (0, 0), self.document.end, maintain_selection_offset=False)
        self.history.checkpoint()
        self.move_cursor((0, 0))

    def point_at(self, line: int) -> None:
        """Bring a line, counted from 1, into view, and the cursor onto it unless the learner is typing."""
        row = min(max(line - 1, 0), self.document.line_count - 1)
        if not self.has_focus:
            self.move_cursor((row, 0))
        top = self.scroll_offset.y
        if not top <= row < top + self.size.height:
            self.scroll_to(y=max(0, row - self.size.height // 2), animate=False)

    def edit(self, edit: Edit) -> EditResult:
        """As any text area does, with foreign characters made harmless and the length bounded."""
        if edit.text:
            removed = len(self.document.get_text_range(edit.top, edit.bottom))
            room = max(0, LONGEST_PROGRAM - len(self.text) + removed)
            if len(edit.text) > room:
                self.post_message(self.Full(self))
            edit.text = clean(edit.text.replace("\r\n", "\n").replace("\r", "\n"), room)
            if self.language is not None and len(self.text) - removed + len(edit.text) > COLOURED:
                here = self.selection
                self.language = None
                self.selection = here
        return super().edit(edit)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            event.prevent_default()
        elif self.read_only:
            return
        elif event.key == "enter":
            event.stop()
            event.prevent_default()
            restart_blink(self)
            self.replace("\n" + " " * self._next_indent(), *self.selection, maintain_selection_offset=False)
        elif event.key == "tab" and self.selection.start[0] != self.selection.end[0]:
            event.stop()
            event.prevent_default()
            self._shift(INDENT)

    def _next_indent(self) -> int:
        row, column = min(self.selection)
        before = self.document[row][:column]
        code = before.split("#", 1)[0]
        words = code.split()
        indent = len(before) - len(before.lstrip(" "))
        opened = sum(map(code.count, "([{")) - sum(map(code.count, ")]}"))
        if words and (words[-1].endswith(":") or opened > 0):
            return indent + INDENT
        if words and words[0] in _BLOCK_ENDS:
            return max(0, indent - INDENT)
        return indent

    def action_delete_left(self) -> None:
        """Delete a character, or the indentation back to the tab stop before."""
        row, column = self.selection.end
        before = self.document[row][:column]
        if not self.read_only and self.selection.is_empty and before and not before.strip(" "):
            self.delete(
                (row, (column - 1) // INDENT * INDENT), (row, column), maintain_selection_offset=False
            )
        else:
            super().action_delete_left()

    def action_dedent(self) -> None:
        """Take one indentation from the selected lines."""
        if not self.read_only:
            self._shift(-INDENT)

    def action_comment(self) -> None:
        """Make comments of the selected lines, or code of them again where all are comments."""
        if not self.read_only:
            self._change_lines(_commented)

    def _shift(self, spaces: int) -> None:
        """Move the selected lines to the right or left; blank lines stay."""
        self._change_lines(lambda lines: [_shifted(line, spaces) for line in lines])

    def _change_lines(self, change: Callable[[list[str]], list[str]]) -> None:
        """Change the selected lines in one step of undo; the selection stays on what it was on."""
        (first, _), (last, end) = sorted(self.selection)
        if last > first and end == 0:
            last -= 1
        lines = [self.document[row] for row in range(first, last + 1)]
        moved = change(lines)
        if moved == lines:
            return
        anchor, cursor = self.selection
        self.replace("\n".join(moved), (first, 0), (last, len(lines[-1])))

        def follow(row: int, column: int) -> tuple[int, int]:
            if first <= row <= last:
                column = max(0, column + len(moved[row - first]) - len(lines[row - first]))
            return row, column

        self.selection = type(self.selection)(follow(*anchor), follow(*cursor))


def _shifted(line: str, spaces: int) -> str:
    if not line.strip():
        return line
    if spaces > 0:
        return " " * spaces + line
    return line[min(-spaces, len(line) - len(line.lstrip(" "))) :]


def _commented(lines: list[str]) -> list[str]:
    """The lines with `# ` at the depth of the outermost, or without it where every line has one."""
    filled = [line for line in lines if line.strip()]
    if filled and all(line.lstrip().startswith("#") for line in filled):
        return [_COMMENT.sub(r"\1", line) for line in lines]
    depth = min((len(line) - len(line.lstrip()) for line in filled), default=0)
    return [f"{line[:depth]}# {line[depth:]}" if line.strip() else line for line in lines]


@cache
def _python() -> str | None:
    """The language for the colours, None where they are not installed."""
    from importlib.util import find_spec

    return "python" if find_spec("tree_sitter") and find_spec("tree_sitter_python") else None


def _look(theme: Theme) -> TextAreaTheme:
    """Syntax colours made of the few colours of an app theme."""

    def style(colour: str | None, *, dim: float = 0.0, italic: bool = False) -> Style:
        foreground = Color.parse(theme.foreground or ("#e0e0e0" if theme.dark else "#202020"))
        shade = Color.parse(colour) if colour else foreground
        if dim and theme.background:
            shade = shade.blend(Color.parse(theme.background), dim)
        return Style(color=shade.rich_color, italic=italic or None)

    names = {
        style(theme.secondary): (
            "keyword conditional repeat include exception keyword.function keyword.return keyword.operator"
        ),
        style(theme.success): "string string.documentation",
        style(None, dim=0.35, italic=True): "comment",
        style(theme.accent): "number float boolean constant.builtin",
        style(theme.primary): "function function.call method method.call class type type.class constructor",
    }
    return TextAreaTheme(
        _LOOK, syntax_styles={name: colour for colour, line in names.items() for name in line.split()}
    )
