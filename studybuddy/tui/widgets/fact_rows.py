"""Labels and what they say, in two columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content

from studybuddy.text import cell_width, chop, clean, pad, wrap_text

SHOWN_LINES = 200
SHOWN_CHARACTERS = 12_000


class Fact(NamedTuple):
    """A label and a foreign text. Prose breaks between words; anything else wherever the line ends."""

    label: str
    text: str
    prose: bool = False


def fact_rows(facts: Sequence[Fact], width: int) -> list[Content]:
    """A line or more for each fact that says something; a text goes on below its own beginning.

    Args:
        facts: what to show, the texts as they come from a lesson, a learner or a program.
        width: cells of a line.
    """
    shown = [fact for fact in facts if fact.text]
    indent = max((cell_width(fact.label) for fact in shown), default=0) + 2
    rows = []
    for fact in shown:
        first, *others = broken(fact.text, max(8, width - indent), prose=fact.prose)
        rows.append(Content.assemble((pad(fact.label, indent), "$text-muted"), first))
        rows.extend(Content(" " * indent + line) for line in others)
    return rows


def broken(text: str, width: int, *, prose: bool) -> list[str]:
    """A foreign text as harmless lines of at most `width` cells; what is too long loses its middle."""
    if prose:
        return wrap_text(clip(text), width)
    return [piece for line in clip(text).split("\n") for piece in chop(line, width)]


def clip(text: str) -> str:
    """A foreign text made harmless and short enough to show: its beginning and its end."""
    text = text.rstrip("\n")
    lines = text.split("\n")
    if len(lines) > SHOWN_LINES:
        half = SHOWN_LINES // 2
        text = "\n".join([*lines[:half], f"…(+{len(lines) - 2 * half})", *lines[-half:]])
    if len(text) > SHOWN_CHARACTERS:
        half = SHOWN_CHARACTERS // 2
        text = f"{text[:half]}\n…(+{len(text) - 2 * half})\n{text[-half:]}"
    return clean(text).expandtabs(4)
