"""Cards that ask several things, hide too much, or can be answered by a guess."""

from __future__ import annotations

from pathlib import Path

import pytest

from studybuddy.core.diagnostic import Severity
from studybuddy.course.atomic import check_atomic, words_in
from studybuddy.course.report import Report


def codes(tmp_path: Path, kind: str, front: str, back: str, language: str = "en") -> list[str]:
    sides = f"[card.{language}]\nfront = '''{front}'''\nback = '''{back}'''\n"
    text = f"[[card]]\nid = 'a'\nkind = '{kind}'\n{sides}"
    (tmp_path / "cards.toml").write_text(text, "utf-8")
    report = Report()
    check_atomic(tmp_path, report)
    assert all(row.severity is Severity.WARNING for row in report.diagnostics)
    assert all(row.line in (5, 6) for row in report.diagnostics)
    return [row.code for row in report.diagnostics]


@pytest.mark.parametrize(
    ("kind", "front", "back", "language", "found"),
    [
        ("basic", "What is a local gradient?", "The derivative of a node.", "en", []),
        ("basic", "Does a matching shape prove a gradient?", "No.", "en", ["card-yes-no"]),
        (
            "basic",
            "Your gradient has its shape. Does that prove it?",
            "No, not at all.",
            "en",
            ["card-yes-no"],
        ),
        ("basic", "Does it?", "No: without the factor 2 the shape is the same.", "en", []),
        ("basic", "Why does a matching shape not prove it?", "Other factors.", "en", []),
        ("basic", "形状一致足以证明吗？", "不足以。", "zh", ["card-yes-no"]),
        ("basic", "形状一致足以证明吗？", "不足以：漏掉系数 2，形状也不变。", "zh", []),
        ("basic", "梯度是否会累加？", "会。", "zh", ["card-yes-no"]),
        ("basic", "为什么要清零？", "会累加。", "zh", []),
        ("type-in", "Is it `x ? y`?", "yes", "en", []),
        ("basic", "What is X? And what is Y?", "One and the other.", "en", ["card-several"]),
        ("basic", "X 是什么？Y 呢？", "一个和另一个。", "zh", ["card-several"]),
        ("basic", "Name the steps.", "- a\n- b\n- c\n- d\n- e", "en", ["card-list"]),
        ("basic", "Name the steps.", "1. a\n2. b\n3. c", "en", []),
        ("basic", "Tell all.", "word " * 90, "en", ["card-long"]),
        ("basic", "全部讲一遍。", "字" * 161, "zh", ["card-long"]),
        ("cloze", "It applies the {{chain rule}} backwards.", "", "en", []),
        ("cloze", "It {{applies the chain rule on a computational graph}}.", "", "en", ["card-cloze"]),
        ("cloze", "它{{把链式法则用在计算图上并复用中间值}}。", "", "zh", ["card-cloze"]),
        ("cloze", r"It is {{$\frac{\partial L}{\partial W} = X^\top \delta_Z$}}.", "", "en", []),
    ],
)
def test_findings(tmp_path: Path, kind: str, front: str, back: str, language: str, found: list[str]) -> None:
    assert codes(tmp_path, kind, front, back, language) == found


def test_words() -> None:
    assert words_in("a formula $a b c$ and `code here`") == 5
    assert words_in("四个汉字") == 2


def test_what_is_no_card_at_all(tmp_path: Path) -> None:
    report = Report()
    check_atomic(tmp_path, report)
    (tmp_path / "cards.toml").write_text("[[card]]\nzh = 4\nen = { front = 1 }\n", "utf-8")
    check_atomic(tmp_path, report)
    assert report.diagnostics == ()
