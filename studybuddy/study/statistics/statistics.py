"""The statistics of a learner: what the screen and `stats` ask for."""

from __future__ import annotations

from collections.abc import Iterator

from studybuddy.study.desk import Desk
from studybuddy.study.foresight import Foresight
from studybuddy.study.review_table import PIECE, Columns, ReviewTable
from studybuddy.study.statistics.figures import Figures, figures
from studybuddy.study.statistics.glance import Glance, glance
from studybuddy.study.statistics.material import Material, gather

WHOLE = 200_000
"""Rows that are read at once where nobody waits at the keys."""


class Statistics:
    """Glance first, then material in pieces, then figures and foresight, which need no store."""

    def __init__(self, desk: Desk, table: ReviewTable) -> None:
        self._desk = desk
        self._table = table

    def glance(self) -> Glance:
        """What can be said at once."""
        return glance(self._desk)

    def gather(self, piece: int = PIECE) -> Iterator[float | Material]:
        """See `material.gather`."""
        return gather(self._desk, self._table, piece)

    def figures(self) -> Figures:
        """All figures in one go."""
        (*_shares, material) = self.gather(WHOLE)
        assert isinstance(material, Material)
        return figures(material)

    def foresight(self, columns: Columns | None = None) -> Foresight:
        """Calibration and the year to come, from reviews that were read already or as the log is now."""
        return Foresight(self._desk, self._table.read() if columns is None else columns)
