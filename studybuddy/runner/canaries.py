"""What the wall is worth here: found out by trying to get out, in a child started like any other.

What is claimed of it (`doctor`, the lab) is what was tried and refused, and not what a version number
promises. The attempts are those of `canary_script.py`; whether the judge's own traps were touched counts too.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studybuddy.core.exercise import Exercise, ExerciseKind, Limits
from studybuddy.core.wall import WallReport
from studybuddy.runner.judge import judge
from studybuddy.runner.warm.workers import Workers

SCRIPT = Path(__file__).with_name("canary_script.py")
_MARK = "PLACES: dict[str, Any] = {}\n"
_EXERCISE = Exercise(
    id="wall",
    kind=ExerciseKind.SCRIPT,
    title="",
    section="",
    starter="",
    reference="",
    limits=Limits(wall_s=8.0, cpu_s=5.0, memory_mb=256, output_kb=256),
)
ESSENTIAL = frozenset(
    (
        *("read", "read /proc/pid/environ", "write", "write chmod"),
        *("network connect", "network listen", "network datagram"),
        *("process fork", "process exec", "process signal", "process trace"),
    )
)
"""These must be refused by the kernel; it is not enough that they came to nothing."""


def prove(workers: Workers | None = None, *, walled: bool = True) -> WallReport:
    """Try to get out. Takes about as long as a run; elsewhere than on Linux there is nothing to try.

    Raises:
        RunnerError: no program can be run at all.
    """
    if sys.platform != "linux":
        return WallReport(tried=0, escapes=("read", "write", "network", "process"))
    with _traps() as traps:
        result = judge(_EXERCISE, _source(traps.places), workers=workers, walled=walled)
        outcomes = _outcomes(result.stdout)
        escapes = [name for name, outcome in outcomes.items() if outcome == "open"]
        escapes += [name for name in sorted(ESSENTIAL) if outcomes.get(name) != "refused"]
        escapes += traps.touched()
        if not result.walled:
            escapes.append("wall")
    return WallReport(tried=len(outcomes), escapes=tuple(dict.fromkeys(escapes)))


def _source(places: dict[str, Any]) -> str:
    text = SCRIPT.read_text(encoding="utf-8")
    assert text.count(_MARK) == 1
    return text.replace(_MARK, f"PLACES: dict[str, Any] = json.loads({json.dumps(places)!r})\n")


def _outcomes(printed: str) -> dict[str, str]:
    """By name the last that was said of each attempt; what does not read is passed over."""
    found = {}
    for line in printed.splitlines():
        with suppress(ValueError, KeyError, TypeError):
            row = json.loads(line)
            found[str(row["name"])] = str(row["outcome"])
    return found


@dataclass(frozen=True, slots=True)
class _Traps:
    """Things outside the program's folder that show whether they were touched."""

    places: dict[str, Any]
    secret: Path
    token: str
    streams: tuple[socket.socket, ...]
    datagrams: socket.socket

    def touched(self) -> list[str]:
        """What changed or was heard although it should not have."""
        found = []
        folder = self.secret.parent
        unchanged = self.secret.is_file() and self.secret.read_text(encoding="ascii") == self.token
        if not unchanged or self.secret.stat().st_mode & 0o777 != 0o600 or len(list(folder.iterdir())) != 1:
            found.append("write")
        if self._heard():
            found.append("network")
        return found

    def _heard(self) -> bool:
        for stream in self.streams:
            with suppress(OSError):
                stream.accept()[0].close()
                return True
        with suppress(OSError):
            self.datagrams.recv(1)
            return True
        return False


@contextmanager
def _traps() -> Iterator[_Traps]:
    token = secrets.token_hex(16)
    with ExitStack() as stack:
        base = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="studybuddy-wall-")))
        folder = base / "outside"
        folder.mkdir()
        secret = folder / "secret"
        secret.write_text(token, encoding="ascii")
        secret.chmod(0o600)
        kinds = (socket.AF_INET, socket.AF_UNIX, socket.AF_UNIX)
        streams = tuple(stack.enter_context(socket.socket(kind, socket.SOCK_STREAM)) for kind in kinds)
        datagrams = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        shm = f"/dev/shm/studybuddy-{token}"  # noqa: S108 - where the attempt is made
        stack.callback(lambda: Path(shm).unlink(missing_ok=True))
        addresses: list[Any] = [("127.0.0.1", 0), str(base / "socket"), f"\0studybuddy-{token}"]
        for server, address in zip(streams, addresses, strict=True):
            server.bind(address)
            server.listen()
            server.setblocking(False)
        datagrams.bind(("127.0.0.1", 0))
        datagrams.setblocking(False)
        places = {
            "secret": str(secret),
            "folder": str(folder),
            "home": str(Path.home()),
            "pid": os.getpid(),
            "shm": shm,
            "tcp": streams[0].getsockname()[1],
            "udp": datagrams.getsockname()[1],
            "unix": str(base / "socket"),
            "abstract": f"studybuddy-{token}",
        }
        yield _Traps(places, secret, token, streams, datagrams)
