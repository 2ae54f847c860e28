"""Figures of everything done so far. One concept a file; each is a function of plain numbers."""

from __future__ import annotations
