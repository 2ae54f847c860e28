"""Looks at a run's processes while they live, and ends them, all of them.

A run's family is found by parentage, by session and group (POSIX) and by the tag that every process inherits
in its environment (`STUDYBUDDY_RUN`), so a grandchild that called `setsid` and lost its parent is found too.
Not covered: a process started without the fork server that replaced both its session and its environment and
whose parent has ended.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    import psutil

TAG = "STUDYBUDDY_RUN"
_PROC = Path("/proc")
_MB = 1 << 20
KILL: int = getattr(signal, "SIGKILL", signal.SIGTERM)
"""The signal that nothing withstands; on Windows every signal ends a process."""


class Usage(NamedTuple):
    """What a process has used: CPU seconds and peak resident MB."""

    cpu_s: float
    peak_mb: float


class Watched(Protocol):
    """A child process and its family, however it was started."""

    @property
    def pid(self) -> int:
        """The child's process id; on POSIX also its group and session."""

    @property
    def status(self) -> int:
        """Exit code of the reaped child, negative for a signal."""

    @property
    def lost(self) -> bool:
        """Whether the child ended because the process that forked it was ended from outside."""

    def dump_stacks(self) -> None:
        """Ask the child to write its Python stacks to the stack channel (POSIX)."""

    def has_ended(self) -> bool:
        """Whether the child has ended. On Linux it is not reaped yet, so that its group stays ours."""

    def crowded(self, most: int) -> bool:
        """Whether the run has more than `most` processes."""

    def resident_mb(self) -> float:
        """Resident memory of the child, and of its family where that is not bounded process by process."""

    def end(self) -> Usage:
        """Kill the child and all that it started; reap it. May be called again."""


def family(leader: int, tag: str) -> list[int]:
    """Living processes of the run other than the leader itself."""
    import psutil

    try:
        born = psutil.Process(leader).create_time()
    except psutil.Error:
        return []
    later = {}
    for process in psutil.process_iter():
        try:
            if process.create_time() >= born:
                later[process.pid] = (process, process.ppid())
        except psutil.Error:
            continue
    members = {leader} | {pid for pid, (process, _parent) in later.items() if _is_kin(process, leader, tag)}
    grown = True
    while grown:
        found = {pid for pid, (_process, parent) in later.items() if parent in members}
        grown = not found <= members
        members |= found
    members -= {leader, os.getpid()}
    return sorted(pid for pid in members if pid in later and _lives(later[pid][0]))


def _is_kin(process: psutil.Process, leader: int, tag: str) -> bool:
    import psutil

    if sys.platform != "win32":
        try:
            if leader in (os.getsid(process.pid), os.getpgid(process.pid)):
                return True
        except OSError:
            return False
    try:
        return process.environ().get(TAG) == tag
    except psutil.Error:
        return False


def _lives(process: psutil.Process) -> bool:
    import psutil

    try:
        return process.status() not in (psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD)
    except psutil.Error:
        return False


def direct_children(pid: int) -> int:
    """How many children a process has. Asked ten times a second: Linux keeps a list, others are searched."""
    if sys.platform == "linux":
        count = 0
        try:
            for thread in (_PROC / str(pid) / "task").iterdir():
                count += len((thread / "children").read_bytes().split())
        except OSError:
            return count
        return count
    import psutil

    try:
        return len(psutil.Process(pid).children())
    except psutil.Error:
        return 0


def peak_mb(pid: int) -> float:
    """Peak resident memory so far in MB (macOS: resident now; 0 for a process that has ended)."""
    if sys.platform == "linux":
        try:
            status = (_PROC / str(pid) / "status").read_text(encoding="ascii", errors="replace")
        except OSError:
            return 0.0
        for line in status.splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
        return 0.0
    import psutil

    try:
        used = psutil.Process(pid).memory_info()
    except psutil.Error:
        return 0.0
    return float(getattr(used, "peak_wset", used.rss)) / _MB


def resident_mb(pid: int, tag: str) -> float:
    """Resident memory of a process and, where it has children, of its family."""
    import psutil

    pids = [pid, *(family(pid, tag) if direct_children(pid) else ())]
    held = 0
    for member in pids:
        try:
            held += psutil.Process(member).memory_info().rss
        except psutil.Error:
            continue
    return held / _MB


def kill_group(leader: int) -> None:
    """Kill a process group (POSIX)."""
    if sys.platform == "win32":
        return
    try:
        os.killpg(leader, KILL)
    except (ProcessLookupError, PermissionError):  # nobody left; on macOS also: only zombies left
        send_signal(leader, KILL)


def send_signal(pid: int, number: int) -> None:
    """Signal a process that may be gone."""
    try:
        os.kill(pid, number)
    except (ProcessLookupError, PermissionError):
        return
