"""What is given, on two lines at most: so that it is in sight where there is no room for the page."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from studybuddy.i18n import _
from studybuddy.mathtext import inline
from studybuddy.study.given_shapes import GivenShape
from studybuddy.tui.signs import are_plain
from studybuddy.tui.widgets.fitting import fit

GAP = "   "


class GivensBar(Widget):
    """Names with their shapes, what follows from them, and the goal."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    GivensBar { height: auto; padding: 0 2; color: $text-primary; }
    """

    shapes: reactive[tuple[GivenShape, ...]] = reactive((), layout=True)
    """The given tensors."""
    formulas: reactive[tuple[str, ...]] = reactive((), layout=True)
    """LaTeX of what is defined, and of what is wanted last."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line for the shapes, if there are any, and one for the formulas."""
        return bool(self.shapes) + bool(self.formulas)

    def render(self) -> Content:
        """Both lines, cut where they do not fit."""
        width, plain = self.content_size.width, are_plain(self.app)
        lines = []
        if self.shapes:
            parts = [
                Content.assemble(
                    inline(given.latex, plain=plain), (f" {given.shape}".rstrip(), "$text-muted")
                )
                for given in self.shapes
            ]
            lines.append(Content(GAP).join(parts))
        if self.formulas:
            *known, wanted = (inline(latex, plain=plain) for latex in self.formulas)
            end = Content.assemble((_("goal") + " ", "$text-muted"), wanted)
            room = width - end.cell_length - len(GAP)
            start = Content(GAP.join(known))
            fits = bool(known) and start.cell_length <= room
            lines.append(Content(GAP).join([start, end]) if fits else end)
        return Content("\n").join(fit(line, width) for line in lines)
