"""`run --doctor` and `run --twin`: what else is asked of a run."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import click

from studybuddy.cli.output import print_line
from studybuddy.core.exercise import Exercise
from studybuddy.core.twin import TwinRun
from studybuddy.core.verdict import JudgeResult
from studybuddy.i18n import N_
from studybuddy.study.lab import Lab
from studybuddy.study.twin_words import twin_json, twin_lines

_Command = TypeVar("_Command", bound=Callable[..., object])
_KEY = "studybuddy.cli.beside."
_DOCTOR = N_("Ask every judge of every gradient, torch too.")
_TWIN = N_("Run a training loop beside the same network in torch.")


def beside_options(command: _Command) -> _Command:
    """Add `--doctor` and `--twin`; `judged` looks them up in the context."""
    for name, words in (("twin", _TWIN), ("doctor", _DOCTOR)):
        option = click.option(f"--{name}", is_flag=True, expose_value=False, callback=_remember, help=words)
        command = option(command)
    return command


def judged(
    context: click.Context, lab: Lab, exercise: Exercise, source: str, write: Callable[[str], None] | None
) -> tuple[JudgeResult, TwinRun | None]:
    """Run and judge a program, beside its twin if that was asked for."""
    if context.meta.get(_KEY + "twin"):
        run = lab.twin(exercise, source, write)
        return run.result, run
    return lab.judge(exercise, source, write, doctor=bool(context.meta.get(_KEY + "doctor"))), None


def beside_json(run: TwinRun | None) -> dict[str, object]:
    """What the twin adds to the object of `run --json`."""
    return {"twin": twin_json(run)} if run else {}


def print_beside(run: TwinRun | None) -> None:
    """What the twin adds to the lines of `run`."""
    for line in twin_lines(run) if run else ():
        print_line(line)


def _remember(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    context.meta[_KEY + str(parameter.name)] = value
