"""A terminal for measuring: starts a program in one and waits for words on its screen."""

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

_CONTROL = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[P_^X][^\x1b]*\x1b\\|[ -/]*[0-~])"
)


def seconds_to(words: str, command: list[str], environment: dict[str, str], limit_s: float = 20.0) -> float:
    """Seconds from exec to the words on the screen; the program is then killed.

    Raises:
        TimeoutError: the words did not come.
    """
    wanted = re.compile(words.encode())
    started = time.perf_counter()
    pid, fd = pty.fork()
    if pid == 0:
        inherited = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "LINES")}
        os.execvpe(command[0], command, {**inherited, "TERM": "xterm-256color", **environment})
    try:
        fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        seen = b""
        while time.perf_counter() - started < limit_s:
            if select.select([fd], [], [], 0.05)[0]:
                try:
                    seen += os.read(fd, 65536)
                except OSError:
                    break
                if wanted.search(_CONTROL.sub(b"", seen)):
                    return time.perf_counter() - started
        raise TimeoutError(f"{words} did not appear: {_CONTROL.sub(b'', seen)[-400:]!r}")
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(fd)
