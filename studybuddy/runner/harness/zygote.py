"""A process that has imported the packages already and forks a child for each run.

Single-threaded: it never runs a learner's code or a parallel operation itself, since a library's thread pool
does not survive a fork (libgomp waits for its threads for ever). Requests and replies are one JSON datagram
each on the control socket; the end of that socket is the end of this process and of all it started.

- `{"do": "fork", "folder", "tag"}` with the descriptors of output, result, stack and job:
  `{"pid"}` with a descriptor that stands for the child (pidfd), or `{"error"}`.
- `{"do": "reap", "pid"}`, once the child has been killed: `{"status", "cpu_s", "peak_kb"}`.

What a child leaves behind becomes a child of this process (subreaper) and is killed at the next reaping.
"""

from __future__ import annotations

import array
import gc
import json
import os
import signal
import socket
from typing import Any

from studybuddy.runner.harness.bounds import c_library
from studybuddy.runner.harness.program_text import Program
from studybuddy.runner.harness.stage import PRELUDE, import_packages, perform, reseed
from studybuddy.runner.harness.wall import prepare

LARGEST_REQUEST = 64 * 1024
_PR_SET_CHILD_SUBREAPER = 36
_SWEEPS = 200
"""Rounds of killing what a run left behind. Each ends with nobody left, or with one generation less."""


def serve(arguments: list[str]) -> None:
    """Fork until the app lets go of the control socket. Arguments: its descriptor, packages, paths."""
    descriptor, packages, path = arguments
    control = socket.socket(fileno=int(descriptor))
    c_library().prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    broken = import_packages(json.loads(packages), json.loads(path))
    reseed()  # NumPy loads its generators when they are first asked for: here, not in every child
    exec(PRELUDE, {})  # so that its modules are loaded here, and in no child
    Program("x = 1").facts([], [])  # what the parser makes at its first use, it makes here
    prepare()
    gc.collect()
    gc.freeze()
    _Zygote(control, broken).serve()


class _Zygote:
    def __init__(self, control: socket.socket, broken: dict[str, str]) -> None:
        self._control = control
        self._broken = broken
        self._leaders: set[int] = set()

    def serve(self) -> None:
        threads = len(os.listdir("/proc/self/task"))  # noqa: PTH208 - names only
        self._reply({"ready": True, "threads": threads})
        while True:
            try:
                data, descriptors, _flags, _sender = socket.recv_fds(self._control, LARGEST_REQUEST, 4)
            except OSError:
                break
            if not data:
                break
            request = json.loads(data)
            if request["do"] == "fork":
                self._fork(request, descriptors)
            else:
                self._reap(request["pid"])
        self._sweep(self._leaders)
        os._exit(0)

    def _fork(self, request: dict[str, Any], descriptors: list[int]) -> None:
        parent = os.getpid()
        try:
            pid = os.fork()
        except OSError as error:
            _close(descriptors)
            self._reply({"error": error.strerror or str(error)})
            return
        if pid == 0:
            self._play(request, descriptors, parent)
        _close(descriptors)
        self._leaders.add(pid)
        handle = os.pidfd_open(pid)
        try:
            self._reply({"pid": pid}, handle)
        finally:
            os.close(handle)

    def _play(self, request: dict[str, Any], descriptors: list[int], parent: int) -> None:
        """The child: take its place, then do what any child does. Never returns."""
        try:
            self._control.close()
            os.setsid()
            output, result, stack, job = descriptors
            os.dup2(output, 1)
            os.dup2(output, 2)
            os.close(output)
            os.chdir(request["folder"])
            os.environ.update(request["environment"])
            reseed()
            perform(job, result, stack, parent, self._broken)
        finally:
            os._exit(70)

    def _reap(self, pid: int) -> None:
        if pid not in self._leaders:
            self._reply({"error": "no such child"})
            return
        _kill(pid)
        _pid, status, used = os.wait4(pid, 0)
        self._leaders.discard(pid)
        self._sweep(set())
        self._reply(
            {
                "status": os.waitstatus_to_exitcode(status),
                "cpu_s": used.ru_utime + used.ru_stime,
                "peak_kb": used.ru_maxrss,
            }
        )

    def _sweep(self, leaders: set[int]) -> None:
        """Kill and reap children that are nobody's run: what a program left behind. `leaders` go too."""
        spared = self._leaders - leaders
        for _ in range(_SWEEPS):
            orphans = _children() - spared
            if not orphans:
                return
            for pid in orphans:
                _kill(pid)
            for pid in orphans:
                try:
                    os.waitpid(pid, 0)
                except ChildProcessError:
                    continue

    def _reply(self, fields: dict[str, Any], *descriptors: int) -> None:
        data = json.dumps(fields).encode("ascii")
        rights = (
            [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))] if descriptors else []
        )
        try:
            self._control.sendmsg([data], rights)
        except OSError:  # the app is gone: the next receive says so
            return


def _children() -> set[int]:
    try:
        with open(f"/proc/self/task/{os.getpid()}/children", encoding="ascii") as file:  # noqa: PTH123
            return set(map(int, file.read().split()))
    except OSError:
        return set()


def _kill(pid: int) -> None:
    for target in (os.killpg, os.kill):
        try:
            target(pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            continue


def _close(descriptors: list[int]) -> None:
    for descriptor in descriptors:
        os.close(descriptor)
