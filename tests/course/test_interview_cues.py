"""The cues of the course: answers are heard in both languages, mistakes are, and no answer as a mistake."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from studybuddy.core.block import Blocks, Paragraph
from studybuddy.core.heard import Heard, hear
from studybuddy.core.lesson import InterviewQuestion
from studybuddy.course.reader import read_lesson
from studybuddy.course.spans import plain

CONTENT = Path(__file__).parents[2] / "content"
LESSON = CONTENT / "s3w10d1"

SHORT_ANSWERS = {
    "q1": (
        "h 是 0，所以两个梯度都为零，参数不动，损失停在 Σy²。要随机初始化来打破对称。不是线性模型。",
        "The hidden output is zero, so both gradients are 0 and the loss never changes. Random weights break "
        "the symmetry. It is not a linear model.",
    ),
    "q2": (
        "各单元的梯度永远相同，等于只有一个隐藏单元，但仍是非线性的。",
        "All units get identical gradients: worth a single hidden unit, though still nonlinear.",
    ),
    "q3": (
        "要与 w2 同形，更要紧的是求和下标 i 是样本，把所有样本的贡献加起来。不只是为了维度。",
        "(H, N) x (N, D_out) gives (H, D_out); the summed index i is the sample, and it adds up all samples.",
    ),
    "q4": (
        "梯度差 640 倍，学习率也要乘 640；最优点不变。",
        "The gradients differ by 640, the learning rate 1e-6 becomes 6.4e-4, and the optimum stays the same.",
    ),
    "q5": (
        "float64 的中心差分，随机抽几个分量比相对误差，避开折点。只看损失下降不能证明梯度正确。",
        "Central differences in float64 on a few random entries, by relative error, away from the kink.",
    ),
    "q6": (
        "反向两次乘法，第一层少一次，与前向同一量级；还要保存激活，占内存。",
        "Two matrix products backward, one in the first layer: the same order as forward, plus memory.",
    ),
}
MISTAKES = {
    "q1": ("网络退化成线性模型", "the neurons learn the same feature, so it collapses to a linear model"),
    "q2": ("和全零一样，参数不会动", "just like all zeros, nothing moves"),
    "q3": ("只是为了让维度对上", "only to make the dimensions fit"),
    "q4": ("换了损失，最优点也会变", "another loss has a different optimum"),
    "q5": ("看到 loss 在下降就行", "it is enough that the loss falls"),
    "q6": ("要对每个权重各算一遍", "it has to be computed once for each weight"),
}


def questions(language: str) -> dict[str, InterviewQuestion]:
    lesson = read_lesson(LESSON, language).lesson
    assert lesson is not None
    return {question.id.split("/")[1]: question for question in lesson.questions}


def heard(question: InterviewQuestion, typed: str) -> Heard:
    return hear(typed, question.cues, question.wrong_cues)


def text(blocks: Blocks) -> str:
    return "\n".join(plain(block.children) for block in blocks if isinstance(block, Paragraph))


HONEST = {
    "q1": (
        "隱藏輸出恆為 0，梯度恆為 0；權重不會更新，loss 不變；隨機初始化讓各單元不同",
        "hiden output is 0, so teh gradeints are both 0, parametrs dont move; randomn weights brake symetry",
        "hidden activations vanish, both gradients vanish, weights are stuck. Random weights: units differ",
        "h=0, 所以 dW1=0, dW2=0，参数卡住，随机 init 让单元不一样",
        "ｈ＝０，所以ｇｒａｄｉｅｎｔ都是０；损失不会下降；随机，打破对称",
    ),
    "q3": (
        "形状要一致；沿 batch 求和",
        "same shape as w2; contraction over the batch axis",
        "形狀要一致；求和下標是樣本 i，累加所有樣本",
    ),
}
NOT_SAID = {
    "q1": "梯度是 0 吗？损失不变是错误的说法；不需要随机，对称没有关系",
    "q3": "求和下标是列 j",
}


def test_honest_answers_are_heard_however_they_are_typed_and_no_others() -> None:
    found = questions("zh")
    answers = [(name, typed) for name, listed in HONEST.items() for typed in listed]
    made = {typed: heard(found[name], typed).made for name, typed in answers}
    assert {typed: points for typed, points in made.items() if points != (0, 1, 2)} == {}
    assert not any(heard(found[name], typed).wrong for name, typed in answers)
    assert [heard(found[name], typed).made for name, typed in NOT_SAID.items()] == [(), ()]


def test_every_question_has_cues_for_each_point_and_for_its_mistake() -> None:
    found = questions("zh")
    assert list(found) == list(SHORT_ANSWERS)
    for question in found.values():
        assert len(question.cues) == len(question.key_points) == 3
        assert question.wrong_point
        assert question.wrong_cues


@pytest.mark.parametrize("language", ["zh", "en"])
def test_short_answers_reference_answers_and_mistakes(language: str) -> None:
    missed: list[tuple[str, str, object]] = []
    for name, question in questions(language).items():
        answers = {
            "short": SHORT_ANSWERS[name][language == "en"],
            "reference": text(question.reference),
            "points": ". ".join(plain(point) for point in question.key_points),
        }
        for kind, answer in answers.items():
            found = heard(question, answer)
            if found.made != (0, 1, 2) or (found.wrong and kind != "points"):
                missed.append((name, kind, found))
        for mistake in (*MISTAKES[name], plain(question.wrong_point)):
            if not heard(question, mistake).wrong:
                missed.append((name, "mistake", mistake))
    assert missed == []


def test_answers_to_other_questions_and_no_answer_make_no_mistake() -> None:
    for name, question in questions("en").items():
        assert heard(question, "no idea").made == ()
        for other, answers in SHORT_ANSWERS.items():
            for answer in answers:
                assert other == name or len(heard(question, answer).made) < 3, (name, other)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[[question]]\nid = "q9"\n', 2),
        ('[[question]]\nid = "q1"\n', 1),
        ('[[question]]\nid = "q1"\nwrong = [["..."]]\n', 3),
        ('[[question]]\nid = "q1"\nwrong = ["linear"]\n', 3),
        ('[[question]]\nid = "q1"\n  [[question.point]]\n  all = [[]]\n', 4),
        ('[[question]]\nid = "q1"\nwrogn = 1\n', 3),
        ("question = 3\n", 1),
        ("[[question]\n", 1),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    folder = tmp_path / LESSON.name
    shutil.copytree(LESSON, folder)
    (tmp_path / "drills.toml").write_bytes((CONTENT / "drills.toml").read_bytes())
    (folder / "interview.toml").write_text(text, encoding="utf-8")
    found = [d for d in read_lesson(folder, "en").diagnostics if d.path.endswith("interview.toml")]
    assert line in [d.line for d in found]
