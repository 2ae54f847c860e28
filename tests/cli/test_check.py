"""`studybuddy check`: the contract of its JSON, its exit codes, and what is typed badly."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command

WRITER = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("BEGIN IMMEDIATE")
print("writing", flush=True)
sys.stdin.readline()
"""


def checked(studybuddy: Command, *arguments: str, code: int) -> Any:
    done = studybuddy("check", *arguments, "--json")
    assert done.code == code, done.out + done.err
    assert done.err == ""
    return done.json


def test_right(studybuddy: Command) -> None:
    found = checked(studybuddy, "s3w10d1/linear-backward", "dw", r"X^\top \delta_Z", code=0)
    assert found == {
        "derivation": "s3w10d1/linear-backward",
        "step": "dw",
        "verdict": "right",
        "reason": None,
        "hint": None,
        "read_as": "Xᵀδ_Z",
        "latex": r"X^{\top} \delta_{Z}",
        "at": None,
    }


def test_wrong_with_a_reason_and_a_hint(studybuddy: Command) -> None:
    found = checked(studybuddy, "linear-backward", "dw", r"X \delta_Z", code=1)
    assert found["verdict"] == "wrong"
    assert found["reason"].startswith("shapes do not fit: X is (N, D), δ_Z is (N, M)")
    assert found["hint"] == "X must be transposed"
    assert found["read_as"] == "Xδ_Z"
    assert found["at"] == [0, 1]


def test_a_known_misunderstanding_is_the_hint(studybuddy: Command) -> None:
    found = checked(studybuddy, "drill/relu-mask", "gradient", r"\delta_A \odot A", code=1)
    assert found["hint"].startswith("The derivative is a mask of 0 and 1")


@pytest.mark.parametrize(
    ("answer", "place"),
    [
        (r"X^\top \foo", 8),
        ("X^T，δ_Z", 4),
        ("", 1),
        ("X.T @ open('f')", 7),
        ("(" * 10_000, 2001),
        (r"\input{/etc/passwd}", 1),
        ("__import__('os').system('true')", 1),
    ],
)
def test_unreadable_names_the_place(studybuddy: Command, answer: str, place: int) -> None:
    found = checked(studybuddy, "drill/../linear-backward".rpartition("/")[2], "dw", answer, code=2)
    assert found["verdict"] == "unreadable"
    assert found["reason"].startswith(f"column {place}: ")
    assert found["at"][0] == place - 1


def test_plain_lines_in_both_languages(studybuddy: Command) -> None:
    english = studybuddy("check", "linear-backward", "dw", r"X \delta_Z")
    assert english.out.splitlines()[1:] == ["hint: X must be transposed", "read as: Xδ_Z"]
    chinese = studybuddy("check", "linear-backward", "dw", r"X \delta_Z", "--lang", "zh")
    assert chinese.out.splitlines() == [
        "不对：形状对不上：X 是 (N, D)，δ_Z 是 (N, M)；D 与 N 必须相同——少了一个转置",
        "提示：X 要转置",
        "读作：Xδ_Z",
    ]
    unread = studybuddy("check", "linear-backward", "dw", r"X \foo", "--lang", "zh")
    assert unread.out.splitlines()[0].endswith(r"第 3 个字符：这里不认识 \foo")


@pytest.mark.parametrize(
    ("derivation", "step", "answer", "code"),
    [
        ("drill/mse", "gradient", r"-\frac{2}{N} (Y - Z)", 0),
        ("drill/mse", "gradient", "-2 * (Y - Z) / N", 0),
        ("drill/softmax-jacobian", "gradient", "-p_i p_j", 1),
        ("drill/mse", "gradient", "--(Z - Y)", 1),
        ("drill/mse", "gradient", "-", 2),
    ],
)
def test_an_answer_may_begin_with_a_dash(
    studybuddy: Command, derivation: str, step: str, answer: str, code: int
) -> None:
    assert studybuddy("check", derivation, step, answer).code == code
    assert studybuddy("check", "--lang", "zh", "--json", derivation, step, answer).code == code


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nix", "dw", "X"), "no derivation nix; nearest: "),
        (("linear-backward", "dq", "X"), "no step dq; nearest: "),
        (("linear-backward", "dw"), "check needs DERIVATION STEP ANSWER"),
        (("--batch", "/nonexistent/file"), "/nonexistent/file cannot be read"),
    ],
)
def test_usage(studybuddy: Command, arguments: tuple[str, ...], said: str) -> None:
    done = studybuddy("check", *arguments)
    assert done.code == 2
    assert said in done.err
    assert done.out == ""


def asked(answer: object, derivation: object = "drill/mse", step: object = "gradient") -> str:
    return json.dumps({"derivation": derivation, "step": step, "answer": answer}, ensure_ascii=False)


class TestBatch:
    def test_each_line_is_answered_with_one(self, studybuddy: Command) -> None:
        lines = [asked("2 * (Z - Y) / N"), "", asked("Z - Y"), asked(r"\foo"), asked("x\u2028y")]
        done = studybuddy("check", "--batch", "-", stdin="\n".join(lines) + "\n")
        assert done.code == 0
        found = [json.loads(line) for line in done.out.splitlines()]
        assert [line["verdict"] for line in found] == ["right", "wrong", "unreadable", "unreadable"]
        assert set(found[0]) >= {"verdict", "reason", "hint", "read_as"}

    def test_of_a_file(self, studybuddy: Command, tmp_path: Path) -> None:
        path = tmp_path / "answers.jsonl"
        path.write_text("\r\n".join([asked("Z - Y"), asked("2*(Z-Y)/N")]), encoding="utf-8")
        done = studybuddy("check", "--batch", str(path))
        assert [json.loads(line)["verdict"] for line in done.out.splitlines()] == ["wrong", "right"]

    @pytest.mark.parametrize(
        "garbage",
        [
            "nope",
            "[1]",
            "null",
            "{}",
            "{" * 50_000,
            '{"derivation": "drill/mse", "step": "gradient"}',
            asked(5),
            asked(None),
            asked("x", derivation="nix"),
            asked("x", step="nix"),
            '"' + "x" * 300_000,
        ],
        ids=lambda garbage: garbage[:20],
    )
    def test_garbage_is_answered_too_and_the_rest_goes_on(self, studybuddy: Command, garbage: str) -> None:
        done = studybuddy("check", "--batch", "-", stdin=f"{garbage}\n{asked('2*(Z-Y)/N')}\n")
        assert done.code == 2
        first, second = (json.loads(line) for line in done.out.splitlines())
        assert first["error"]
        assert second["verdict"] == "right"

    def test_surrogates_in_an_answer(self, studybuddy: Command) -> None:
        line = '{"derivation": "drill/mse", "step": "gradient", "answer": "\\ud800"}'
        done = studybuddy("check", "--batch", "-", stdin=line + "\n")
        assert json.loads(done.out)["verdict"] == "unreadable"


def test_it_works_while_another_process_writes(studybuddy: Command, home: Path) -> None:
    assert studybuddy("add", "--front", "a", "--back", "b").code == 0
    (database,) = home.rglob("*.db")
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdin is not None
        assert writer.stdout.readline() == "writing\n"
        done = studybuddy("check", "linear-backward", "dw", "X.T @ dZ")
        writer.stdin.write("\n")
        writer.stdin.flush()
    assert (done.code, done.out.splitlines()[0]) == (0, "right")


def test_nothing_is_recorded(studybuddy: Command) -> None:
    before = studybuddy("today", "--json").json
    assert studybuddy("check", "linear-backward", "dw", "X.T @ dZ").code == 0
    assert studybuddy("today", "--json").json == before
