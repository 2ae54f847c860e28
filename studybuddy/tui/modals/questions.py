"""All interview questions of a lesson with their reference answers: to read, not to be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from studybuddy.core.block import Blocks
from studybuddy.core.lesson import Lesson
from studybuddy.i18n import N_, _
from studybuddy.study.paper import questions
from studybuddy.tui.modals.confirm import ConfirmModal
from studybuddy.tui.modals.page_panel import PagePanel

if TYPE_CHECKING:
    from studybuddy.study.wiring import Study
    from studybuddy.tui.app import StudybuddyApp
    from studybuddy.tui.screens.base import StudyScreen


class QuestionsModal(PagePanel):
    """Each question, what it looks for, its reference answer, key points, a wrong answer, a follow-up."""

    TITLE_WORDS = N_("Interview questions")
    BINDINGS = [Binding("v", "dismiss", N_("close"), id="questions.close")]
    if TYPE_CHECKING:

        @property
        def app(self) -> StudybuddyApp:  # type: ignore[override]  # App is invariant in its result
            """The one app there is."""

    def page(self, lesson: Lesson) -> Blocks:
        """The questions in their order."""
        return questions(lesson)

    async def retranslate(self) -> None:
        """Word everything again, the questions too: the screen below may not know the lesson."""
        identifier = self._lesson.id
        self._lesson = await self.app.study.ask(lambda study: study.library.lesson(identifier))
        await super().retranslate()


async def read_questions(screen: StudyScreen, lesson_id: str) -> None:
    """Show the questions of a lesson to whoever agrees that they are then no longer answered from memory."""
    lesson, answered = await screen.ask(lambda study: _questions(study, lesson_id))
    words = _(
        "This shows every interview question with its reference answer. "
        "What you answer afterwards counts as seen before, not as from memory."
    )
    if not answered and not await screen.inquire(ConfirmModal(words)):
        return
    await screen.ask(lambda study: [study.interview.open_reference(q.id) for q in lesson.questions])
    screen.app.push_screen(QuestionsModal(lesson))


def _questions(study: Study, lesson_id: str) -> tuple[Lesson, bool]:
    """A lesson, and whether each of its questions was answered once."""
    lesson = study.library.lesson(lesson_id)
    return lesson, all(study.interview.last_grade(question.id) for question in lesson.questions)
