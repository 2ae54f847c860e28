"""What opens from a review: the lesson that a card came from, and why the card is here."""

from __future__ import annotations

from studybuddy.core.errors import StudybuddyError
from studybuddy.study.faces import CardFace
from studybuddy.tui.modals.card_window import look_at_card
from studybuddy.tui.screens.review_table import ReviewTable


class ReviewDoors(ReviewTable):
    """Opens what belongs to the card on the table; the card stays as it lies."""

    @property
    def _face(self) -> CardFace | None:
        """The text of the card on the table, None where there is none."""
        face = self._drawn.face if self._drawn is not None else None
        return None if isinstance(face, StudybuddyError) else face

    @property
    def _has_lesson(self) -> bool:
        """Whether the card on the table comes from a lesson; one's own may come from nowhere."""
        return self._face is not None and bool(self._face.section)

    @property
    def _worded(self) -> bool:
        """Whether the card on the table has words that can be changed; an interview question has not."""
        return self._face is not None and bool(self._face.content)

    def action_lesson(self) -> None:
        """Open the section that the card came from."""
        if self._face is not None:
            from studybuddy.tui.screens.lesson import LessonScreen

            section = self._face.section
            self.app.push_screen(LessonScreen(section.split("/", 1)[0], section))

    def action_why(self) -> None:
        """Show why the card is here now, and its curve of forgetting."""
        if self._drawn is not None:
            self.perform(look_at_card(self, self._drawn.card, asked=True), group="why")
