from __future__ import annotations

import shutil

import click

from studybuddy.cli.options import StudyCommand
from studybuddy.cli.output import ascii_signs, json_option, print_json, print_line, study
from studybuddy.core.errors import UnknownIdError
from studybuddy.core.lesson import Lesson
from studybuddy.i18n import N_, _
from studybuddy.study.day import words
from studybuddy.study.lesson_errors import worded
from studybuddy.study.paper import lay_out
from studybuddy.study.wiring import Study

MEASURE = 84
"""Longest line of prose, in cells."""
STATES = {
    "complete": N_("complete"),
    "current": N_("current lesson"),
    "open": N_("not complete"),
    "error": N_("has an error"),
}


@click.command("lesson", cls=StudyCommand)
@click.argument("code", required=False)
@click.option("--section", metavar="KIND", help=N_("One section: theory, derivation, ..., or its number."))
@click.option("--done", is_flag=True, help=N_("Complete the lesson."))
@json_option
@click.pass_context
def lesson(context: click.Context, code: str | None, section: str | None, done: bool, as_json: bool) -> None:
    """Print a lesson or a section; `--done` completes it."""
    with study(context, writer="studybuddy lesson --done" if done else None) as opened:
        found = opened.desk.catalogue.lesson(code) if code else opened.day.current_lesson()
        if found is None:
            raise UnknownIdError("lesson", code or "")
        wanted = opened.desk.catalogue.section(found, section) if section else None
        text = opened.library.lesson(found.id)
        if done:
            opened.reading.complete(found.id)
        sections = [
            {"id": s.id, "kind": s.kind.value, "title": s.title, "text": _section_text(opened, text, s.id)}
            for s in text.sections
            if wanted in (None, s.id)
        ]
        if as_json:
            print_json(
                {
                    "code": text.code,
                    "title": text.title,
                    "sections": sections,
                    "complete": opened.checklist.complete(found),
                }
            )
            return
        print_line(f"{text.code} {text.title}")
        for part in sections:
            print_line()
            print_line(f"## {part['title']}")
            print_line()
            print_line(part["text"])
        if done:
            print_line(_("{code} is complete.", code=text.code), err=True)


def _section_text(opened: Study, text: Lesson, section: str) -> str:
    found = next(s for s in text.sections if s.id == section)
    blocks = found.blocks
    if found is text.sections[-1]:
        blocks = (*blocks, *text.closing, *text.action)
    width = min(MEASURE, shutil.get_terminal_size((MEASURE, 24)).columns)
    return lay_out(text, blocks, max(20, width), ascii_signs=ascii_signs(opened))


@click.command("lessons", cls=StudyCommand)
@json_option
@click.pass_context
def lessons(context: click.Context, as_json: bool) -> None:
    """All lessons and how far you are."""
    with study(context) as opened:
        current = opened.day.current_lesson()
        rows: list[dict[str, object]] = []
        for found in opened.desk.catalogue.lessons:
            if found.errors:
                state = "error"
            elif opened.checklist.complete(found):
                state = "complete"
            else:
                state = "current" if current and found.id == current.id else "open"
            rows.append(
                {
                    "code": found.code,
                    "title": words(found.titles, opened.desk.language),
                    "state": state,
                    "source": "imported" if found.imported else "built-in",
                    "errors": [worded(error) for error in found.errors],
                }
            )
        if as_json:
            print_json({"lessons": rows})
            return
        for row in rows:
            print_line(f"{row['code']}  {row['title']}  ({_(STATES[str(row['state'])])})")
        for found in opened.desk.catalogue.lessons:
            for error in found.errors:
                print_line(worded(error), err=True)
        for error in opened.desk.catalogue.errors:
            print_line(worded(error), err=True)
