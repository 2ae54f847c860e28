"""The checker is loaded by the first answer: neither the app nor a command that only reads needs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

NAMES = "[name for name in sys.modules if name.startswith(('studybuddy.derivation', 'pylatexenc'))]"
STARTS = {
    "app": "import studybuddy.tui.run, studybuddy.tui.app, studybuddy.study.wiring",
    "desk": "import studybuddy.study.checking, studybuddy.study.derivations, studybuddy.study.derivation",
    "today": "from studybuddy.cli.main import run; run(['--data-dir', sys.argv[1], 'today', '--json'])",
    "derivation": (
        "from studybuddy.study.wiring import Study; from studybuddy.study.launch import Launch; "
        "Study(Launch(sys.argv[1], 'en'), writer='test').derivations.get('drill/mse')"
    ),
}


@pytest.mark.parametrize("start", STARTS)
def test_not_loaded(start: str, tmp_path: Path) -> None:
    code = f"import sys; {STARTS[start]}; print(); print({NAMES})"
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], check=True, capture_output=True, text=True, timeout=50
    )
    assert done.stdout.splitlines()[-1] == "[]"
