"""The app's own start: what it takes itself, and what it leaves to the real parser."""

from __future__ import annotations

import subprocess
import sys

import pytest

from studybuddy.cli.plain import plain_start
from studybuddy.study.launch import Launch


@pytest.mark.parametrize(
    ("arguments", "launch"),
    [
        ([], Launch()),
        (["--lang", "zh"], Launch(None, "zh")),
        (["--data-dir", "a b", "--lang=en"], Launch("a b", "en")),
        (["--data-dir=x=y"], Launch("x=y")),
        (["--lang", "zh", "--lang", "en"], Launch(None, "en")),
    ],
)
def test_common_options_start_the_app(arguments: list[str], launch: Launch) -> None:
    assert plain_start(arguments) == launch


@pytest.mark.parametrize(
    "arguments",
    [
        ["today"],
        ["--help"],
        ["--version"],
        ["--lang"],
        ["--lang", "fr"],
        ["--lang="],
        ["--data-dir"],
        ["--lang", "zh", "today"],
        ["--"],
        [""],
        ["--json"],
        ["--data"],
    ],
)
def test_anything_else_is_left_to_the_parser(arguments: list[str]) -> None:
    assert plain_start(arguments) is None


def test_a_start_that_fails_is_one_line_with_its_exit_code() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "studybuddy", "--lang", "zh"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert ended.stderr.startswith("studybuddy: ")
    assert ended.stderr.count("\n") == 1
