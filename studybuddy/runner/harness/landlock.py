"""Files that a learner's program may touch: a Landlock ruleset, made by system calls (Linux 5.13 and later).

What is not named is refused. Landlock knows nothing of a file's mode, owner, times and attributes
(`seccomp.py` does), and a program can still see that a file exists and how long it is. Where the kernel is
new enough, signals and abstract sockets are kept inside as well, and TCP.

The kernel is asked for its version by system call: a missing `/sys/kernel/security/lsm` means nothing.
Numbers: include/uapi/linux/landlock.h.
"""

from __future__ import annotations

import ctypes
import os
import struct
from pathlib import Path

_CREATE, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION, _PATH_BENEATH = 1, 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 1 << 1, 1 << 2, 1 << 3
_MAKE_DEVICES_AND_SOCKETS = 1 << 6 | 1 << 9 | 1 << 11
_REFER, _TRUNCATE, _IOCTL_DEVICE = 1 << 13, 1 << 14, 1 << 15
_FIRST_RIGHTS = (1 << 13) - 1
_NO_AUDIT, _ALL_THREADS = 1, 1 << 3

TRUNCATES = 3
"""The first ABI that knows `truncate`."""
SCOPES = 6
"""The first ABI that keeps signals inside."""
SYNCHRONISES = 8
"""The first ABI that reaches threads which run already."""


def version(libc: ctypes.CDLL) -> int:
    """The kernel's Landlock ABI, 0 where there is none."""
    return max(0, _call(libc, _CREATE, None, 0, _ASK_VERSION))


def _call(libc: ctypes.CDLL, *arguments: ctypes.Array[ctypes.c_char] | bytes | int | None) -> int:
    return int(libc.syscall(*(ctypes.c_long(x) if isinstance(x, int) else x for x in arguments)))


def _handled(abi: int) -> int:
    rights = _FIRST_RIGHTS
    for first, right in ((2, _REFER), (TRUNCATES, _TRUNCATE), (5, _IOCTL_DEVICE)):
        rights |= right if abi >= first else 0
    return rights


def rights(path: str, abi: int) -> int:
    """What a rule may allow at a path: to read it, and what is in it; `/dev/null` may be written too."""
    allowed = _READ_FILE | (_READ_DIR if Path(path).is_dir() else 0)
    return _handled(abi) & (allowed | (_WRITE_FILE | _TRUNCATE if path == os.devnull else 0))


def restrict(libc: ctypes.CDLL, abi: int, readable: dict[str, int], folder: str, *, threads: bool) -> bool:
    """Leave this process `readable` to read and `folder` to do with as it likes; whether that stands.

    Args:
        libc: the C library; NO_NEW_PRIVS must be set.
        abi: of `version`.
        readable: places with their `rights`; those that are not there are passed over.
        folder: the run's own.
        threads: whether other threads run already. Before ABI 8 they cannot be reached, and nothing stands.
    """
    if abi < 1 or (threads and abi < SYNCHRONISES):
        return False
    handled = _handled(abi)
    attributes = struct.pack("QQQ", handled, 0b11 if abi >= 4 else 0, 0b11 if abi >= SCOPES else 0)
    size = 24 if abi >= SCOPES else 16 if abi >= 4 else 8
    rules = _call(libc, _CREATE, ctypes.create_string_buffer(attributes, size), size, 0)
    if rules < 0:
        return False
    try:
        own = handled & ~(_EXECUTE | _IOCTL_DEVICE | _MAKE_DEVICES_AND_SOCKETS)
        if not _allow(libc, rules, folder, own):
            return False
        for path, allowed in readable.items():
            _allow(libc, rules, path, allowed)
        flags = (_NO_AUDIT if abi >= 7 else 0) | (_ALL_THREADS if threads else 0)
        return _call(libc, _RESTRICT_SELF, rules, flags) == 0
    finally:
        os.close(rules)


def _allow(libc: ctypes.CDLL, rules: int, path: str, allowed: int) -> bool:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        return _call(libc, _ADD_RULE, rules, _PATH_BENEATH, struct.pack("=Qi", allowed, place), 0) == 0
    finally:
        os.close(place)
