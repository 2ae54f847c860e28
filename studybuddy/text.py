"""Text that is safe to show, measured and broken into lines by terminal cells.

Every string that somebody else wrote (a lesson, a learner, a program, a file name) passes `clean` before it
reaches the terminal: no widget removes control codes by itself. Widths are those of `rich.cells`, which is
imported on first use: this module is loaded before the first screen is.
"""

from __future__ import annotations

import itertools
from functools import cache

LIMIT = 65536
"""Characters of one foreign string that are shown at most."""

MARKS_PER_CELL = 8
"""Characters without a width that may sit on one cell: enough for every script and for emoji families."""

STRICT_NO_START = frozenset("。，、；：？！）》」』】〉〕］｝％")
"""Never at the start of a line, even after a space."""
STRICT_NO_END = frozenset("（《「『【〈〔［｛")
"""Never at the end of a line, even before a space."""
NO_START = STRICT_NO_START | frozenset("…—～·’”々ー,.;:?!)]}%")
"""Not at the start of a line when it follows the character before it directly."""
NO_END = STRICT_NO_END | frozenset("‘“([{")
"""Not at the end of a line when the next character follows directly."""

_NEAR = 8
"""How many places before the end of a line are tried for cutting a word."""
_SPACES = frozenset(" \u3000")


def clean(text: str, limit: int = LIMIT) -> str:
    r"""Makes a foreign string harmless; only `\n` and `\t` are left of the control characters.

    C0 and DEL become their pictures (`␛`), C1, bidi controls, line separators and lone surrogates become
    U+FFFD, and piles of combining marks are cut. Zero-width joiners stay: emoji need them.
    """
    text = text[:limit]
    if "\r\n" in text:
        text = text.replace("\r\n", "\n")
    if not text.replace("\n", "").isprintable():
        text = text.translate(_harmless())
    return text if text.isascii() else _cut_marks(text)


@cache
def _harmless() -> dict[int, int]:
    """What stands for each control character. Built when the first one comes: most starts meet none."""
    unseen = itertools.chain(
        range(0x80, 0xA0),  # C1
        range(0xD800, 0xE000),  # lone surrogates
        range(0x202A, 0x202F),  # bidi embeddings and overrides
        range(0x2066, 0x206A),  # bidi isolates
        (0x2028, 0x2029, 0x200E, 0x200F, 0x061C),
    )
    pictures = {code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"}
    return {**pictures, 0x7F: 0x2421, **dict.fromkeys(unseen, 0xFFFD)}


def clean_line(text: str, limit: int = LIMIT) -> str:
    """As `clean`, on one line: newlines and tabs become spaces."""
    return clean(text, limit).replace("\n", " ").replace("\t", " ")


def _cut_marks(text: str) -> str:
    marks = {char for char in set(text) if _has_no_width(char)}
    if not marks:
        return text
    kept: list[str] = []
    run = 0
    joined = False
    for char in text:
        if char in marks:
            run += 1
            joined = char == "\u200d"
        elif not joined:
            run = 0
        else:  # drawn in the cell of the character before the joiner
            run += 1
            joined = False
        if run <= MARKS_PER_CELL:
            kept.append(char)
    return "".join(kept)


def _has_no_width(char: str) -> bool:
    from unicodedata import category

    return char > "\u00ac" and (category(char) in ("Mn", "Me", "Cf") or "\u1160" <= char <= "\u11ff")


def cell_width(text: str) -> int:
    """Terminal cells of a text without line breaks."""
    from rich.cells import cell_len

    return cell_len(text)


def pad(text: str, cells: int) -> str:
    """The text with spaces behind it, `cells` wide; a wider text stays as it is."""
    return text + " " * (cells - cell_width(text))


def truncate(text: str, cells: int) -> str:
    """The text cut to at most `cells`, with `…` in place of what is missing."""
    from rich.cells import split_graphemes

    if cells <= 0:
        return ""
    if cell_width(text) <= cells:
        return text
    used = 0
    for start, _, size in split_graphemes(text)[0]:
        used += size
        if used >= cells:
            return text[:start].rstrip() + "…"
    return text


def chop(text: str, cells: int) -> list[str]:
    """The text cut into pieces of at most `cells`, wherever the cells end. For code, where spaces count."""
    from rich.cells import chop_cells

    return chop_cells(text, max(cells, 2)) or [""]


def wrap(
    spans: list[tuple[str, str]], width: int, keep: frozenset[str] = frozenset()
) -> list[tuple[tuple[str, str], ...]]:
    r"""Breaks styled text into lines of at most `width` cells (2 or more).

    Args:
        spans: Pairs of text and style. `\n` forces a break, a tab counts as a space.
        width: Cells of a line.
        keep: Styles whose spans are not broken as long as they fit on a line, such as a formula.

    Latin breaks at spaces, Chinese between any two characters except before closing and after opening
    punctuation. A word longer than the width is cut. Nothing but spaces at a break is lost.
    """
    width = max(width, 2)
    lines: list[tuple[tuple[str, str], ...]] = []
    for paragraph in _paragraphs(spans):
        lines.extend(_Paragraph(paragraph, width, keep).lines())
    return lines


def wrap_text(text: str, width: int) -> list[str]:
    """Breaks plain text into lines as `wrap` does."""
    return ["".join(piece for piece, _ in line) for line in wrap([(text, "")], width)]


def _paragraphs(spans: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    paragraphs: list[list[tuple[str, str]]] = [[]]
    for text, style in spans:
        first, *others = text.replace("\t", " ").split("\n")
        paragraphs[-1].append((first, style))
        paragraphs.extend([(other, style)] for other in others)
    return paragraphs


class _Paragraph:
    """One paragraph on its way to lines: where its spans begin, and where a line may."""

    def __init__(self, spans: list[tuple[str, str]], width: int, keep: frozenset[str]) -> None:
        from rich.cells import split_graphemes

        self.spans = [span for span in spans if span[0]]
        self.text = "".join(text for text, _ in self.spans)
        self.width = width
        self.cells, self.total = split_graphemes(self.text)
        if self.total > width:
            self.owners = self._owners(keep)
            self.starts = [self._may_start(index) for index in range(len(self.cells))]

    def lines(self) -> list[tuple[tuple[str, str], ...]]:
        if self.total <= self.width:
            return [self._slice(0, len(self.text))]
        lines = []
        start = 0
        while start < len(self.cells):
            end = self._line_end(start)
            last = self.cells[end][0] if end < len(self.cells) else len(self.text)
            lines.append(self._slice(self.cells[start][0], last))
            start = end
        return lines

    def _owners(self, keep: frozenset[str]) -> list[int]:
        """For each cell group the number of the unbreakable span it belongs to, or -1."""
        numbers: list[int] = []
        for number, (text, style) in enumerate(self.spans):
            whole = style in keep and cell_width(text) <= self.width
            numbers.extend([number if whole else -1] * len(text))
        return [numbers[start] for start, _, _ in self.cells]

    def _glued(self, index: int) -> bool:
        return self.owners[index] >= 0 and self.owners[index] == self.owners[index - 1]

    def _is_space(self, index: int) -> bool:
        start, end, _ = self.cells[index]
        return self.owners[index] < 0 and self.text[start:end] in _SPACES

    def _may_start(self, index: int) -> bool:
        """Whether a line may begin with this cell group."""
        if index == 0 or self._glued(index) or self._is_space(index):
            return False
        previous, before = self.text[self.cells[index - 1][0]], self.cells[index - 1][2]
        char, size = self.text[self.cells[index][0]], self.cells[index][2]
        if self._is_space(index - 1):
            return char not in STRICT_NO_START and not self._after_opening(index - 1)
        return (before == 2 or size == 2) and char not in NO_START and previous not in NO_END

    def _after_opening(self, space: int) -> bool:
        index = space
        while index >= 0 and self._is_space(index):
            index -= 1
        return index >= 0 and self.text[self.cells[index][0]] in STRICT_NO_END

    def _line_end(self, start: int) -> int:
        """The cell group with which the line after this one begins."""
        used = 0
        possible = 0
        filled = False
        for index in range(start, len(self.cells)):
            if filled and self.starts[index]:
                possible = index
            used += self.cells[index][2]
            if self._is_space(index):
                continue
            filled = True
            if used > self.width:
                return possible or self._cut(start, index)
        return len(self.cells)

    def _cut(self, start: int, index: int) -> int:
        """Where to cut a word that does not fit on a line: at `index`, or a little before it."""
        candidates = range(index, start, -1)
        loose = [at for at in candidates if not self._glued(at)]
        for no_start, no_end in ((NO_START, NO_END), (STRICT_NO_START, STRICT_NO_END)):
            for at in loose[:_NEAR]:
                before, char = self.text[self.cells[at - 1][0]], self.text[self.cells[at][0]]
                if char not in no_start and before not in no_end:
                    return at
        return next(iter(loose), max(index, start + 1))

    def _slice(self, start: int, end: int) -> tuple[tuple[str, str], ...]:
        """The spans between two offsets, without the spaces at the end of the line."""
        end = start + len(self.text[start:end].rstrip(" \u3000"))
        pieces = []
        offset = 0
        for text, style in self.spans:
            piece = text[max(start - offset, 0) : max(end - offset, 0)]
            if piece:
                pieces.append((piece, style))
            offset += len(text)
        return tuple(pieces)
