"""Every hostile program behind the wall: its verdict, and nothing left of it or changed by it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from studybuddy.runner.warm.workers import Workers
from tests.runner.hostile.programs import PROGRAMS
from tests.runner.hostile.trial import grounds, try_out

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="there is a wall on Linux alone")

LIMITED = (
    *("processes: fork bomb", "processes: daemon", "processes: kill the parent", "processes: kill everybody"),
    *("processes: environment of the parent", "files: remove a tree", "network: listen"),
)
"""Those that are told apart without the wall too; the full matrix is in `test_matrix.py`."""


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    """One fork server for all of them: a program that harms it would fail the next."""
    with closing(Workers()) as kept:
        yield kept


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_gets_its_verdict_and_leaves_nothing(workers: Workers, tmp_path: Path, name: str) -> None:
    program = PROGRAMS[name]
    with grounds(tmp_path) as where:
        result, traces = try_out(program, where, workers, walled=True)
    assert result.verdict.value in program.verdicts(walled=True), result
    assert result.walled
    assert traces == []
    assert "\n" not in result.message.format(**result.parameters)


@pytest.mark.parametrize("name", LIMITED)
def test_the_limits_alone_leave_no_survivor(workers: Workers, tmp_path: Path, name: str) -> None:
    program = PROGRAMS[name]
    with grounds(tmp_path) as where:
        result, traces = try_out(program, where, workers, walled=False)
    assert result.verdict.value in program.verdicts(walled=False), result
    assert result.walled is False
    assert [trace for trace in traces if not trace.startswith("changed")] == []


def test_nothing_persists_from_run_to_run(workers: Workers, tmp_path: Path) -> None:
    program = PROGRAMS["output: fine"]._replace(
        source=(
            "import os\nfound = []\n"
            "for place in ('.', '/tmp', '/dev/shm', '/run/lock', '/var/tmp'):\n"
            "  try:\n    found.append(os.path.exists(f'{place}/kept-by-a-run'))\n"
            "    open(f'{place}/kept-by-a-run', 'w').write('x')\n"
            "  except OSError: pass\n"
            "print(any(found))"
        )
    )
    with grounds(tmp_path) as where:
        runs = [try_out(program, where, workers, walled=True).result.stdout for _ in range(2)]
    assert runs == ["False\n", "False\n"]
