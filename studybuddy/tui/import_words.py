"""What the import screen says of a lesson on its way into the course."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from studybuddy.core.diagnostic import Severity
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.study.source_files import short_path
from studybuddy.tui.widgets.import_facts import Said

if TYPE_CHECKING:
    from studybuddy.core.errors import StudybuddyError
    from studybuddy.study.import_plan import PlannedLesson
    from studybuddy.study.trust import TrustState

FOLDER_CELLS, PATH_CELLS = 58, 40
"""Cells that the folder of a lesson, and a path in an error, may take in a sentence."""


def before(lesson: PlannedLesson) -> tuple[Said, ...]:
    """Whether a lesson can be imported, and as what."""
    said = [Said("", note.said, "$text-muted") for note in lesson.notes]
    errors = error_count(lesson)
    if lesson.refused is not None and not errors:
        words = Phrase.of(N_("nothing will be written: {why}"), why=lesson.refused)
        return (Said("✗", words, "$text-error"), *said)
    if errors:
        words = Phrase.of(
            N_("nothing will be written: there is {n} error"),
            plural=N_("nothing will be written: there are {n} errors"),
            n=errors,
        )
        return (Said("✗", words, "$text-error"), *said)
    if lesson.replaces and not lesson.changes and not lesson.warnings:
        return (Said("✓", Phrase(N_("nothing in it is new")), "$text-success"),)
    if lesson.imported.findings:
        return (
            Said("✓", Phrase(N_("it can be imported; look at these lines first")), "$text-success"),
            *said,
        )
    return (Said("✓", Phrase(N_("it can be imported")), "$text-success"), *said)


def after(state: TrustState) -> tuple[Said, ...]:
    """That a lesson is in the course, where it lies, and what next."""
    folder = short_path(state.folder, FOLDER_CELLS)
    said = [Said("✓", Phrase.of(N_("in your course: {folder}"), folder=folder), "$text-success")]
    if state.files and not state.trusted:
        words = Phrase.of(
            N_("its code ({n} file) is only shown until you allow it: {key}"),
            plural=N_("its code ({n} files) is only shown until you allow it: {key}"),
            n=len(state.files),
            key="T",
        )
        said.append(Said("", words, "$text-warning"))
    elif state.files:
        said.append(Said("", Phrase(N_("its code may run")), "$text-muted"))
    return tuple(said)


def error_count(lesson: PlannedLesson) -> int:
    """Findings that keep a lesson from being imported."""
    return sum(finding.severity is Severity.ERROR for finding in lesson.imported.findings)


def said_by(error: StudybuddyError) -> Phrase:
    """What an error says, to be part of a sentence; of a long path the end, so that the reason is seen."""
    shown = {
        name: short_path(value, PATH_CELLS) if isinstance(value, Path) else value
        for name, value in error.parameters.items()
    }
    return Phrase(error.message, tuple(shown.items()))
