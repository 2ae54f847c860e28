from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studybuddy.cli.live_output import LiveOutput
from tests.cli.conftest import Command


@pytest.mark.parametrize(
    ("pieces", "shown"),
    [
        (["one\ntw", "o\n"], "one\ntwo\n"),
        (["wait", "ing", "…"], "waiting…\n"),
        ([" 1%\r", " 50%\r100", "%\r", "\ndone\n"], "100%\ndone\n"),
        (["\x1b[3", "1mred\x1b", "[0m\n"], "red\n"),
        (["\x1b]52;c;", "cHduZWQ=\x07after\n"], "after\n"),
        (["abc", "\rX\n"], "abc\nXbc\n"),
        (["a\r", "\nb\r\n"], "a\nb\n"),
        (["\x00\x07\x85"], "␀␇\ufffd\n"),
        ([], ""),
    ],
)
def test_pieces_come_out_as_lines(capsys: pytest.CaptureFixture[str], pieces: list[str], shown: str) -> None:
    live = LiveOutput()
    for piece in pieces:
        live.write(piece)
    live.close()
    assert capsys.readouterr().out == shown


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.sampled_from("ab\t\n\r\b\x1b[]0;m\x07\x9b\x9d\u202e"), max_size=8), max_size=8))
def test_no_control_code_reaches_the_terminal(capsys: pytest.CaptureFixture[str], pieces: list[str]) -> None:
    capsys.readouterr()
    live = LiveOutput()
    for piece in pieces:
        live.write(piece)
    live.close()
    assert all(char == "\n" or char.isprintable() for char in capsys.readouterr().out)


def test_a_run_prints_no_control_codes(studybuddy: Command) -> None:
    program = r"print('\x1b[2J\x1b]0;owned\x07 1%\r100%\x1b[31m red')"
    done = studybuddy("run", "training-loop", "--file", "-", stdin=program)
    assert done.code == 1
    assert done.out.startswith("100% red\n")
    assert not set(done.out) & set("\x1b\x07\r")
