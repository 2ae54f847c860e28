"""The way out for who is stuck: the derivation desk with the step in front written out in small numbers."""

from __future__ import annotations

from studybuddy.tui.screens.derivation import DerivationScreen


class StuckScreen(DerivationScreen):
    """The desk at the first open step, its sums expanded term by term."""

    async def _open(self) -> None:
        await super()._open()
        step = self._step
        if step is not None and not step.given and self._checked:
            await self._work_out()
