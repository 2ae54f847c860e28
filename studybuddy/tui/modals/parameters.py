"""The 21 parameters of the memory model: what each stands for, its value, and the usual one."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from studybuddy.i18n import N_, _
from studybuddy.study.fit_words import PARAMETER_WORDS, USUAL
from studybuddy.text import cell_width, pad, wrap_text
from studybuddy.tui.modals.window import Window
from studybuddy.tui.widgets.plain import PlainText

LEAST_WORDS = 12


class ParametersModal(Window[None]):
    """A line a parameter; closes again."""

    BINDINGS = [
        Binding("escape,enter,q", "dismiss", N_("close"), id="parameters.close"),
        Binding("down,j", "scroll(1)", N_("down"), id="parameters.down"),
        Binding("up,k", "scroll(-1)", N_("up"), id="parameters.up"),
        Binding("pagedown,space", "scroll(10)", N_("page"), id="parameters.page"),
        Binding("pageup", "scroll(-10)", N_("page"), id="parameters.back"),
    ]
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    ParametersModal { align: center middle; }
    ParametersModal > Vertical {
        width: 86; max-width: 100%; height: auto; max-height: 100%; padding: 1 2;
        border: round $primary; background: $surface; border-title-style: bold;
    }
    ParametersModal VerticalScroll { height: auto; max-height: 100vh; scrollbar-size-vertical: 1; }
    ParametersModal #rows { height: auto; }
    ParametersModal #keys { color: $text-muted; margin-top: 1; }
    """

    def __init__(self, parameters: Sequence[float]) -> None:
        """Take the parameters in force."""
        super().__init__()
        self._parameters = parameters

    def compose(self) -> ComposeResult:
        """The parameters and the keys."""
        with Vertical():
            with VerticalScroll(can_focus=False):
                yield Static(id="rows", markup=False)
            yield PlainText(id="keys")

    def on_mount(self) -> None:
        """Word everything."""
        self._word()

    def on_resize(self) -> None:
        """Fit the lines to the window, which leaves the keys their room."""
        self.query_one(VerticalScroll).styles.max_height = max(1, self.app.size.height - 6)
        self.call_after_refresh(self._word)

    async def retranslate(self) -> None:
        """Word everything again."""
        self._word()

    def _word(self) -> None:
        self.query_one(Vertical).border_title = _("The parameters of your memory")
        self.query_one("#keys", PlainText).update(_("Esc closes this"))
        width = self.query_one(VerticalScroll).content_size.width - 1
        if width > 0:
            lines = parameter_lines(self._parameters, width)
            self.query_one("#rows", Static).update(Content("\n").join(lines))

    def action_scroll(self, lines: int) -> None:
        """Move through the lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


def parameter_lines(parameters: Sequence[float], width: int) -> list[Content]:
    """A heading and a line or more for each parameter; a value that is not the usual one stands out."""
    heads = _("value"), _("usual")
    cells = [max(9, cell_width(head) + 1) for head in heads]
    indent = 4 + sum(cells) + 1
    head = (
        "    "
        + "".join(pad(head, cell) for head, cell in zip(heads, cells, strict=True))
        + " "
        + _("what it is")
    )
    lines = [Content.styled(head, "$text-muted bold")]
    rows = zip(parameters, USUAL, PARAMETER_WORDS, strict=True)
    for number, (value, usual, words) in enumerate(rows):
        first, *others = wrap_text(_(words), max(LEAST_WORDS, width - indent)) or [""]
        look = "bold $text-accent" if round(value, 4) != round(usual, 4) else ""
        lines.append(
            Content.assemble(
                (f"w{number:<3}", "$text-muted"),
                (pad(f"{value:.4f}", cells[0]), look),
                (pad(f"{usual:.4f}", cells[1]), "$text-muted"),
                f" {first}",
            )
        )
        lines += [Content(" " * indent + other) for other in others]
    return lines
