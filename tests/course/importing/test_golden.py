"""The same lesson in four forms is the same lesson, and what was lost of it is pointed at."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from studybuddy.course.importing.model import Action, Imported, Output, Problem
from studybuddy.course.importing.reading import read_import
from tests.course.importing.asking import items, kinds, read
from tests.course.importing.sample import CELL, COUNTS, FORMS, OUTPUT, SOLUTION, TORCH, text_export

KINDS = ["theory", "code", "derivation", "interview", "engineering", "algorithm", "summary", "closing"]


@pytest.fixture(params=sorted(FORMS))
def imported(request: pytest.FixtureRequest) -> Imported:
    """The lesson in each of its forms."""
    return read(FORMS[request.param](), request.param)


def test_counts(imported: Imported) -> None:
    assert imported.counts.as_dict() == COUNTS
    assert kinds(imported) == KINDS
    assert not imported.failed


def test_what_it_is_called(imported: Imported) -> None:
    assert imported.code == "S3W10D1"
    assert imported.title == "自己写的一课——梯度（Gradients）"
    assert imported.term == "Gradients"
    assert imported.language == "zh"


def test_programs_and_outputs_are_kept_to_the_letter(imported: Imported) -> None:
    programs = [program for part in imported.parts for program in part.programs]
    assert [list(program.lines) for program in programs] == [CELL, TORCH, SOLUTION]
    assert [list(output.lines) for output in items(imported, Output)] == [OUTPUT]
    assert all(program.parses for program in programs)


def test_the_problem_and_the_call_to_action(imported: Imported) -> None:
    (problem,) = items(imported, Problem)
    assert (problem.number, problem.title) == (104, "Maximum Depth of Binary Tree")
    assert problem.idea == "用递归。"
    assert [point.split("*")[2] for point in problem.points] == ["停", "走", "合"]
    (action,) = items(imported, Action)
    assert action.section == 3


def test_what_was_lost_is_pointed_at_and_nothing_else(imported: Imported) -> None:
    found = [finding for finding in imported.findings if finding.code == "LOST-FORMULA"]
    assert [finding.proposal for finding in found] == [
        r"$\frac{\partial L}{\partial W}$",
        "$W$",
        r"$\frac{\partial Z_{ij}}{\partial W_{kj}}$",
        "$(H, D_{out})$",
        "$(N, H)$",
        "$(N, D_{out})$",
        r"$(H, N) \times (N, D_{out})$",
    ]
    rest = [finding.code for finding in imported.findings if finding.code != "LOST-FORMULA"]
    assert sorted(rest) == ["STEP-NO-ACCEPT", "STEP-NO-ACCEPT", "TYPO"]


def test_line_and_column_are_those_of_the_file() -> None:
    lines = text_export().split("\n")
    found = read(text_export()).findings
    gaps = [lines[f.place.line - 1][f.place.column - 1 :] for f in found if f.code == "LOST-FORMULA"]
    assert [gap[:4] for gap in gaps] == [" 的形状", "  一样", " : .", " 。", " ，`g", " 。", "  才对"]
    (typo,) = (f for f in found if f.code == "TYPO")
    assert lines[typo.place.line - 1][typo.place.column - 1] == "u"


def test_in_a_notebook_the_place_is_cell_and_line() -> None:
    found = read(FORMS["lesson.ipynb"](), "lesson.ipynb").findings
    (typo,) = (f for f in found if f.code == "TYPO")
    assert typo.place[::2] == (8, 1)
    assert typo.phrase.english().startswith("cell 1, line 8: ")


REAL = os.environ.get("STUDYBUDDY_REAL_LESSON", "")


@pytest.mark.skipif(not REAL, reason="STUDYBUDDY_REAL_LESSON names no file")
def test_the_real_export() -> None:
    data = Path(REAL).read_bytes()
    imported = read_import("S3W10D1.txt", data)
    assert imported.counts.as_dict() == COUNTS
    assert kinds(imported) == KINDS
    lost = [finding.place.line for finding in imported.findings if finding.code == "LOST-FORMULA"]
    assert lost == [18, 18, 102, 117, 118, 118, 119]
    assert [finding.place.line for finding in imported.findings if finding.code == "TYPO"] == [8]
    assert [len(program.lines) for part in imported.parts for program in part.programs] == [52, 27, 16]
