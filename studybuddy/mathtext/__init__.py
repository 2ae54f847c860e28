"""Draws LaTeX formulas in terminal cells, on one line or in two dimensions."""

from __future__ import annotations

from studybuddy.mathtext.draw import display, inline, readable

__all__ = ["display", "inline", "readable"]
