"""Draws LaTeX formulas in terminal cells, on one line or in two dimensions."""

from __future__ import annotations

from studybuddy.mathtext.draw import display, display_spans, inline, inline_spans, readable
from studybuddy.mathtext.marks import Spans

__all__ = ["Spans", "display", "display_spans", "inline", "inline_spans", "readable"]
