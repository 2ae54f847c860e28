"""What every modal shares: it closes once, and only while it is the screen in front."""

from __future__ import annotations

from typing import TypeVar

from textual.screen import ModalScreen

T = TypeVar("T")


class Window(ModalScreen[T]):
    """A modal that fast typing cannot close twice, nor before it is there."""

    def close(self, result: T | None = None) -> None:
        """Leave with a result, unless this is on its way in or out."""
        if self.is_mounted and self.is_current:
            self.dismiss(result)

    async def action_dismiss(self, result: T | None = None) -> None:
        """What the closing keys are bound to."""
        self.close(result)
