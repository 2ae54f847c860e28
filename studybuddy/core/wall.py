"""What is known of the wall around a learner's programs on this machine."""

from __future__ import annotations

from typing import NamedTuple


class WallReport(NamedTuple):
    """What came of trying to get out. `tried`: how many ways; `escapes`: those that led out, or may have.

    Their first word is what was reached: `read`, `write`, `network`, `process`.
    """

    tried: int
    escapes: tuple[str, ...]

    @property
    def stands(self) -> bool:
        """Whether every way was barred."""
        return self.tried > 0 and not self.escapes

    @property
    def tier(self) -> str:
        """`A`: a wall that the kernel holds. `B`: limits on time, memory and output, and nothing else."""
        return "A" if self.stands else "B"

    def reaches(self, what: str) -> bool:
        """Whether a program gets at `what`."""
        return any(name.partition(" ")[0] == what for name in self.escapes)
