"""A terminal for measuring: starts a program, presses keys, waits for words and for the end of drawing."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from pathlib import Path
from types import TracebackType

_CONTROL = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[P_^X][^\x1b]*\x1b\\|[ -/]*[0-~])"
)
QUIET_S = 0.02
"""Drawing has ended when nothing came for this long; a cursor that blinks later is not part of it."""


class Program:
    """A program in a terminal of 120 by 40; killed at the end of the `with`."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.started = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            inherited = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "LINES")}
            os.execvpe(command[0], command, {**inherited, "TERM": "xterm-256color", **environment})
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))

    def __enter__(self) -> Program:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._fd)

    def seconds_to(self, words: str, limit_s: float = 20.0) -> float:
        """Seconds from exec to the words (a regular expression) on the screen.

        Raises:
            TimeoutError: the words did not come.
        """
        wanted, seen = re.compile(words.encode()), b""
        while time.perf_counter() - self.started < limit_s:
            if select.select([self._fd], [], [], 0.05)[0]:
                try:
                    seen += os.read(self._fd, 65536)
                except OSError:
                    break
                if wanted.search(_CONTROL.sub(b"", seen)):
                    return time.perf_counter() - self.started
        raise TimeoutError(f"{words} did not appear: {_CONTROL.sub(b'', seen)[-400:]!r}")

    def press(self, key: str) -> tuple[float, int]:
        """Press a key: seconds to the last byte of what it drew, and how many bytes those were."""
        self.settle()
        started = last = time.perf_counter()
        os.write(self._fd, key.encode())
        drawn = 0
        while select.select([self._fd], [], [], QUIET_S if drawn else 1.0)[0]:
            drawn += len(os.read(self._fd, 65536))
            last = time.perf_counter()
        return last - started, drawn

    def type(self, keys: str) -> None:
        """Press keys without waiting for anything."""
        os.write(self._fd, keys.encode())

    def wait_for(self, words: str, limit_s: float) -> None:
        """Read what is drawn from now on until words (a regular expression) are among it.

        Raises:
            TimeoutError: the words did not come.
        """
        wanted, seen, end = re.compile(words.encode()), b"", time.perf_counter() + limit_s
        while time.perf_counter() < end:
            if select.select([self._fd], [], [], 0.05)[0]:
                seen = seen[-4096:] + os.read(self._fd, 65536)
                if wanted.search(_CONTROL.sub(b"", seen)):
                    return
        raise TimeoutError(f"{words} did not appear: {_CONTROL.sub(b'', seen)[-400:]!r}")

    def settle(self) -> None:
        """Wait until nothing is drawn any more."""
        while select.select([self._fd], [], [], QUIET_S)[0]:
            os.read(self._fd, 65536)

    def memory_mb(self) -> float:
        """Resident memory of the process (Linux)."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert found is not None
        return int(found[1]) / 1024


def seconds_to(words: str, command: list[str], environment: dict[str, str]) -> float:
    """Seconds from exec to the words on the screen; the program is then killed."""
    with Program(command, environment) as program:
        return program.seconds_to(words)
