"""A child that this process started itself, and waits for itself."""

from __future__ import annotations

import os
import signal
import sys
import time
from subprocess import Popen

from studybuddy.runner.processes import (
    KILL,
    Usage,
    direct_children,
    family,
    kill_group,
    peak_mb,
    resident_mb,
    send_signal,
)

_SWEEPS = 20


class OwnChild:
    """A process from `Popen`, with its family. `tag`: what its descendants bear in their environment."""

    def __init__(self, process: Popen[bytes], tag: str) -> None:
        self._process = process
        self._tag = tag
        self._used = Usage(0.0, 0.0)

    @property
    def pid(self) -> int:
        """See `Watched`."""
        return self._process.pid

    @property
    def status(self) -> int:
        """See `Watched`."""
        return self._process.returncode or 0

    @property
    def lost(self) -> bool:
        """See `Watched`."""
        return False

    def dump_stacks(self) -> None:
        """See `Watched`."""
        if sys.platform != "win32":
            send_signal(self.pid, signal.SIGUSR1)

    def has_ended(self) -> bool:
        """See `Watched`."""
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
        """See `Watched`."""
        children = direct_children(self.pid)
        return children > most or (children > 0 and len(family(self.pid, self._tag)) > most)

    def resident_mb(self) -> float:
        """See `Watched`."""
        return resident_mb(self.pid, self._tag)

    def end(self) -> Usage:
        """See `Watched`."""
        if self._process.returncode is not None and sys.platform != "linux":
            return self._used
        known = family(self.pid, self._tag) if direct_children(self.pid) else []
        self._kill()
        for pid in known:  # found by parentage, which ends with the parent
            send_signal(pid, KILL)
        for _ in range(_SWEEPS):
            survivors = family(self.pid, self._tag)
            if not survivors:
                break
            for pid in survivors:
                send_signal(pid, KILL)
            time.sleep(0.002)
        if self._process.returncode is None:
            self._wait(0)
        return self._used

    def _kill(self) -> None:
        if sys.platform == "win32":
            self._used = Usage(0.0, peak_mb(self.pid))
            self._process.kill()
        else:
            kill_group(self.pid)

    def _wait(self, options: int) -> None:
        if sys.platform == "win32":
            self._process.wait()
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
