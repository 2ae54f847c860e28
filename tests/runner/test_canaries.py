"""The attempts to get out tell a wall from none, and the traps notice what the attempts would not admit."""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from studybuddy.core.verdict import JudgeResult, Verdict
from studybuddy.core.wall import WallReport
from studybuddy.runner import canaries
from studybuddy.runner.harness import wall
from studybuddy.runner.warm.workers import Workers

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="there is a wall on Linux alone")


def kernel_has_a_wall() -> bool:
    """Whether this kernel has what the wall is made of."""
    materials = wall.prepare() if sys.platform == "linux" else None
    return materials is not None and materials.abi > 0 and materials.machine is not None


@pytest.fixture(params=["forked", "fresh"])
def workers(request: pytest.FixtureRequest) -> Iterator[Workers]:
    """Children of both kinds."""
    with closing(Workers(forks=request.param == "forked", ahead=False)) as kept:
        yield kept


@pytest.mark.skipif(not kernel_has_a_wall(), reason="the kernel has no wall to raise")
def test_every_way_out_is_barred(workers: Workers) -> None:
    report = canaries.prove(workers)
    assert report.escapes == ()
    assert report.tried >= 50
    assert report.tier == "A"


def test_without_a_wall_the_ways_are_open(workers: Workers) -> None:
    report = canaries.prove(workers, walled=False)
    assert report.tier == "B"
    assert all(report.reaches(what) for what in ("read", "write", "network", "process"))
    openly = {"read", "read /proc/pid/environ", "write", "network connect", "network listen", "process fork"}
    assert openly <= set(report.escapes)
    assert {"process exec", "process signal", "process trace", "wall"} <= set(report.escapes)


def test_the_attempts_leave_nothing(
    workers: Workers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for walled in (True, False):
        canaries.prove(workers, walled=walled)
    assert list(tmp_path.iterdir()) == []
    assert list(Path("/dev/shm").glob("studybuddy-*")) == []


def lying(monkeypatch: pytest.MonkeyPatch, act: Any, **result: Any) -> WallReport:
    """A report where the program says that everything was refused, after it has done `act`."""

    def judge(exercise: Any, source: str, **_: Any) -> JudgeResult:
        line = next(line for line in source.splitlines() if line.startswith("PLACES:"))
        places = json.loads(eval(line.partition("json.loads(")[2][:-1]))
        act(places)
        rows = [{"name": name, "outcome": "refused"} for name in canaries.ESSENTIAL]
        printed = "".join(json.dumps(row) + "\n" for row in rows)
        fields: dict[str, Any] = {"stdout": printed, "walled": True} | result
        return JudgeResult("wall", Verdict.AC, **fields)

    monkeypatch.setattr(canaries, "judge", judge)
    return canaries.prove()


def test_a_program_that_does_nothing_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert lying(monkeypatch, lambda places: None).stands


def datagram(places: dict[str, Any]) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"x", ("127.0.0.1", places["udp"]))


ACTS: dict[str, tuple[Any, str]] = {
    "a changed file": (lambda places: Path(places["secret"]).write_text("x"), "write"),
    "a removed file": (lambda places: Path(places["secret"]).unlink(), "write"),
    "a new file": (lambda places: Path(places["folder"], "new").touch(), "write"),
    "another mode": (lambda places: Path(places["secret"]).chmod(0o644), "write"),
    "a connection": (lambda places: socket.create_connection(("127.0.0.1", places["tcp"])), "network"),
    "a datagram": (datagram, "network"),
}


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", ACTS)
def test_traps_notice_what_a_program_denies(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    act, reached = ACTS[name]
    report = lying(monkeypatch, act)
    assert report.tier == "B"
    assert report.reaches(reached)


@pytest.mark.parametrize(
    "result",
    [
        {"walled": False},
        {"stdout": ""},
        {"stdout": "[]\n{}\n1\n" * 3},
        {"stdout": '{"name": "read", "outcome": "refused"}\n'},
        {"stdout": "".join(f'{{"name": "{n}", "outcome": "failed"}}\n' for n in sorted(canaries.ESSENTIAL))},
    ],
)
def test_what_is_not_shown_is_not_claimed(monkeypatch: pytest.MonkeyPatch, result: dict[str, Any]) -> None:
    assert not lying(monkeypatch, lambda places: None, **result).stands


def test_a_report_of_nothing_claims_nothing() -> None:
    assert WallReport(0, ()).tier == "B"
    assert not WallReport(0, ()).stands
