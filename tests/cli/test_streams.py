"""Streams that are closed or speak another code, and locales nobody has; each in a process of its own."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = shlex.join([sys.executable, "-m", "studybuddy"])


def shell(line: str, home: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """A line of shell in which `$S` is the program."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))
    }
    given = {"STUDYBUDDY_HOME": str(home), "STUDYBUDDY_NOW": "2026-11-22T08:00:00+08:00", **environment}
    return subprocess.run(
        ["sh", "-c", line.replace("$S", COMMAND)],
        env=kept | given,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("$S <&-", 2, b"the app needs a terminal"),
        ("$S >&- 2>&1", 2, b""),
        ("$S review <&-", 0, b"0 reviewed, 0 left."),
        ("$S interview <&-", 0, b"Answer in a line"),
        ("$S add <&-", 2, b"a card needs a question"),
        ("$S run max-depth --file - <&-", 1, b"CE"),
        ("$S today >&-", 0, b""),
        ("$S nosuch 2>&-", 2, b""),
        ("$S today <&- >&- 2>&-", 0, b""),
        ("printf '\\377\\376\\n\\377\\n' | $S review", 0, b"0 reviewed, 0 left."),
    ],
)
def test_closed_streams_and_bytes_that_are_no_text(tmp_path: Path, line: str, code: int, said: bytes) -> None:
    ended = shell(line, tmp_path)
    assert ended.returncode == code, ended.stderr
    assert said in ended.stdout + ended.stderr
    assert b"Traceback" not in ended.stderr
    assert b"internal error" not in ended.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_below_the_output_is_said(tmp_path: Path) -> None:
    ended = shell("$S today > /dev/full", tmp_path)
    assert ended.returncode == 3
    assert ended.stderr == b"studybuddy: the system refused: No space left on device\n"


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "xx_YY.UTF-8"},
        {"LC_ALL": "C"},
        {"LC_ALL": "zh_CN.GB18030"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LANG": "", "LC_ALL": ""},
        {"PYTHONIOENCODING": "latin-1"},
        {"PYTHONIOENCODING": "ascii"},
    ],
    ids=lambda environment: " ".join(f"{name}={value}" for name, value in environment.items()),
)
def test_chinese_in_any_locale(tmp_path: Path, environment: dict[str, str]) -> None:
    ended = shell("$S lesson --lang zh --section theory", tmp_path, **environment)
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr == b""
    assert ended.stdout.startswith(b"S3W10D1 ")
    assert "反向传播".encode() in ended.stdout or ended.stdout.count(b"?") > 100
