"""Warm processes by what they have imported, and the choice between them and a fresh one.

On Linux a fork server for each set of packages; elsewhere, and once a fork server has failed, a process that
was started ahead of time, has imported its packages and waits for one program.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from studybuddy.core.errors import RunnerError
from studybuddy.runner.launch import Child, launch
from studybuddy.runner.warm.fork_server import ForkServer, ForkServerError, fingerprint

IDLE_S = 600.0
"""A warm process that nobody needed for so long is ended."""
CAN_FORK = sys.platform == "linux" and hasattr(os, "pidfd_open")
_Packages = frozenset[str]


class Workers:
    """Gives out children for runs. Safe from any thread. Close it: its processes end with it.

    `ahead` says whether to start processes before they are asked for where there is no fork server: an app
    that stays open gains by it, a command that runs one program does not.
    """

    def __init__(self, python: Path | None = None, *, forks: bool = CAN_FORK, ahead: bool = True) -> None:
        """`forks`: whether to use fork servers at all.

        The judge's own NumPy, which is loaded later, is kept to one thread: its sums are small, and more of
        its threads would take the learner's program its processor.
        """
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        self.python = python or Path(sys.executable)
        self._forks = forks
        self._ahead = ahead
        self._lock = threading.RLock()
        self._servers: dict[_Packages, ForkServer] = {}
        self._standby: dict[_Packages, tuple[Child, tuple[tuple[str, int], ...]]] = {}
        self._used: dict[_Packages, float] = {}
        self._timer: threading.Timer | None = None
        self._closed = False

    @property
    def forks(self) -> bool:
        """Whether a further child costs next to nothing."""
        return self._forks

    def prepare(self, packages: Sequence[str]) -> None:
        """Begin to warm a process up, without waiting for it.

        Raises:
            RunnerError: the interpreter cannot be started.
        """
        with self._lock:
            if self._closed:
                return
            if self._forks:
                server = self._server(frozenset(packages), exact=bool(packages))
                if self._ahead:
                    threading.Thread(target=_stock, args=(server,), daemon=True).start()
            elif self._ahead:
                self._put_on_standby(frozenset(packages))

    def knows(self, packages: Sequence[str]) -> bool:
        """Whether a process that has imported `packages` was started already, and has not been lost."""
        wanted = frozenset(packages)
        with self._lock:
            return any(known >= wanted for known in self._servers) or wanted in self._standby

    def child(self, packages: Sequence[str], scratch: Path | None = None) -> Child:
        """A child that has imported `packages`, in a folder of its own inside `scratch`.

        Raises:
            RunnerError: no interpreter can be started, or there is no place for the folder.
        """
        wanted = frozenset(packages)
        for _ in range(2):
            with self._lock:
                server = self._server(wanted) if self._forks and not self._closed else None
            if server is None:
                break
            try:
                return server.fork(scratch)
            except ForkServerError:  # killed from outside: a fresh one is as good
                with self._lock:
                    self._drop(server)
        else:
            self.distrust()
        with self._lock:
            standby, seen = self._standby.pop(wanted, (None, ()))
        if standby is not None and seen == fingerprint() and not standby.process.has_ended():
            return standby
        if standby is not None:
            standby.discard()
        return launch(self.python, packages, scratch)

    def restock(self, packages: Sequence[str]) -> None:
        """After a run: have the next child ready."""
        if not self._ahead:
            return
        wanted = frozenset(packages)
        with self._lock:
            knowing = [key for key in self._servers if key >= wanted]
            server = self._servers[min(knowing, key=len)] if knowing else None
        if server is not None:
            _stock(server)
        elif not self._forks:
            with suppress(RunnerError):
                self.prepare(packages)

    def distrust(self) -> None:
        """Fork no more in this process's life: a forked child did not come up."""
        with self._lock:
            self._forks = False
            for server in list(self._servers.values()):
                self._drop(server)

    def close(self) -> None:
        """End every warm process."""
        with self._lock:
            self._closed = True
            timer = self._timer
            if timer is not None:
                timer.cancel()
            for server in list(self._servers.values()):
                self._drop(server)
            for child, _seen in self._standby.values():
                child.discard()
            self._standby.clear()
        if timer is not None and timer is not threading.current_thread():
            timer.join()

    def _server(self, wanted: _Packages, *, exact: bool = False) -> ForkServer:
        """The fork server that knows the packages, the smallest of them, or a new one."""
        for server in list(self._servers.values()):
            if server.fingerprint != fingerprint():
                self._drop(server)  # packages were installed or upgraded under it
        knowing = [key for key in self._servers if key == wanted or (not exact and key >= wanted)]
        key = min(knowing, key=len, default=wanted)
        if key not in self._servers:
            self._servers[key] = ForkServer(self.python, sorted(wanted))
        self._used[key] = time.monotonic()
        self._watch_idle()
        return self._servers[key]

    def _put_on_standby(self, wanted: _Packages) -> None:
        if wanted not in self._standby:
            self._standby[wanted] = (launch(self.python, sorted(wanted), None), fingerprint())
        self._used[wanted] = time.monotonic()
        self._watch_idle()

    def _drop(self, server: ForkServer) -> None:
        self._servers = {key: kept for key, kept in self._servers.items() if kept is not server}
        server.close()

    def _watch_idle(self) -> None:
        if self._timer is None and not self._closed:
            self._timer = threading.Timer(IDLE_S / 4, self._end_idle)
            self._timer.daemon = True
            self._timer.start()

    def _end_idle(self) -> None:
        with self._lock:
            self._timer = None
            for key, used in list(self._used.items()):
                if time.monotonic() - used >= IDLE_S:
                    del self._used[key]
                    if key in self._servers:
                        self._drop(self._servers[key])
                    if key in self._standby:
                        self._standby.pop(key)[0].discard()
            if self._servers or self._standby:
                self._watch_idle()


def _stock(server: ForkServer) -> None:
    with suppress(ForkServerError, RunnerError):  # whoever needs a child next will hear of it
        server.stock()
