from __future__ import annotations

import sys
from pathlib import Path

import pytest

from studybuddy.core.errors import StudybuddyError
from studybuddy.study.editor import edit_outside, editor_command
from studybuddy.study.loss_watch import LossWatch

APPENDS = "import sys; open(sys.argv[1], 'ab').write(b'# changed\\r\\n\\xff')"


def test_the_setting_comes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    with pytest.raises(StudybuddyError, match="no editor is named"):
        editor_command("")
    monkeypatch.setenv("EDITOR", "vi")
    assert editor_command("") == ["vi"]
    monkeypatch.setenv("VISUAL", "'my editor' -w")
    assert editor_command("") == ["my editor", "-w"]
    assert editor_command("nano -l") == ["nano", "-l"]
    with pytest.raises(StudybuddyError, match="cannot be started"):
        editor_command("'open")


def test_a_text_comes_back_changed_and_nothing_is_left() -> None:
    back = edit_outside([sys.executable, "-c", APPENDS], "x = '中'\n\ud800", "solution.py")
    assert back == "x = '中'\n?# changed\n\ufffd"


def test_an_editor_that_fails_is_said(tmp_path: Path) -> None:
    with pytest.raises(StudybuddyError) as failed:
        edit_outside([sys.executable, "-c", "raise SystemExit(3)"], "x", "solution.py")
    assert failed.value.parameters["code"] == 3
    with pytest.raises(StudybuddyError, match="cannot be started"):
        edit_outside([str(tmp_path / "none")], "x", "solution.py")
    removes = "import os, sys; os.unlink(sys.argv[1])"
    with pytest.raises(StudybuddyError, match="left no file to read"):
        edit_outside([sys.executable, "-c", removes], "x", "solution.py")


def test_losses_are_read_from_whole_lines_only() -> None:
    watch = LossWatch(r"Epoch (\d+): Loss = (\S+)")
    assert watch.read() is None
    watch.write("Epoch 0: Loss = 12")
    assert watch.read() is None
    watch.write("3.5\nEpoch 1: Lo")
    assert watch.read() == ((0, 123.5),)
    assert watch.read() is None
    watch.write("ss = 7\n")
    assert watch.read() == ((0, 123.5), (1, 7.0))
