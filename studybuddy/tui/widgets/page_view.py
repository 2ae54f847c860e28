"""A page of a lesson or a card as lines of styled text, in one widget however long it is."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import events, on
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from studybuddy.core.block import Blocks
from studybuddy.study.page import Anchor, Line, Page, layout
from studybuddy.study.page_labels import page_labels
from studybuddy.text import cell_width
from studybuddy.tui.signs import are_plain

MEASURE = 84
"""Cells of a line at most: longer ones are tiring to read."""
MARK = "→"
"""Stands in the margin of the selected anchor."""


class PageView(ScrollView, can_focus=False):
    """Lays blocks out at its width and draws the lines that are seen.

    It scrolls where its height is fixed, and is as high as its page where its height is `auto`. Anchors
    (slots and thinking questions) can be selected; what opening one means is the screen's affair.
    """

    ALLOW_SELECT = True
    STYLES = (
        "strong", "emphasis", "code", "math", "title", "heading", "heading2", "label", "quote-bar",
        "rule", "dim", "link", "output", "table-head", "selected", "mark",
    )  # fmt: skip
    COMPONENT_CLASSES = {f"page--{style}" for style in STYLES}
    DEFAULT_CSS = """
    PageView {
        width: 1fr; height: 1fr; overflow-x: hidden; color: $foreground;
        scrollbar-size: 0 1; scrollbar-gutter: stable;
        scrollbar-background: $background;
        & .page--strong, & .page--label { text-style: bold; }
        & .page--emphasis { text-style: italic; }
        & .page--code { color: $text-secondary; }
        & .page--math { color: $text-primary; }
        & .page--title { text-style: bold; }
        & .page--heading { color: $text-accent; text-style: bold; }
        & .page--heading2 { text-style: bold; }
        & .page--quote-bar, & .page--rule { color: $text-muted; text-style: dim; }
        & .page--dim { color: $text-muted; }
        & .page--link { color: $text-accent; text-style: underline; }
        & .page--output { color: $text-muted; }
        & .page--table-head { text-style: bold; color: $text-muted; }
        & .page--selected { background: $primary 30%; }
        & .page--mark { color: $text-accent; text-style: bold; }
    }
    """

    latex_source: reactive[bool] = reactive(False)
    """Whether formulas are shown as their source instead of drawn."""
    selected: reactive[int | None] = reactive(None)
    """Index of the selected anchor."""

    @dataclass
    class Opened(Message):
        """An anchor was clicked."""

        anchor: Anchor

    def __init__(
        self, blocks: Blocks = (), *, inset: int = 2, id: str | None = None, classes: str | None = None
    ) -> None:
        """A page of `blocks`; `inset`: cells left free on the left, and two of them on the right."""
        super().__init__(id=id, classes=classes)
        self._blocks = blocks
        self._reveal: frozenset[str] = frozenset()
        self._titles: dict[str, str] = {}
        self._inset = inset
        self._page = Page((), ())
        self._laid_out: tuple[object, ...] = ()
        self._strips: dict[int, Strip] = {}
        self._share_to_come: float | None = None
        """The place to go to once there are lines."""

    def show(
        self,
        blocks: Blocks,
        *,
        reveal: frozenset[str] = frozenset(),
        titles: dict[str, str] | None = None,
    ) -> None:
        """Show another page, from its top unless it is scrolled afterwards.

        Args:
            blocks: What the page is made of.
            reveal: Ids of the thinking questions whose answers are open.
            titles: Names of what its slots lead to, by id.
        """
        self._blocks, self._reveal, self._titles = blocks, reveal, titles or {}
        self.lay_out()
        self.refresh(layout=True)

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        """Where there is something to do, from top to bottom."""
        return self._page.anchors

    @property
    def chosen(self) -> Anchor | None:
        """The selected anchor."""
        inside = self.selected is not None and self.selected < len(self.anchors)
        return self.anchors[self.selected] if inside and self.selected is not None else None

    @property
    def visible_anchors(self) -> list[int]:
        """Indices of the anchors whose first line can be seen."""
        top = self.scroll_offset.y
        bottom = top + self.scrollable_content_region.height
        return [index for index, anchor in enumerate(self.anchors) if top <= anchor.line < bottom]

    @property
    def share(self) -> float:
        """The place: 0 at the top of the page, 1 at its end."""
        return 0.0 if self.max_scroll_y <= 0 else min(1.0, self.scroll_y / self.max_scroll_y)

    @property
    def progress(self) -> float:
        """How much of the page was seen; 1 when its end can be."""
        return 1.0 if self.max_scroll_y <= 0 else self.share

    @property
    def laid_out(self) -> bool:
        """Whether there are lines yet."""
        return bool(self._laid_out)

    @property
    def end_in_sight(self) -> bool:
        """Whether the last line can be seen."""
        height = self.scrollable_content_region.height
        return 0 < len(self._page.lines) <= self.scroll_offset.y + height

    def scroll_to_share(self, share: float) -> None:
        """Go to a place told by `share`, even before the scroll bar of a new page is there."""
        self._share_to_come = None if self._laid_out else share
        self.scroll_to(y=round(share * max(0, self.max_scroll_y)), animate=False, force=True)

    def next_anchor(self, step: int) -> int | None:
        """The anchor after or before the selected one; without one, the nearest from here on."""
        if not self.anchors:
            return None
        if self.selected is not None:
            return (self.selected + step) % len(self.anchors)
        top = self.scroll_offset.y
        if step > 0:
            ahead = [index for index, anchor in enumerate(self.anchors) if anchor.line >= top]
            return ahead[0] if ahead else len(self.anchors) - 1
        bottom = top + self.scrollable_content_region.height
        behind = [index for index, anchor in enumerate(self.anchors) if anchor.line < bottom]
        return behind[-1] if behind else 0

    def select(self, index: int | None) -> None:
        """Select an anchor and bring it into sight, its surroundings included."""
        self.selected = index
        if self.chosen is None:
            return
        height = self.scrollable_content_region.height
        if index not in self.visible_anchors or self.chosen.line >= self.scroll_offset.y + height * 2 // 3:
            self.scroll_to(y=max(0, self.chosen.line - height // 4), animate=False, force=True)

    def lay_out(self) -> None:
        """Make the lines anew, for the present width, words and language."""
        self._laid_out = ()
        self._lay_out_at(self.scrollable_content_region.width)

    def _lay_out_at(self, width: int) -> None:
        """Lay out for a width in cells. Does nothing when that is done already."""
        if width <= 0:
            return
        ascii_formulas = are_plain(self.app)
        wanted = (width, self.latex_source, ascii_formulas)
        if self._laid_out == wanted:
            return
        room = min(MEASURE, width - self._inset - min(self._inset, 2))
        self._page = layout(
            self._blocks,
            room,
            latex_source=self.latex_source,
            ascii_formulas=ascii_formulas,
            reveal=self._reveal,
            labels=page_labels(self._titles),
        )
        self._laid_out = wanted
        self._strips.clear()
        self.virtual_size = Size(width, len(self._page.lines))
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Lines of the page at a width, for `height: auto`."""
        self._lay_out_at(width - (self.styles.scrollbar_size_vertical if self._gutter else 0))
        return len(self._page.lines)

    @property
    def _gutter(self) -> bool:
        return self.styles.scrollbar_gutter == "stable"

    def _on_resize(self, event: events.Resize) -> None:
        """Lay out again and keep the place, as a share of the page."""
        share = self.share if self._share_to_come is None else self._share_to_come
        self._lay_out_at(self.scrollable_content_region.width)
        self.scroll_to_share(share)

    def watch_latex_source(self) -> None:
        """Draw the formulas the other way."""
        if self.is_mounted:
            share = self.share
            self.lay_out()
            self.refresh(layout=True)
            self.scroll_to_share(share)

    def watch_selected(self) -> None:
        """Move the mark."""
        self.redraw()

    def redraw(self) -> None:
        """Draw the lines that are seen once more."""
        self._strips.clear()
        self.refresh()

    def notify_style_update(self) -> None:
        """Forget lines drawn in other colours."""
        super().notify_style_update()
        self._strips.clear()

    def render_line(self, y: int) -> Strip:
        """A line of the screen."""
        line = self.scroll_offset.y + y
        width = self.size.width
        if line >= len(self._page.lines):
            return Strip.blank(width, self.rich_style)
        if self.text_selection is not None:
            return self._draw(line).crop_extend(0, width, self.rich_style).apply_offsets(0, line)
        if line not in self._strips:
            strip = self._draw(line).crop_extend(0, width, self.rich_style)
            self._strips[line] = strip.apply_offsets(0, line)
        return self._strips[line]

    def _draw(self, number: int) -> Strip:
        base, lit = self.rich_style, Style()
        if self.chosen is not None and self.chosen.line == number:
            lit = self._lit(self.get_component_rich_style("page--selected"))
        segments = [Segment(self.margin_of(number), base + self._look("mark"))]
        for span in self._page.lines[number]:
            segments.append(Segment(span.text, base + self._look(span.style) + lit))
        return self._select_text(Strip(segments), number)

    def _lit(self, style: Style) -> Style:
        """How selected text stands out: by its ground, or reversed where a ground would need a colour."""
        plain = self.app.native_ansi_color or self.app.no_color
        return Style(reverse=True) if plain else Style(bgcolor=style.bgcolor)

    def margin_of(self, number: int) -> str:
        """What stands to the left of a line, as wide as the margin."""
        margin = " " * self.margin
        here = self.chosen is not None and self.chosen.line == number
        return margin[:-2] + MARK + " " if here and len(margin) > 1 else margin

    def _look(self, style: str) -> Style:
        return self.get_component_rich_style(f"page--{style}", partial=True, default=Style())

    @property
    def margin(self) -> int:
        """Cells to the left of the text: a page wider than the measure is centred."""
        return max(self._inset, (self.scrollable_content_region.width - MEASURE) // 2)

    def _select_text(self, strip: Strip, number: int) -> Strip:
        """The line with what the mouse selected in it marked; a selection counts characters, not cells."""
        span = self.text_selection.get_span(number) if self.text_selection is not None else None
        if span is None:
            return strip
        line = strip.text
        start = cell_width(line[: span[0]])
        end = cell_width(line if span[1] == -1 else line[: span[1]])
        lit = self._lit(self.screen.get_component_rich_style("screen--selection"))
        inside = Strip([Segment(text, (style or Style()) + lit) for text, style, _ in strip.crop(start, end)])
        return Strip.join([strip.crop(0, start), inside, strip.crop(end, None)])

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text, without the margin."""
        margin = " " * self.margin
        found = selection.extract("\n".join(margin + text(line) for line in self._page.lines))
        return "\n".join(line.removeprefix(margin) for line in found.split("\n")), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw the selection."""
        self.redraw()

    @on(events.Click)
    def _open_clicked(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        line = offset.y + self.scroll_offset.y
        for index, anchor in enumerate(self.anchors):
            if anchor.line == line:
                self.selected = index
                self.post_message(self.Opened(anchor))


def text(line: Line) -> str:
    """The characters of a line."""
    return "".join(span.text for span in line)
