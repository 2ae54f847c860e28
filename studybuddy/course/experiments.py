"""exercises/ID/experiments.toml: changes of a training script to try, and what to ask beforehand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studybuddy.core.exercise import Exercise, ExerciseKind
from studybuddy.core.experiment import (
    VALUE,
    Change,
    Experiment,
    Outcome,
    expression,
    missing_change,
)
from studybuddy.core.latex_macros import NO_MACROS, Macros
from studybuddy.core.phrase import Phrase
from studybuddy.course.ids import is_slug
from studybuddy.course.macros import in_table
from studybuddy.course.report import Report, shorten
from studybuddy.course.source import read_source
from studybuddy.course.table import Table, read_toml
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from pathlib import Path

FILE = "experiments.toml"
LONGEST_LABEL = 40
"""Characters of the name of a curve."""


def read_experiments(
    folder: Path, exercise: Exercise, language: str, report: Report, macros: Macros = NO_MACROS
) -> tuple[Experiment, ...]:
    """The experiments of an exercise, in their order; none where the file is not there.

    Each must have a place in the reference: what cannot be tried on it could be tried on nothing.
    """
    path = folder / FILE
    source = read_source(path, report) if path.exists() else None
    if source is None:
        return ()
    table = in_table(read_toml(source), macros)
    if exercise.kind is not ExerciseKind.SCRIPT:
        table.error("wrong-kind", N_("experiments belong to a script: a function has no losses"))
    always = tuple(_read_change(row, optional=True) for row in table.tables("always"))
    taken: set[str] = set()
    experiments = tuple(
        _read_experiment(row, always, exercise.reference, language, taken)
        for row in table.tables("experiment")
    )
    table.close()
    return experiments


def _read_experiment(
    table: Table, always: tuple[Change, ...], reference: str, language: str, taken: set[str]
) -> Experiment:
    name, label = table.text("id"), table.text("label")
    if name and not is_slug(name):
        message = Phrase.of(
            N_("{word!r} is no id: use lower-case words joined by dashes"), word=shorten(name)
        )
        table.error("bad-id", message, "id")
    if name in taken:
        table.error(
            "id-twice", Phrase.of(N_("the experiment {name!r} is there twice"), name=shorten(name)), "id"
        )
    taken.add(name)
    if len(label) > LONGEST_LABEL or not label.isprintable():
        message = Phrase.of(
            N_("`label` is the name of a curve: one line of at most {limit} characters"), limit=LONGEST_LABEL
        )
        table.error("wrong-type", message, "label")
    rows = table.tables("change")
    changes = tuple(_read_change(row) for row in rows)
    if not rows and "change" not in table.names:
        table.error("missing-key", N_("an experiment needs at least one [[experiment.change]]"))
    outcome = table.choice("outcome", tuple(Outcome))
    lost = missing_change(reference, changes) if reference else None
    if lost is not None and (lost.name or lost.find):
        message = Phrase.of(
            N_("reference.py has no assignment to `{name}`, so this cannot be tried")
            if lost.name
            else N_("reference.py has no expression `{name}`, so this cannot be tried"),
            name=lost.name or shorten(lost.find),
        )
        table.error("no-place", message, "change", changes.index(lost))
    experiment = Experiment(
        id=name,
        label=label[:LONGEST_LABEL],
        changes=(*changes, *always),
        outcome=Outcome(outcome or Outcome.STAYS),
        title=table.told("title", language),
        question=table.told("question", language),
        explanation=table.told("explanation", language),
    )
    table.close()
    return experiment


def _read_change(table: Table, *, optional: bool = False) -> Change:
    name, find, put = table.text("name", ""), table.text("find", ""), table.text("put")
    if bool(name) == bool(find):
        table.error("missing-key", N_("a change has either `name` or `find`"))
    if name and not name.isidentifier():
        table.error("bad-name", Phrase.of(N_("{name!r} is no Python name"), name=shorten(name)), "name")
    if find and expression(find) is None:
        table.error(
            "python-syntax",
            Phrase.of(N_("`find` is no Python expression: {find!r}"), find=shorten(find)),
            "find",
        )
    if put and expression(put.replace(VALUE, "(0)")) is None:
        table.error(
            "python-syntax", Phrase.of(N_("`put` is no Python expression: {put!r}"), put=shorten(put)), "put"
        )
    table.close()
    return Change(put=put, name=name, find=find, optional=optional)
