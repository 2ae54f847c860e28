from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from studybuddy.cli.options import StudyCommand, launch
from studybuddy.cli.output import json_option, print_json, print_line, study
from studybuddy.cli.speaking import speak
from studybuddy.core.diagnostic import Diagnostic, Severity
from studybuddy.core.errors import UntrustedError
from studybuddy.course.finder import content_root
from studybuddy.course.kept_ids import FILE_NAME as IDS
from studybuddy.course.kept_ids import remember_ids
from studybuddy.course.lint import lessons_at, lint
from studybuddy.course.reader import read_lesson
from studybuddy.i18n import N_, _, say
from studybuddy.study.formula_lint import lint_formulas
from studybuddy.study.places import Places
from studybuddy.study.trust import UNTRUSTED

_PORTION = 25
"""Where nobody looks at a terminal, progress is told after so many runs."""


@click.command("lint", cls=StudyCommand)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--prove", "proving", is_flag=True, help=N_("Also run, draw, verify and mutate; see docs."))
@click.option("--remember", is_flag=True, help=N_("Add new ids to ids.txt: from then on they must stay."))
@json_option
@click.pass_context
def lint_files(
    context: click.Context, paths: tuple[Path, ...], proving: bool, remember: bool, as_json: bool
) -> int:
    """Check the lesson folders PATHS; without PATHS, the lessons that came with studybuddy."""
    paths = tuple(_named(path) for path in paths) or (content_root(),)
    if proving:
        _insist_on_trust(context, paths)
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before NumPy comes: programs run beside it
    read = lint(paths)
    found = [*read, *(one for one in lint_formulas(paths) if one not in read)]
    if proving:
        found += [one for one in _proved(paths) if one not in found]
    if as_json:
        keys = ("code", "severity", "path", "line", "column")
        rows = [{key: getattr(d, key) for key in keys} | {"message": say(d.said)} for d in found]
        print_json({"diagnostics": rows})
    else:
        for diagnostic in found:
            print_line(_in_words(diagnostic))
        print_line(_summary(found), err=True)
    if remember and not any(d.severity is Severity.ERROR for d in found):
        _remember(paths)
    return 1 if any(d.severity is Severity.ERROR for d in found) else 0


def _named(path: Path) -> Path:
    """A path that ends in a name: `.` and `..` are folders of lessons, too."""
    return path if path.name not in ("", "..") else path.resolve()


def _remember(paths: tuple[Path, ...]) -> None:
    """Write the ids of lessons without an error down."""
    for folder in dict.fromkeys(folder for path in paths for folder in lessons_at(path)):
        lesson = read_lesson(folder, "zh").lesson
        new = remember_ids(folder, lesson) if lesson else 0
        print_line(_("{path}: new ids: {n}", path=folder / IDS, n=new), err=True)


def _in_words(one: Diagnostic) -> str:
    """A finding on one line, as editors and compilers write it."""
    words = say(one.said)
    if one.severity is Severity.WARNING:
        words = _("warning: {words}", words=words)
    return f"{one.path}:{one.line}: {words}"


def _summary(found: list[Diagnostic]) -> str:
    """What it comes to."""
    errors = sum(one.severity is Severity.ERROR for one in found)
    if not found:
        return _("nothing to correct")
    return _("errors: {errors}, warnings: {warnings}", errors=errors, warnings=len(found) - errors)


def _insist_on_trust(context: click.Context, paths: tuple[Path, ...]) -> None:
    """Go no further with an imported lesson whose code the learner has not allowed.

    Raises:
        UntrustedError: there is one among the paths.
    """
    data = Places.find(launch(context).data_dir).data.resolve()
    folders = {folder.resolve() for path in paths for folder in lessons_at(path)}
    if not any(data in folder.parents for folder in folders):
        return
    with study(context) as opened:
        for lesson in sorted(opened.desk.catalogue.imported):
            state = opened.trust.state(lesson)
            if state.folder.resolve() in folders and not state.trusted:
                raise UntrustedError(UNTRUSTED, lesson=lesson.upper())


def _proved(paths: tuple[Path, ...]) -> tuple[Diagnostic, ...]:
    """What proving finds; how far it is stands on stderr."""
    from studybuddy.study.proving.proof import prove

    progress = _Progress(live=sys.stderr.isatty())
    try:
        return prove(paths, progress.tell)
    finally:
        progress.close()


class _Progress:
    """How many runs are done: on a terminal one line that changes, elsewhere a line now and then."""

    def __init__(self, *, live: bool) -> None:
        self._live = live
        self._shown = False

    def tell(self, done: int, known: int) -> None:
        """Say it, from any thread."""
        text = _("proving: {done} of {known} runs", done=done, known=known)
        if self._live:
            self._shown = True
            speak(f"\r{text} ", nl=False, err=True)
        elif done % _PORTION == 0:
            speak(text, err=True)

    def close(self) -> None:
        """End the line that changes."""
        if self._shown:
            speak("", err=True)
