"""Cases of one's own and counter-examples, from the command line."""

from __future__ import annotations

import click

from studybuddy.cli.options import StudyCommand, launch
from studybuddy.cli.output import json_option, print_json, print_line, study
from studybuddy.core.errors import StoreError, UsageError
from studybuddy.core.exercise import Case, Exercise
from studybuddy.core.verdict import Counterexample, JudgeResult
from studybuddy.i18n import N_, _, word
from studybuddy.study.counterexample_words import search_words, told
from studybuddy.study.outcome_words import case_name
from studybuddy.study.own_cases import Kept, case_number
from studybuddy.study.wiring import Study

WRITER = "studybuddy cases"


@click.command("cases", cls=StudyCommand)
@click.argument("exercise")
@click.option("--add", "add", metavar="INPUT", help=N_("Keep an input: '[1,null,2]'."))
@click.option("--remove", "remove", metavar="N", type=int, help=N_("Drop the case with this number."))
@json_option
@click.pass_context
def cases(context: click.Context, exercise: str, add: str | None, remove: int | None, as_json: bool) -> None:
    """List your cases of EXERCISE, keep an input as one, or drop one. They are judged after the course's."""
    if add is not None and remove is not None:
        raise UsageError("--add and --remove do not go together")
    writing = add is not None or remove is not None
    with study(context, writer=WRITER if writing else None) as opened:
        found = opened.library.exercise(opened.desk.catalogue.exercise(exercise))
        changed: tuple[str, Case] | None = None
        if add is not None:
            case, new = opened.own_cases.add(found, opened.own_cases.read(found, add))
            changed = (N_("kept: {case}") if new else N_("kept already: {case}"), case)
        elif remove is not None:
            changed = (N_("removed: {case}"), opened.own_cases.remove(found, remove))
        kept = opened.own_cases.cases(found)
    if as_json:
        print_json({"exercise": found.id, "cases": [_row(found, case) for case in kept]})
        return
    if changed is not None:
        print_line(_(changed[0], case=_line(found, changed[1])))
    elif not kept:
        print_line(_("no cases of your own"))
    else:
        for case in kept:
            print_line(_line(found, case))


def _row(exercise: Exercise, case: Case) -> dict[str, object]:
    arguments = list(case.arguments)
    return {"number": case_number(case), "arguments": arguments, "input": _input(exercise, case)}


def _line(exercise: Exercise, case: Case) -> str:
    return f"{case_number(case)}  {_input(exercise, case)}"


def _input(exercise: Exercise, case: Case) -> str:
    from studybuddy.runner.inputs import format_arguments

    return format_arguments(case.arguments, exercise.signature.parameters if exercise.signature else ())


def equipped(opened: Study, exercise: Exercise, tried: tuple[str, ...]) -> Exercise:
    """The exercise with the learner's cases and the inputs to be tried once.

    Raises:
        UsageError: an input cannot be read, or is not allowed.
    """
    inputs = [opened.own_cases.read(exercise, text) for text in tried]
    return opened.own_cases.equipped(exercise, *inputs)


def keep(context: click.Context, exercise: Exercise, result: JudgeResult) -> Kept | None:
    """Keep the counter-example of a run, if it has one; what cannot be written is said and lost."""
    if result.counterexample is None:
        return None
    try:
        writer = Study(launch(context), writer="studybuddy run")
    except StoreError as error:
        print_line(_("not kept: {reason}", reason=word(error)), err=True)
        return None
    try:
        return writer.own_cases.keep(exercise, result.counterexample)
    except (StoreError, UsageError) as error:
        print_line(_("not kept: {reason}", reason=word(error)), err=True)
        return None
    finally:
        writer.close()


def search_json(result: JudgeResult) -> dict[str, object]:
    """What the random inputs led to, for the JSON of a run."""
    search, example = result.search, result.counterexample
    return {
        "search": None
        if search is None
        else {
            "tried": search.tried,
            "planned": search.planned,
            "seed": search.seed,
            "wall_s": search.wall_s,
        },
        "counterexample": None if example is None else _example_json(example),
    }


def _example_json(example: Counterexample) -> dict[str, object]:
    return {
        "kind": example.kind.value,
        "arguments": list(example.arguments),
        "input": example.input,
        "output": example.output,
        "expected": example.expected,
        "reason": _(example.reason, **example.parameters) if example.reason else "",
        "stdout": example.stdout,
        "before": [list(call) for call in example.before],
        "calls_before": example.calls_before,
        "drawing": list(told(example).drawing),
    }


def search_lines(result: JudgeResult) -> list[str]:
    """The counter-example of a run as lines of text, and how it was found."""
    if result.counterexample is None:
        return []
    lines = told(result.counterexample)
    facts = [_("{label}: {text}", label=label, text=text) for label, text in (*lines.facts, *lines.prose)]
    drawing = ["    " + line for line in lines.drawing]
    return [
        f"  {lines.head}",
        *drawing,
        *("    " + fact for fact in facts),
        f"  {search_words(result.search)}",
    ]


def kept_line(kept: Kept | None) -> str:
    """What became of a counter-example that was to be kept."""
    if kept is None:
        return _("nothing to keep")
    if not kept.new:
        return _("kept already: {case}", case=case_name(kept.case.name))
    card = kept.card or _("no card")
    return _("kept: {case}, {card}", case=case_name(kept.case.name), card=card)
