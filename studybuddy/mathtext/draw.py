"""The two ways to show a formula. Neither ever raises: what cannot be drawn is shown as its source.

The parser and the layout are imported with the first formula: most commands show none.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from studybuddy.mathtext.marks import Spans, marked_source, spans, unmarked
from studybuddy.mathtext.source import MAX_LENGTH, is_blank
from studybuddy.text import cell_width, clean, clean_line, pad, wrap_text

if TYPE_CHECKING:
    from studybuddy.mathtext.nodes import Node

_REMEMBERED = 2048
_INDENT = 2
_BRACES = re.compile(r"\\.|[{}]")
_LEFT_OVER = re.compile(r"\\")
"""A command that nobody knows is drawn as it was typed."""
_EMPTY_SCRIPT = re.compile(r"(?<!\\)[_^]\s*(?:$|[_^&}])")


def inline(latex: str, *, plain: bool = False) -> str:
    """A formula on one line, such as `∂L/∂W = Xᵀδ_Z`; `plain`: in ASCII."""
    return clean_line(unmarked(_line(latex, plain)))


def inline_spans(latex: str, *, plain: bool = False) -> Spans:
    r"""As `inline`, in pieces: each with whether it belongs to a part inside `\marked{…}`."""
    return spans(_line(latex, plain))


def display(latex: str, width: int | None = None, *, plain: bool = False) -> tuple[str, ...]:
    """A formula in two dimensions, as rows of equal width in cells.

    A formula wider than `width` is broken at relations and operators onto indented lines; only one that has
    no such place stays wider. `plain`: in ASCII.
    """
    return tuple(clean_line(unmarked(row)) for row in _rows(latex, width, plain))


def display_spans(latex: str, width: int | None = None, *, plain: bool = False) -> tuple[Spans, ...]:
    r"""As `display`, each row in pieces: text, and whether it belongs to a part inside `\marked{…}`."""
    return tuple(map(spans, _rows(latex, width, plain)))


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
    except Exception:  # as in `_short_line`
        return False
    return level == 0 and bool(drawn) and not _LEFT_OVER.search(drawn) and not _EMPTY_SCRIPT.search(source)


def _line(latex: str, plain: bool) -> str:
    source = clean_line(latex).strip()
    return _short_line(clean(latex), plain) if len(source) <= MAX_LENGTH else source


@lru_cache(_REMEMBERED)
def _short_line(latex: str, plain: bool) -> str:
    from studybuddy.mathtext.line import write
    from studybuddy.mathtext.plain import plain_row

    source = clean_line(latex).strip()
    if is_blank(source):
        return ""
    try:
        line = write(_tree(latex, plain)).strip()
    except Exception:  # the parser raises whatever it likes over broken input; the source is always right
        line = ""
    if not line:
        return marked_source(source)
    return plain_row(line) if plain else line


def _rows(latex: str, width: int | None, plain: bool) -> tuple[str, ...]:
    source = clean(latex).strip()
    return _short_rows(source, width, plain) if len(source) <= MAX_LENGTH else _source(source, width)


@lru_cache(_REMEMBERED)
def _short_rows(latex: str, width: int | None, plain: bool) -> tuple[str, ...]:
    from studybuddy.mathtext.plain import plain_row

    if is_blank(latex):
        return ("",)
    try:
        rows = _drawn(latex, width, plain)
    except Exception:  # as in `_short_line`
        rows = ()
    if all(row.isspace() or not row for row in rows):
        return _source(marked_source(latex), width)
    return tuple(map(plain_row, rows)) if plain else rows


def _tree(latex: str, plain: bool) -> Node:
    from studybuddy.mathtext.mathml import read
    from studybuddy.mathtext.plain import plain_tree

    return plain_tree(read(latex)) if plain else read(latex)


def _drawn(latex: str, width: int | None, plain: bool) -> tuple[str, ...]:
    from studybuddy.mathtext.breaking import broken
    from studybuddy.mathtext.layout import lay
    from studybuddy.mathtext.line import write

    tree = _tree(latex, plain)
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
