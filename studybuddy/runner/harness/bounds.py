"""What the child does to itself before the learner's code runs: limits, last words, private descriptors.

The outer half (deadlines, killing, output) belongs to the judge. Not enforced: memory on macOS, whose kernel
ignores RLIMIT_AS; every limit of this file on Windows, where only wall time and output are bounded. Each
process that the learner starts has the memory limit for itself. Files and the network are the wall's part.
"""

from __future__ import annotations

import ctypes
import faulthandler
import math
import os
import signal
import sys
from functools import cache
from typing import Any

MB = 1 << 20
FILE_MB = 16
OPEN_FILES = 256
PRIVATE_DESCRIPTOR = 200
SPARE_MB = 128
"""Added to the hard memory limit, so that the harness can still report when the learner's part is used up."""
ARENA_MB = 96
"""Address space that a second thread's heap and OpenBLAS's buffers reserve without using it."""
_PR_SET_PDEATHSIG = 1

if sys.platform != "win32":
    import fcntl
    import resource


@cache
def c_library() -> ctypes.CDLL:
    """The C library of this process; opening it takes a quarter of a millisecond."""
    return ctypes.CDLL(None)


def die_with(parent: int) -> None:
    """End when the judge's thread ends (Linux). `parent`: its process id, for it may be gone already."""
    if sys.platform == "linux":
        c_library().prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(0)


def adopt(number: int) -> int:
    """A descriptor of the judge's, moved out of the way and closed in programs the learner starts.

    A program that writes to every small descriptor then meets none of the harness's. On Windows `number` is a
    handle, and the descriptor keeps its place.
    """
    if sys.platform == "win32":
        import msvcrt

        return msvcrt.open_osfhandle(number, os.O_BINARY)
    else:
        moved = fcntl.fcntl(number, fcntl.F_DUPFD_CLOEXEC, PRIVATE_DESCRIPTOR)
        os.close(number)
        return moved


def leave_last_words(descriptor: int) -> None:
    """Have the Python stacks written to `descriptor` at a crash, on SIGUSR1 and when CPU time runs out."""
    faulthandler.enable(file=descriptor, all_threads=True)
    if sys.platform != "win32":
        faulthandler.register(signal.SIGUSR1, file=descriptor, all_threads=True, chain=False)
        faulthandler.register(signal.SIGXCPU, file=descriptor, all_threads=True, chain=True)


class BlockedError(PermissionError):
    """What a program meets that reaches for processes other than its own."""


class Memory:
    """The address-space limit: `budget_mb` above what the process holds now."""

    def __init__(self, budget_mb: int) -> None:
        self._soft = self._hard = 0
        if sys.platform == "linux":
            held = int(_read("/proc/self/statm").split()[0]) * resource.getpagesize()
            self._soft = held + (budget_mb + ARENA_MB) * MB
            self._hard = self._soft + SPARE_MB * MB

    def tighten(self) -> None:
        """Hold the learner's code to its budget."""
        self._set(self._soft)

    def relax(self) -> None:
        """Let the harness report, even if the learner's code has used its budget up."""
        self._set(self._hard)

    def _set(self, size: int) -> None:
        if sys.platform == "linux":
            try:
                resource.setrlimit(resource.RLIMIT_AS, (size, self._hard))
            except (ValueError, OSError):  # the learner has lowered the limits further
                return


def restrict(cpu_s: float) -> None:
    """Bound CPU seconds (above those used already), file size, open files; no core files."""
    if sys.platform != "win32":
        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = max(1, math.ceil(used.ru_utime + used.ru_stime + cpu_s))
        wanted: list[tuple[Any, int, int]] = [
            (resource.RLIMIT_CPU, seconds, seconds + 1),
            (resource.RLIMIT_FSIZE, FILE_MB * MB, FILE_MB * MB),
            (resource.RLIMIT_NOFILE, OPEN_FILES, OPEN_FILES),
            (resource.RLIMIT_CORE, 1, 1),  # at 0 a crash reporter is still called
        ]
        for limit, soft, hard in wanted:
            try:
                resource.setrlimit(limit, (soft, hard))
            except (ValueError, OSError):  # already lower for the whole account
                continue


def peak_kb() -> int:
    """Peak resident memory of this process in KB, 0 where the system does not say."""
    if sys.platform == "linux":
        try:
            _before, _name, rest = _read("/proc/self/status").partition(b"VmHWM:")
            return int(rest.split(maxsplit=1)[0])
        except (OSError, ValueError, IndexError):
            return 0
    return 0


def _read(path: str) -> bytes:
    """A pseudo file of a page or less; text would load a codec first."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return os.read(descriptor, 8192)
    finally:
        os.close(descriptor)
