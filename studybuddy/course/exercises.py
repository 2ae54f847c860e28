"""exercises/ID: the program to write, how it is judged, what the learner begins with and a right answer."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from studybuddy.core.exercise import Case, Exercise, ExerciseKind, Limits, Observation, Signature
from studybuddy.core.latex_macros import NO_MACROS, Macros
from studybuddy.core.lesson import SectionKind
from studybuddy.core.phrase import Phrase
from studybuddy.course.domains import check_arrays, read_domains
from studybuddy.course.experiments import read_experiments
from studybuddy.course.ids import is_slug
from studybuddy.course.macros import in_table
from studybuddy.course.python_source import check_python
from studybuddy.course.report import Report, shorten
from studybuddy.course.source import read_source
from studybuddy.course.table import Table, read_toml
from studybuddy.course.values import PARAMETERS, TYPES, read_value
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from pathlib import Path

_DOTTED = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)?\Z")
_NAME = re.compile(r"[A-Za-z_]\w*\Z")


def exercise_folders(folder: Path, report: Report) -> list[Path]:
    """The folders of a lesson's exercises, by name."""
    exercises = folder / "exercises"
    try:
        children = sorted(exercises.iterdir()) if exercises.is_dir() else []
        folders = [child for child in children if child.is_dir() and not child.is_symlink()]
        return [folder for folder in folders if not folder.name.startswith((".", "_"))]
    except OSError as error:
        report.file(exercises).error(
            1,
            "unreadable",
            Phrase.of(N_("the folder cannot be read: {reason}"), reason=str(error.strerror or error)),
        )
        return []


def read_exercise(
    folder: Path, lesson: str, language: str, report: Report, macros: Macros = NO_MACROS
) -> Exercise | None:
    """The exercise in a folder; None when its exercise.toml cannot be read at all.

    `macros`: the lesson's commands for formulas.
    """
    if not is_slug(folder.name):
        message = Phrase.of(
            N_("{word!r} is no id: use lower-case words joined by dashes"), word=shorten(folder.name)
        )
        report.file(folder).error(1, "bad-id", message)
        return None
    toml = folder / "exercise.toml"
    if not toml.exists():
        report.file(folder).error(1, "file-missing", N_("exercise.toml is missing"))
        return None
    source = read_source(toml, report)
    if source is None:
        return None
    table = in_table(read_toml(source), macros)
    if not table.names:
        return None
    exercise = _read_table(table, folder, f"{lesson}/{folder.name}", language, report)
    return replace(exercise, experiments=read_experiments(folder, exercise, language, report, macros))


def _read_table(table: Table, folder: Path, exercise_id: str, language: str, report: Report) -> Exercise:
    kind = table.choice("kind", tuple(ExerciseKind))
    section = table.choice("section", tuple(SectionKind))
    title = table.table("title")
    if title is None:
        table.error("missing-key", N_("[title] is missing"))
    task = table.table("task")
    if task is None:
        table.warning("no-task", N_("[task] is missing: the learner is not told what to do"))
    self_report = table.flag("self_report")
    signature, cases, observation = _read_judging(table, kind, language, self_report)
    requires, packages = _names(table, "requires"), _names(table, "packages")
    check_arrays(table, signature, packages)
    wanted = [*requires, *(signature.entry.split(".") if signature else ())]
    exercise = Exercise(
        id=exercise_id,
        kind=ExerciseKind(kind or ExerciseKind.SCRIPT),
        title=_closed_words(title, language) if title else "",
        section=f"{exercise_id.partition('/')[0]}/{section}" if section else "",
        starter=_read_python(folder / "starter.py", table, report, ()),
        reference=_read_python(folder / "reference.py", table, report, tuple(wanted)),
        packages=packages,
        limits=_read_limits(table),
        signature=signature,
        cases=cases,
        observation=observation,
        requires=requires,
        hints=tuple(_closed_words(row, language) for row in table.tables("hint")),
        misconceptions=tuple(_read_misconception(row, language) for row in table.tables("misconception")),
        optional=table.flag("optional"),
        task=_closed_words(task, language) if task else "",
        domains=read_domains(table.tables("search"), signature),
        self_report=self_report,
        problem=table.integer("problem", 0),
    )
    table.close()
    return exercise


def _read_judging(
    table: Table, kind: str, language: str, self_report: bool
) -> tuple[Signature | None, tuple[Case, ...], Observation | None]:
    """What the judge needs, of which a script has one half and a function the other."""
    signature_table, observe = table.table("signature"), table.table("observe")
    signature = _read_signature(signature_table) if signature_table else None
    taken: set[str] = set()
    cases = tuple(_read_case(row, signature, language, taken) for row in table.tables("case"))
    observation = _read_observation(observe) if observe else None
    if kind == ExerciseKind.FUNCTION:
        if signature is None:
            table.error("missing-key", N_("a function exercise needs [signature]"))
        if not cases:
            table.error("missing-key", N_("a function exercise needs at least one [[case]]"))
        elif not any(case.public for case in cases):
            table.warning("no-public-case", N_("no case is public: the learner sees no example"), "case")
    if kind == ExerciseKind.SCRIPT and observation is None and not self_report:
        table.error("missing-key", N_("a script exercise needs [observe]"))
    if kind and (observation if kind == ExerciseKind.FUNCTION else signature or cases):
        message = Phrase.of(
            N_("[signature] and [[case]] belong to a function, [observe] to a script; this is a {kind}"),
            kind=kind,
        )
        table.error("wrong-kind", message)
    return signature, cases, observation


def _read_signature(table: Table) -> Signature:
    entry = table.text("entry")
    if entry and not _DOTTED.match(entry):
        table.error("bad-name", N_("`entry` is a function or Class.method"), "entry")
    parameters = table.texts("parameters")
    if "parameters" not in table.names:
        table.error("missing-key", N_("`parameters` is missing: the type of each argument, [] for none"))
    for name in parameters:
        if name not in PARAMETERS:
            known = ", ".join(PARAMETERS)
            message = Phrase.of(
                N_("{name!r} is no type; it must be {known}"), name=shorten(name), known=known
            )
            table.error("unknown-word", message, "parameters")
    signature = Signature(entry, table.text("text").strip("\n"), parameters, table.choice("returns", TYPES))
    table.close()
    return signature


def _read_case(table: Table, signature: Signature | None, language: str, taken: set[str]) -> Case:
    name = table.text("name")
    if name in taken:
        table.error("id-twice", Phrase.of(N_("the case {name!r} is there twice"), name=shorten(name)), "name")
    taken.add(name)
    arguments = table.value("arguments")
    if not isinstance(arguments, list):
        table.error(
            "missing-key", N_("`arguments` must be a list with a value for each parameter"), "arguments"
        )
        arguments = []
    parameters = signature.parameters if signature else ("",) * len(arguments)
    returns = signature.returns if signature else ""
    if len(arguments) != len(parameters):
        words = N_("{n} arguments for {wanted} parameters; a list stands in brackets of its own: [[1, 2]]")
        message = Phrase.of(words, n=len(arguments), wanted=len(parameters))
        table.error("case-arguments", message, "arguments")
        parameters = ("",) * len(arguments)
    if "expected" not in table.names:
        table.error("missing-key", N_("`expected` is missing"))
    why = table.table("why")
    case = Case(
        name=name,
        arguments=tuple(
            read_value(value, kind, table, "arguments")
            for value, kind in zip(arguments, parameters, strict=True)
        ),
        expected=read_value(table.value("expected"), returns, table, "expected"),
        public=table.flag("public"),
        why=_closed_words(why, language) if why else "",
    )
    table.close()
    return case


def _read_observation(table: Table) -> Observation:
    pattern = table.text("loss_pattern")
    try:
        groups = re.compile(pattern).groups
    except (re.error, RecursionError, OverflowError) as error:
        table.error(
            "bad-pattern",
            Phrase.of(N_("not a regular expression: {reason}"), reason=shorten(str(error))),
            "loss_pattern",
        )
    else:
        if pattern and groups != 2:
            table.error(
                "bad-pattern", N_("the pattern needs two groups: the step and the loss"), "loss_pattern"
            )
    checkpoints = table.value("checkpoints")
    steps = checkpoints if isinstance(checkpoints, list) else []
    good = [step for step in steps if isinstance(step, int) and not isinstance(step, bool) and step >= 0]
    if checkpoints is not None and (good != checkpoints or good != sorted(set(good))):
        table.error("wrong-type", N_("`checkpoints` is a rising list of step numbers"), "checkpoints")
    names, gradients = _names(table, "names"), _names(table, "gradients")
    if len(gradients) > len(names):
        table.error(
            "wrong-type", N_("each of `gradients` needs its weight among the last of `names`"), "gradients"
        )
    observation = Observation(
        names=names,
        gradients=gradients,
        rule=table.text("rule"),
        loss_pattern=pattern,
        checkpoints=tuple(good),
        final_ratio=table.number("final_ratio", 1.0),
        shapes=_read_shapes(table, names),
    )
    table.close()
    return observation


def _read_shapes(table: Table, names: tuple[str, ...]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The shapes of observed names, as lists of whole numbers under each name."""
    given = table.table("shapes")
    shapes: list[tuple[str, tuple[int, ...]]] = []
    for name in given.names if given else ():
        shape = given.value(name) if given else None
        if name not in names:
            table.error(
                "bad-name",
                Phrase.of(N_("{name!r} is not one of `names`"), name=shorten(name)),
                "shapes",
                name,
            )
        elif not isinstance(shape, list) or not all(type(length) is int and length > 0 for length in shape):
            message = Phrase.of(N_("the shape of `{name}` must be a list of whole numbers from 1"), name=name)
            table.error("wrong-type", message, "shapes", name)
        else:
            shapes.append((name, tuple(shape)))
    return tuple(shapes)


def _read_limits(table: Table) -> Limits:
    given = table.table("limits")
    standard = Limits()
    if given is None:
        return standard
    limits = Limits(
        wall_s=given.number("wall_s", standard.wall_s, 0.1),
        cpu_s=given.number("cpu_s", standard.cpu_s, 0.1),
        memory_mb=given.integer("memory_mb", standard.memory_mb, 1),
        output_kb=given.integer("output_kb", standard.output_kb, 1),
        case_wall_s=given.number("case_wall_s", standard.case_wall_s, 0.1),
    )
    given.close()
    return limits


def _read_misconception(table: Table, language: str) -> tuple[str, str]:
    pair = (table.text("rule"), table.words(language))
    table.close()
    return pair


def _closed_words(table: Table, language: str) -> str:
    words = table.words(language)
    table.close()
    return words


def _names(table: Table, key: str) -> tuple[str, ...]:
    names = table.texts(key)
    for name in names:
        if not _NAME.match(name):
            table.error("bad-name", Phrase.of(N_("{name!r} is no Python name"), name=shorten(name)), key)
    return names


def _read_python(path: Path, table: Table, report: Report, names: tuple[str, ...]) -> str:
    if not path.exists():
        table.error("file-missing", Phrase.of(N_("{file} is missing beside this file"), file=path.name))
        return ""
    source = read_source(path, report)
    if source is None:
        return ""
    if not source.text.strip():
        source.report.error(1, "file-empty", N_("the file is empty"))
    check_python(source, names)
    return source.text
