"""Help and mistakes in the learner's language."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from studybuddy.cli.options import COMMANDS
from studybuddy.i18n import use_language
from tests.cli.conftest import Command


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    use_language("en")


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_a_page_of_help_is_chinese_throughout(studybuddy: Command, name: str) -> None:
    page = studybuddy("--lang", "zh", *([name] if name else []), "--help")
    assert page.code == 0
    assert page.out.startswith("用法：studybuddy")
    assert "选项：" in page.out
    assert not re.search(r"Usage|Options|Show|Commands", page.out)
    described = [line for line in page.out.splitlines() if re.match(r"  \S+.*?  +\S", line)]
    assert len(described) >= 3
    assert all(re.search(r"[\u4e00-\u9fff]", line) for line in described), page.out


def test_help_in_english_is_as_click_writes_it(studybuddy: Command) -> None:
    page = studybuddy("--help").out
    assert page.startswith("Usage: studybuddy [OPTIONS] [COMMAND] [ARGS]...\n\n  Open the app on Today")
    assert "\n\nOptions:\n  --data-dir DIR" in page
    assert "\n\nCommands:\n  today " in page


@pytest.mark.parametrize(
    ("arguments", "english", "chinese"),
    [
        (
            ["lessn"],
            "No such command: lessn. Did you mean lesson?",
            "没有这个命令：lessn。是不是 lesson？",
        ),
        (["qqqqqq"], "No such command: qqqqqq.", "没有这个命令：qqqqqq。"),
        (["answer"], "CARD is missing", "缺少 CARD"),
        (["today", "--foo"], "No such option: --foo.", "没有这个选项：--foo。"),
        (
            ["lesson", "S9W9D9"],
            "no lesson S9W9D9; nearest: S3W10D1",
            "没有 S9W9D9 这一课；相近的有：S3W10D1",
        ),
        (
            ["answer", "dw", "fine"],
            "fine is no rating; use again, hard, good or easy",
            "没有 fine 这个评分；请用 again、hard、good 或 easy",
        ),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_mistake_is_one_line_in_the_learners_language(
    studybuddy: Command, arguments: list[str], english: str, chinese: str
) -> None:
    for language, said in (("en", english), ("zh", chinese)):
        done = studybuddy("--lang", language, *arguments)
        assert (done.code, done.out, done.err) == (2, "", f"studybuddy: {said}\n")


def test_a_value_that_is_not_offered(studybuddy: Command) -> None:
    assert studybuddy("today", "--lang", "fr").err == "studybuddy: lang must be one of zh, en\n"


def test_the_days_plan_in_chinese(studybuddy: Command) -> None:
    plan = studybuddy("today", "--lang", "zh").out
    assert plan.startswith("2026-11-22 · 连续 0 天 · 约 137 分钟\n复习：0 张到期，0 张新卡 · 约 0 分钟\n")
    assert "1 理论知识：未读\n" in plan


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_does(studybuddy: Command, name: str) -> None:
    for language in ("en", "zh"):
        page = studybuddy("--lang", language, name, "--help").out
        options = page[re.search(r"^(Options|选项)", page, re.MULTILINE).start() :].splitlines()[1:]  # type: ignore[union-attr]
        for number, line in enumerate(options):
            if line.startswith("  -"):
                following = options[number + 1] if number + 1 < len(options) else ""
                told = re.match(r"  -\S.*?(\s{2,}\S|$)", line)
                assert told is not None
                assert told[1] or re.match(r"\s{10,}\S", following), (language, line)


@pytest.mark.parametrize(
    ("arguments", "english", "chinese"),
    [
        (["tick", "math", "--reason"], "--reason needs a value", "--reason 需要一个值"),
        (["today", "--json=x"], "--json takes no value", "--json 不带值"),
        (["today", "a", "b"], "not understood: a b", "无法理解：a b"),
        (["undo", "x"], "not understood: x", "无法理解：x"),
        (
            ["cases", "max-depth", "--remove", "x"],
            "remove must be a number, not x",
            "remove 必须是数字，不能是 x",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_rarer_mistake(studybuddy: Command, arguments: list[str], english: str, chinese: str) -> None:
    for language, said in (("en", english), ("zh", chinese)):
        done = studybuddy("--lang", language, *arguments)
        assert (done.code, done.out) == (2, "")
        assert done.err.endswith(f"{said}\n"), done.err
        assert done.err.count("\n") == 1
