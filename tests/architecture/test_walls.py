"""The house holds: who imports whom, what the start loads, how large things are, which keys have words."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "studybuddy"
SOURCES = sorted(PACKAGE.rglob("*.py"))
HARD_LIMIT = 400
LONGEST_FUNCTION = 50
HEAVY = ("numpy", "torch", "fsrs", "sqlite_utils", "markdown_it", "mdit_py_plugins", "latex2mathml", "pandas")


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.timeout(180)
def test_types_are_right() -> None:
    done = run("-m", "mypy")
    assert done.returncode == 0, done.stdout


def test_lint_is_silent() -> None:
    done = run("-m", "ruff", "check", ".")
    assert done.returncode == 0, done.stdout


def test_format_is_kept() -> None:
    done = run("-m", "ruff", "format", "--check", "studybuddy", "tests")
    assert done.returncode == 0, done.stdout


def test_walls_stand() -> None:
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    done = run("-c", program)
    assert done.returncode == 0, done.stdout


def loaded_by(program: str) -> set[str]:
    """The modules in `sys.modules` after a program ran in a process of its own."""
    done = run("-c", program + "\nimport json, sys; print(json.dumps(sorted(sys.modules)))")
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_the_plan_of_the_day_loads_nothing_heavy(tmp_path: Path) -> None:
    program = (
        "from studybuddy.cli.main import run\n"
        f"import os; run(['today', '--json', '--data-dir', {str(tmp_path)!r}])\n"
        f"assert run(['today', '--json', '--data-dir', {str(tmp_path)!r}]) == 0"
    )
    loaded_by(program)  # the first call makes the course index
    modules = loaded_by(program)
    assert not modules & {*HEAVY, "textual", "rich", "platformdirs", "asyncio"}


def test_the_start_of_the_app_loads_nothing_heavy(tmp_path: Path) -> None:
    program = (
        "from studybuddy.study.launch import Launch\n"
        "from studybuddy.tui.study_thread import StudyThread\n"
        f"thread = StudyThread(Launch({str(tmp_path)!r}, 'en'))\n"
        "plan = thread.now(lambda study: study.day.plan())\n"
        "from studybuddy.tui.app import StudybuddyApp\n"
        "app = StudybuddyApp(thread, plan)\n"
        "thread.close()"
    )
    loaded_by(program)
    assert not loaded_by(program) & {
        *HEAVY,
        "tree_sitter",
        "textual.widgets._markdown",
        "textual.widgets._text_area",
    }


@pytest.mark.parametrize("room", ["core", "course", "memory", "runner", "mathtext", "store", "study", "cli"])
def test_a_room_without_screens_loads_no_textual(room: str) -> None:
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (PACKAGE / room).rglob("*.py")
        if "harness" not in path.parts
    ]
    modules = loaded_by("\n".join(f"import {name}" for name in names))
    assert not {name for name in modules if name.split(".")[0] in ("textual", *HEAVY)}


def test_files_and_functions_stay_small() -> None:
    too_long = []
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > HARD_LIMIT:
            too_long.append(f"{path.name}: {text.count(chr(10))} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    too_long.append(f"{path.name}:{node.lineno} {node.name}: {length} lines")
    assert too_long == []
    app = (PACKAGE / "tui" / "app.py").read_text(encoding="utf-8")
    assert app.count("\n") <= 150


def test_style_sheets_use_theme_variables_only() -> None:
    import re

    colours = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|:\s*(?:red|green|blue|yellow|white|black)\b")
    found = [
        f"{path.name}: {line.strip()}"
        for path in PACKAGE.rglob("*.tcss")
        for line in path.read_text(encoding="utf-8").splitlines()
        if colours.search(line) and not re.match(r"\s*#[\w-]+\s*[{>,.:]|\s*[\w.]*\s*#[\w-]+", line)
    ]
    assert found == []
