"""The app's end of a zygote (`harness/zygote.py`): starts it, has it fork, notices when it is of no use."""

from __future__ import annotations

import json
import os
import secrets
import select
import signal
import socket
import subprocess
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from studybuddy.runner.folders import run_folder
from studybuddy.runner.launch import (
    Child,
    Pipes,
    cannot_start,
    command,
    environment,
    of_this_run,
    package_path,
)
from studybuddy.runner.processes import KILL, Usage, direct_children, family, kill_group, resident_mb

START_S = 60.0
"""For the interpreter and the imports; a cold torch is slow."""
REPLY_S = 3.0
"""For a fork or a reaping, which take a millisecond."""


class ForkServerError(Exception):
    """The zygote cannot fork: it has ended, or does not answer."""


class ForkServer:
    """One zygote. Forks and reaps from any thread; started once, closed once."""

    def __init__(self, python: Path, packages: Sequence[str]) -> None:
        """Start it; it imports its packages while the app goes on.

        Raises:
            RunnerError: the interpreter cannot be started.
        """
        self.packages = frozenset(packages)
        self.fingerprint = fingerprint()
        self._python = python
        self._lock = threading.Lock()
        self._ready = False
        self._spare: Child | None = None
        self._closed = False
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        wanted = (json.dumps(list(packages)), json.dumps(package_path()))
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                command(python, "zygote", theirs.fileno(), *wanted),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env=environment(),
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        except OSError as error:
            self._control.close()
            raise cannot_start(python, error) from error
        finally:
            theirs.close()

    @property
    def pid(self) -> int:
        """The zygote's process id."""
        return self._process.pid

    def stock(self) -> None:
        """Fork the next child now, so that its run begins where others are still being forked.

        Raises:
            ForkServerError: the zygote is of no use any more.
            RunnerError: there is no place for the child's folder.
        """
        if self._spare is None and not self._closed:
            spare = self._forked(None)
            with self._lock:
                kept = self._spare is None and not self._closed
                if kept:
                    self._spare = spare
            if not kept:
                spare.discard()

    def fork(self, scratch: Path | None) -> Child:
        """A child that has imported the packages and waits for its program.

        Raises:
            ForkServerError: the zygote is of no use any more.
            RunnerError: there is no place for the child's folder.
        """
        if scratch is None:
            with self._lock:
                spare, self._spare = self._spare, None
            if spare is not None:
                if not spare.process.has_ended():
                    return spare
                spare.discard()
        return self._forked(scratch)

    def _forked(self, scratch: Path | None) -> Child:
        """A child forked at once.

        Raises:
            ForkServerError: the zygote is of no use any more.
            RunnerError: there is no place for the child's folder.
        """
        tag = secrets.token_hex(16)
        with ExitStack() as stack:
            folder = stack.enter_context(run_folder(scratch))
            try:
                pipes = Pipes.open()
            except OSError as error:
                raise cannot_start(self._python, error) from error
            request = {"do": "fork", "folder": str(folder), "environment": of_this_run(folder, tag)}
            try:
                reply, handles = self._ask(request, pipes.theirs)
                if "pid" not in reply or len(handles) != 1:
                    raise ForkServerError(str(reply.get("error")))
            except ForkServerError:
                pipes.close_ours()
                raise
            finally:
                pipes.close_theirs()
            return Child(
                ForkedChild(self, reply["pid"], handles[0], tag), folder, pipes, stack.pop_all(), True
            )

    def reap(self, pid: int) -> dict[str, Any]:
        """What a killed child has left: status, CPU time, peak memory.

        Raises:
            ForkServerError: the zygote is gone, and with it all its children.
        """
        return self._ask({"do": "reap", "pid": pid}, ())[0]

    def _ask(self, request: dict[str, Any], descriptors: Sequence[int]) -> tuple[dict[str, Any], list[int]]:
        with self._lock:
            try:
                if not self._ready:
                    self._wait_until_ready()
                socket.send_fds(self._control, [json.dumps(request).encode("ascii")], list(descriptors))
                return self._receive(REPLY_S)
            except (OSError, ValueError) as error:
                self._process.kill()  # a late reply would be taken for the next
                raise ForkServerError(str(error)) from error

    def _wait_until_ready(self) -> None:
        said, _handles = self._receive(START_S)
        if said["threads"] != 1:
            raise OSError("the fork server has several threads")
        self._ready = True

    def _receive(self, seconds: float) -> tuple[dict[str, Any], list[int]]:
        self._control.settimeout(seconds)
        data, handles, _flags, _sender = socket.recv_fds(self._control, 64 * 1024, 1)
        if not data:
            raise OSError("the fork server has ended")
        return json.loads(data), handles

    def close(self) -> None:
        """End the zygote and what it forked. May be called again, from any thread."""
        if self._closed:
            return
        self._closed = True
        self._process.kill()  # its children die with it
        self._process.wait()
        with self._lock:
            self._control.close()
            spare, self._spare = self._spare, None
        if spare is not None:
            spare.discard()


class ForkedChild:
    """A child of the zygote, held by a descriptor: no other process can ever be meant by it."""

    def __init__(self, server: ForkServer, pid: int, handle: int, tag: str) -> None:
        self._server = server
        self._pid = pid
        self._handle = handle
        self._tag = tag
        self._used: Usage | None = None
        self._status = 0
        self._lost = False
        self._poll = select.poll()
        self._poll.register(handle, select.POLLIN)

    @property
    def pid(self) -> int:
        """See `Watched`."""
        return self._pid

    @property
    def status(self) -> int:
        """See `Watched`."""
        return self._status

    @property
    def lost(self) -> bool:
        """See `Watched`."""
        return self._lost

    def dump_stacks(self) -> None:
        """See `Watched`."""
        self._signal(signal.SIGUSR1)

    def has_ended(self) -> bool:
        """See `Watched`."""
        return self._used is not None or bool(self._poll.poll(0))

    def crowded(self, most: int) -> bool:
        """See `Watched`."""
        children = direct_children(self.pid)
        return children > most or (children > 0 and len(family(self.pid, self._tag)) > most)

    def resident_mb(self) -> float:
        """See `Watched`."""
        return resident_mb(self.pid, self._tag)

    def end(self) -> Usage:
        """See `Watched`."""
        if self._used is None:
            kill_group(self.pid)  # a zombie keeps its number, so this is its group, whoever is left in it
            self._used = self._reaped()
            os.close(self._handle)
        return self._used

    def _reaped(self) -> Usage:
        try:
            left = self._server.reap(self.pid)
            self._status = int(left["status"])
            return Usage(float(left["cpu_s"]), int(left["peak_kb"]) / 1024)
        except (ForkServerError, KeyError):  # the zygote was killed, and with it this child
            self._signal(KILL)
            self._status, self._lost = -KILL, True
            return Usage(0.0, 0.0)

    def _signal(self, number: int) -> None:
        try:
            signal.pidfd_send_signal(self._handle, number)
        except ProcessLookupError:
            return


def fingerprint() -> tuple[tuple[str, int], ...]:
    """Changes whenever a package is installed, removed or upgraded."""
    found = []
    for entry in package_path():
        try:
            found.append((entry, os.stat(entry).st_mtime_ns))  # noqa: PTH116 - asked before every run
        except OSError:
            continue
    return tuple(found)
