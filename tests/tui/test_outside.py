from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.app import SuspendNotSupported

from studybuddy.core.errors import StudybuddyError
from studybuddy.tui.outside import edit_elsewhere


class Giving:
    """Gives its terminal away as Textual does: an exception inside leaves it away."""

    def __init__(self) -> None:
        self.away = False
        self.given = 0

    @contextmanager
    def suspend(self) -> Iterator[None]:
        self.away = True
        self.given += 1
        yield
        self.away = False


class Keeping:
    @contextmanager
    def suspend(self) -> Iterator[None]:
        raise SuspendNotSupported("no")
        yield


def editor(tmp_path: Path, body: str) -> str:
    script = tmp_path / "editor.py"
    script.write_text(f"import os, signal, sys\npath = sys.argv[1]\n{body}\n")
    return f"{sys.executable} {script}"


def test_the_terminal_comes_back_however_the_editor_ends(tmp_path: Path) -> None:
    app: Any = Giving()
    ends = ("sys.exit(3)", "os.kill(os.getpid(), signal.SIGKILL)", "os.remove(path)")
    for chosen in (*(editor(tmp_path, body) for body in ends), str(tmp_path / "none")):
        with pytest.raises(StudybuddyError):
            edit_elsewhere(app, chosen, "x = 1\n")
        assert not app.away
    assert app.given == 4
    with pytest.raises(StudybuddyError, match="quotation"):
        edit_elsewhere(app, "'unmatched", "x")
    assert app.given == 4, "not given away for nothing"


def test_what_the_editor_leaves_comes_back(tmp_path: Path) -> None:
    app: Any = Giving()
    assert edit_elsewhere(app, editor(tmp_path, "open(path, 'ab').write(b'y\\r\\n')"), "x\n") == "x\ny\n"
    assert edit_elsewhere(app, editor(tmp_path, "open(path, 'w')"), "x\n") == ""
    with_arguments = editor(tmp_path, "path = sys.argv[-1]; open(path, 'w').write(sys.argv[1])")
    assert edit_elsewhere(app, f"{with_arguments} 'two words'", "x") == "two words"


@pytest.mark.skipif(sys.platform == "win32", reason="signals of a terminal")
def test_keys_that_end_the_editor_do_not_end_the_app(tmp_path: Path) -> None:
    app: Any = Giving()
    before = signal.getsignal(signal.SIGINT)
    both = editor(tmp_path, "os.kill(os.getppid(), signal.SIGINT); os.kill(os.getppid(), signal.SIGQUIT)")
    assert edit_elsewhere(app, both, "x") == "x"
    assert signal.getsignal(signal.SIGINT) is before
    with pytest.raises(StudybuddyError, match="ended with an error"):
        edit_elsewhere(app, editor(tmp_path, "os.kill(os.getpid(), signal.SIGINT)"), "x")


def test_a_terminal_that_cannot_be_given_away(tmp_path: Path) -> None:
    app: Any = Keeping()
    with pytest.raises(StudybuddyError, match="cannot be given"):
        edit_elsewhere(app, editor(tmp_path, "pass"), "x")
