"""The signs that charts are drawn with, and their like in ASCII."""

from __future__ import annotations

from typing import NamedTuple

from textual.app import App


class Glyphs(NamedTuple):
    """`up`: a cell filled by 0 to 8 eighths; `line`, `half`: of a bar that lies; `heat`: levels 0 to 4."""

    up: str
    line: str
    half: str
    heat: str
    point: str
    dot: str
    here: str


SIGNS = Glyphs(" ▁▂▃▄▅▆▇█", "━", "╸", "·░▒▓█", "●", "·", "▸")
ASCII = Glyphs(" ..::||##", "=", "-", ".-+*#", "o", ".", ">")


def glyphs_of(app: App[object]) -> Glyphs:
    """What the learner's terminal shows: plain signs where signs are written plainly."""
    return ASCII if getattr(app, "signs", None) else SIGNS
