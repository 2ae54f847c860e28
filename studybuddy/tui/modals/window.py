"""What every modal shares: it closes once, as soon as it is there, and only while it is in front."""

from __future__ import annotations

from typing import TypeVar

from textual.screen import ModalScreen

T = TypeVar("T")


class Window(ModalScreen[T]):
    """A modal that fast typing cannot close twice, and that a key typed ahead closes once it is there."""

    def close(self, result: T | None = None) -> None:
        """Leave with a result, unless this is on its way out."""
        if not self.is_mounted:
            self.call_later(self.close, result)
        elif self.is_current:
            self.dismiss(result)

    async def action_dismiss(self, result: T | None = None) -> None:
        """What the closing keys are bound to."""
        self.close(result)
