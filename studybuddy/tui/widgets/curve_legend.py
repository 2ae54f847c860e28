"""What the curves of a plot are: a line each, with the mark that the curve bears."""

from __future__ import annotations

import math
from collections.abc import Sequence

from textual.content import Content

from studybuddy.i18n import _, say
from studybuddy.study.curves import Curve
from studybuddy.text import clean_line
from studybuddy.tui.widgets.fitting import fit

CURVE_COLOURS = ("primary", "success", "warning", "secondary", "error", "accent")
"""Theme variables, one a curve in turn; the marks say the same."""


def legend_rows(curves: Sequence[Curve], width: int) -> list[Content]:
    """A line a curve: mark, name, what was changed, first and last loss."""
    return [fit(_row(curve, number), width) for number, curve in enumerate(curves)]


def curve_name(curve: Curve) -> str:
    """The name and what was changed in the program."""
    name = say(curve.name)
    return f"{name}: {clean_line(curve.note)}" if curve.note else name


def curve_figures(curve: Curve) -> str:
    """The first loss and the last, or where it stopped being a number."""
    if not curve.losses:
        return ""
    (_start, first), (_step, last) = curve.losses[0], curve.losses[-1]
    if curve.broken_at is not None:
        return _("{first} → not finite at step {step}", first=f"{first:.3g}", step=curve.broken_at)
    return f"{first:.3g} → {last:.3g}" if math.isfinite(last) else f"{first:.3g}"


def _row(curve: Curve, number: int) -> Content:
    tone = "$" + CURVE_COLOURS[number % len(CURVE_COLOURS)]
    return Content.assemble(
        (f"─{curve.mark or '─'}─ ", f"bold {tone}"),
        curve_name(curve),
        (f"   {curve_figures(curve)}", "$text-muted"),
    )
