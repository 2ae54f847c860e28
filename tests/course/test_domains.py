"""Domains of every type of parameter read as written, and say what does not fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from studybuddy.core.exercise import Domain, Signature
from studybuddy.course.domains import read_domains
from studybuddy.course.reader import read_lesson
from studybuddy.course.report import Report
from studybuddy.course.source import read_source
from studybuddy.course.table import read_toml
from tests.course.sample import write_lesson


def read(folder: Path, text: str, *kinds: str) -> tuple[tuple[Domain, ...], list[str]]:
    path = folder / "exercise.toml"
    path.write_text(text, encoding="utf-8")
    report = Report()
    source = read_source(path, report)
    assert source is not None
    signature = Signature("f", "def f(): ...", kinds, "int")
    domains = read_domains(read_toml(source).tables("search"), signature)
    return domains, [found.code for found in report.diagnostics]


def test_the_sample_declares_its_trees(tmp_path: Path) -> None:
    lesson = read_lesson(write_lesson(tmp_path), "zh").lesson
    assert lesson is not None
    depth = next(exercise for exercise in lesson.exercises if exercise.id.endswith("/depth"))
    assert depth.domains == (Domain((0, 10000), (-100, 100)),)
    assert next(exercise for exercise in lesson.exercises if exercise.id.endswith("/loop")).domains == ()


@pytest.mark.parametrize(
    ("kind", "text", "domain"),
    [
        ("tree", "size = [1, 9]\nvalues = [0, 5]", Domain((1, 9), (0, 5))),
        ("int", "values = [1, 2]", Domain(values=(1, 2))),
        ("float", "values = [0.5, 2]", Domain(values=(0.5, 2))),
        ("float", "", Domain()),
        ("bool", "", Domain()),
        ("str", 'size = [0, 3]\nletters = "()"', Domain((0, 3), letters="()")),
        ("list", 'size = [2, 3]\nitems = "float"', Domain((2, 3), items="float")),
        ("list", 'size = [2, 3]\nitems = "str"\nletters = "x"', Domain((2, 3), items="str", letters="x")),
        ("array", "shape = [[1, 4], [2, 2]]", Domain(shape=((1, 4), (2, 2)))),
    ],
)
def test_domains_read_as_written(tmp_path: Path, kind: str, text: str, domain: Domain) -> None:
    assert read(tmp_path, f"[[search]]\n{text}\n", kind) == ((domain,), [])


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("list", "size = [0, 3]", "missing-key"),
        ("list", 'size = [0, 3]\nitems = "tree"', "unknown-word"),
        ("str", 'size = [0, 3]\nletters = ""', "wrong-type"),
        ("array", "", "wrong-type"),
        ("array", "shape = [[0, 4]]", "wrong-type"),
        ("array", "shape = [[1, 1], [1, 1], [1, 1], [1, 1]]", "wrong-type"),
        ("array", "shape = [4]", "wrong-type"),
        ("int", "values = [1, 2, 3]", "wrong-type"),
        ("int", 'values = "1"', "wrong-type"),
        ("int", "size = [1, 2]", "unknown-key"),
    ],
)
def test_what_does_not_fit_is_said(tmp_path: Path, kind: str, text: str, code: str) -> None:
    assert read(tmp_path, f"[[search]]\n{text}\n", kind)[1] == [code]


def test_no_table_is_no_search(tmp_path: Path) -> None:
    assert read(tmp_path, "", "tree") == ((), [])
