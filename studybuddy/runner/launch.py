"""Starts the process that a learner's program runs in. A warm worker or a sandbox would come in here.

The child gets an empty folder, an environment of a handful of variables, no keyboard, one pipe for all it
prints and three of the judge's own. It limits itself (`harness/bounds.py`) before it runs the program.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from studybuddy.core.errors import RunnerError
from studybuddy.i18n import N_
from studybuddy.runner.processes import TAG

PROGRAM = Path(__file__).parent / "harness" / "program.py"
_KEPT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "SYSTEMDRIVE", "COMSPEC")
"""Variables without which the interpreter or its libraries may not be found."""
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""CPU time counts every thread, and results differ in the last digits with their number."""


@dataclass(frozen=True, slots=True)
class Child:
    """A started child and the judge's ends of its pipes."""

    process: subprocess.Popen[bytes]
    tag: str
    nonce: bytes
    output: int
    result: int
    stack: int
    job: int


def environment(folder: Path, tag: str) -> dict[str, str]:
    """The child's whole environment."""
    variables = {name: os.environ[name] for name in _KEPT if name in os.environ}
    variables.update(dict.fromkeys(_ONE_THREAD, "1"))
    places = dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP", "USERPROFILE"), str(folder))
    return variables | places | {"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1", TAG: tag}


def package_path() -> list[str]:
    """Where the app's own packages are, for those that an isolated interpreter does not look into."""
    return [entry for entry in sys.path if Path(entry).name in ("site-packages", "dist-packages")]


def launch(python: Path, folder: Path) -> Child:
    """Start a child in `folder`, which is its own.

    Raises:
        RunnerError: the interpreter cannot be started.
    """
    tag = secrets.token_hex(16)
    ours: list[int] = []
    theirs: list[int] = []
    try:
        for towards_child in (True, False, False):
            read, write = os.pipe()
            ours.append(write if towards_child else read)
            theirs.append(read if towards_child else write)
        process = _start(python, folder, theirs, environment(folder, tag))
    except OSError as error:
        for descriptor in ours:
            os.close(descriptor)
        message = N_("cannot start {python}: {why}")
        raise RunnerError(message, python=str(python), why=error.strerror or str(error)) from error
    finally:
        for descriptor in theirs:
            os.close(descriptor)
    assert process.stdout is not None
    output = os.dup(process.stdout.fileno())
    process.stdout.close()
    job, result, stack = ours
    return Child(process, tag, secrets.token_bytes(16), output, result, stack, job)


def _start(
    python: Path, folder: Path, channels: list[int], variables: dict[str, str]
) -> subprocess.Popen[bytes]:
    command = [str(python), "-I", "-u", "-X", "utf8", str(PROGRAM)]
    if sys.platform == "win32":
        import msvcrt

        handles = [msvcrt.get_osfhandle(channel) for channel in channels]
        for handle in handles:
            os.set_handle_inheritable(handle, True)
        startup = subprocess.STARTUPINFO(lpAttributeList={"handle_list": handles})
        return subprocess.Popen(  # noqa: S603 - our own command
            [*command, *map(str, handles), str(os.getpid())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=variables,
            startupinfo=startup,
            creationflags=subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW,
        )
    return subprocess.Popen(  # noqa: S603 - our own command
        [*command, *map(str, channels), str(os.getpid())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=folder,
        env=variables,
        pass_fds=channels,
        start_new_session=True,
    )
