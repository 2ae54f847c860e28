"""A judged answer in three lines: what was typed, what was wanted, what differs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, _, say
from studybuddy.study.answers.judged import LONGEST, Judged, Mark, Piece
from studybuddy.text import cell_width, clean_line, pad

SIGNS = {
    Mark.RIGHT: ("✓", N_("right")),
    Mark.CLOSE: ("~", N_("nearly right")),
    Mark.WRONG: ("✗", N_("wrong")),
    Mark.UNREADABLE: ("?", N_("not read")),
    Mark.UNKNOWN: ("?", N_("not judged")),
}
"""A sign and a word for each verdict."""
_FENCE = re.compile(r"```[^\n]*\n(?P<code>.*?)(?:\n```)?", re.DOTALL)
_MARKED = re.compile(r"`(?P<code>[^`]+)`|(?<!\\)\$(?P<formula>[^$\s](?:[^$]*[^$\s])?)\$")
_ALIKE = 0.34
"""Share of the longer text from which on two texts are laid over each other."""


class Span(NamedTuple):
    """A piece of a line and what it is: `same`, `extra`, `missing` or `sign`."""

    text: str
    role: str = "same"


class Row(NamedTuple):
    """A line behind its label; `verdict` marks the line that says how the answer stands."""

    label: str
    spans: tuple[Span, ...]
    verdict: bool = False


def rows(judged: Judged) -> list[Row]:
    """The lines of a judged answer. The signs say all that colours could."""
    sign, word = SIGNS[judged.mark]
    verdict = f"{sign} {_(word)}"
    found = [Row(_("your answer"), (Span(clean_line(judged.typed, LONGEST)),))]
    if judged.right:
        return [*found, Row(verdict, (Span(say(judged.remark)),), verdict=True)]
    if wanted := drawn(judged.wanted):
        found.append(Row(_("right answer"), (Span(clean_line(wanted, LONGEST)),)))
    alike = judged.mark is not Mark.UNKNOWN and _are_alike(judged.pieces)
    spans = tuple(_laid(judged.pieces)) if alike else ()
    return [*found, Row(verdict, spans or (Span(say(judged.reason)),), verdict=True)]


def drawn(wanted: str) -> str:
    """A right answer as a card shows it: formulas drawn, code without its marks.

    A program of several lines is none of a row: it stands on the card below.
    """
    from studybuddy.mathtext import inline

    fence = _FENCE.fullmatch(wanted.strip())
    if fence is not None:
        lines = [line for line in fence["code"].splitlines() if line.strip()]
        return lines[0].strip() if len(lines) == 1 else ""
    return _MARKED.sub(lambda found: found["code"] or inline(found["formula"]), wanted)


def indent(found: list[Row]) -> int:
    """Cells of the column of labels."""
    return max(cell_width(row.label) for row in found) + 2


def plain_rows(judged: Judged) -> str:
    """The lines as plain text."""
    found = rows(judged)
    column = indent(found)
    return "\n".join(
        (pad(row.label, column) + "".join(span.text for span in row.spans)).rstrip() for row in found
    )


def not_turned(judged: Judged) -> Phrase:
    """What is said of an answer that may be put right."""
    words = N_("{verdict}: {reason} · change it, or Enter shows the answer")
    return Phrase.of(words, verdict=Phrase(SIGNS[judged.mark][1]), reason=judged.reason or Phrase(""))


def _are_alike(pieces: tuple[Piece, ...]) -> bool:
    same = sum(len(piece.typed.strip()) for piece in pieces if piece.same)
    longer = max(
        sum(len(piece.typed.strip()) for piece in pieces), sum(len(piece.wanted.strip()) for piece in pieces)
    )
    return bool(longer) and same >= _ALIKE * longer


def _laid(pieces: tuple[Piece, ...]) -> Iterator[Span]:
    """Both texts in one line: `ja[k→c]obian`, `[+break ]symmetry`, `[−a ]gradient`."""
    for piece in pieces:
        typed, wanted = clean_line(piece.typed, LONGEST), clean_line(piece.wanted, LONGEST)
        if piece.same:
            yield Span(typed)
            continue
        yield Span("[" if typed and wanted else "[−" if typed else "[+", "sign")
        if typed:
            yield Span(typed, "extra")
        if typed and wanted:
            yield Span("→", "sign")
        if wanted:
            yield Span(wanted, "missing")
        yield Span("]", "sign")
