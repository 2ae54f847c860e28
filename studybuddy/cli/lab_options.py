"""What of the lab can be asked of `run` instead of judging: earlier runs, hints, experiments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from studybuddy.cli.experiment import list_experiments, make_experiment
from studybuddy.cli.help_taken import give_up, next_hint
from studybuddy.cli.history import show_difference, show_history
from studybuddy.core.errors import UsageError
from studybuddy.core.experiment import Outcome
from studybuddy.i18n import N_

_Command = TypeVar("_Command", bound=Callable[..., object])
_KEY = "studybuddy.cli.lab"
_FLAGS = {
    "history": N_("List your runs so far; judges nothing."),
    "hint": N_("Show the next hint, and count it as taken."),
    "give-up": N_("Show the reference; what you copy from it will not count as your own."),
    "experiments": N_("List experiments with the exercise."),
}


def lab_options(command: _Command) -> _Command:
    """Add the options; `lab_question` finds in the context which of them was given."""
    predictions = click.Choice([outcome.value for outcome in Outcome])
    options = [
        *(_option(f"--{name}", is_flag=True, help=words) for name, words in _FLAGS.items()),
        _option("--diff", type=int, metavar="N", help=N_("Compare run N with your draft; judges nothing.")),
        _option("--experiment", metavar="ID", help=N_("Make an experiment; it ticks nothing.")),
        _option("--predict", type=predictions, help=N_("What its loss will do.")),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def lab_question(context: click.Context, exercise: str, *, alone: bool, as_json: bool) -> int | None:
    """Answer what was asked instead of a run; None when nothing was. The number is the exit code.

    Raises:
        UsageError: two such things were asked for, or one together with an option of a run (not `alone`).
    """
    asked = context.meta.get(_KEY, {})
    prediction = asked.pop("predict", None)
    if prediction is not None and "experiment" not in asked:
        raise UsageError("--predict goes with --experiment")
    if not asked:
        return None
    if len(asked) > 1 or not alone:
        raise UsageError("{option} stands alone", option="--" + next(iter(asked)).replace("_", "-"))
    name, value = next(iter(asked.items()))
    match name:
        case "history":
            return show_history(context, exercise, as_json=as_json)
        case "diff":
            return show_difference(context, exercise, value, as_json=as_json)
        case "hint":
            return next_hint(context, exercise, as_json=as_json)
        case "give_up":
            return give_up(context, exercise, as_json=as_json)
        case "experiments":
            return list_experiments(context, exercise, as_json=as_json)
    return make_experiment(context, exercise, value, prediction, as_json=as_json)


def _option(name: str, **settings: Any) -> Callable[[_Command], _Command]:
    """An option that is kept in the context and not handed to the command."""
    return click.option(name, expose_value=False, callback=_remember, **settings)


def _remember(context: click.Context, parameter: click.Parameter, value: object) -> None:
    if value is not None and value is not False:
        context.meta.setdefault(_KEY, {})[parameter.name] = value
