"""What is said of the wall, and for how long it is remembered."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from studybuddy.core.errors import RunnerError
from studybuddy.core.wall import WallReport
from studybuddy.i18n import say, use_language
from studybuddy.runner import canaries
from studybuddy.study import wall
from studybuddy.study.wall import known_wall, prove_wall, wall_phrase

STANDS = WallReport(51, ())
EVERYTHING = WallReport(51, ("read", "write", "network connect", "process fork"))


def test_it_is_proven_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = iter([STANDS, EVERYTHING])
    monkeypatch.setattr(canaries, "prove", lambda workers: next(reports))
    cache = tmp_path / "a" / "cache"
    assert known_wall(cache) is None
    assert prove_wall(cache) == STANDS
    assert known_wall(cache) == STANDS
    assert prove_wall(cache) == EVERYTHING
    assert known_wall(cache) == EVERYTHING
    assert [path.name for path in cache.iterdir()] == [wall.CACHE_NAME]


@pytest.mark.parametrize("what", ["kernel", "python", "version", "boot"])
def test_it_is_proven_again_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    monkeypatch.setattr(canaries, "prove", lambda workers: STANDS)
    prove_wall(tmp_path)
    if what == "kernel":
        monkeypatch.setattr("platform.platform", lambda: "Linux-0.01")
    elif what == "python":
        monkeypatch.setattr(sys, "executable", "/usr/bin/another")
    elif what == "version":
        monkeypatch.setattr(wall, "__version__", "99")
    else:
        monkeypatch.setattr(wall, "_BOOT", tmp_path / "nowhere")
        if not Path("/proc/sys/kernel/random/boot_id").exists():
            pytest.skip("no boot id here")
    assert known_wall(tmp_path) is None


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"of": []}', "[" * 9999, "\x00\xff", '{"of": 1, "tried": 1, "escapes": []}'],
)
def test_a_broken_memory_is_no_memory(tmp_path: Path, text: str) -> None:
    (tmp_path / wall.CACHE_NAME).write_bytes(text.encode("latin-1"))
    assert known_wall(tmp_path) is None


def test_a_memory_of_other_shape_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canaries, "prove", lambda workers: STANDS)
    prove_wall(tmp_path)
    path = tmp_path / wall.CACHE_NAME
    path.write_text(path.read_text().replace('"tried": 51', '"tried": "many"'))
    assert known_wall(tmp_path) is None


def test_a_place_that_cannot_be_written_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canaries, "prove", lambda workers: STANDS)
    (tmp_path / "cache").write_text("a file, not a folder")
    assert prove_wall(tmp_path / "cache") == STANDS


def test_that_nothing_can_be_run_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(workers: object) -> WallReport:
        raise RunnerError("cannot start {python}: {why}", python="python", why="no")

    monkeypatch.setattr(canaries, "prove", fail)
    with pytest.raises(RunnerError):
        prove_wall(tmp_path)
    assert list(tmp_path.iterdir()) == []


SAID = {
    EVERYTHING: "your code can read your files and use the network",
    WallReport(51, ("read link",)): "your code can read your files",
    WallReport(51, ("network datagram",)): "your code can use the network",
    WallReport(51, ("process fork", "process exec")): "process fork, process exec",
    WallReport(51, ("wall",)): "wall",
    WallReport(
        0, ("read", "write", "network", "process")
    ): "your code can read your files and use the network",
}


@pytest.mark.parametrize("report", SAID)
def test_what_is_open_is_said_and_never_called_a_sandbox(report: WallReport) -> None:
    sentence = say(wall_phrase(report))
    assert SAID[report] in sentence
    assert "limits" in sentence
    assert "sandbox" not in sentence
    use_language("zh")
    try:
        assert "沙箱" not in say(wall_phrase(report))
        assert "沙箱" in say(wall_phrase(STANDS))
    finally:
        use_language("en")


def test_a_wall_that_stands_is_said_with_its_proof() -> None:
    assert say(wall_phrase(STANDS)).startswith("sandboxed: ")
    assert "51" in say(wall_phrase(STANDS))
