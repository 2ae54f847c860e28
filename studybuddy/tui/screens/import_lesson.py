"""The import screen: a file is chosen, looked at, and becomes a lesson of the learner's course."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from studybuddy.core.errors import UsageError
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, _, ngettext
from studybuddy.study.source_files import lesson_code
from studybuddy.study.source_lines import Look, look
from studybuddy.tui.commands import Command
from studybuddy.tui.import_words import error_count, said_by
from studybuddy.tui.modals.confirm import ConfirmModal
from studybuddy.tui.modals.line import LineModal
from studybuddy.tui.own_thread import beside
from studybuddy.tui.screens.base import bindings
from studybuddy.tui.screens.import_keys import IMPORT_COMMANDS, OWN_ACTIONS, STAGES
from studybuddy.tui.screens.import_look import ImportLook

if TYPE_CHECKING:
    from studybuddy.study.import_plan import ImportPlan
    from studybuddy.study.trust import TrustState
    from studybuddy.study.wiring import Study


class ImportScreen(ImportLook):
    """Makes of a file a lesson of the course."""

    CSS_PATH = "import_lesson.tcss"
    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = IMPORT_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(*IMPORT_COMMANDS)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Each stage has its own keys."""
        action = action.partition("(")[0]
        if action not in OWN_ACTIONS:
            return True
        if action not in STAGES[self.stage]:
            return False
        lesson = self._lesson
        if action == "save":
            return self._plan is not None and self._plan.ready
        if action == "force":
            return lesson is not None and lesson.refused is None and error_count(lesson) > 0
        if action == "code":
            return lesson is not None and (lesson.refused is None or bool(lesson.imported.parts))
        if action == "trust":
            return self._state is not None and bool(self._state.files)
        return True

    def action_save(self) -> None:
        """Import the lesson, if the file is still what was shown."""
        if self._plan is not None:
            self._wait(partial(self._save, self._plan))

    async def _save(self, plan: ImportPlan) -> None:
        try:
            if await self._changed():
                return
            self._enter("saving")
            self.asking = True
            state = await self.ask(lambda study: _imported(study, plan))
        except UsageError as error:
            self._tell(Phrase.of(N_("nothing was written: {why}"), why=said_by(error)), wrong=True)
            return
        finally:
            self.asking = False
        self._state = state
        self._enter("done")
        self._tell()

    async def _changed(self) -> bool:
        """Whether the file is no longer what was shown; then it is shown as it is."""
        assert self._look is not None
        before = self._look.given
        seen = await beside(lambda: look(before.path))
        if seen.given.hash == before.hash:
            return False
        code = self._wanted
        self._show(seen, await self.ask(lambda study: study.imports.planned([seen.given], code)))
        words = N_("the file has changed: this is what it holds now; nothing was written yet")
        self._tell(Phrase(words))
        return True

    def action_force(self) -> None:
        """Import what could be read, after asking."""
        self.perform(self._force(), group="force")

    async def _force(self) -> None:
        seen, lesson = self._look, self._lesson
        if seen is None or lesson is None:
            return
        question = ngettext(
            "The file has {n} error; what it is about may be missing or wrong in the lesson. "
            "Import it all the same?",
            "The file has {n} errors; what they are about may be missing or wrong in the lesson. "
            "Import it all the same?",
            error_count(lesson),
        )
        if await self.inquire(ConfirmModal(question)):
            code = self._wanted
            plan = await self.ask(lambda study: study.imports.planned([seen.given], code, force=True))
            self._wait(partial(self._save, plan))

    def action_code(self) -> None:
        """Ask which lesson the file becomes."""
        self.perform(self._code(), group="code")

    async def _code(self) -> None:
        seen, lesson = self._look, self._lesson
        if seen is None or lesson is None:
            return
        hint = Phrase(N_("S3W10D2, or S3W10D2.2 for another lesson of that day"))
        typed = await self.inquire(LineModal(Phrase(N_("Which lesson it becomes")), hint, lesson_code))
        if not typed:
            return
        code = lesson_code(typed)
        try:
            plan = await self.ask(lambda study: study.imports.planned([seen.given], code))
        except UsageError as error:
            taking = None if error_count(lesson) else await self._taking(seen, code)
            if taking is None:
                self._tell(said_by(error), wrong=True)
                return
            question = _(
                "{code} was imported from another file. Put this one in its place?", code=code.upper()
            )
            if not await self.inquire(ConfirmModal(question)):
                return
            plan = taking
        self._show(seen, plan)

    async def _taking(self, seen: Look, code: str) -> ImportPlan | None:
        """The plan to take the place of another file's lesson, if that can be."""
        try:
            return await self.ask(lambda study: study.imports.planned([seen.given], code, force=True))
        except UsageError:
            return None

    # ---- afterwards

    def action_trust(self) -> None:
        """Allow the code of the new lesson to run, or forbid it."""
        self.perform(self._trust(), group="trust")

    async def _trust(self) -> None:
        from studybuddy.tui.screens.trusting import change_trust

        lesson, state = self._lesson, self._state
        if lesson is not None and state is not None:
            await change_trust(self, state.lesson)
            self._state = await self.ask(lambda study: study.trust.state(state.lesson))
            self._tell()

    def action_open_lesson(self) -> None:
        """Open the lesson in the place of this screen."""
        from studybuddy.tui.screens.lesson import LessonScreen

        if self._state is not None:
            self.app.switch_screen(LessonScreen(self._state.lesson))


def _imported(study: Study, plan: ImportPlan) -> TrustState:
    """Write the lesson of a plan; where it lies, and how its code stands."""
    return study.trust.state(study.save_import(plan).lessons[0].id)
