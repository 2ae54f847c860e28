"""What becomes of a judged run in the lab: it is recorded, shown, and what is next is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studybuddy.core.phrase import Phrase
from studybuddy.core.verdict import JudgeResult, Verdict
from studybuddy.i18n import N_
from studybuddy.study.curves import Curve
from studybuddy.study.task import Task
from studybuddy.tui.screens.lab_questions import proofs, submit
from studybuddy.tui.widgets.run_result import Proof, RunResult
from studybuddy.tui.widgets.task_panel import TaskPanel

if TYPE_CHECKING:
    from studybuddy.tui.screens.base import StudyScreen
    from studybuddy.tui.screens.lab_panes import LabPanes
    from studybuddy.tui.screens.lab_program import Tell


class LabVerdict:
    """Keeps the newest verdict on behalf of a lab screen."""

    def __init__(self, screen: StudyScreen, panes: LabPanes, tell: Tell) -> None:
        """Keep it for a screen; `tell` shows a phrase and its tone."""
        self._screen = screen
        self._panes = panes
        self._tell = tell
        self._proven: frozenset[str] = frozenset()
        self.section = 0
        """The number of the section that the exercise belongs to, 0 if none."""
        self.passed = False
        """Whether a program of the learner was ever accepted."""
        self.accepted = False
        """Whether the program in the editor is the one that was just accepted."""

    async def keep(self, task: Task, source: str, result: JudgeResult) -> None:
        """Record a run and show it; `recorded` is said only after it is on the disk.

        Raises:
            StudybuddyError: it could not be recorded; it is shown all the same.
        """
        screen, proven, curves = self._screen, tuple[Proof, ...](), tuple[Curve, ...]()
        self._proven = frozenset()
        recorded, tone = Phrase(N_("not recorded; run again to try once more")), "warn"
        try:
            hints = screen.query_one(TaskPanel).hints_taken
            if self._panes.comparing:
                await screen.ask(lambda study: study.lab.reveal_reference(task.exercise.id))
            kept = await screen.ask(lambda study: submit(study, task.exercise, source, result, hints))
            proven, curves = kept.proofs, kept.curves
            self._proven = frozenset(proof.label for proof in proven)
            screen.query_one(TaskPanel).tried(kept.attempts)
            recorded, tone = self._recorded(result), ""
            if result.verdict is Verdict.AC:
                self.passed = True
                self.accepted = self._panes.editor.text == source
                recorded, tone = self._next_step(judged=result.judged), "good" if result.judged else ""
        finally:
            panel = screen.query_one(RunResult)
            panel.show(result, task.whys, proven, curves)
            self._tell(recorded, tone)
            self._panes.bring_up(panel)
            if (line := panel.error_line) is not None:
                self._panes.editor.point_at(line)

    async def reword(self, task: Task) -> None:
        """Word the verdict again after a switch of language."""
        panel = self._screen.query_one(RunResult)
        accepted = panel.result is not None and panel.result.accepted
        exercise = task.exercise.id
        found = await self._screen.ask(lambda study: proofs(study, exercise, accepted=accepted))
        panel.reword(task.whys, [proof for proof in found if proof.label in self._proven])

    def _recorded(self, result: JudgeResult) -> Phrase:
        """That a run is in the log, and who else can be asked about a wrong gradient."""
        keys = {command.id: command.key_text for command in self._screen.commands()}
        if all(gradient.ok for gradient in result.gradients) or "lab.twin" not in keys:
            return Phrase(N_("recorded"))
        words = N_("recorded · outside the editor: {doctor} asks torch too, {twin} runs the twin")
        return Phrase.of(words, doctor=keys.get("lab.doctor", "d"), twin=keys["lab.twin"])

    def _next_step(self, *, judged: bool) -> Phrase:
        """What to do after an accepted program. Escape leaves at once, as long as nothing more is typed."""
        if not judged:
            return Phrase(N_("ran; without tests you judge it yourself · Esc goes back"))
        below = type(self._screen.app.screen_stack[-2]).__name__
        if self.section and below == "LessonScreen":  # by name: the lesson knows the lab already
            return Phrase.of(N_("✓ accepted · Esc goes back to section {n}"), n=self.section)
        return Phrase(N_("✓ accepted · Esc goes back"))
