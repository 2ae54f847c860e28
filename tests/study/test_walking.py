"""The walk through the backward pass: what goes on, what does not, and where it was left."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from studybuddy.core.errors import UnknownIdError
from studybuddy.course.reader import read_lesson
from studybuddy.study.answers.judged import Mark
from studybuddy.study.walking import OPEN, OWN, SHOWN, Stage
from studybuddy.study.wiring import Study

WALK = "s3w10d1/backward"
RIGHT = {
    "grad_y_pred": ("(64, 10)", "2 * (y_pred - y)"),
    "grad_w2": ("(H, D_out)", "np.dot(h_relu.T, grad_y_pred)"),
    "grad_h_relu": ("N x H", "grad_y_pred @ w2.T"),
    "grad_h": ("64, 100", "np.where(h > 0, grad_h_relu, 0)"),
    "grad_w1": ("(1000,100)", "(grad_h.T @ x).T"),
}
CONTENT = Path(__file__).parents[2] / "content"


def test_five_steps_by_oneself(study: Study) -> None:
    walking = study.walks.begin(WALK)
    for number, (name, (shape, line)) in enumerate(RIGHT.items()):
        assert walking.step.name == name
        assert f"{name} = ____" in walking.program
        assert walking.answer("(3, 3)").mark is Mark.WRONG  # type: ignore[union-attr]
        assert walking.stage.name == "SHAPE"
        assert walking.answer(shape).right  # type: ignore[union-attr]
        assert f"{name} = ____  # {walking.step.shape.back}" in walking.program
        assert walking.answer("h_relu @ grad_w2 @@").mark is Mark.UNREADABLE  # type: ignore[union-attr]
        assert walking.answer("  ") is None
        assert walking.answer(line).right, line  # type: ignore[union-attr]
        assert walking.stage.name == "WHY"
        assert f"{name} = {walking.step.value}" in walking.program
        walking.reason()
        walking.go(number + 1)
    assert walking.finished
    assert walking.signs == [OWN] * 5


def test_what_was_shown_says_so_and_the_place_is_kept(study: Study) -> None:
    walking = study.walks.begin(WALK)
    walking.show()
    assert walking.answer("2 * (y_pred - y)").right  # type: ignore[union-attr]
    walking.go(1)
    study.walks.keep(walking)
    again = study.walks.begin(WALK)
    assert (again.index, again.stage, again.signs) == (1, Stage.SHAPE, [SHOWN, *[OPEN] * 4])
    again.go(99)
    assert again.index == 1


def test_a_place_that_cannot_be_read_is_the_beginning(study: Study) -> None:
    for kept in ("", "[]", "{", '{"index": 77}', '{"index": 0, "signs": ["<b>"]}', "null"):
        study.desk.store.save_draft(f"{WALK}#walk", kept, study.desk.now())
        walking = study.walks.begin(WALK)
        assert (walking.index, walking.signs) == (0, [OPEN] * 5)
    with pytest.raises(UnknownIdError):
        study.walks.begin("s3w10d1/forward")


def test_hostile_answers_are_wrong_or_unread(study: Study) -> None:
    for typed in ("\x1b[2J", "(" * 500, "x" * 500, "__import__('os')", "9**9**9", "不知道"):
        walking = study.walks.begin(WALK)
        for _stage in (Stage.SHAPE, Stage.LINE):
            judged = walking.answer(typed)
            assert judged is not None
            assert not judged.right
            walking.show()


def test_the_walk_is_the_reference_of_its_exercise(study: Study) -> None:
    walk = study.walks.find(WALK)
    reference = study.library.exercise(walk.exercise).reference
    tree = {line.split("#")[0].strip() for line in reference.splitlines()}
    for line in [f"{step.name} = {step.value}" for step in walk.steps]:
        assert line in tree


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('id = "backward"', 'id = "BACK"', "bad-id"),
        ('exercise = "training-loop"', 'exercise = "nothing"', "unknown-id"),
        ('line = "grad_w2 = h_relu.T @ grad_y_pred"', 'line = "print(1)"', "python-syntax"),
        ('shapes = ["(H, D_out)", "(100, 10)"]', "shapes = []", "missing-key"),
        ('question.zh = "这个转置', 'qestion.zh = "这个转置', "unknown-key"),
        ('id = "grad-w2"', 'id = "grad-h"', "id-twice"),
    ],
)
def test_a_walk_that_cannot_be_read_says_why(tmp_path: Path, old: str, new: str, code: str) -> None:
    folder = tmp_path / "s3w10d1"
    shutil.copytree(CONTENT / "s3w10d1", folder)
    (tmp_path / "drills.toml").write_bytes((CONTENT / "drills.toml").read_bytes())
    text = (folder / "walk.toml").read_text(encoding="utf-8")
    assert old in text
    (folder / "walk.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    found = [d for d in read_lesson(folder, "zh").diagnostics if d.path.endswith("walk.toml")]
    assert code in [d.code for d in found], found
    (folder / "walk.toml").unlink()
    assert "unknown-id" in [d.code for d in read_lesson(folder, "zh").diagnostics]
