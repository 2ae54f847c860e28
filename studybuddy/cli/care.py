from __future__ import annotations

from pathlib import Path

import click

from studybuddy.cli.options import StudyCommand, launch
from studybuddy.cli.output import json_option, print_json, print_line, study
from studybuddy.cli.terminal import sign_width
from studybuddy.core.errors import StoreError
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, _, ngettext, say
from studybuddy.study.care import Check, ask_again, restore_backup, versions
from studybuddy.study.places import Places
from studybuddy.study.plain_signs import WIDE
from studybuddy.study.wiring import understood


@click.command("doctor", cls=StudyCommand)
@json_option
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> int:
    """Check versions, data, course and terminal; exit 3 only when data are at risk."""
    try:
        with study(context) as opened:
            checks = opened.care.checks()
    except Exception as error:
        known = understood(error)
        if not isinstance(known, StoreError):
            raise
        detail = Phrase(known.message, tuple(known.parameters.items()))
        checks = [*versions(), Check("data", False, detail, risk=True)]
    checks += _signs()
    ok = all(check.ok for check in checks)
    if as_json:
        rows = [{"name": check.name, "ok": check.ok, "detail": say(check.detail)} for check in checks]
        print_json({"ok": ok, "checks": rows})
    else:
        for check in checks:
            label = f"{'✓' if check.ok else '✗'} {_(check.name)}"
            print_line(_("{label}: {text}", label=label, text=say(check.detail)))
    return 3 if any(check.risk for check in checks) else 0


def _signs() -> list[Check]:
    """How wide the terminal draws signs, where it says so."""
    width = sign_width()
    if width is None:
        return []
    said = Phrase.of(N_("{n} cell wide"), plural=N_("{n} cells wide"), n=width)
    return [Check(N_("signs"), width == 1, said if width == 1 else Phrase(WIDE))]


@click.command("backup", cls=StudyCommand)
@json_option
@click.pass_context
def backup(context: click.Context, as_json: bool) -> None:
    """Write a checked copy of your data and your lessons."""
    with study(context) as opened:
        made = opened.care.backup()
    if as_json:
        names = {"lessons": list(made.lessons), "left_out": list(made.left_out)}
        print_json({"path": str(made.path), **names})
        return
    print_line(_("backup written: {path}", path=made.path))
    if made.lessons:
        print_line(_("with the imported lessons {lessons}", lessons=_codes(made.lessons)))
    for name in made.left_out:
        print_line(_("not in it (a link, too large or unreadable): {path}", path=name))


@click.command("restore", cls=StudyCommand)
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@click.pass_context
def restore(context: click.Context, file: Path, as_json: bool) -> None:
    """Put the backup FILE in the place of your data; what was there is kept beside it."""
    done = restore_backup(Places.find(launch(context).data_dir), file)
    asked = _asked_again(context, done.lessons) if done.lessons else []
    if as_json:
        kept = {"kept": str(done.kept) if done.kept else None, "lessons": list(done.lessons)}
        print_json({"path": str(file), **kept, "asked_again": asked})
        return
    print_line(_("restored from {path}", path=file))
    if done.kept:
        print_line(_("the data that was there is kept as {path}", path=done.kept))
    if done.lessons:
        print_line(_("with the imported lessons {lessons}", lessons=_codes(done.lessons)))
    if done.lessons_kept:
        print_line(_("lessons that were other are kept in {path}", path=done.lessons_kept))
    for lesson in asked:
        said = _(
            "its programs are only shown until you allow them: studybuddy trust {code}", code=lesson.upper()
        )
        print_line(said)


def _asked_again(context: click.Context, lessons: tuple[str, ...]) -> list[str]:
    with study(context, writer="studybuddy restore") as opened:
        return ask_again(opened.desk, opened.trust, lessons)


def _codes(lessons: tuple[str, ...]) -> str:
    return ", ".join(lesson.upper() for lesson in lessons)


@click.command("rebuild", cls=StudyCommand)
@json_option
@click.pass_context
def rebuild(context: click.Context, as_json: bool) -> None:
    """Replay the log into fresh tables."""
    with study(context, writer="studybuddy rebuild") as opened:
        events = opened.care.rebuild()
    if as_json:
        print_json({"events": events})
    else:
        print_line(ngettext("{n} event replayed", "{n} events replayed", events))
