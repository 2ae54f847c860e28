"""Text that is never read as markup: what a lesson, a learner or a program wrote."""

from __future__ import annotations

from textual.widgets import Static


class PlainText(Static):
    """A Static that shows its string as it is."""

    def __init__(
        self,
        text: str = "",
        *,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(text, markup=False, name=name, id=id, classes=classes)
