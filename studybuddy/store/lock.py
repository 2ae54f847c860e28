"""The right to write: one process at a time, by an advisory lock on a file beside the database.

The lock is the kernel's, so it is gone with its process however that ends; the text only tells who it is.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from studybuddy.core.errors import StoreBusyError, StoreReadOnlyError


class WriterLock:
    """Holds the lock from construction to `release`."""

    def __init__(self, path: Path, holder: str, wait_s: float) -> None:
        """Take the lock at `path` for `holder`.

        Raises:
            StoreBusyError: another process kept it for `wait_s` seconds; the error names it.
            StoreReadOnlyError: the lock file cannot be written.
        """
        try:
            self._fd: int | None = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            raise StoreReadOnlyError(
                "cannot write to {path} ({reason}); nothing was saved. "
                "Choose another folder with --data-dir or STUDYBUDDY_HOME",
                path=path.parent,
                reason=error.strerror,
            ) from error
        deadline = time.monotonic() + wait_s
        while not _try_lock(self._fd):
            if time.monotonic() >= deadline:
                who = os.pread(self._fd, 200, 0).decode(errors="replace").strip()
                os.close(self._fd)
                self._fd = None
                if not who:
                    raise StoreBusyError("your data is in use by another program; close it and try again")
                raise StoreBusyError("your data is in use by {holder}; close it and try again", holder=who)
            time.sleep(0.02)
        os.ftruncate(self._fd, 0)
        os.pwrite(self._fd, f"{holder} (pid {os.getpid()})\n".encode(), 0)

    def release(self) -> None:
        """Let the next writer in. Releasing twice is harmless."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None


def _try_lock(fd: int) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows
        return _try_lock_windows(fd)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _try_lock_windows(fd: int) -> bool:
    import importlib

    msvcrt = importlib.import_module("msvcrt")
    try:
        os.lseek(fd, 1 << 20, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    return True
