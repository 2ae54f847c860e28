"""The wall around a learner's program: raised from inside its process, before the program is read.

On Linux a program sees its own folder and Python with its packages, to read; no network, no other program, no
other process. Two kernel facilities make it: Landlock guards files, seccomp refuses system calls. Neither
needs privileges and neither can be undone. Elsewhere nothing stands, and the limits of `bounds.py` are all.

It is the same in a fresh process and in a forked one. Other threads must not run yet: before ABI 8 Landlock
does not reach them, and then its part is left out and reported as missing.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from studybuddy.runner.harness.landlock import SCOPES, TRUNCATES, restrict, rights, version
from studybuddy.runner.harness.seccomp import assemble, install
from studybuddy.runner.harness.syscalls import Machine, this_machine

_PR_SET_NO_NEW_PRIVS = 38
_CAPABILITIES = 0x20080522
_OVERRIDES = 0b110
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH: what root needs to read packages that another user installed."""
_SYSTEM = (
    *("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/local/lib64", "/etc/ld.so.cache"),
    *("/etc/localtime", "/etc/timezone", "/usr/share/zoneinfo"),
    *("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"),
    *("/sys/devices/system/cpu", "/sys/devices/system/node", "/sys/kernel/mm/transparent_hugepage"),
    *("/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/version", "/proc/filesystems"),
    *("/proc/sys/vm", "/proc/sys/kernel"),
)
"""Of `/proc` beside this only the process itself: command lines of others are none of its business."""
_FOLDERS_OF_ONE_THREAD = 3
"""Links of `/proc/self/task`: itself, its parent and one folder a thread."""
_STORES = ("/nix/store", "/gnu/store")
"""Package stores whose libraries lie in folders of their own."""


class Standing(NamedTuple):
    """What stands. `files`: Landlock's ABI, 0 for nothing; `calls`: whether seccomp refuses system calls."""

    files: int = 0
    calls: bool = False
    folder: str = ""
    readable: tuple[str, ...] = ()

    def fields(self) -> dict[str, int | bool]:
        """What a message says of it."""
        return {"files": self.files, "calls": self.calls}


class _Materials(NamedTuple):
    """What every child needs, the same for all: made once, before a fork."""

    libc: ctypes.CDLL
    abi: int
    machine: Machine | None
    filter: bytes
    readable: dict[str, int]
    """Places and the rights there, as `landlock.rights` puts them."""
    fewer: bytes
    """The capabilities to keep, as the kernel takes them; empty for a process that has none."""


@cache
def prepare() -> _Materials | None:
    """Do what is the same for all children of a process that forks them. None: there is no wall here.

    To be called when the packages are imported: where they lie may be read.
    """
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    libc.syscall.restype = ctypes.c_long
    assert libc.prctl
    assert libc.capset  # a function is looked up when it is first named, which takes a moment
    abi, machine = version(libc), this_machine()
    assembled = assemble(machine, truncate=abi >= TRUNCATES, tkill=abi >= SCOPES) if machine else b""
    places = _outermost([*map(os.path.realpath, _SYSTEM), *_python()])
    readable = {place: rights(place, abi) for place in places if Path(place).exists()}
    return _Materials(libc, abi, machine, assembled, readable, _fewer_capabilities(libc))


def _fewer_capabilities(libc: ctypes.CDLL) -> bytes:
    data = ctypes.create_string_buffer(24)
    if libc.capget(_header(), data) != 0 or not any(data.raw):
        return b""
    low = struct.unpack("6I", data.raw)[1] & _OVERRIDES
    return struct.pack("6I", low, low, 0, 0, 0, 0)


def _header() -> ctypes.Array[ctypes.c_char]:
    return ctypes.create_string_buffer(struct.pack("Ii", _CAPABILITIES, 0))


def _outermost(paths: Iterable[str]) -> list[str]:
    """Those of `paths` that lie in no other of them."""
    found: list[str] = []
    for path in sorted(set(paths)):
        if not any(path.startswith(f"{place}/") for place in found):
            found.append(path)
    return found


def _python() -> list[str]:
    """Where this interpreter, its libraries and packages are; never a whole prefix, nor what holds a home."""
    prefixes = (sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix)
    libraries = [entry for entry in os.environ.get("LD_LIBRARY_PATH", "").split(":") if entry]
    modules = [getattr(module, "__dict__", {}) for module in list(sys.modules.values())]
    packages = [names.get("__path__", ()) for names in modules]  # asked for it, some modules make one up
    found = [
        str(Path(os.__file__).parent),
        *(f"{prefix}/{name}" for prefix in prefixes for name in ("lib", "lib64", "share/zoneinfo")),
        *(path for path in libraries if Path(path).name.startswith("lib")),
        *(path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")),
        *(store for store in _STORES if sys.base_prefix.startswith(store)),
        *(place for places in packages if not isinstance(places, str) for place in places),
    ]
    home = f"{_home()}/"
    return [place for place in map(os.path.realpath, found) if not home.startswith(f"{place.rstrip('/')}/")]


def _home() -> str:
    import pwd

    try:
        return os.path.realpath(pwd.getpwuid(os.getuid()).pw_dir)
    except KeyError:  # a user without a name
        return "/"


def raise_wall() -> Standing:
    """Raise what can be raised around this process; returns what stands, and raises nothing.

    The working folder is the run's own, and from now on the only place that may be written.
    """
    try:
        materials = prepare()
        return Standing() if materials is None else _raise(materials)
    except Exception:  # an odd kernel or C library; the limits hold all the same
        return Standing()


def _raise(materials: _Materials) -> Standing:
    libc, abi, machine = materials.libc, materials.abi, materials.machine
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return Standing()
    if materials.fewer:
        libc.capset(_header(), ctypes.create_string_buffer(materials.fewer, len(materials.fewer)))
    folder, own = os.path.realpath("."), f"/proc/{os.getpid()}"
    readable = materials.readable | {own: rights(own, abi)}
    threads = os.stat(f"{own}/task").st_nlink > _FOLDERS_OF_ONE_THREAD  # noqa: PTH116
    files = abi if restrict(libc, abi, readable, folder, threads=threads) else 0
    calls = machine is not None and install(libc, machine, materials.filter)
    return Standing(files, calls, folder, tuple(readable))
