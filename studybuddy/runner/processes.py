"""Ends a run's processes, all of them, and looks at them while they live.

On Linux a run's family is found by session, by parentage and by the tag that every process inherits in its
environment (`STUDYBUDDY_RUN`), so a grandchild that called `setsid` and lost its parent is found too. Not
covered: a process that replaced both its session and its environment and whose parent has ended; anything but
the process group on macOS; anything but the child itself on Windows.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from subprocess import Popen
from typing import NamedTuple

TAG = "STUDYBUDDY_RUN"
_PROC = Path("/proc")
_SWEEPS = 20


class Usage(NamedTuple):
    """What a process has used: CPU seconds and peak resident MB."""

    cpu_s: float
    peak_mb: float


class _Process(NamedTuple):
    pid: int
    state: str
    parent: int
    group: int
    session: int
    started: int


def _read(pid: int) -> _Process | None:
    try:
        text = (_PROC / str(pid) / "stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    fields = text[text.rindex(")") + 2 :].split()
    return _Process(pid, fields[0], int(fields[1]), int(fields[2]), int(fields[3]), int(fields[19]))


def family(leader: int, tag: str) -> list[int]:
    """Living processes of the run other than the leader itself (Linux; elsewhere none are found)."""
    if sys.platform != "linux":
        return []
    first = _read(leader)
    if first is None:
        return []
    later = [
        process
        for entry in os.listdir(_PROC)  # noqa: PTH208 - names only, and many of them
        if entry.isdigit() and (process := _read(int(entry))) and process.started >= first.started
    ]
    members = {leader}
    grown = True
    while grown:
        found = {p.pid for p in later if p.parent in members or leader in (p.group, p.session)}
        grown = not found <= members
        members |= found
    members |= {p.pid for p in later if p.pid not in members and _bears(p.pid, tag)}
    alive = {p.pid for p in later if p.state not in "ZX"}
    return sorted(members & alive - {leader, os.getpid()})


def _bears(pid: int, tag: str) -> bool:
    try:
        return f"{TAG}={tag}".encode() in (_PROC / str(pid) / "environ").read_bytes().split(b"\0")
    except OSError:
        return False


def direct_children(pid: int) -> int:
    """How many children the threads of a process have (Linux, where the kernel lists them; else 0)."""
    if sys.platform != "linux":
        return 0
    count = 0
    try:
        for thread in (_PROC / str(pid) / "task").iterdir():
            count += len((thread / "children").read_bytes().split())
    except OSError:
        return count
    return count


def peak_mb(pid: int) -> float:
    """Peak resident memory so far in MB (Linux; else 0)."""
    if sys.platform == "linux":
        try:
            status = (_PROC / str(pid) / "status").read_text(encoding="ascii", errors="replace")
        except OSError:
            return 0.0
        for line in status.splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return 0.0


class Watched:
    """A child process and its family: whether it has ended, its end, and what it used."""

    def __init__(self, process: Popen[bytes], tag: str) -> None:
        self._process = process
        self._tag = tag
        self._used = Usage(0.0, 0.0)

    @property
    def pid(self) -> int:
        """The child's process id; on POSIX also its group and session."""
        return self._process.pid

    @property
    def status(self) -> int:
        """Exit code of the reaped child, negative for a signal."""
        return self._process.returncode or 0

    def dump_stacks(self) -> None:
        """Ask the child to write its Python stacks to the stack channel (POSIX)."""
        if sys.platform != "win32":
            _signal(self.pid, signal.SIGUSR1)

    def has_ended(self) -> bool:
        """Whether the child has ended. On Linux it is not reaped yet, so that its group stays ours."""
        if self._process.returncode is not None:
            return True
        if sys.platform == "win32":
            return self._process.poll() is not None
        if sys.platform == "linux":
            try:
                return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
            except ChildProcessError:
                return True
        self._wait(os.WNOHANG)
        return self._process.returncode is not None

    def crowded(self, most: int) -> bool:
        """Whether the run has more than `most` processes."""
        children = direct_children(self.pid)
        return children > most or (children > 0 and len(family(self.pid, self._tag)) > most)

    def end(self) -> Usage:
        """Kill the child, its group and on Linux every member of the run that left the group; reap it."""
        if sys.platform == "win32":
            self._process.kill()
            self._process.wait()
            return self._used
        known = family(self.pid, self._tag) if direct_children(self.pid) else []
        _kill_group(self.pid)
        for pid in known:  # found by parentage, which ends with the parent
            _signal(pid, signal.SIGKILL)
        for _ in range(_SWEEPS):
            survivors = family(self.pid, self._tag)
            if not survivors:
                break
            for pid in survivors:
                _signal(pid, signal.SIGKILL)
            time.sleep(0.002)
        if self._process.returncode is None:
            self._wait(0)
        return self._used

    def _wait(self, options: int) -> None:
        if sys.platform == "win32":
            return
        try:
            pid, status, used = os.wait4(self.pid, options)
        except ChildProcessError:  # somebody else has waited for it
            self._process.returncode = 0
            return
        if pid:
            self._process.returncode = os.waitstatus_to_exitcode(status)
            unit = 1 << 20 if sys.platform == "darwin" else 1024
            self._used = Usage(used.ru_utime + used.ru_stime, used.ru_maxrss / unit)


def _kill_group(leader: int) -> None:
    if sys.platform == "win32":
        return
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):  # nobody left; on macOS also: only zombies left
        _signal(leader, signal.SIGKILL)


def _signal(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except (ProcessLookupError, PermissionError):
        return
