"""Charts of terminal cells. Each takes numbers and a width and gives lines."""

from __future__ import annotations
