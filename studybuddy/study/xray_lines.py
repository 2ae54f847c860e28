"""The steps of an x-ray as lines of styled text, for the app and for the command line alike.

Styles: those of a page, and `shape`, `symbols` (a shape by the names of its sizes), `name`, `bad`, `warn`.
"""

from __future__ import annotations

from collections.abc import Sequence

from studybuddy.core.phrase import Phrase
from studybuddy.core.xray import Step, Value, XrayTrace
from studybuddy.i18n import N_, _, say
from studybuddy.study.page_line import Line, Span
from studybuddy.study.shape_names import SizeNames, in_symbols, note_words
from studybuddy.study.xray_rows import ARROW, FAILED, Cell, Row, rows
from studybuddy.text import cell_width, clean, clean_line, wrap_text

NO_ARRAYS = N_("no arrays on this line")
UNEXPECTED = "▸"
_INDENT = 2
_NARROWEST = 20


def step_lines(step: Step, names: SizeNames, width: int) -> list[Line]:
    """The operations of a step and what is to be said of them, in lines of at most `width` cells."""
    lines = [line for row in rows(step, names) for line in _set(row, max(width, _NARROWEST))]
    if not lines and not step.failed:
        lines.append((Span(_(NO_ARRAYS), "dim"),))
    return [*lines, *note_lines(step, names, width)]


def note_lines(step: Step, names: SizeNames, width: int) -> list[Line]:
    """What is wrong or unexpected, with its sign."""
    sign, style = (FAILED, "bad") if step.failed else (UNEXPECTED, "warn")
    lines: list[Line] = []
    for note in step.notes:
        words = wrap_text(clean_line(note_words(note, names)), max(width - 2, _NARROWEST))
        lines += [
            (Span(f"{sign} " if not n else "  ", style), Span(text, style)) for n, text in enumerate(words)
        ]
    return lines


def _set(row: Row, width: int) -> list[Line]:
    """An operation on as many lines as it needs, each with the symbols of its shapes under them."""
    groups: list[list[Cell]] = []
    for cell in row:
        if cell.fresh or not groups:
            groups.append([])
        groups[-1].append(cell)
    lines: list[Line] = []
    cells, indent = groups[0], 0
    for group in groups[1:]:
        if _placed([*cells, *group], indent)[2] <= width:
            cells = [*cells, *group]
        else:
            lines += _placed(cells, indent)[:2]
            cells, indent = [group[0]._replace(text=group[0].text.lstrip()), *group[1:]], _INDENT
    lines += _placed(cells, indent)[:2]
    return [line for line in lines if line]


def _placed(cells: Sequence[Cell], indent: int) -> tuple[Line, Line, int]:
    """A line, that of the symbols under it, and how far the longer of them goes."""
    upper: list[Span] = [Span(" " * indent)] if indent else []
    lower, at = "", indent
    for cell in cells:
        if cell.below:
            if lower and (gap := cell_width(lower) + 1 - at) > 0:
                upper.append(Span(" " * gap))
                at += gap
            lower += " " * (at - cell_width(lower)) + cell.below
        upper.append(Span(cell.text, cell.style))
        at += cell_width(cell.text)
    return tuple(upper), (Span(lower, "symbols"),) if lower else (), max(at, cell_width(lower))


def statement_lines(step: Step) -> list[str]:
    """The statement on its lines, cleaned, without the comments behind it."""
    lines = clean(step.source).expandtabs(4).split("\n")
    bare = [_without_comment(line).strip() for line in lines]
    return [line for line in bare if line] or [""]


def _without_comment(line: str) -> str:
    quote = ""
    for at, char in enumerate(line):
        if quote:
            quote = "" if char == quote and line[at - 1] != "\\" else quote
        elif char in "'\"":
            quote = char
        elif char == "#":
            return line[:at]
    return line


def place_words(step: Step) -> str:
    """Where a step stands: its function, and the turns of its loops."""
    words = [_("in {function}()", function=clean_line(step.function, 60))] if step.function else []
    if len(step.turns) == 1:
        words.append(_("pass {n} of the loop", n=step.turns[0][1]))
    else:
        words += [_("pass {n} of the loop in line {line}", n=n, line=line) for line, n in step.turns[-3:]]
    return " · ".join(words)


def problem_words(trace: XrayTrace) -> str:
    """Why the program failed, in one line; empty if it did not."""
    return clean_line(say(trace.problem), 2000)


def ending(trace: XrayTrace) -> Phrase:
    """How a program ended in which nothing failed."""
    if trace.full:
        return Phrase(N_("further steps are left out"))
    if trace.complete:
        return Phrase(N_("the program ran to its end"))
    if trace.cut_short:
        return Phrase(N_("stopped before its end: the x-ray waits a few seconds at most"))
    return Phrase(N_("stopped once the loop had been seen"))


def arrays_at(trace: XrayTrace, index: int) -> list[tuple[str, Value, bool]]:
    """The arrays that have a name at a step, and whether it is this step that gave it.

    Those of the function that the step stands in, and those of the program itself.
    """
    here = trace.steps[index]
    outside = trace.steps[0].call
    found: dict[str, tuple[Value, bool]] = {}
    for step in trace.steps[: index + 1]:
        if step.call in (here.call, outside):
            for name, value in step.bound:
                if value.shape is None:
                    found.pop(name, None)
                elif name != "return":
                    found[name] = (value, step is here)
    return [(name, value, fresh) for name, (value, fresh) in found.items()]


def table_lines(arrays: Sequence[tuple[str, Value, bool]], names: SizeNames, width: int) -> list[Line]:
    """Arrays in columns: name, shape, the shape in symbols; the type where all of it fits."""
    if not arrays:
        return []
    cells = [
        (
            clean_line(name, 24),
            _shape_text(value.shape or ()),
            in_symbols(value.shape or (), names),
            value.dtype,
        )
        for name, value, _fresh in arrays
    ]
    columns = [max(cell_width(row[n]) for row in cells) for n in range(4)]
    shown = 4 if sum(columns) + 8 <= width else 3
    styles = ("name", "shape", "symbols", "dim")
    lines: list[Line] = []
    for row, (_name, _value, fresh) in zip(cells, arrays, strict=True):
        mark = Span(f"{ARROW} " if fresh else "  ", "strong")
        spans = [
            Span(row[n] + " " * (columns[n] - cell_width(row[n]) + 2), styles[n] if n or fresh else "")
            for n in range(shown)
        ]
        lines.append((mark, *spans))
    return lines


def _shape_text(shape: tuple[int, ...]) -> str:
    return f"({shape[0]},)" if len(shape) == 1 else f"({', '.join(map(str, shape))})"
