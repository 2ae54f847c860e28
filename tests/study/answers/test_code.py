"""A line of code that is typed: computed where shapes are declared, else compared by syntax."""

from __future__ import annotations

import pytest

from studybuddy.core.card_content import CardContent, CardKind
from studybuddy.i18n import use_language
from studybuddy.study.answers.attempts import Attempts
from studybuddy.study.answers.judged import Judged, Mark
from studybuddy.study.answers.judges import judge
from studybuddy.study.answers.proposal import Answer, propose_rating
from studybuddy.study.answers.rows import plain_rows
from studybuddy.study.wiring import Study

UNKNOWN = "not the same as the card; judge for yourself"


def card(study: Study, name: str) -> CardContent:
    found = study.library.card(f"s3w10d1/card/{name}")
    assert found is not None
    assert found.kind is CardKind.CODE
    return found


def judged(content: CardContent, typed: str) -> Judged:
    found = judge(content, typed)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "typed", "mark"),
    [
        ("code-grad-w2", "(grad_y_pred.T @ h_relu).T", Mark.RIGHT),
        ("code-grad-w2", 'np.einsum("ni,nj->ij",h_relu,grad_y_pred)', Mark.RIGHT),
        ("code-grad-w2", "grad_w2 = h_relu.T.mm(grad_y_pred)", Mark.RIGHT),
        ("code-grad-w2", "grad_y_pred.T @ h_relu", Mark.WRONG),
        ("code-grad-w2", "__import__('os').getcwd()", Mark.UNREADABLE),
        ("code-grad-h-relu", "(w2 @ grad_y_pred.T).T", Mark.RIGHT),
        ("code-grad-h-relu", "grad_y_pred @ w2", Mark.WRONG),
        ("code-grad-w1", "np.einsum('ni,nh->ih', x, grad_h)", Mark.RIGHT),
        ("code-grad-w1", "x @ grad_h", Mark.WRONG),
        ("relu-backward", "grad_h_relu * (0 < h)", Mark.RIGHT),
        ("relu-backward", "grad_h_relu * (h_relu > 0)", Mark.RIGHT),
        ("relu-backward", "grad_h_relu * h_relu", Mark.WRONG),
        ("depth-recursion", "max(f(root.left) + 1, f(root.right) + 1)", Mark.RIGHT),
        ("depth-recursion", "(1 + max( f(root.left), (f(root.right)) ))", Mark.RIGHT),
        ("depth-recursion", "max([f(root.left), f(root.right)]) + 1", Mark.UNKNOWN),
        ("depth-recursion", "((((", Mark.UNKNOWN),
        ("depth-recursion", "(" * 5000, Mark.UNKNOWN),
        ("depth-recursion", "a\x00b", Mark.UNKNOWN),
    ],
)
def test_lines(study: Study, name: str, typed: str, mark: Mark) -> None:
    assert judged(card(study, name), typed).mark is mark


def test_every_answer_that_a_card_accepts_is_right(study: Study) -> None:
    codes = [one for lesson in study.desk.catalogue.lessons for one in study.library.lesson(lesson.id).cards]
    lines = [one for one in codes if one.kind is CardKind.CODE and not one.exercise]
    assert len(lines) >= 6
    for content in lines:
        for answer in (*content.accept, content.back):
            assert judged(content, answer).mark is Mark.RIGHT, (content.id, answer)


def test_other_words_speak_for_no_rating_and_turn_the_card(study: Study) -> None:
    use_language("en")
    content = card(study, "depth-recursion")
    attempts = Attempts()
    attempts.submit(content, "max([f(root.left), f(root.right)]) + 1")
    assert attempts.answer is not None
    assert propose_rating(Answer(attempts.answer.judged)) is None
    said = plain_rows(attempts.answer.judged)
    assert UNKNOWN in said
    assert "wrong" not in said
