"""The lesson that new ones begin with: the same in the document and on the disk, and clean in every check."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from studybuddy.core.errors import UsageError
from studybuddy.course.lint import lint_lesson
from studybuddy.course.reader import read_lesson
from studybuddy.study.formula_lint import lint_formulas
from studybuddy.study.new_lesson import new_lesson
from studybuddy.study.proving.proof import prove

DOCUMENT = Path(__file__).parents[2] / "docs" / "lesson-format.md"
_FILE = re.compile(r"^````\w+ s1w1d1/(\S+)\n(.*?)^````$", re.MULTILINE | re.DOTALL)


def files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_example_of_the_document_is_clean_and_every_proof_holds(tmp_path: Path) -> None:
    written = dict(_FILE.findall(DOCUMENT.read_text("utf-8")))
    folder = tmp_path / "s1w1d1"
    for name, text in written.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    assert lint_lesson(folder, builtin=True) == ()
    assert lint_formulas([folder]) == ()
    assert [str(one) for one in prove([folder])] == []
    assert files(new_lesson("S1W1D1", tmp_path / "other")) == written


def test_any_day_is_clean_in_both_languages(tmp_path: Path) -> None:
    folder = new_lesson("S3W11D7", tmp_path / "deep" / "er")
    assert folder == tmp_path / "deep" / "er" / "s3w11d7"
    assert lint_lesson(folder, builtin=True) == ()
    for language in ("zh", "en"):
        lesson = read_lesson(folder, language).lesson
        assert lesson is not None
        assert (lesson.code, len(lesson.sections), len(lesson.cards)) == ("S3W11D7", 7, 5)
        assert (len(lesson.exercises), len(lesson.derivations), len(lesson.questions)) == (1, 1, 1)
    assert "lesson:s3w12d1" in (folder / "lesson.en.md").read_text("utf-8")


@pytest.mark.parametrize(
    "code", ["", "W11D1", "S3W11", "S3W11D1/..", "../S3W11D1", "S3W11D1 ", "S3W1111D1", "第三季"]
)
def test_what_is_no_code(tmp_path: Path, code: str) -> None:
    with pytest.raises(UsageError):
        new_lesson(code, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_ever_overwritten(tmp_path: Path) -> None:
    mine = tmp_path / "s1w1d1"
    mine.mkdir()
    (mine / "lesson.toml").write_text("mine")
    with pytest.raises(UsageError, match="there already"):
        new_lesson("S1W1D1", tmp_path)
    assert files(mine) == {"lesson.toml": "mine"}
    (tmp_path / "s1w1d2").write_text("a file")
    with pytest.raises(UsageError):
        new_lesson("S1W1D2", tmp_path)
    with pytest.raises(UsageError):
        new_lesson("S1W1D3", tmp_path / "s1w1d2")
    assert (tmp_path / "s1w1d2").read_text() == "a file"
