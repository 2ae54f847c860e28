"""Titles and headings of sections in all their spellings, and what is said of those that are none."""

from __future__ import annotations

import pytest

from studybuddy.course.importing.headings import read_section
from studybuddy.course.importing.numerals import read_number
from tests.course.importing.asking import body, codes, kinds, one, read


@pytest.mark.parametrize(
    ("heading", "code", "title"),
    [
        ("# S3W10D1：名", "S3W10D1", "名"),
        ("# s3w10d3 - x", "S3W10D3", "x"),
        ("# S03 W10 D02 — pad", "S3W10D2", "pad"),
        ("# S3W10D2: Activations", "S3W10D2", "Activations"),
        ("# S3W10D2 Activations #", "S3W10D2", "Activations"),
        ("#S3W10D2|x", "S3W10D2", "x"),
        ("# **S3W10D2：名**", "S3W10D2", "名"),
        ("# Season 3 Week 10 Day 4: Init", "S3W10D4", "Init"),
        ("# Season 3, Week 10, Day 4 – Init", "S3W10D4", "Init"),
        ("# 第三季第十周第五天：归一化", "S3W10D5", "归一化"),
        ("# 第3季 第21周 第2天 归一化", "S3W21D2", "归一化"),
        ("# 第三季第二十一周第七日：名", "S3W21D7", "名"),
        ("S3W10D1：名\n=====", "S3W10D1", "名"),
        (
            "# S3W10D1：一课（Backpropagation: the chain rule）",
            "S3W10D1",
            "一课（Backpropagation: the chain rule）",
        ),
    ],
)
def test_spellings_of_a_title(heading: str, code: str, title: str) -> None:
    imported = read(f"{heading}\n\n## 1 理论\n\n文字。\n")
    assert (imported.code, imported.title) == (code, title)
    assert not codes(imported)


def test_a_missing_season_is_assumed_and_said() -> None:
    imported = read("# W10D6：图\n\n## 1 理论\n")
    assert imported.code == "S1W10D6"
    assert not imported.season_given
    assert one(imported, "SEASON-MISSING").place.line == 1
    assert "W10D6" in one(imported, "SEASON-MISSING").said.english()
    assert not imported.failed


@pytest.mark.parametrize("heading", ["# S3W10D8：x", "# S3W10D0：x", "# S3W0D1：x", "# W10D12 x"])
def test_a_day_out_of_range(heading: str) -> None:
    imported = read(f"{heading}\n\n## 1 理论\n")
    assert one(imported, "DAY-RANGE").severity == "error"
    assert imported.failed


def test_a_title_without_a_name() -> None:
    imported = read("# S3W10D7\n\n## 1 理论\n")
    assert codes(imported) == ["TITLE-EMPTY"]
    assert not imported.failed


@pytest.mark.parametrize("heading", ["# Lesson one", "# S3W10", "# S3W10D1x", "# 深度学习"])
def test_a_heading_that_names_no_lesson(heading: str) -> None:
    imported = read(f"\n{heading}\n\n## 1 理论\n")
    found = one(imported, "TITLE-FORM")
    assert (found.place.line, found.severity) == (2, "error")
    assert "# S3W10D1" in found.said.english()
    assert imported.code == ""
    assert "TITLE-NONE" not in codes(imported)


@pytest.mark.parametrize("text", ["", "\n\n", "只有文字\n", "## 1 理论\n\n文字。\n"])
def test_no_title_at_all(text: str) -> None:
    assert one(read(text), "TITLE-NONE").place.line == 1


def test_a_second_title_ends_the_lesson() -> None:
    imported = body("## 1 理论\n\n一。\n\n# S3W10D3：另\n\n## 2 代码\n\n二。\n")
    assert one(imported, "TITLE-TWICE").place.line == 7
    assert kinds(imported) == ["theory"]
    assert imported.code == "S3W10D2"


def test_front_matter_wins_over_the_title() -> None:
    text = (
        "---\nid: S3W10D4\nlang: en\ntags: [a, b]\nprereqs:\n"
        "  - s3w10d1\n---\n# Something\n\n## 1 Theory\n\n词。\n"
    )
    imported = read(text, "lesson.md")
    assert (imported.code, imported.title, imported.language) == ("S3W10D4", "Something", "en")
    assert (imported.tags, imported.requires) == (("a", "b"), ("s3w10d1",))
    assert not codes(imported)


def test_front_matter_with_an_id_that_is_none() -> None:
    assert one(read("---\nid: lesson one\n---\n# S3W10D4 x\n"), "TITLE-FORM").place.line == 2


def test_dashes_that_are_no_front_matter() -> None:
    imported = read("---\n\n# S3W10D4 x\n\n## 1 理论\n\n文字。\n\n---\n\n还有。\n")
    assert (imported.code, codes(imported)) == ("S3W10D4", [])


@pytest.mark.parametrize(
    ("heading", "number", "title", "kind"),
    [
        ("## 1 x 理论", 1, "x 理论", "theory"),
        ("## 1. 理论", 1, "理论", "theory"),
        ("## 一、理论知识讲解", 1, "理论知识讲解", "theory"),
        ("## 第二部分 代码实现", 2, "代码实现", "code"),
        ("## 3、深度理论（推导）", 3, "深度理论（推导）", "derivation"),
        ("## 3 深度理论 (LaTeX 手推练习)", 3, "深度理论 (LaTeX 手推练习)", "derivation"),
        ("## 4. Mock interview Q&A", 4, "Mock interview Q&A", "interview"),
        ("## 5) PyTorch 工程封装", 5, "PyTorch 工程封装", "engineering"),
        ("## 6：LeetCode", 6, "LeetCode", "algorithm"),
        ("## 7 Checklist", 7, "Checklist", "summary"),
        ("## （二）代码", 2, "代码", "code"),
        ("## Part 2: NumPy implementation", 2, "NumPy implementation", "code"),
        ("## Theory", 0, "Theory", "theory"),
        ("## 工程 {#engineering}", 0, "工程", "engineering"),
        ("## 2 PyTorch 代码 ##", 2, "PyTorch 代码", "engineering"),
        ("## **7 小结**", 7, "小结", "summary"),
        ("## Decoder layers", 0, "Decoder layers", None),
    ],
)
def test_spellings_of_a_section(heading: str, number: int, title: str, kind: str | None) -> None:
    found = read_section(heading)
    assert (found.number, found.title, found.kind, found.by_number) == (number, title, kind, False)


def test_kind_by_number_and_no_kind_at_all() -> None:
    imported = body("## 2 动手\n\n一。\n\n## 附录\n\n二。\n")
    assert kinds(imported) == ["code", "other"]
    unknown = [finding.place.line for finding in imported.findings if finding.code == "SECTION-UNKNOWN"]
    assert unknown == [3, 7]
    assert imported.counts.sections == 2


def test_sections_repeated_and_out_of_order() -> None:
    imported = body("## 2 代码一\n\n## 3 代码二\n\n## 3 推导\n\n## 1 理论\n")
    assert kinds(imported) == ["code", "code", "derivation", "theory"]
    assert [part.ordinal for part in imported.parts] == [1, 2, 1, 1]
    assert codes(imported) == ["SECTION-REPEAT", "SECTION-ORDER", "SECTION-ORDER"]
    unnumbered = body("## 代码\n\n## 理论\n")
    assert codes(unnumbered) == ["SECTION-ORDER"]


def test_missing_sections_are_said_each() -> None:
    found = codes(body("## 1 理论\n"), missing=True)
    assert found == ["SECTION-MISSING"] * 6


def test_what_stands_before_the_first_section_is_kept() -> None:
    imported = body("一段。\n\n又一段。\n\n## 1 理论\n\n文字。\n")
    found = one(imported, "ORPHAN")
    assert "3 to 5" in found.said.english()
    assert kinds(imported) == ["introduction", "theory"]


@pytest.mark.parametrize(
    "heading", ["### 导师结语", "## 结语", "#### Closing", "## Mentor's words", "### 寄语"]
)
def test_the_closing(heading: str) -> None:
    imported = body(f"## 7 总结\n\n{heading}\n\n再见。\n\n**行动**：做第三部分。\n")
    assert kinds(imported) == ["summary", "closing"]
    assert imported.counts.sections == 1
    assert not codes(imported)


def test_a_rule_ends_no_section() -> None:
    imported = body("## 1 理论\n\n一。\n\n---\n\n二。\n***\n三。\n")
    assert len(imported.parts[0].items) == 3


@pytest.mark.parametrize(
    ("word", "number"),
    [("10", 10), ("１０", 10), ("十", 10), ("十二", 12), ("二十", 20), ("二十一", 21), ("零", 0), ("两", 2)],
)
def test_numerals(word: str, number: int) -> None:
    assert read_number(word) == number


@pytest.mark.parametrize("word", ["", "x", "十十", "百", "1234", "一二"])
def test_no_numerals(word: str) -> None:
    assert read_number(word) is None
