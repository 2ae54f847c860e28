"""What a program tried and was refused: told to the judge as it happens, and asked about where a run ends.

An audit hook hears of attempts before the kernel does, and of those that Python makes alone: it explains the
wall and is no part of it. Where no wall stands it refuses signals to other processes, as well as it can.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from functools import cache
from opcode import opmap
from typing import Any

from studybuddy.runner.harness.bounds import BlockedError
from studybuddy.runner.harness.reach import Reach, name_of
from studybuddy.runner.harness.wall import Standing

_PROGRAM = "solution.py"
MOST = 8
LONGEST = 300
_EPERM, _EACCES, _EXDEV = 1, 13, 18
_REFUSALS = (_EPERM, _EACCES, _EXDEV)
_INTERNET = (2, 10)
_DEEPEST = 40
_CHAIN = 8
_OWN_RAISE = opmap["RAISE_VARARGS"]
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_OF_CALLS = ("connect", "program", "process", "signal", "change")
_OF_FILES = ("read", "write", "list", "remove")

_SIGNALS = frozenset(("os.kill", "os.killpg"))
_CALLS = {
    "socket.__new__": "socket",
    **dict.fromkeys(("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"), "connect"),
    **dict.fromkeys(("os.system", "subprocess.Popen", "os.exec", "os.posix_spawn"), "program"),
    **dict.fromkeys(("os.fork", "os.forkpty"), "process"),
    **dict.fromkeys(("os.chmod", "os.chown", "os.utime", "os.setxattr", "os.removexattr"), "change"),
}
_FILES: dict[str, tuple[str, tuple[int, ...]]] = {
    **dict.fromkeys(("os.listdir", "os.scandir"), ("list", (0,))),
    **dict.fromkeys(("os.mkdir", "os.truncate"), ("write", (0,))),
    **dict.fromkeys(("os.link", "os.rename"), ("write", (0, 1))),
    **dict.fromkeys(("os.remove", "os.rmdir"), ("remove", (0,))),
    "os.symlink": ("write", (1,)),
    "sqlite3.connect": ("read", (0,)),
}
"""Which of an event's arguments are paths."""
_HEARD = frozenset(("open", *_SIGNALS, *_CALLS, *_FILES))

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

    def watch(self, standing: Standing, send: Send) -> None:
        """Begin to listen, for good: an audit hook cannot be taken away."""
        self._standing, self._send = standing, send
        self._reach = Reach(standing)
        self._pid = os.getpid()
        self._session = os.getsid(0) if sys.platform != "win32" else 0
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event not in _HEARD:
            return
        try:
            attempt = self._attempt(event, arguments)
            if attempt is not None:
                self._note(attempt)
        except BlockedError:
            raise
        except Exception:  # odd arguments: the action itself will say so
            return

    def _attempt(self, event: str, arguments: tuple[Any, ...]) -> Attempt | None:
        if event in _SIGNALS:
            return self._signal(event, arguments[0])
        if event in _CALLS:
            return self._call(_CALLS[event], arguments) if self._standing.calls else None
        if not self._standing.files:
            return None
        if event == "open":
            return self._path("write" if arguments[2] & _WRITES else "read", arguments[:1])
        act, places = _FILES[event]
        return self._path(act, [arguments[place] for place in places])

    def _note(self, attempt: Attempt) -> None:
        act, target = attempt
        self._last["files" if act in _OF_FILES else "calls"] = attempt
        if len(self._told) < MOST and attempt not in self._told and self._send is not None:
            self._told.add(attempt)
            self._send("noticed", {"act": act, "target": target[:LONGEST]})

    # ---- attempts

    def _signal(self, event: str, target: int) -> Attempt | None:
        if event == "os.kill" and target == self._pid:
            return None
        if self._standing.calls:
            return ("signal", "")
        group = os.getsid(target) if event == "os.kill" and target > 0 else target
        if sys.platform == "win32" or group == self._session:
            return None
        self._note(("signal", ""))
        raise BlockedError("a signal to a process outside this program")

    def _call(self, act: str, arguments: tuple[Any, ...]) -> Attempt | None:
        if act == "connect":
            return ("connect", _host(arguments))
        if act == "socket":
            known = self._last.get("calls", ("", ""))[0] == "connect"
            return None if known or arguments[1] not in _INTERNET else ("connect", "")
        return (act, name_of(arguments[0]) if arguments and act != "process" else "")

    def _path(self, act: str, paths: Sequence[Any]) -> Attempt | None:
        for path in paths:
            if self._reach.refuses(path, act not in ("read", "list")) and not _while_importing():
                return (act, name_of(path))
        return None

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
        if isinstance(error, OSError) and error.errno in _REFUSALS and not _raised_by_hand(error):
            return self._of_kernel(error)
        name = f"{kind.__module__}.{kind.__qualname__}"
        if name == "socket.gaierror" and not _raised_by_hand(error):
            return self._last.get("calls")
        if name == "sqlite3.OperationalError" and "open database" in _text(error):
            return self._last.get("files")
        return None

    def _of_kernel(self, error: OSError) -> Attempt | None:
        """Seccomp says EPERM; Landlock EACCES, as modes of files do, or EXDEV, as a mount may."""
        if error.errno == _EPERM:
            return self._last.get("calls") or ("other", _text(error))
        latest, path = self._last.get("files"), error.filename
        if error.errno == _EXDEV:
            return latest
        if path is None or (latest is not None and latest[1] == name_of(path)):
            return latest or ("other", _text(error))
        return ("read", name_of(path)) if self._reach.refuses(path, False) else None


@cache
def notices() -> Notices:
    """The notices of this process."""
    return Notices()


def _host(arguments: tuple[Any, ...]) -> str:
    host, port = arguments[0], arguments[1] if len(arguments) > 1 else None
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "")
    return f"{name}:{port}" if port and name else name


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
