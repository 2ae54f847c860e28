"""References are accepted, starters are not, and the tests of an exercise notice small mistakes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from studybuddy.core.diagnostic import Severity
from studybuddy.core.exercise import Case, Exercise, ExerciseKind, Signature
from studybuddy.core.verdict import Verdict
from studybuddy.course.report import Report
from studybuddy.runner.judge import accepts, judge
from studybuddy.study.proving.programs import EQUIVALENT, prove_programs
from studybuddy.study.proving.progress import Crew
from tests.runner.sample import LOOP, RIGHT_LOOP

REFERENCE = """def total(numbers):
    found = 0
    for number in numbers:
        found += number
    return found
"""
HANGING = """def total(numbers):
    found = 0
    while numbers:
        found += numbers.pop()
    return found
"""


@pytest.fixture(scope="module")
def crew() -> Iterator[Crew]:
    with Crew() as crew:
        yield crew


def exercise(*cases: tuple[list[int], int], reference: str = REFERENCE, starter: str = "x = 1") -> Exercise:
    return Exercise(
        id="s1w1d1/total",
        kind=ExerciseKind.FUNCTION,
        title="",
        section="s1w1d1/code",
        starter=starter,
        reference=reference,
        signature=Signature("total", "def total(numbers): ...", ("list",), "int"),
        cases=tuple(Case(f"case-{n}", (numbers,), expected) for n, (numbers, expected) in enumerate(cases)),
    )


def found(tmp_path: Path, crew: Crew, one: Exercise) -> list[tuple[str, str, int]]:
    folder = tmp_path / "exercises" / "total"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "reference.py").write_text(one.reference)
    report = Report()
    prove_programs(tmp_path, (one,), report, crew)
    return [(row.code, Path(row.path).name, row.line) for row in report.diagnostics]


def test_good_tests_notice_everything(tmp_path: Path, crew: Crew) -> None:
    assert found(tmp_path, crew, exercise(([], 0), ([2, 3], 5), ([-1, 1, 7], 7))) == []


def test_weak_tests_are_named_with_line_and_mistake(tmp_path: Path, crew: Crew) -> None:
    rows = found(tmp_path, crew, exercise(([], 0), ([0], 0)))
    assert ("mutants-survive", "exercise.toml", 1) in rows
    assert ("mutant-survives", "reference.py", 4) in rows


def test_a_mistake_that_hangs_is_killed_and_counts_as_noticed(tmp_path: Path, crew: Crew) -> None:
    assert found(tmp_path, crew, exercise(([], 0), ([2, 3], 5), reference=HANGING)) == []


def test_what_the_author_excuses(tmp_path: Path, crew: Crew) -> None:
    weak = exercise(([], 0), ([2, 2], 4))
    rows = found(tmp_path, crew, weak)
    assert rows == []
    excuses = tmp_path / "exercises" / "total" / EQUIVALENT
    excuses.write_text('[[mutant]]\nchange = "found += number -> found *= number"\nreason = "none"\n')
    assert found(tmp_path, crew, weak) == [("mutant-unknown", EQUIVALENT, 2)]
    change = "found += number -> found -= number"
    excuses.write_text(f'[[mutant]]\nchange = "{change}"\nreason = "every number is 0"\n')
    rows = found(tmp_path, crew, exercise(([], 0), ([0], 0)))
    assert rows.count(("mutant-survives", "reference.py", 4)) == 1, "the removed line; not the excused one"


def test_a_wrong_reference_and_a_starter_that_is_right(tmp_path: Path, crew: Crew) -> None:
    wrong = exercise(([2], 3))
    assert found(tmp_path, crew, wrong) == [("reference-refused", "reference.py", 1)]
    report = Report()
    prove_programs(tmp_path, (wrong,), report, crew)
    assert "for [2] it gives 2, the case expects 3" in report.diagnostics[0].message
    done = exercise(([], 0), ([2, 3], 5), starter=REFERENCE)
    assert found(tmp_path, crew, done) == [("starter-accepted", "starter.py", 1)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("x.T @ grad_h", "2 * x.T @ grad_h"),
        ("w1 -= learning_rate", "w1 += learning_rate"),
        ("Epoch", "Step"),
    ],
)
def test_a_hasty_judge_says_what_the_patient_one_says(crew: Crew, old: str, new: str) -> None:
    source = RIGHT_LOOP.replace(old, new) if old else RIGHT_LOOP
    patient = judge(LOOP, source, workers=crew.workers).verdict is Verdict.AC
    assert accepts(LOOP, source, crew.workers) is patient
    assert patient is not bool(old)


def test_what_is_not_installed_is_not_run_and_said(tmp_path: Path, crew: Crew) -> None:
    one = replace(exercise(([2], 3)), packages=("no_such_package",))
    report = Report()
    prove_programs(tmp_path, (one,), report, crew)
    (row,) = report.diagnostics
    assert (row.code, row.severity) == ("not-run", Severity.WARNING)
    assert "no_such_package" in row.message
