"""Starts a process that a learner's program runs in, or that forks such processes.

The child gets an empty folder, an environment of a handful of variables, no keyboard, one pipe for all it
prints and three of the judge's own. It limits itself (`harness/bounds.py`) before it runs the program.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

from studybuddy.core.errors import RunnerError
from studybuddy.i18n import N_
from studybuddy.runner.folders import run_folder
from studybuddy.runner.own_child import OwnChild
from studybuddy.runner.processes import TAG, Watched

WIDE_PIPE = 1 << 20
PROGRAM = Path(__file__).parent / "harness" / "program.py"
_KEPT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "SYSTEMDRIVE", "COMSPEC")
"""Variables without which the interpreter or its libraries may not be found."""
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""CPU time counts every thread, results differ in the last digits with their number, and a process whose
threads have begun to work cannot be forked."""
_HEAP = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": str(32 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(512 << 20),
    "MALLOC_TOP_PAD_": str(16 << 20),
}
"""glibc keeps what a program frees: a loop that makes the same large arrays at every step runs a tenth faster
when they are not given back to the kernel and faulted in again."""


@dataclass(slots=True)
class Pipes:
    """The four pipes of a child: the judge's ends and the child's."""

    output: int
    result: int
    stack: int
    job: int
    theirs: tuple[int, ...]
    """The child's ends in the same order."""

    @classmethod
    def open(cls) -> Pipes:
        """Four new pipes. Raises OSError if there are too many."""
        ours: list[int] = []
        theirs: list[int] = []
        try:
            for towards_child in (False, False, False, True):
                read, write = os.pipe()
                ours.append(write if towards_child else read)
                theirs.append(read if towards_child else write)
        except OSError:
            for descriptor in (*ours, *theirs):
                os.close(descriptor)
            raise
        _widen(ours[1])
        return cls(ours[0], ours[1], ours[2], ours[3], tuple(theirs))

    def close_theirs(self) -> None:
        """The child has its own copies now."""
        for descriptor in self.theirs:
            os.close(descriptor)

    def close_ours(self) -> None:
        """There is no child after all."""
        for descriptor in (self.output, self.result, self.stack, self.job):
            os.close(descriptor)


@dataclass(frozen=True, slots=True)
class Child:
    """A started child in a folder of its own and the judge's ends of its pipes.

    `place` holds its folder and is closed when the child is gone. `warm`: it has imported its packages.
    """

    process: Watched
    folder: Path
    pipes: Pipes
    place: ExitStack
    warm: bool = False
    nonce: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    def discard(self) -> None:
        """End a child that was not needed."""
        self.process.end()
        self.pipes.close_ours()
        self.place.close()


def _widen(pipe: int) -> None:
    """Let a pipe for arrays hold more (Linux): each time it is full, two processes change places."""
    if sys.platform == "linux":
        import fcntl

        with suppress(OSError):  # the account has many pipes already
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, WIDE_PIPE)


def environment() -> dict[str, str]:
    """What every child inherits."""
    variables = {name: os.environ[name] for name in _KEPT if name in os.environ}
    variables.update(dict.fromkeys(_ONE_THREAD, "1"))
    return variables | {"LANG": "C.UTF-8"} | _HEAP


def of_this_run(folder: Path, tag: str) -> dict[str, str]:
    """What the environment of one run adds: its folder is all the places there are."""
    return dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP", "USERPROFILE"), str(folder)) | {TAG: tag}


def package_path() -> list[str]:
    """Where the app's own packages are, for those that an isolated interpreter does not look into."""
    return [entry for entry in sys.path if Path(entry).name in ("site-packages", "dist-packages")]


def command(python: Path, mode: str, *arguments: str | int) -> list[str]:
    """The command line of a child."""
    return [str(python), "-I", "-u", "-X", "utf8", str(PROGRAM), mode, *map(str, arguments)]


def cannot_start(python: Path, error: OSError) -> RunnerError:
    """The interpreter cannot be started, for this reason."""
    message = N_("cannot start {python}: {why}")
    return RunnerError(message, python=str(python), why=error.strerror or str(error))


def launch(python: Path, packages: Sequence[str], scratch: Path | None) -> Child:
    """Start a child of our own that imports `packages` and waits for its program.

    Raises:
        RunnerError: the interpreter cannot be started, or there is no place for its folder.
    """
    tag = secrets.token_hex(16)
    with ExitStack() as stack:
        folder = stack.enter_context(run_folder(scratch))
        try:
            pipes = Pipes.open()
        except OSError as error:
            raise cannot_start(python, error) from error
        try:
            process = _start(python, folder, pipes, packages, environment() | of_this_run(folder, tag))
        except OSError as error:
            pipes.close_ours()
            raise cannot_start(python, error) from error
        finally:
            pipes.close_theirs()
        return Child(OwnChild(process, tag), folder, pipes, stack.pop_all())


def _start(
    python: Path, folder: Path, pipes: Pipes, packages: Sequence[str], variables: dict[str, str]
) -> subprocess.Popen[bytes]:
    output, *channels = pipes.theirs
    result, stack, job = channels
    wanted = (json.dumps(list(packages)), json.dumps(package_path()))
    if sys.platform == "win32":
        import msvcrt

        handles = [msvcrt.get_osfhandle(channel) for channel in (job, result, stack)]
        for handle in handles:
            os.set_handle_inheritable(handle, True)
        startup = subprocess.STARTUPINFO(lpAttributeList={"handle_list": handles})
        return subprocess.Popen(  # noqa: S603 - our own command
            command(python, "run", *handles, os.getpid(), *wanted),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=folder,
            env=variables,
            startupinfo=startup,
            creationflags=subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW,
        )
    return subprocess.Popen(  # noqa: S603 - our own command
        command(python, "run", job, result, stack, os.getpid(), *wanted),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        cwd=folder,
        env=variables,
        pass_fds=channels,
        start_new_session=True,
    )
