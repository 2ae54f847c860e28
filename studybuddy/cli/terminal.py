"""What the terminal says of itself, for the doctor."""

from __future__ import annotations

import os
import re
import select
import sys
import time

PATIENCE_S = 0.1
QUESTION = "\r∂\x1b[6n\r\x1b[K"
_ANSWER = re.compile(rb"\x1b\[\d+;(\d+)R")


def sign_width() -> int | None:
    """Cells of a sign such as ∂ on this terminal; None where there is no terminal, or no answer in time.

    Nobody is asked while keys wait to be read: the answer comes among them.
    """
    try:
        import termios
        import tty
    except ImportError:
        return None
    try:
        source, target = sys.stdin.fileno(), sys.stdout.fileno()
        if not (os.isatty(source) and os.isatty(target)) or _waits(source, 0):
            return None
        before = termios.tcgetattr(source)
        try:
            tty.setcbreak(source, termios.TCSANOW)
            os.write(target, QUESTION.encode())
            return _answer(source)
        finally:
            termios.tcsetattr(source, termios.TCSANOW, before)
    except (OSError, ValueError, termios.error, UnicodeEncodeError):
        return None


def _answer(source: int) -> int | None:
    read = b""
    end = time.monotonic() + PATIENCE_S
    while (left := end - time.monotonic()) > 0 and _waits(source, left):
        read += os.read(source, 1)
        if found := _ANSWER.search(read):
            return int(found[1]) - 1
    return None


def _waits(source: int, seconds: float) -> bool:
    return bool(select.select([source], [], [], seconds)[0])
