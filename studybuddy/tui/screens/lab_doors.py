"""The screens that open from the lab: earlier runs, experiments, shapes, the twin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studybuddy.tui.screens.base import StudyScreen

if TYPE_CHECKING:
    from studybuddy.study.task import Task
    from studybuddy.tui.screens.lab_panes import LabPanes
    from studybuddy.tui.screens.lab_program import LabProgram


class LabDoors(StudyScreen):
    """The part of the lab that leads elsewhere."""

    _exercise: str
    _asked: Task | None
    _panes: LabPanes
    _program: LabProgram

    def action_xray(self) -> None:
        """Look into the program in the editor."""
        from studybuddy.tui.screens.xray import XrayScreen

        if self._asked is not None:
            self.app.push_screen(XrayScreen(self._asked.exercise, self._panes.editor.text))

    action_xray_plain = action_xray

    def action_twin(self) -> None:
        """Run the program in the editor beside its twin."""
        from studybuddy.tui.screens.twin import TwinScreen

        if self._asked is not None:
            self.app.push_screen(TwinScreen(self._asked.exercise, self._panes.editor.text))

    def action_attempts(self) -> None:
        """Look at what was run before."""
        from studybuddy.tui.screens.attempts import AttemptsScreen

        self.app.push_screen(AttemptsScreen(self._exercise, self._panes.editor.text, self._program.take_back))

    def action_experiments(self) -> None:
        """Try changes of the program, and compare the curves of their losses."""
        from studybuddy.tui.screens.experiments import ExperimentsScreen

        self.app.push_screen(ExperimentsScreen(self._exercise))
