"""What the mark stands on, in full: the words, the line of the file, the place in it, a proposal."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, _, say
from studybuddy.study.source_lines import Found
from studybuddy.text import clean_line, wrap_text
from studybuddy.tui.caret import caret
from studybuddy.tui.widgets.finding_panes import LONGEST, SIGNS
from studybuddy.tui.widgets.fitting import fit

WORDS_LINES = 2
"""Lines that a sentence may take."""
_SEVERITIES = {True: N_("error"), False: N_("warning")}


class FindingView(Widget):
    """A few lines at the bottom, always as many, so that the list above does not move."""

    DEFAULT_CSS = """
    FindingView { height: 6; padding: 0 2; border-top: solid $foreground 25%; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._shown: Found | Phrase | None = None

    def show(self, shown: Found | Phrase | None) -> None:
        """Show a finding, or what an import changes."""
        self._shown = shown
        self.display = shown is not None
        self.refresh()

    def render(self) -> Content:
        """The lines."""
        width, shown = self.content_size.width, self._shown
        if shown is None or width < 1:
            return Content()
        if isinstance(shown, Phrase):
            return Content("\n".join(wrap_text(clean_line(say(shown), 4 * LONGEST), width)))
        sign, tone = SIGNS[shown.error]
        head = f"{sign} {_(_SEVERITIES[shown.error])} {shown.code}"
        words = wrap_text(f"{head}  {clean_line(say(shown.said), LONGEST)}", width)
        lines = [Content(line) for line in words[:WORDS_LINES]]
        if len(words) > WORDS_LINES:
            lines[-1] = fit(lines[-1] + Content(" " * width), width)
        lines[0] = lines[0].stylize(tone, 0, min(len(head), len(words[0])))
        if shown.source.strip():
            line, mark = caret(shown.source, shown.at, width)
            lines += [Content.styled(line, "$text-secondary"), Content.styled(mark, f"bold {tone}")]
        if shown.proposal and shown.proposal not in say(shown.said):
            proposal = clean_line(shown.proposal, LONGEST)
            lines.append(Content.assemble((_("proposal") + "  ", "$text-muted"), proposal))
        return Content("\n").join(fit(line, width) for line in lines)
