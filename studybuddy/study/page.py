"""A page of a lesson as lines: one layout for the app and for the command line."""

from __future__ import annotations

from dataclasses import dataclass

from studybuddy.core.block import Blocks
from studybuddy.study.page_blocks import Setter
from studybuddy.study.page_inline import Drawing
from studybuddy.study.page_line import Anchor, Labels, Line, Span

__all__ = ["Anchor", "Labels", "Line", "Page", "Span", "layout", "plain"]

_NARROWEST = 12


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page, and where on it there is something to do."""

    lines: tuple[Line, ...]
    anchors: tuple[Anchor, ...]


def layout(
    blocks: Blocks,
    width: int,
    *,
    latex_source: bool = False,
    ascii_formulas: bool = False,
    reveal: frozenset[str] = frozenset(),
    labels: Labels | None = None,
) -> Page:
    """Lays blocks out in lines of at most `width` cells (12 or more).

    Only a display formula that has no place to break may be wider.

    Args:
        blocks: What the page is made of; every foreign string in it is cleaned here.
        width: Cells of a line.
        latex_source: Shows formulas as their LaTeX source instead of drawing them.
        ascii_formulas: Draws formulas in ASCII.
        reveal: Ids of the thinking questions whose answer is shown.
        labels: The page's own words; English when left out.
    """
    setter = Setter(labels or Labels(), Drawing(latex_source, ascii_formulas), reveal)
    part = setter.blocks(blocks, max(width, _NARROWEST))
    return Page(part.lines, part.anchors)


def plain(page: Page) -> str:
    """The page as text without styles, for a pipe."""
    return "\n".join("".join(span.text for span in line).rstrip() for line in page.lines)
