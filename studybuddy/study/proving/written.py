"""Numbers as they are written in a text, and whether a run's figure may be written so."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

NUMBER = re.compile(
    r"(?<![A-Za-z0-9_.^])[-−]?(?:\d{1,3}(?:(?:\{,\}|,)\d{3})+|\d+)(?:\.\d+)?"
    r"(?:e[-+]?\d+|\s?(?:\\times|×)\s?10\^(?:\{[-+]?\d+\}|\d))?(?:\s?[%万亿])?(?![A-Za-z0-9_])"
)
"""A number of a text: `26,365,524`, `1e-6`, `2.15 \\times 10^6`, `32{,}000{,}640`, `9%`, `1.5 万`."""
_PARTS = re.compile(
    r"(?P<sign>[-−]?)(?P<whole>\d+)(?:\.(?P<part>\d+))?(?:e(?P<short>[-+]?\d+)|"
    r"\s?(?:\\times|×)\s?10\^\{?(?P<long>[-+]?\d+)\}?)?\s?(?P<scale>[%万亿]?)\Z"
)
_SCALES = {"%": -2, "万": 4, "亿": 8}


@dataclass(frozen=True, slots=True)
class Written:
    """A number and what one unit of its last digit is worth."""

    value: float
    unit: float
    digits: int
    """How many digits it has from the first that is not 0; zeros at the end of a whole number count."""


def read_written(text: str) -> Written | None:
    """A number as it stands in a text; None for anything else."""
    bare = re.sub(r"\{,\}|(?<=\d),(?=\d{3})", "", text.strip())
    found = _PARTS.match(bare)
    if found is None:
        return None
    part = found["part"] or ""
    power = int(found["short"] or found["long"] or 0) + _SCALES.get(found["scale"], 0)
    if abs(power) > 300 or len(bare) > 60:
        return None
    figures = found["whole"] + part
    value = float(f"{'-' if found['sign'] else ''}{figures}e{power - len(part)}")
    return Written(value, float(f"1e{power - len(part)}"), len(figures.lstrip("0")))


def may_be_written(figure: float, written: Written, tolerance: float, bound: str) -> bool:
    """Whether a figure may be told as `written`.

    Args:
        figure: of a run.
        written: as the text has it.
        tolerance: relative; 0 wants the figure rounded to the digits that are written.
        bound: `most` or `least` if the text says no more than that, empty if it says how much it is.
    """
    if not math.isfinite(figure):
        return False
    room = tolerance * abs(written.value) if tolerance else 0.5 * written.unit * (1 + 1e-9)
    if bound == "most":
        return figure <= written.value + (room if tolerance else 0.0)
    if bound == "least":
        return figure >= written.value - (room if tolerance else 0.0)
    return abs(figure - written.value) <= room
