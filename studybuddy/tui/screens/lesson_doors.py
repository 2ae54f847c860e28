"""Where the slots of a lesson lead."""

from __future__ import annotations

from studybuddy.study.day import LessonPlan
from studybuddy.study.page import Anchor
from studybuddy.tui.screens.base import StudyScreen


def screen_behind(anchor: Anchor, plan: LessonPlan) -> StudyScreen:
    """The screen that a slot opens. Each is loaded when it is first wanted."""
    if anchor.kind == "exercise":
        from studybuddy.tui.screens.lab import LabScreen

        return LabScreen(anchor.id)
    if anchor.kind == "derivation":
        from studybuddy.tui.screens.derivation import DerivationScreen

        return DerivationScreen(anchor.id)
    if anchor.kind == "stuck":
        from studybuddy.tui.screens.stuck_path import StuckScreen

        return StuckScreen(anchor.id)
    if anchor.kind == "walk":
        from studybuddy.tui.screens.walk import WalkScreen

        return WalkScreen(anchor.id)
    if anchor.kind == "interview":
        from studybuddy.tui.screens.interview import InterviewScreen

        return InterviewScreen(plan.id)
    from studybuddy.tui.screens.checklist import ChecklistScreen

    return ChecklistScreen(plan)


def drills_screen() -> StudyScreen:
    """The picker of drills."""
    from studybuddy.tui.screens.derivation import DerivationScreen
    from studybuddy.tui.screens.drills import DrillsScreen

    return DrillsScreen(DerivationScreen)
