"""Tries to get out, in every way we know: run like a learner's program by `canaries.py`, never imported.

Each attempt returns if it succeeded and raises if it was refused. None does harm where nothing refuses it.
`PLACES` is filled in by the judge: a folder and files outside, listening sockets, its own process id.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import socket
import stat
from collections.abc import Callable
from typing import Any

PLACES: dict[str, Any] = {}
LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.syscall.restype = ctypes.c_long
X86 = os.uname().machine == "x86_64"
NOWHERE = -100
"""AT_FDCWD."""
REFUSALS = (1, 13, 18, 38)
"""EPERM, EACCES, EXDEV, ENOSYS."""
BAD_ADDRESS = 14
LAST = "process exec"
"""Where it succeeds, nobody is left to say so: it counts as open until it is told otherwise."""


def call(number: int, *arguments: Any) -> int:
    """A system call past Python and the C library."""
    given = [ctypes.c_long(x) if isinstance(x, int) else x for x in arguments]
    result = int(LIBC.syscall(ctypes.c_long(number), *given))
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return result


def read(path: str) -> None:
    """Open a file and take a byte of it."""
    descriptor = os.open(path, os.O_RDONLY)
    if not os.read(descriptor, 1):
        raise OSError("empty")


def read_past_python() -> None:
    """`openat2`, which few filters know."""
    how = (ctypes.c_uint64 * 3)(os.O_RDONLY, 0, 0)
    os.read(call(437, NOWHERE, os.fsencode(PLACES["secret"]), how, 24), 1)


def read_by_link() -> None:
    """A symbolic link in the program's own folder."""
    os.symlink(PLACES["secret"], "link")
    read("link")


def link_in() -> None:
    """A hard link in the program's own folder."""
    os.link(PLACES["secret"], "hard")
    read("hard")


def write() -> None:
    """A new file beside the secret."""
    with open(f"{PLACES['folder']}/new", "w", encoding="ascii") as file:
        file.write("x")


def change_mode() -> None:
    """Landlock does not know of modes."""
    os.chmod(PLACES["secret"], 0o640)


def change_attribute() -> None:
    """Nor of extended attributes."""
    os.setxattr(PLACES["secret"], "user.x", b"x")


def watch_folder() -> None:
    """Whether file names in a folder can be overheard."""
    watcher = call(294 if X86 else 26, 0)
    call(254 if X86 else 27, watcher, os.fsencode(PLACES["folder"]), 2)


def connect(family: int, address: Any) -> None:
    """A stream to a listening socket of the judge's."""
    with socket.socket(family, socket.SOCK_STREAM) as stream:
        stream.settimeout(1)
        stream.connect(address)


def listen() -> None:
    """Wait for connections."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()


def send_datagram() -> None:
    """UDP, which Landlock does not know."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"x", ("127.0.0.1", PLACES["udp"]))


def ring() -> None:
    """io_uring does what it is asked past a filter of system calls."""
    call(425, 1, ctypes.create_string_buffer(120))


def fork() -> None:
    """Another process."""
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def fork_past_python() -> None:
    """`clone` with nothing but the signal of a child's end."""
    child = call(56 if X86 else 220, 17, 0, 0, 0, 0)
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def execute() -> None:
    """Another program in this process. If it succeeds, nothing is heard of this one any more."""
    os.execv("/bin/true", ["true"])


def execute_from_memory() -> None:
    """A program without a file."""
    descriptor = call(319 if X86 else 279, b"x", 0)
    os.write(descriptor, b"#!/bin/true\n")
    os.execve(descriptor, ["x"], {})


def signal_everybody() -> None:
    """Signal 0 asks whether one might, and does nothing."""
    os.kill(-1, 0)


def send_by_owner() -> None:
    """A pipe whose events become signals to another process."""
    import fcntl

    reader, _writer = os.pipe()
    fcntl.fcntl(reader, fcntl.F_SETOWN, PLACES["pid"])


def trace() -> None:
    """PTRACE_SEIZE, which does not stop its target; at the end of this process it lets go."""
    call(101 if X86 else 117, 0x4206, PLACES["pid"], 0, 0)


def read_memory() -> None:
    """A byte of another process's memory. The address is none, but a refusal comes before that error."""
    here = ctypes.create_string_buffer(8)
    pair = ctypes.c_uint64 * 2
    local, remote = pair(ctypes.addressof(here), 8), pair(1, 8)
    try:
        call(310 if X86 else 270, PLACES["pid"], local, 1, remote, 1, 0)
    except OSError as error:
        if error.errno != BAD_ADDRESS:
            raise


def count_shared_memory() -> None:
    """SHM_INFO: who may ask may attach to what other programs of the same user share, by its number."""
    call(31 if X86 else 195, 0, 14, ctypes.create_string_buffer(64))


def look_at_descriptors() -> None:
    """Whether anything was left open but the pipes of this run."""
    for name in os.listdir("/proc/self/fd"):
        try:
            mode = os.fstat(int(name)).st_mode
        except OSError:  # that of the listing
            continue
        if stat.S_ISSOCK(mode) or stat.S_ISDIR(mode) or stat.S_ISREG(mode):
            return
    raise PermissionError(1, "only pipes")


def attempts() -> dict[str, Callable[[], Any]]:
    """Every way out by its name, the one that ends this program last."""
    return _reading() | _writing() | _reaching()


def _reading() -> dict[str, Callable[[], Any]]:
    secret, pid = PLACES["secret"], PLACES["pid"]
    return {
        "read": lambda: read(secret),
        "read openat2": read_past_python,
        "read link": read_by_link,
        "read hard link": link_in,
        "read /proc/self/root": lambda: read(f"/proc/self/root{secret}"),
        "read /proc/pid/root": lambda: read(f"/proc/{pid}/root{secret}"),
        "read /proc/pid/environ": lambda: read(f"/proc/{pid}/environ"),
        "read /proc/parent/environ": lambda: read(f"/proc/{os.getppid()}/environ"),
        "read /proc/pid/cmdline": lambda: read(f"/proc/{pid}/cmdline"),
        "read /proc/pid/mem": lambda: os.open(f"/proc/{pid}/mem", os.O_RDONLY),
        "read home": lambda: os.listdir(PLACES["home"]),
        "read /proc": lambda: os.listdir("/proc"),
        "read watch": watch_folder,
        "read descriptors": look_at_descriptors,
    }


def _writing() -> dict[str, Callable[[], Any]]:
    secret, folder = PLACES["secret"], PLACES["folder"]
    return {
        "write": write,
        "write append": lambda: os.open(secret, os.O_WRONLY | os.O_APPEND),
        "write truncate": lambda: os.truncate(secret, 0),
        "write remove": lambda: os.remove(secret),
        "write rename": lambda: os.rename(secret, f"{folder}/moved"),
        "write mkdir": lambda: os.mkdir(f"{folder}/made"),
        "write link": lambda: os.symlink("/", f"{folder}/linked"),
        "write shm": lambda: os.open(PLACES["shm"], os.O_WRONLY | os.O_CREAT, 0o600),
        "write chmod": change_mode,
        "write utime": lambda: os.utime(secret, (1, 1)),
        "write setxattr": change_attribute,
        "write terminal": lambda: os.open("/dev/tty", os.O_RDWR),
    }


def _reaching() -> dict[str, Callable[[], Any]]:
    """Ways to the network and to other processes."""
    pid = PLACES["pid"]
    return {
        "network connect": lambda: connect(socket.AF_INET, ("127.0.0.1", PLACES["tcp"])),
        "network listen": listen,
        "network datagram": send_datagram,
        "network unix": lambda: connect(socket.AF_UNIX, PLACES["unix"]),
        "network abstract": lambda: connect(socket.AF_UNIX, "\0" + PLACES["abstract"]),
        "network netlink": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW),
        "network io_uring": ring,
        "process fork": fork,
        "process clone": fork_past_python,
        "process spawn": lambda: os.waitpid(os.posix_spawn("/bin/true", ["true"], {}), 0),
        "process signal": lambda: call(62 if X86 else 129, pid, 0),
        "process signal parent": lambda: os.kill(os.getppid(), 0),
        "process signal all": signal_everybody,
        "process signal by fcntl": send_by_owner,
        "process pidfd": lambda: os.pidfd_open(pid),
        "process trace": trace,
        "process memory": read_memory,
        "process shared memory": count_shared_memory,
        "process limits": lambda: resource.prlimit(pid, resource.RLIMIT_CORE),
        "process priority": lambda: os.setpriority(
            os.PRIO_PROCESS, pid, os.getpriority(os.PRIO_PROCESS, pid)
        ),
        "process affinity": lambda: os.sched_setaffinity(pid, os.sched_getaffinity(pid)),
        "process unshare": lambda: call(272 if X86 else 97, 0x10000000),
        "process keyring": lambda: call(250 if X86 else 219, 0, -3, 1),
        "process bpf": lambda: call(321 if X86 else 280, 0, ctypes.create_string_buffer(64), 64),
        "process exec from memory": execute_from_memory,
        LAST: execute,
    }


def outcome(attempt: Callable[[], Any]) -> tuple[str, str]:
    """`open` if it succeeded, `refused` if the kernel would not have it, `failed` for any other reason."""
    try:
        attempt()
    except OSError as error:
        return "refused" if error.errno in REFUSALS else "failed", str(error)
    except Exception as error:
        return "failed", str(error)
    return "open", ""


def main() -> None:
    """Try everything, and say what came of each attempt."""
    for name, attempt in attempts().items():
        if name == LAST:
            print(json.dumps({"name": name, "outcome": "open", "why": ""}), flush=True)
        found, why = outcome(attempt)
        print(json.dumps({"name": name, "outcome": found, "why": why}), flush=True)


if __name__ == "__main__":
    main()
