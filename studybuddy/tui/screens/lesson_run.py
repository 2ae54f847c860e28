"""The part of the lesson's screen that runs the course's own program below the page."""

from __future__ import annotations

from studybuddy.core.exercise import Exercise, ExerciseKind
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.tui.reference_run import ReferenceRun
from studybuddy.tui.screens.page_screen import PageScreen
from studybuddy.tui.widgets.run_panel import RunPanel


class RunScreen(PageScreen):
    """A page with a panel for a run of the reference, which is never taken for the learner's own."""

    def __init__(self) -> None:
        super().__init__()
        self._program = ReferenceRun(self)
        self._warm: set[tuple[str, ...]] = set()

    @property
    def program_here(self) -> Exercise | None:
        """The program whose reference can be run now."""
        raise NotImplementedError

    async def reload_plan(self) -> None:
        """Show how far the learner is now."""
        raise NotImplementedError

    def stop_program(self) -> None:
        """Ask a running program to end."""
        self._program.stop()

    def warm_up(self) -> None:
        """Have a process ready that knows the packages of this section's program."""
        program = self.program_here
        if program is not None and program.ahead not in self._warm:
            self._warm.add(program.ahead)
            self.perform(self.ask(lambda study: study.lab.warm_up(program.ahead)), group="warm")

    def action_run(self) -> None:
        """Run the reference program of this section in place."""
        program = self.program_here
        if program is not None and not self._program.going:
            self.say(None)
            self.perform(self._run_reference(program), group="run")

    def action_trust(self) -> None:
        """Allow the code of an imported lesson to run, or forbid it."""
        if self.shown_lesson is not None:
            self.perform(self._trust(self.shown_lesson.id), group="trust")

    async def _trust(self, lesson: str) -> None:
        from studybuddy.tui.screens.trusting import change_trust

        said = await change_trust(self, lesson)
        if said is not None:
            await self.reload_plan()
            self.say(said, "good")

    def action_xray(self) -> None:
        """Look at the shapes of the learner's own program for this section."""
        program = self.program_here
        if program is not None and program.kind is ExerciseKind.SCRIPT:
            self.perform(self._look_into(program), group="xray")

    async def _look_into(self, program: Exercise) -> None:
        from studybuddy.tui.screens.xray import XrayScreen

        source = await self.ask(lambda study: study.lab.source(program.id))
        if self.is_current:
            self.app.push_screen(XrayScreen(program, source))

    async def _run_reference(self, program: Exercise) -> None:
        if not program.trusted:
            from studybuddy.tui.screens.lab_trust import allowed

            if not await allowed(self, program.id):
                return
        recorded = await self._program.go(program, self.query_one(RunPanel))
        await self.reload_plan()
        if recorded:
            self.say(Phrase(N_("that was the course's own program; it does not count as yours")))

    def action_stop_run(self) -> None:
        """Ask the program to end."""
        self.stop_program()
        self.query_one(RunPanel).stopping()

    def reword_run(self) -> None:
        """The panel in the language in use."""
        panel, lesson = self.query_one(RunPanel), self.shown_lesson
        exercises = lesson.exercises if lesson is not None else ()
        panel.reword(next((e.title for e in exercises if e.id == panel.program), ""))

    def action_scroll_run(self, lines: int) -> None:
        """Move in the run below the page."""
        self.query_one(RunPanel).scroll_relative(y=lines, animate=False)

    def action_close_run(self) -> None:
        """Give the room back to the page."""
        self.query_one(RunPanel).close()
        self.refresh_keys()
