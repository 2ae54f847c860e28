"""What a program tried and was refused: told to the judge as it happens, and asked about where a run ends.

An audit hook hears of attempts before the kernel does, and of those that Python makes alone: it explains the
wall and is no part of it. Where no wall stands it refuses signals to other processes, as well as it can.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import cache
from opcode import opmap
from typing import Any

from studybuddy.runner.harness.bounds import BlockedError
from studybuddy.runner.harness.reach import Reach
from studybuddy.runner.harness.wall import Standing

_PROGRAM = "solution.py"
MOST = 8
LONGEST = 300
_EPERM, _EACCES = 1, 13
_INTERNET = (2, 10)
_DEEPEST = 40
_CHAIN = 8
_OWN_RAISE = opmap["RAISE_VARARGS"]
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_OF_CALLS = ("connect", "program", "process", "signal", "change")
_OF_FILES = ("read", "write", "list", "remove")

Attempt = tuple[str, str]
"""What was tried (one of the above, or `other`), and on what; the second may be empty."""
Send = Callable[[str, dict[str, Any]], None]


class Notices:
    """Hears of attempts. There is one in a process, as there is one wall."""

    def __init__(self) -> None:
        self._standing = Standing()
        self._reach = Reach(Standing())
        self._send: Send | None = None
        self._told: set[Attempt] = set()
        self._last: dict[str, Attempt] = {}
        self._pid = 0
        self._session = 0
        self._listen: dict[str, Callable[[tuple[Any, ...]], Attempt | None]] = {}

    def watch(self, standing: Standing, send: Send) -> None:
        """Begin to listen, for good: an audit hook cannot be taken away."""
        self._standing, self._send = standing, send
        self._reach = Reach(standing)
        self._pid = os.getpid()
        if sys.platform != "win32":
            self._session = os.getsid(0)
            self._listen.update({"os.kill": self._kill, "os.killpg": self._kill_group})
        if standing.calls:
            self._listen.update(_CALLS)
            self._listen["socket.__new__"] = self._socket
        if standing.files:
            self._listen.update(
                {event: self._on_paths(act, places) for event, (act, places) in _FILES.items()}
            )
            self._listen["open"] = self._open
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        listener = self._listen.get(event)
        if listener is None:
            return
        try:
            attempt = listener(arguments)
            if attempt is not None:
                self._note(attempt)
        except BlockedError:
            raise
        except Exception:  # odd arguments: the action itself will say so
            return

    def _note(self, attempt: Attempt) -> None:
        act, target = attempt
        self._last["files" if act in _OF_FILES else "calls"] = attempt
        if len(self._told) < MOST and attempt not in self._told and self._send is not None:
            self._told.add(attempt)
            self._send("noticed", {"act": act, "target": target[:LONGEST]})

    # ---- attempts, by audit event

    def _kill(self, arguments: tuple[Any, ...]) -> Attempt | None:
        pid = arguments[0]
        if pid == self._pid:
            return None
        if not self._standing.calls and (pid <= 0 or os.getsid(pid) != self._session):
            self._note(("signal", ""))
            raise BlockedError("os.kill of a process outside this program")
        return ("signal", "") if self._standing.calls else None

    def _kill_group(self, arguments: tuple[Any, ...]) -> Attempt | None:
        if not self._standing.calls and arguments[0] != self._session:
            self._note(("signal", ""))
            raise BlockedError("os.killpg of processes outside this program")
        return ("signal", "") if self._standing.calls else None

    def _socket(self, arguments: tuple[Any, ...]) -> Attempt | None:
        known = self._last.get("calls", ("", ""))[0] == "connect"
        return None if known or arguments[1] not in _INTERNET else ("connect", "")

    def _open(self, arguments: tuple[Any, ...]) -> Attempt | None:
        path, _mode, flags = arguments
        writes = bool(flags & _WRITES)
        if not self._reach.refuses(path, writes) or _while_importing():
            return None
        return ("write" if writes else "read", self._reach.name(path))

    def _on_paths(self, act: str, places: tuple[int, ...]) -> Callable[[tuple[Any, ...]], Attempt | None]:
        def listen(arguments: tuple[Any, ...]) -> Attempt | None:
            paths = [arguments[place] for place in places if place < len(arguments)]
            for path in paths:
                if self._reach.refuses(path, act not in ("read", "list")) and not _while_importing():
                    return (act, self._reach.name(path))
            return None

        return listen

    # ---- what an exception came from

    def cause(self, error: BaseException) -> Attempt | None:
        """The refused attempt that an uncaught exception stands for; None if it stands for something else.

        A library may have put an exception of its own in the place of the kernel's: its context is looked at.
        What the program raised itself, or did after it had caught a refusal, is its own affair.
        """
        try:
            return self._cause(error)
        except Exception:  # a hostile object
            return None

    def _cause(self, error: BaseException) -> Attempt | None:
        now: BaseException | None = error
        for _ in range(_CHAIN):
            if now is None:
                return None
            if (attempt := self._refused(now)) is not None:
                return attempt
            if _raised_in(now) == _PROGRAM:
                return None
            now = now.__cause__ or (None if now.__suppress_context__ else now.__context__)
        return None

    def _refused(self, error: BaseException) -> Attempt | None:
        kind = type(error)
        if kind is BlockedError:
            return ("signal", "")
        if not (self._standing.files or self._standing.calls):
            return None
        if isinstance(error, OSError) and error.errno in (_EPERM, _EACCES) and not _raised_by_hand(error):
            return self._of_kernel(error)
        name = f"{kind.__module__}.{kind.__qualname__}"
        if name == "socket.gaierror" and not _raised_by_hand(error):
            return self._last.get("calls")
        if name == "sqlite3.OperationalError" and "open database" in _text(error):
            return self._last.get("files")
        return None

    def _of_kernel(self, error: OSError) -> Attempt | None:
        """Seccomp says EPERM; Landlock EACCES, as modes of files do, the program's own among them."""
        if error.errno == _EPERM:
            return self._last.get("calls") or ("other", _text(error))
        latest, path = self._last.get("files"), error.filename
        if path is None or (latest is not None and latest[1] == self._reach.name(path)):
            return latest or ("other", _text(error))
        return ("read", self._reach.name(path)) if self._reach.refuses(path, False) else None


@cache
def notices() -> Notices:
    """The notices of this process."""
    return Notices()


def _host(arguments: tuple[Any, ...]) -> Attempt:
    host, port = arguments[0], arguments[1] if len(arguments) > 1 else None
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "")
    return ("connect", f"{name}:{port}" if port and name else name)


def _program(place: int) -> Callable[[tuple[Any, ...]], Attempt]:
    def listen(arguments: tuple[Any, ...]) -> Attempt:
        value = arguments[place]
        return ("program", os.fsdecode(value) if isinstance(value, (str, bytes, os.PathLike)) else "")

    return listen


def _change(arguments: tuple[Any, ...]) -> Attempt:
    value = arguments[0]
    return ("change", os.fsdecode(value) if isinstance(value, (str, bytes, os.PathLike)) else "")


_CALLS: dict[str, Callable[[tuple[Any, ...]], Attempt | None]] = {
    "socket.getaddrinfo": _host,
    "socket.gethostbyname": _host,
    "socket.gethostbyaddr": _host,
    "os.system": _program(0),
    "subprocess.Popen": _program(0),
    "os.exec": _program(0),
    "os.posix_spawn": _program(0),
    "os.fork": lambda _: ("process", ""),
    "os.forkpty": lambda _: ("process", ""),
    **dict.fromkeys(("os.chmod", "os.chown", "os.utime", "os.setxattr", "os.removexattr"), _change),
}
_FILES: dict[str, tuple[str, tuple[int, ...]]] = {
    "os.listdir": ("list", (0,)),
    "os.scandir": ("list", (0,)),
    "os.mkdir": ("write", (0,)),
    "os.truncate": ("write", (0,)),
    "os.symlink": ("write", (1,)),
    "os.link": ("write", (0, 1)),
    "os.rename": ("write", (0, 1)),
    "os.remove": ("remove", (0,)),
    "os.rmdir": ("remove", (0,)),
    "sqlite3.connect": ("read", (0,)),
}
"""Which of an event's arguments are paths."""


def _while_importing() -> bool:
    """Whether a module that is being imported does this, and not the program."""
    frame = sys._getframe(2)
    for _ in range(_DEEPEST):
        if frame is None or frame.f_code.co_filename == _PROGRAM:
            return False
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back  # type: ignore[assignment]
    return False


def _raised_in(error: BaseException) -> str:
    """The file of the frame that an exception came out of."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace.tb_frame.f_code.co_filename if trace is not None else ""


def _raised_by_hand(error: BaseException) -> bool:
    """Whether the program raised it with a statement of its own; the kernel's come out of a call."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None or trace.tb_frame.f_code.co_filename != _PROGRAM:
        return False
    return trace.tb_frame.f_code.co_code[trace.tb_lasti] == _OWN_RAISE


def _text(error: BaseException) -> str:
    text = str(error)
    return text[:LONGEST] if type(text) is str else ""
