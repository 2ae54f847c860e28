"""Fences, formulas, outputs and the other blocks, whole and broken."""

from __future__ import annotations

import pytest

from studybuddy.course.importing.model import Output, Program, Prose
from tests.course.importing.asking import body, codes, items, kinds, one


@pytest.mark.parametrize(
    ("opening", "language"),
    [
        ("```python", "python"),
        ("``` python", "python"),
        ("~~~python", "python"),
        ("````py", "py"),
        ("```{.python}", "python"),
        ("```{.python .numberLines}", "python"),
        ("```python title=x", "python"),
        ("```Python", "python"),
        ("```", "python"),
        ("```bash", "bash"),
        ("```c++", "c++"),
    ],
)
def test_fences(opening: str, language: str) -> None:
    mark = opening[: 4 if opening.startswith("````") else 3]
    imported = body(f"## 2 代码\n\n{opening}\nx = 1\n{mark}\n")
    (program,) = items(imported, Program)
    assert (program.language, program.lines) == (language, ("x = 1",))
    assert not codes(imported)


def test_a_longer_fence_holds_a_shorter_one() -> None:
    imported = body("## 2 代码\n\n````python\nx = '''\n```\n'''\n````\n")
    assert items(imported, Program)[0].lines == ("x = '''", "```", "'''")


@pytest.mark.parametrize("info", ["output", "text", "console", "output of the run"])
def test_an_output_fence_after_code(info: str) -> None:
    imported = body(f"## 2 代码\n\n```python\nx = 1\n```\n\n```{info}\na\n\nb\n```\n")
    assert (imported.counts.code_blocks, imported.counts.output_lines) == (1, 3)


def test_text_that_follows_no_code_is_no_output() -> None:
    imported = body("## 2 代码\n\n```text\na b\n```\n")
    assert (imported.counts.code_blocks, imported.counts.output_lines) == (1, 0)
    assert not codes(imported)


def test_four_spaces_are_output_only_after_a_fence() -> None:
    imported = body("## 2 代码\n\n```python\nx = 1\n```\n\n    a\n\n    b\n\n文字\n\n    c\n")
    assert items(imported, Output)[0].lines == ("a", "", "b")
    assert len(items(imported, Prose)) == 2


def test_a_fence_that_is_never_closed_does_not_swallow_the_sections_below() -> None:
    imported = body("## 5 工程\n\n```python\nimport torch\n\n## 7 总结\n\n- [ ] **Math**: 推\n", "lesson.md")
    found = one(imported, "FENCE-OPEN")
    assert (found.place.line, found.severity) == (5, "error")
    assert (kinds(imported), imported.counts.tasks) == (["engineering", "summary"], 1)


def test_a_fence_that_is_closed_by_the_next_one() -> None:
    text = "## 2 代码\n\n```python\nx = 1\n\n## 5 工程\n\n文字\n\n```python\ny = 2\n```\n"
    imported = body(text, "lesson.md")
    assert one(imported, "FENCE-OPEN").place.line == 5
    assert [len(part.programs) for part in imported.parts] == [1, 1]


def test_a_fence_in_a_quotation() -> None:
    good = body("## 1 理论\n\n> 看：\n> ```python\n> x =  1\n> ```\n")
    assert not codes(good)
    open_ = body("## 1 理论\n\n> 看：\n> ```python\n> x = 1\n\n文字  字\n")
    assert codes(open_) == ["FENCE-OPEN", "LOST-FORMULA"]
    assert one(open_, "FENCE-OPEN").place.line == 6


@pytest.mark.parametrize(("name", "severity"), [("lesson.md", "error"), ("lesson.txt", "warning")])
def test_code_that_is_no_python(name: str, severity: str) -> None:
    imported = body("## 6 算法\n\n```python\nx = 1\ndef f(:\n  pass\n```\n", name)
    found = one(imported, "CODE-SYNTAX")
    assert (found.place[:2], found.severity) == ((7, 7), severity)


@pytest.mark.parametrize("language", ["bash", "json", "latex", "text"])
def test_other_languages_are_not_looked_at(language: str) -> None:
    assert not codes(body(f"## 6 算法\n\n```{language}\ndef f(:\n```\n", "lesson.md"))


@pytest.mark.parametrize("formula", ["$$x$$", "$$\nx\n$$", "\\[x\\]", "\\[\nx\n\\]", "$$ x\n$$"])
def test_formulas(formula: str) -> None:
    imported = body(f"## 1 理论\n\n文字\n{formula}\n文字\n")
    assert [prose.lines for prose in items(imported, Prose)][1] in [("$$", "x", "$$"), ("$$", " x", "$$")]
    assert len(items(imported, Prose)) == 3


def test_a_formula_that_never_ends_is_text() -> None:
    imported = body("## 1 理论\n\n$$\nx\n\n## 2 代码\n\n文字\n")
    assert kinds(imported) == ["theory", "code"]


def test_a_line_of_code_that_begins_with_a_sign() -> None:
    imported = body("## 1 理论\n\n#标签\n\n##不是标题\n\n`x` 是 1。\n")
    assert kinds(imported) == ["theory"]
    assert len(items(imported, Prose)) == 3


@pytest.mark.parametrize("underline", ["=", "===", "----"])
def test_underlined_headings(underline: str) -> None:
    imported = body(f"1 理论\n{underline}\n\n文字\n", "lesson.md")
    assert kinds(imported) == ["theory"]


def test_a_rule_below_a_sentence_is_a_rule() -> None:
    imported = body("## 1 理论\n\n一句话。\n---\n又一句。\n", "lesson.md")
    assert (kinds(imported), codes(imported)) == (["theory"], [])


@pytest.mark.parametrize("indent", ["\t", "\t    ", "\u3000", "\u00a0 "])
def test_an_indented_quotation_ends(indent: str) -> None:
    imported = body(f"## 1 理论\n\n{indent}> **思考题**：为何？\n\n甲\n", "lesson.md")
    assert kinds(imported) == ["theory"]


def test_a_session_is_no_program() -> None:
    imported = body("## 2 代码\n\n```python\n>>> x = 1\n>>> x\n1\n```\n", "lesson.md")
    assert (items(imported, Program)[0].language, codes(imported)) == ("pycon", [])


def test_html_is_text() -> None:
    text = "## 1 理论\n\n<details><summary>x</summary>\n\n<script>alert(1)</script>\n\n<!-- a  b -->\n"
    assert not codes(body(text))
