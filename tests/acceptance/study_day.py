"""A study day in a real terminal with the installed command: `python study_day.py COMMAND`.

Standard library only, so that it also runs in an environment that holds nothing but the wheel. Each step says
what it does; the first thing that is not as it should be ends the day with the screen as it was.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path
from typing import Any

CONTROL = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[P_^X][^\x1b]*\x1b\\|[ -/]*[0-~])"
)
KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "f5": "\x1b[15~",
    "f7": "\x1b[18~",
    "ctrl+q": "\x11",
    "ctrl+r": "\x12",
}
TODAY, TOMORROW = "2026-11-22T08:00:00+08:00", "2026-11-23T08:00:00+08:00"
RIGHT = """class Solution:
    def maxDepth(self, root):
        if root is None:
            return 0
        return 1 + max(self.maxDepth(root.left), self.maxDepth(root.right))
"""
WRONG = RIGHT.replace("max(", "min(")


class Terminal:
    """A program in a terminal of 120 by 40, read as a person would: by what the whole screen shows."""

    def __init__(self, command: list[str], now: str) -> None:
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            environment = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "LINES")}
            environment |= {"TERM": "xterm-256color", "STUDYBUDDY_NOW": now, "TEXTUAL_ANIMATIONS": "none"}
            os.execvpe(command[0], command, environment)
        self._resize(120)

    def _resize(self, columns: int) -> None:
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))

    def _read(self, quiet_s: float) -> str:
        seen = b""
        with contextlib.suppress(OSError):
            while select.select([self._fd], [], [], quiet_s)[0]:
                seen += os.read(self._fd, 65536)
        return CONTROL.sub("", seen.decode(errors="replace"))

    def screen(self) -> str:
        """Everything on the screen: a change of size makes the program draw it anew."""
        self._read(0.05)
        self._resize(121)
        self._read(0.2)
        self._resize(120)
        return self._read(0.3)

    def expect(self, words: str, limit_s: float = 20.0) -> str:
        """Wait until the screen shows the words (a regular expression); return the screen."""
        deadline = time.monotonic() + limit_s
        while True:
            screen = self.screen()
            if re.search(words, screen):
                return screen
            if time.monotonic() > deadline:
                raise SystemExit(f"the screen never showed {words!r}:\n{screen}")

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            os.write(self._fd, KEYS.get(key, key).encode())
            time.sleep(0.15)

    def paste(self, text: str) -> None:
        """Paste as terminals do, in brackets."""
        os.write(self._fd, b"\x1b[200~" + text.encode() + b"\x1b[201~")
        time.sleep(0.3)

    def wait_for_end(self) -> None:
        """The program ends by itself, with exit code 0."""
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            self._read(0.05)
            pid, status = os.waitpid(self._pid, os.WNOHANG)
            if pid:
                if os.waitstatus_to_exitcode(status) != 0:
                    raise SystemExit(f"the app ended with {os.waitstatus_to_exitcode(status)}")
                os.close(self._fd)
                return
        os.kill(self._pid, signal.SIGKILL)
        raise SystemExit("the app did not end")


class Day:
    """One learner, one data folder, one command."""

    def cli_text(self, *arguments: str) -> tuple[int, str]:
        """Exit code and messages of a command that may be refused."""
        done = subprocess.run([*self._base, *arguments], capture_output=True, text=True, check=False)
        return done.returncode, done.stderr

    def __init__(self, command: str, home: Path) -> None:
        self._base = [command, "--data-dir", str(home)]

    def app(self, now: str) -> Terminal:
        """Open the app in Chinese."""
        return Terminal([*self._base, "--lang", "zh"], now)

    def cli(self, *arguments: str, now: str = TODAY, stdin: str = "", code: int = 0) -> Any:
        """Run a command and return its JSON."""
        done = subprocess.run(
            [*self._base, *arguments, "--json"],
            env={**os.environ, "STUDYBUDDY_NOW": now},
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != code:
            raise SystemExit(
                f"{arguments} ended with {done.returncode}, not {code}: {done.stdout}{done.stderr}"
            )
        return json.loads(done.stdout)


def check(what: str, fact: bool) -> None:
    """Say what was looked at; end the day where it is not so."""
    print(f"  {'ok ' if fact else 'NOT'} {what}", flush=True)
    if not fact:
        raise SystemExit(1)


SECTIONS = ("理论知识", "代码实现", "深度推导", "模拟面试", "工程实现", "算法练习", "今日总结")
HOME = "今天|今日"


def heading(number: int) -> str:
    """The heading of a section on its page; the list beside the page has one space only."""
    return rf"{number} {{2,}}{SECTIONS[number - 1]}"


def read_lesson(day: Day, app: Terminal) -> None:
    """Seven sections, each marked read; the loop runs in place."""
    app.press("l")
    for number in range(1, 8):
        app.expect(heading(number))
        if number == 2:
            app.press("r")
            app.expect(r"2\.64e\+07 → 6\.95e-05")
            check("the loop ran in the lesson and the loss fell", True)
            app.press("escape")
        app.press("m")
    app.press("escape")
    plan = day.cli("today")
    check("`today` answers while the app is open", plan["lesson"] == "S3W10D1")
    check("the sections that are read brought their cards", plan["new"] == 15)


def solve_max_depth(day: Day, app: Terminal) -> None:
    """A wrong maxDepth, then a right one."""
    app.press("l")
    app.press("p", "p", "p", "p", "p", "p", "p", "n", "n", "n", "n", "n")
    app.expect(heading(6))
    app.press("tab", "tab", "enter")  # past the thinking question
    app.expect("max-depth")
    for source, words in ((WRONG, "WA"), (RIGHT, "AC")):
        app.press("f7")
        app.paste(source)
        app.press("f5")
        app.expect(words)
    app.press("escape", "escape")
    app.expect("今日总结")
    app.press("escape")
    item = next(i for i in day.cli("today")["checklist"] if i["id"] == "s3w10d1/algo")
    check("the right maxDepth ticked Algo, by evidence", (item["state"], item["by"]) == ("auto", "evidence"))


def answer_interview(day: Day, app: Terminal) -> None:
    """Question one, typed from memory; the key points in it are found; graded Good."""
    app.press("i")
    app.expect("ReLU")
    app.paste("隐藏层输出全为 0，两个梯度各含一个零因子，参数不动，损失不变")
    app.press("ctrl+r", "ctrl+r", "ctrl+r", "ctrl+r", "3")
    time.sleep(0.5)
    app.press("escape")
    item = next(i for i in day.cli("today")["checklist"] if i["id"] == "s3w10d1/interview")
    check("the interview answer counts as from memory", item["state"] == "auto")


def tick_and_undo(day: Day, app: Terminal) -> None:
    """Math by hand, and back."""

    def math() -> tuple[str, str]:
        item = next(i for i in day.cli("today")["checklist"] if i["id"] == "s3w10d1/math")
        return item["state"], item["by"]

    app.press("t")
    app.expect("Math")
    app.press("enter")
    time.sleep(0.5)
    app.press("enter")
    time.sleep(0.5)
    check("Math is ticked by the learner's word", math() == ("manual", "learner"))
    app.press("u")
    time.sleep(0.5)
    check("undo took the tick back", math() == ("none", "none"))
    app.press("escape")


def review(day: Day, app: Terminal, cards: int, now: str) -> None:
    """Some cards that are no programs, each rated Good."""
    before = day.cli("stats", now=now)["reviews"]
    app.press("r")
    for _ in range(cards):
        time.sleep(0.4)
        while "空格打开编辑器" in app.screen():  # a program: not now
            app.press("-")
            time.sleep(0.4)
        app.press("enter")
        time.sleep(0.3)
        app.press("3")
    time.sleep(0.5)
    app.press("escape")
    check(f"{cards} reviews are in the log", day.cli("stats", now=now)["reviews"] == before + cards)


def by_keyboard(day: Day) -> None:
    """Two days in the app."""
    print("day one, by keyboard", flush=True)
    app = day.app(TODAY)
    app.expect("欢迎")
    app.press("escape")
    app.expect("S3W10D1")
    read_lesson(day, app)
    solve_max_depth(day, app)
    answer_interview(day, app)
    tick_and_undo(day, app)
    review(day, app, 3, TODAY)
    refused = day.cli_text("tick", "math")
    check("a second writer is told who is first", refused[0] == 3 and "pid" in refused[1])
    app.press("ctrl+q")
    app.wait_for_end()
    print("day two", flush=True)
    due = day.cli("today", now=TOMORROW)["due"]
    check("cards are due tomorrow", due >= 3)
    app = day.app(TOMORROW)
    app.expect(rf"{due}")
    review(day, app, 3, TOMORROW)
    check("what was reviewed is no longer due", day.cli("today", now=TOMORROW)["due"] < due)
    app.press("ctrl+q")
    app.wait_for_end()


def in_a_pipe(day: Day) -> None:
    """The same on the command line."""
    print("the same in a pipe", flush=True)
    lesson = day.cli("lesson", "S3W10D1")
    check("the lesson has seven sections", len(lesson["sections"]) == 7)
    loop = day.cli("run", "training-loop", "--reference")
    check("the loop's loss falls", loop["losses"][0][1] > 1e7 > 1 > loop["losses"][-1][1])
    check(
        "a wrong maxDepth is wrong",
        day.cli("run", "max-depth", "--file", "-", stdin=WRONG, code=1)["verdict"] == "WA",
    )
    check("a right one is right", day.cli("run", "max-depth", "--file", "-", stdin=RIGHT)["verdict"] == "AC")
    check("a tick is the learner's", day.cli("tick", "math")["by"] == "learner")
    check("undo takes it back", day.cli("undo")["undone"]["kind"] == "tick")
    check("an answer is scheduled", day.cli("answer", "dw", "good")["card"] == "s3w10d1/card/dw")
    tomorrow = day.cli("today", now=TOMORROW)
    check("it is due tomorrow", tomorrow["due"] == 1)
    done = day.cli("review", now=TOMORROW, stdin="\n3\nq\n")
    check("it is reviewed tomorrow", done["good"] == 1)
    recall = ("run", "max-depth", "--recall", "code-max-depth", "--file", "-")
    again = day.cli(*recall, now=TOMORROW, stdin=RIGHT)
    check("maxDepth from memory proposes Good", again["recall"]["proposed"] == "good")
    rated = day.cli("answer", "code-max-depth", "hard", now=TOMORROW)
    check("and the learner decides", (rated["rating"], rated["recall"]["attempts"]) == ("hard", 1))
    cards = day.cli("cards")
    check("a rebuild changes no card", day.cli("rebuild")["events"] > 3 and day.cli("cards") == cards)
    check(
        "the doctor finds the data whole",
        all(c["ok"] for c in day.cli("doctor")["checks"] if c["name"] == "data"),
    )


def main(command: str) -> None:
    """Both days on fresh data."""
    with tempfile.TemporaryDirectory() as name:
        in_a_pipe(Day(command, Path(name) / "pipe"))
        by_keyboard(Day(command, Path(name) / "app"))
    print("a whole study day: done", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
