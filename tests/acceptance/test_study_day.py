from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow  # `.ci/run` does the same day with the installed wheel
@pytest.mark.timeout(240)
@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_study_day_with_the_installed_command(tmp_path: Path) -> None:
    """By keyboard in a terminal, tomorrow again, and the same in a pipe; from an empty folder."""
    command = Path(sys.executable).with_name("studybuddy")
    script = Path(__file__).with_name("study_day.py")
    done = subprocess.run(
        [sys.executable, str(script), str(command)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert list(tmp_path.iterdir()) == []
