"""`run --xray`: the shapes of a program's arrays, line by line."""

from __future__ import annotations

import shutil

from studybuddy.cli.output import print_json, print_line
from studybuddy.core.exercise import Exercise
from studybuddy.core.xray import Step, Value, XrayTrace
from studybuddy.i18n import _, ngettext, say
from studybuddy.study.shape_names import SizeNames, note_words, size_names
from studybuddy.study.xray_lines import ending, place_words, problem_words, statement_lines, step_lines
from studybuddy.study.xray_rows import FAILED

MARGIN = 6
"""Cells before the lines of a step: a sign, a line number, two spaces."""


def show(trace: XrayTrace, exercise: Exercise, *, as_json: bool) -> int:
    """Print a trace; the exit code is 0 where nothing failed."""
    names = size_names(trace, exercise)
    if as_json:
        print_json(trace_json(trace, names))
    else:
        _print(trace, names)
    return 0 if trace.problem is None else 1


def trace_json(trace: XrayTrace, names: SizeNames) -> dict[str, object]:
    """A trace as the command line gives it."""
    return {
        "exercise": trace.exercise,
        "sizes": dict(trace.sizes),
        "steps": [_step_json(step, names) for step in trace.steps],
        "complete": trace.complete,
        "failed": any(step.failed for step in trace.steps),
        "message": problem_words(trace),
        "hint": say(trace.hint),
    }


def _step_json(step: Step, names: SizeNames) -> dict[str, object]:
    return {
        "line": step.first,
        "source": step.source,
        "function": step.function,
        "passes": [{"line": line, "pass": count} for line, count in step.turns],
        "parts": [
            {"source": part.source, "does": part.does, **_value_json(part.value, names)}
            for part in step.parts
            if part.value is not None
        ],
        "bound": {name: _value_json(value, names) for name, value in step.bound},
        "failed": step.failed,
        "notes": [note_words(note, names) for note in step.notes],
    }


def _value_json(value: Value, names: SizeNames) -> dict[str, object]:
    if value.shape is None:
        return {"text": value.text}
    symbols = [names.get(size, str(size)) for size in value.shape]
    return {"shape": list(value.shape), "symbols": symbols, "dtype": value.dtype}


def _print(trace: XrayTrace, names: SizeNames) -> None:
    width = shutil.get_terminal_size((100, 24)).columns - MARGIN
    before = ""
    for step in trace.steps:
        if (place := place_words(step)) != before:
            print_line(f"{' ' * MARGIN}── {place or _('top level')}")
            before = place
        source = statement_lines(step)
        print_line(f"{FAILED if step.failed else ' '}{step.first:>{MARGIN - 3}}  {source[0]}")
        for line in source[1:]:
            print_line(" " * MARGIN + line)
        for spans in step_lines(step, names, width):
            print_line((" " * (MARGIN + 2) + "".join(span.text for span in spans)).rstrip())
    if trace.steps:
        print_line()
    if words := problem_words(trace):
        print_line(f"{FAILED} {words}")
        if hint := say(trace.hint):
            print_line(f"  {hint}")
    else:
        print_line(ngettext("{n} step", "{n} steps", len(trace.steps)) + " · " + say(ending(trace)))
