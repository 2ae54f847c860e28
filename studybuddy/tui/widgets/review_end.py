"""What is left to say when no card is due."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from studybuddy.i18n import _, ngettext, say
from studybuddy.study.limit_words import comeback_lines
from studybuddy.study.outlook import Outlook
from studybuddy.study.spans import days_phrase, wait_phrase
from studybuddy.text import wrap_text
from studybuddy.tui.widgets.fact_rows import Fact, fact_rows


class ReviewEnd(Static):
    """How much was done, what comes when, and where to go on."""

    DEFAULT_CSS = """
    ReviewEnd { width: 100%; max-width: 60; height: auto; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(markup=False, id=id, classes=classes)
        self._facts: tuple[Outlook, int, str] | None = None

    def show(self, outlook: Outlook, session: int, onward: str) -> None:
        """Show the figures; `session`: answers of this visit, `onward`: what Enter opens, if anything."""
        self._facts = (outlook, session, onward)
        self.redraw()

    def redraw(self) -> None:
        """Word it in the language in use."""
        if self._facts is None:
            return
        outlook, session, onward = self._facts
        done = outlook.reviewed or session
        head = _("That is all for now") if done else _("Nothing is due")
        lines = [Content.styled(("✓ " if done else "· ") + head, "bold $text-success" if done else "bold")]
        width = self.size.width or 60
        rows = fact_rows(self._rows(outlook, session), width)
        if rows:
            lines += [Content(), *rows]
        if outlook.comeback is not None:
            said = comeback_lines(outlook.comeback, outlook.day)
            lines += [Content(), *(Content(piece) for line in said for piece in wrap_text(line, width))]
        if not done and not outlook.tomorrow:
            lines += [Content(), Content(_("Cards come from the sections you have read."))]
        lines.append(Content())
        if onward:
            lines.append(
                Content.assemble(("Enter  ", "bold"), _("on with the lesson: {title}", title=onward))
            )
        if outlook.more:
            more = _("choose how much a day") if outlook.comeback is not None else _("go on with more today")
            lines.append(Content.assemble(("+      ", "bold"), more))
        lines.append(Content.assemble(("Esc    ", "bold"), _("back")))
        self.update(Content("\n").join(lines))

    def _rows(self, outlook: Outlook, session: int) -> list[Fact]:
        rows = []
        if session:
            rows.append(Fact(_("this time"), _answers(session)))
        if outlook.reviewed > session:
            rows.append(Fact(_("today"), _answers(outlook.reviewed)))
        if outlook.next_step is not None:
            wait = say(wait_phrase(outlook.next_step))
            rows.append(Fact(_("next"), _("a card is due in {wait}", wait=wait)))
        if outlook.tomorrow:
            rows.append(Fact(_("tomorrow"), _cards(outlook.tomorrow)))
        elif outlook.next_day is not None:
            rows.append(Fact(_("next review"), _("in {wait}", wait=say(days_phrase(outlook.next_day)))))
        if outlook.waiting and outlook.comeback is None:
            held = ngettext(
                "{n} card, beyond what a day holds", "{n} cards, beyond what a day holds", outlook.waiting
            )
            rows.append(Fact(_("due too"), held, prose=True))
        if outlook.held_back:
            held = ngettext("{n} new card waits", "{n} new cards wait", outlook.held_back)
            rows.append(Fact(_("later"), held))
        return rows


def _cards(count: int) -> str:
    return ngettext("{n} card", "{n} cards", count)


def _answers(count: int) -> str:
    return ngettext("{n} answer", "{n} answers", count)
