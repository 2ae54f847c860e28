"""Proves the programs of a lesson: references are accepted, starters are not, small mistakes are noticed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from studybuddy.core.errors import RunnerError
from studybuddy.core.exercise import Exercise, Limits
from studybuddy.core.phrase import Phrase
from studybuddy.core.verdict import JudgeResult, Verdict
from studybuddy.course.report import Report, shorten
from studybuddy.course.source import read_source
from studybuddy.course.table import Table, read_toml
from studybuddy.i18n import N_
from studybuddy.study.proving.mutants import Mistake, Mutant, mistakes, mutants, spread

if TYPE_CHECKING:
    from studybuddy.runner.warm.workers import Workers
    from studybuddy.study.proving.progress import Crew

T = TypeVar("T")
EQUIVALENT = "equivalent.toml"
LEAST_KILLED = 0.95
MOST_MUTANTS = 26
"""Mutants that are run of one program; of a longer one a choice, spread over all of it."""
_LONGEST = 400
NOT_INSTALLED = N_("not run, and so not proved: {packages} is not installed here")


@dataclass(frozen=True, slots=True)
class _Program:
    """An exercise with the folder it stands in."""

    folder: Path
    exercise: Exercise
    report: Report
    workers: Workers

    def judged(self) -> JudgeResult:
        """What the judge says of the reference."""
        from studybuddy.runner.judge import judge

        return judge(self.exercise, self.exercise.reference, workers=self.workers)

    def accepts(self, source: str, limits: Limits) -> bool:
        """Whether the judge accepts another program."""
        from studybuddy.runner.judge import accepts

        return accepts(replace(self.exercise, limits=limits), source, self.workers)

    def error(self, file: str, line: int, code: str, said: Phrase) -> None:
        self.report.file(self.folder / file, line).error(line, code, said)


def prove_programs(
    folder: Path, exercises: tuple[Exercise, ...], report: Report, crew: Crew
) -> dict[str, str]:
    """Run the programs of a lesson in the sandbox that learners' programs run in; what references print.

    Args:
        folder: of the lesson, or one whose folders are exercises themselves.
        exercises: of the lesson, read without an error.
        report: takes what is found.
        crew: runs several at a time, and says how far it is.
    """
    root = folder / "exercises" if (folder / "exercises").is_dir() else folder
    programs = [
        _Program(root / exercise.id.partition("/")[2], exercise, report, crew.workers)
        for exercise in exercises
    ]
    results = crew.all([_task(_prove_ends, program) for program in programs])
    again = [
        (program, result)
        for program, result in zip(programs, results, strict=True)
        if result is not None and not program.exercise.self_report
    ]
    plans = [(program, _limits(program.exercise, result), _chosen(program)) for program, result in again]
    tasks = [_task(_is_killed, program, limits, one) for program, limits, found in plans for one in found]
    killed = iter(crew.all(tasks))
    for program, _, found in plans:
        _weigh(program, [(mutant, next(killed)) for mutant in found])
    return {result.exercise: result.stdout for result in results if result is not None}


def _task(call: Callable[..., T], *args: object) -> Callable[[], T]:
    return lambda: call(*args)


def _prove_ends(program: _Program) -> JudgeResult | None:
    """Judge reference and starter; the result of the reference if it was accepted."""
    if absent := missing_packages(program.exercise.packages):
        findings = program.report.file(program.folder / "reference.py")
        findings.warning(1, "not-run", Phrase.of(NOT_INSTALLED, packages=absent))
        return None
    try:
        result = program.judged()
        if result.verdict is not Verdict.AC:
            program.error("reference.py", 1, "reference-refused", _refused(result))
            return None
        exercise = program.exercise
        if not exercise.self_report and program.accepts(exercise.starter, exercise.limits):
            said = Phrase(N_("the starter is accepted as it is: leave something for the learner to do"))
            program.error("starter.py", 1, "starter-accepted", said)
    except RunnerError as error:
        words = N_("no program can be run here: {why}")
        program.error("reference.py", 1, "not-run", Phrase.of(words, why=Phrase(str(error))))
        return None
    return result


def _refused(result: JudgeResult) -> Phrase:
    """The words for a reference that is not accepted, with what the first wrong case gave."""
    why = Phrase(result.message, tuple(result.parameters.items()))
    verdict = result.verdict.value
    wrong = next((case for case in result.cases if case.verdict is Verdict.WA and case.expected), None)
    if wrong is None:
        words = N_("the judge does not accept this program ({verdict}): {why}; either it or a case is wrong")
        return Phrase.of(words, verdict=verdict, why=why)
    words = N_(
        "the judge does not accept this program ({verdict}): {why}: for {input} it gives {output}, the case "
        "expects {expected}; one of the two is wrong"
    )
    given, gave, expected = (shorten(text, 80) for text in (wrong.input, wrong.output, wrong.expected))
    return Phrase.of(words, verdict=verdict, why=why, input=given, output=gave, expected=expected)


def missing_packages(packages: Iterable[str]) -> str:
    """Those of some packages that are not installed here, in words."""
    return ", ".join(name for name in packages if find_spec(name.partition(".")[0]) is None)


def _limits(exercise: Exercise, reference: JudgeResult) -> Limits:
    """What a mutant may use: several times what the reference took, so that one that hangs ends soon."""
    given = exercise.limits
    longest = max((case.wall_s for case in reference.cases), default=0.0)
    wall = min(given.wall_s, 2.0 + 3 * reference.wall_s)
    return replace(given, wall_s=wall, case_wall_s=min(given.case_wall_s, 0.5 + 5 * longest))


def _chosen(program: _Program) -> tuple[Mutant, ...]:
    """The mistakes that are tried: first those in what the learner writes."""
    exercise = program.exercise
    try:
        found = mistakes(exercise.reference)
        excused = _equivalents(program, {one.change for one in found})
        counted = [one for one in found if one.change not in excused]
        return mutants(exercise.reference, spread(counted, MOST_MUTANTS, _own_lines(exercise)))
    except RecursionError:  # nested as no program of a lesson is
        return ()


def _own_lines(exercise: Exercise) -> frozenset[int]:
    """The lines of the reference that the starter has not."""
    given = set(exercise.starter.splitlines())
    lines = enumerate(exercise.reference.splitlines(), 1)
    return frozenset(number for number, line in lines if line not in given)


def _is_killed(program: _Program, limits: Limits, mutant: Mutant) -> bool:
    try:
        return not program.accepts(mutant.source, limits)
    except RunnerError:
        return True


def _weigh(program: _Program, runs: list[tuple[Mutant, bool]]) -> None:
    """Say which mistakes nobody notices, and whether they are too many."""
    survivors: list[Mistake] = [mutant.mistake for mutant, killed in runs if not killed]
    for one in survivors:
        words = N_(
            "the tests do not notice this mistake: {change}; add a case that fails with it, "
            "or say in {file} why it is none"
        )
        said = Phrase.of(words, change=shorten(one.change, _LONGEST), file=EQUIVALENT)
        program.report.file(program.folder / "reference.py", one.line).warning(
            one.line, "mutant-survives", said
        )
    if survivors and len(runs) - len(survivors) < LEAST_KILLED * len(runs):
        words = N_("the tests notice {killed} of {count} small mistakes; it should be {percent} of 100")
        said = Phrase.of(
            words,
            killed=len(runs) - len(survivors),
            count=len(runs),
            percent=round(100 * LEAST_KILLED),
        )
        program.error("exercise.toml", 1, "mutants-survive", said)


def _equivalents(program: _Program, known: set[str]) -> frozenset[str]:
    """The changes that are no mistakes, as the author says; they are not tried."""
    path = program.folder / EQUIVALENT
    source = read_source(path, program.report) if path.exists() else None
    if source is None:
        return frozenset()
    table = read_toml(source)
    found = [_equivalent(row, known) for row in table.tables("mutant")]
    table.close()
    return frozenset(found)


def _equivalent(row: Table, known: set[str]) -> str:
    change = row.text("change")
    row.text("reason")
    row.close()
    if change and change not in known:
        words = N_("no change that is tried reads {change!r}: copy the words of the finding")
        row.error("mutant-unknown", Phrase.of(words, change=shorten(change, _LONGEST)), "change")
    return change
