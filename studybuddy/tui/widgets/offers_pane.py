"""Files that may be imported, below the path that is being typed."""

from __future__ import annotations

from datetime import datetime, tzinfo

from textual.content import Content

from studybuddy.i18n import _, short_day
from studybuddy.study.source_files import Offer
from studybuddy.text import clean_line
from studybuddy.tui.agenda import Entry, EntryKind
from studybuddy.tui.widgets.row_pane import Row, RowPane, columns

KIB = 1024


class OffersPane(RowPane):
    """Names on the left; size and day on the right. The mark stands on what Enter opens."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.offers: tuple[Offer, ...] | None = None
        self._zone: tzinfo | None = None

    def show(self, offers: list[Offer], zone: tzinfo | None) -> None:
        """Show what there is, with the days as they are in a zone."""
        self.offers, self._zone = tuple(offers), zone
        self.refresh(layout=True)

    def rows(self, width: int) -> list[Row]:
        """The files, newest first, and the folders."""
        if self.offers is None:
            return [Row(Content.styled(_("reading…"), "$text-muted"))]
        if not self.offers:
            return [Row(Content.styled(_("no notebook, Markdown or text file"), "$text-muted"))]
        lines = columns([_name(one) for one in self.offers], [self._facts(one) for one in self.offers], width)
        return [
            Row(line, Entry(EntryKind.FILE, one.typed)) for one, line in zip(self.offers, lines, strict=True)
        ]

    def _facts(self, offer: Offer) -> Content:
        if offer.folder:
            return Content()
        size = f"{-(-offer.size // KIB)} KB" if offer.size < KIB * KIB else f"{offer.size / KIB / KIB:.1f} MB"
        try:
            day = short_day(datetime.fromtimestamp(offer.modified, self._zone).date())
        except (OSError, OverflowError, ValueError):
            day = "?"
        return Content.styled(f"{size:>8}  {day:>6}", "$text-muted")


def _name(offer: Offer) -> Content:
    if offer.folder:
        return Content.styled(clean_line(offer.name, 300) + "/", "$text-muted")
    return Content(clean_line(offer.name, 300))
