"""One hostile program run as the app runs it, and what it left behind.

As a program (`python -m tests.runner.hostile.trial TIER START`) it runs them all and prints one JSON line for
each: the tier is `A` or `B`, the start `forked` or `fresh`.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from studybuddy.core.exercise import Exercise, ExerciseKind, Limits
from studybuddy.core.verdict import JudgeResult
from studybuddy.runner.judge import judge
from studybuddy.runner.warm.workers import Workers
from tests.runner.hostile.programs import PROGRAMS, Hostile

LIMITS = Limits(wall_s=1.0, cpu_s=0.8, memory_mb=128, output_kb=256, case_wall_s=0.8)


class Outcome(NamedTuple):
    """The verdict of a trial and every trace it left, each in a word."""

    result: JudgeResult
    traces: list[str]


class Grounds(NamedTuple):
    """A folder for runs and one that is none of theirs."""

    scratch: Path
    outside: Path


@contextmanager
def grounds(base: Path) -> Iterator[Grounds]:
    """Both folders, the second with things worth keeping."""
    scratch, outside = base / "runs", base / "outside"
    for folder in (scratch, outside, outside / "precious"):
        folder.mkdir()
    for name in ("work.txt", "passwd", "secret.db", "precious/thesis.txt"):
        (outside / name).write_text(f"{name}: kept\n" * 9, encoding="ascii")
    yield Grounds(scratch, outside)


def state(folder: Path) -> str:
    """A digest of everything in a folder: names, contents, modes and times of change."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        digest.update(f"{path} {status.st_mode} {status.st_mtime_ns} {status.st_ctime_ns}".encode())
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()


def try_out(program: Hostile, where: Grounds, workers: Workers, *, walled: bool) -> Outcome:
    """Run a program; look at what was outside, at what is left in its place, and for survivors."""
    exercise = Exercise(
        id="test/hostile",
        kind=ExerciseKind.SCRIPT,
        title="",
        section="",
        starter="",
        reference="",
        limits=LIMITS,
        packages=program.packages,
    )
    source = program.source.replace("OUTSIDE", str(where.outside))
    before = state(where.outside)
    result = judge(exercise, source, scratch=where.scratch, workers=workers, walled=walled)
    traces = [f"left {path.name}" for path in where.scratch.iterdir()]
    if state(where.outside) != before:
        traces.append("changed what is outside")
    return Outcome(result, traces + [f"survivor {pid}" for pid in survivors(where.scratch)])


def survivors(scratch: Path) -> list[int]:
    """Living processes whose working folder is, or was, that of a run."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and _is_in(entry, scratch):
            found.append(int(entry.name))
    return found


def _is_in(process: Path, scratch: Path) -> bool:
    try:
        state_letter = (process / "stat").read_text(errors="replace").rpartition(")")[2].split()[0]
        return state_letter not in "ZX" and str((process / "cwd").readlink()).startswith(str(scratch))
    except OSError:
        return False


def run_all(*, walled: bool, forked: bool, python: Path) -> None:
    """Try them all and print what came of each."""
    numpy = importlib.util.find_spec("numpy") is not None
    with (
        tempfile.TemporaryDirectory() as base,
        closing(Workers(python, forks=forked, ahead=False)) as workers,
    ):
        for number, (name, program) in enumerate(PROGRAMS.items()):
            if program.packages and not numpy:
                continue
            folder = Path(base) / str(number)
            folder.mkdir()
            with grounds(folder) as where:
                began = time.monotonic()
                outcome = try_out(program, where, workers, walled=walled)
            row = {
                "name": name,
                "verdict": outcome.result.verdict.value,
                "right": outcome.result.verdict.value in program.verdicts(walled=walled),
                "said": outcome.result.message.format(**outcome.result.parameters),
                "traces": outcome.traces,
                "walled": outcome.result.walled,
                "seconds": round(time.monotonic() - began, 3),
                "notices": [notice.message for notice in outcome.result.notices],
            }
            print(json.dumps(row), flush=True)


if __name__ == "__main__":
    run_all(walled=sys.argv[1] == "A", forked=sys.argv[2] == "forked", python=Path(sys.executable))
