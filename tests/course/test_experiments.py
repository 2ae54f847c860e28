from __future__ import annotations

from pathlib import Path

import pytest

from studybuddy.core.exercise import Exercise, ExerciseKind
from studybuddy.core.experiment import Change, Experiment, Outcome
from studybuddy.course.experiments import read_experiments
from studybuddy.course.report import Report

LOOP = Exercise(
    id="s1w1d1/loop",
    kind=ExerciseKind.SCRIPT,
    title="",
    section="",
    starter="",
    reference="w = 3\nfor t in range(9):\n    print(w * (t > 0))\n",
)
GOOD = """
[[always]]
find = "t % 100"
put = "t % 10"
[[experiment]]
id = "zero"
label = "w = 0"
outcome = "stays"
title.zh = "零"
title.en = "Zero"
question.zh = "会怎样？"
question.en = "What then?"
explanation.zh = "$w$ 不动"
explanation.en = "$w$ rests"
[[experiment.change]]
name = "w"
put = "0 * {value}"
[[experiment.change]]
find = "t>0"
put = "t >= 0"
"""


def read(tmp_path: Path, text: str, exercise: Exercise = LOOP) -> tuple[tuple[Experiment, ...], list[str]]:
    (tmp_path / "experiments.toml").write_text(text, encoding="utf-8")
    report = Report()
    found = read_experiments(tmp_path, exercise, "en", report)
    return found, [f"{d.line}: {d.code}: {d.message}" for d in report.diagnostics]


def test_experiments_are_read_in_one_language(tmp_path: Path) -> None:
    (zero,), said = read(tmp_path, GOOD)
    assert said == []
    assert zero == Experiment(
        id="zero",
        label="w = 0",
        changes=(
            Change("0 * {value}", name="w"),
            Change("t >= 0", find="t>0"),
            Change("t % 10", find="t % 100", optional=True),
        ),
        outcome=Outcome.STAYS,
        title="Zero",
        question="What then?",
        explanation="$w$ rests",
    )


@pytest.mark.parametrize(
    ("change", "by", "said"),
    [
        ('name = "w"', 'name = "w2"', "15: no-place: reference.py has no assignment to `w2`"),
        ('find = "t>0"', 'find = "t < 0"', "18: no-place: reference.py has no expression `t < 0`"),
        ('find = "t>0"', 'find = "t >"', "`find` is no Python expression"),
        ('put = "t >= 0"', 'put = "t = 0"', "20: python-syntax: `put` is no Python expression"),
        ('outcome = "stays"', 'outcome = "rests"', "8: unknown-word"),
        ('id = "zero"', 'id = "Zero!"', "6: bad-id"),
        ('label = "w = 0"', f'label = "{"w" * 99}"', "7: wrong-type: `label`"),
        ('name = "w"', 'name = "w"\nfind = "w"', "either `name` or `find`"),
        ('name = "w"', 'nam = "w"', "nothing reads the key 'nam'"),
        ('title.zh = "零"\ntitle.en = "Zero"', "", "missing-key: `title` is missing"),
        ('question.en = "What then?"', "", "translation-missing"),
        ('[[experiment]]', 'x = 1\n[[experiment]]', "nothing reads the key 'x'"),
        ("[[experiment]]", "[[experiment]", "toml-syntax"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, change: str, by: str, said: str) -> None:
    _found, diagnostics = read(tmp_path, GOOD.replace(change, by, 1))
    assert any(said in line for line in diagnostics), diagnostics


def test_an_experiment_twice_or_without_a_change(tmp_path: Path) -> None:
    _found, said = read(tmp_path, GOOD + GOOD[GOOD.index("[[experiment]]") :])
    assert any("the experiment 'zero' is there twice" in line for line in said)
    _found, said = read(tmp_path, GOOD[: GOOD.index("[[experiment.change]]")])
    assert any("needs at least one [[experiment.change]]" in line for line in said)


def test_a_function_has_no_losses_to_watch(tmp_path: Path) -> None:
    from dataclasses import replace

    _found, said = read(tmp_path, GOOD, replace(LOOP, kind=ExerciseKind.FUNCTION))
    assert any("wrong-kind" in line for line in said)


def test_without_the_file_there_are_none(tmp_path: Path) -> None:
    report = Report()
    assert read_experiments(tmp_path, LOOP, "zh", report) == ()
    assert report.diagnostics == ()
