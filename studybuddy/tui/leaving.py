"""An app that, once it is being left, does nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import RenderableType
    from textual.actions import ActionParseResult
    from textual.dom import DOMNode


class LeavableApp(App[None]):
    """Keys typed after the one that leaves are for nobody: a screen opened then would find itself empty."""

    _leaving = False

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """Leave; what was typed after that reaches no screen."""
        self._leaving = True
        super().exit(result, return_code, message)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key asks for, unless the app is being left."""
        return not self._leaving and await super().run_action(action, default_namespace, namespaces)
