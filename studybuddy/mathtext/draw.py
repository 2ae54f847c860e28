"""The two ways to show a formula. Neither ever raises: what cannot be drawn is shown as its source.

The parser and the layout are imported with the first formula: most commands show none.
"""

from __future__ import annotations

import re
from functools import lru_cache

from studybuddy.mathtext.marks import Spans, marked_source, spans, unmarked
from studybuddy.text import cell_width, clean, clean_line, pad, wrap_text

_REMEMBERED = 2048
_INDENT = 2
_BRACES = re.compile(r"\\.|[{}]")
_LEFT_OVER = re.compile(r"\\")
"""A command that nobody knows is drawn as it was typed."""
_EMPTY_SCRIPT = re.compile(r"(?<!\\)[_^]\s*(?:$|[_^&}])")


def inline(latex: str) -> str:
    """A formula on one line, such as `∂L/∂W = Xᵀδ_Z`."""
    return clean_line(unmarked(_line(latex)))


def inline_spans(latex: str) -> Spans:
    r"""As `inline`, in pieces: each with whether it belongs to a part inside `\marked{…}`."""
    return spans(_line(latex))


@lru_cache(_REMEMBERED)
def display(latex: str, width: int | None = None) -> tuple[str, ...]:
    """A formula in two dimensions, as rows of equal width in cells.

    A formula wider than `width` is broken at relations and operators onto indented lines; only one that has
    no such place stays wider.
    """
    return tuple(clean_line(unmarked(row)) for row in _rows(latex, width))


def display_spans(latex: str, width: int | None = None) -> tuple[Spans, ...]:
    r"""As `display`, each row in pieces: text, and whether it belongs to a part inside `\marked{…}`."""
    return tuple(map(spans, _rows(latex, width)))


def readable(latex: str) -> bool:
    """Whether a formula can be read as a whole: for telling a learner who is still typing, or who slipped."""
    from studybuddy.mathtext.line import write
    from studybuddy.mathtext.mathml import read

    source = clean(latex)
    level = 0
    for brace in _BRACES.findall(source):
        level += {"{": 1, "}": -1}.get(brace, 0)
        if level < 0:
            return False
    try:
        drawn = unmarked(write(read(source))).strip()
    except Exception:  # as in `_line`
        return False
    return level == 0 and bool(drawn) and not _LEFT_OVER.search(drawn) and not _EMPTY_SCRIPT.search(source)


@lru_cache(_REMEMBERED)
def _line(latex: str) -> str:
    from studybuddy.mathtext.line import write
    from studybuddy.mathtext.mathml import read
    from studybuddy.mathtext.source import is_blank

    source = clean_line(latex).strip()
    if is_blank(source):
        return ""
    try:
        return write(read(clean(latex))).strip() or marked_source(source)
    except Exception:  # the parser raises whatever it likes over broken input; the source is always right
        return marked_source(source)


def _rows(latex: str, width: int | None) -> tuple[str, ...]:
    from studybuddy.mathtext.source import is_blank

    source = clean(latex).strip()
    if is_blank(source):
        return ("",)
    try:
        rows = _drawn(source, width)
    except Exception:  # as in `_line`
        return _source(marked_source(source), width)
    if all(row.isspace() or not row for row in rows):
        return _source(marked_source(source), width)
    return rows


def _drawn(latex: str, width: int | None) -> tuple[str, ...]:
    from studybuddy.mathtext.breaking import broken
    from studybuddy.mathtext.layout import lay
    from studybuddy.mathtext.line import write
    from studybuddy.mathtext.mathml import read

    tree = read(latex)
    box = lay(tree)
    if width is None or box.width <= width:
        return box.rows
    rows = broken(tree, width)
    return _even(rows if rows is not None else _narrowest(box.rows, write(tree).strip(), width))


def _narrowest(rows: tuple[str, ...], line: str, width: int) -> tuple[str, ...]:
    """The drawing as it is, unless its one-line form fits when broken at any space."""
    first, *others = wrap_text(line, max(width - _INDENT, 2))
    wrapped = (first, *(" " * _INDENT + row for row in others))
    return wrapped if all(cell_width(row) <= width for row in wrapped) else rows


def _source(latex: str, width: int | None) -> tuple[str, ...]:
    lines = [line.strip() for line in latex.split("\n")]
    if width is not None:
        lines = [row for line in lines for row in wrap_text(line, width)]
    return _even(tuple(line for line in lines if line) or ("",))


def _even(rows: tuple[str, ...]) -> tuple[str, ...]:
    width = max(cell_width(row) for row in rows)
    return tuple(pad(row, width) for row in rows)
