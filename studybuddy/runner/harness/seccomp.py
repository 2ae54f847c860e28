"""System calls that a learner's program is refused: a seccomp filter, assembled here (Linux).

Everything is allowed but what reaches other processes, the network, kernel facilities of no use to a program
like these, or the files' metadata, which Landlock does not guard. Refused calls fail with EPERM, so that a
program meets a PermissionError. Calls that are newer than this table do not exist (ENOSYS), and neither does
`clone3`, whose flags a filter cannot see: the C library then takes `clone`. A call of another architecture's
kind (32 bits, x32) kills the process.
"""

from __future__ import annotations

import ctypes
import os
import struct

from studybuddy.runner.harness.syscalls import NEWEST, Machine

_SET_FILTER, _ALL_THREADS = 1, 1
_OWN_ID = 0x7FFFFFFD
"""Stands for the id of the process that the filter is for; no process has it."""
_EPERM, _ENOSYS, _EOPNOTSUPP = 1, 38, 95
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_LOAD, _AND, _RETURN = 0x20, 0x54, 0x06
_EQUAL, _AT_LEAST, _ANY_BIT = 0x15, 0x35, 0x45
_CLONE_THREAD, _CLONE_NEW = 0x10000, 0x7E020080

_REFUSED = """
fork vfork execve execveat ptrace process_vm_readv process_vm_writev kcmp pidfd_open pidfd_getfd
pidfd_send_signal process_madvise process_mrelease move_pages migrate_pages
socket connect accept accept4 bind listen
chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat utime utimes futimesat utimensat
setxattr lsetxattr fsetxattr setxattrat removexattr lremovexattr fremovexattr removexattrat file_setattr
mount umount2 pivot_root chroot open_tree move_mount fsopen fsconfig fsmount fspick mount_setattr
open_tree_attr unshare setns name_to_handle_at open_by_handle_at quotactl quotactl_fd swapon swapoff
inotify_init inotify_init1 inotify_add_watch fanotify_init fanotify_mark
shmget shmat shmctl semget semop semtimedop semctl msgget msgsnd msgrcv msgctl
mq_open mq_unlink memfd_create memfd_secret
io_uring_setup io_uring_enter io_uring_register bpf userfaultfd perf_event_open add_key request_key keyctl
init_module finit_module delete_module kexec_load kexec_file_load lookup_dcookie
personality ioprio_set iopl ioperm modify_ldt uselib syslog acct vhangup reboot sethostname setdomainname
settimeofday clock_settime
"""
_UNSUPPORTED = "getxattr lgetxattr fgetxattr getxattrat listxattr llistxattr flistxattr listxattrat"
"""Extended attributes of files that cannot be read: copying a file asks for them and lives without."""

Instruction = tuple[int, int, int, int]
"""Code, jump if true, jump if false (both counted from the next instruction), constant."""


def _answer(errno: int) -> Instruction:
    return (_RETURN, 0, 0, _ERRNO | errno)


_PASS: Instruction = (_RETURN, 0, 0, _ALLOW)
_DENY = _answer(_EPERM)
_KILLED: Instruction = (_RETURN, 0, 0, _KILL)
_GROUP = 8


def _argument(index: int) -> Instruction:
    """Load the low half of an argument: all that the kernel looks at where it takes an int."""
    return (_LOAD, 0, 0, 16 + 8 * index)


def _only(index: int, *values: int) -> list[Instruction]:
    """Allow a call if an argument has one of these values."""
    rows: list[Instruction] = [_argument(index)]
    for value in values:
        rows += [(_EQUAL, 0, 1, value), _PASS]
    return [*rows, _DENY]


def _not(index: int, *values: int) -> list[Instruction]:
    """Allow a call unless an argument has one of these values."""
    rows: list[Instruction] = [_argument(index)]
    for value in values:
        rows += [(_EQUAL, 0, 1, value), _DENY]
    return [*rows, _PASS]


def _conditions() -> dict[str, list[Instruction]]:
    """Calls that depend on their arguments. A process may do to itself what it likes."""
    own = _only(0, _OWN_ID)
    self_or_zero = _only(0, 0, _OWN_ID)
    set_owner, set_owner_ex, lease, watch_folder = 8, 15, 1024, 1026
    type_into_terminal, terminal_control = 0x5412, 0x541C
    set_flags, set_attributes, seal_for_ever = 0x40086602, 0x401C5820, 0x40806685
    unix, stream = 1, 1
    parent_death_signal, dumpable = 1, 4
    return {
        "clone": [
            _argument(0),
            (_ANY_BIT, 0, 1, _CLONE_NEW),
            _DENY,
            (_ANY_BIT, 0, 1, _CLONE_THREAD),
            _PASS,
            _DENY,
        ],
        "kill": own,
        "tgkill": own,
        "rt_sigqueueinfo": own,
        "rt_tgsigqueueinfo": own,
        "prlimit64": self_or_zero,
        "sched_setaffinity": self_or_zero,
        "sched_setscheduler": self_or_zero,
        "sched_setparam": self_or_zero,
        "sched_setattr": self_or_zero,
        "setpriority": [_argument(0), (_EQUAL, 1, 0, 0), _DENY, *_only(1, 0, _OWN_ID)],
        "socketpair": [
            _argument(0),
            (_EQUAL, 1, 0, unix),
            _DENY,
            _argument(1),
            (_AND, 0, 0, 15),
            (_EQUAL, 0, 1, stream),
            _PASS,
            _DENY,
        ],
        "prctl": _not(0, parent_death_signal, dumpable),
        "fcntl": _not(1, set_owner, set_owner_ex, lease, watch_folder),
        "ioctl": [
            *_not(1, type_into_terminal, terminal_control, set_flags, set_attributes, seal_for_ever)[:-1],
            *((_AND, 0, 0, 0xFFFFFF00), (_EQUAL, 0, 1, 0x8900), _DENY, _PASS),  # of sockets
        ],
    }


def assemble(machine: Machine, *, truncate: bool, tkill: bool) -> bytes:
    """The filter as the kernel takes it, but for the process id: made before a fork, it serves all children.

    Args:
        machine: its tables.
        truncate: whether `truncate` is left to Landlock, which knows it since ABI 3.
        tkill: whether `tkill` is left to Landlock (ABI 6); the C libraries of most systems do without it.
    """
    rules = {machine.calls["clone3"]: [_answer(_ENOSYS)]}
    refused = _REFUSED.split() + ([] if truncate else ["truncate"]) + ([] if tkill else ["tkill"])
    for names, errno in ((refused, _EPERM), (_UNSUPPORTED.split(), _EOPNOTSUPP)):
        rules |= {machine.calls[name]: [_answer(errno)] for name in names if name in machine.calls}
    rules |= {machine.calls[name]: checks for name, checks in _conditions().items()}
    rows = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, machine.audit), _KILLED, (_LOAD, 0, 0, 0)]
    if "fork" in machine.calls:
        rows += [(_AT_LEAST, 0, 1, 0x40000000), _KILLED]  # x32
    rows += [(_AT_LEAST, 0, 1, NEWEST + 1), _answer(_ENOSYS), *_in_groups(sorted(rules.items()))]
    return b"".join([struct.pack("HBBI", *row) for row in rows])


def _in_groups(rules: list[tuple[int, list[Instruction]]]) -> list[Instruction]:
    """Rules by ascending number, in groups that are passed over: the kernel tries every call beforehand."""
    rows: list[Instruction] = []
    for start in range(0, len(rules), _GROUP):
        group: list[Instruction] = []
        for number, checks in rules[start : start + _GROUP]:
            group += [(_EQUAL, 0, len(checks), number), *checks]
        group.append(_PASS)
        beyond = rules[start + _GROUP : start + _GROUP + 1]
        rows += [(_AT_LEAST, len(group), 0, beyond[0][0]), *group] if beyond else group
    return rows


def install(libc: ctypes.CDLL, machine: Machine, assembled: bytes) -> bool:
    """Put the filter over all threads of this process and what they start; NO_NEW_PRIVS must be set.

    The process may send signals to itself and set its own limits, not those of one with another id.
    """
    rows = assembled.replace(struct.pack("I", _OWN_ID), struct.pack("I", os.getpid()))
    kept = ctypes.create_string_buffer(rows, len(rows))
    header = struct.pack("HxxxxxxQ", len(rows) // 8, ctypes.addressof(kept))
    numbers = map(ctypes.c_long, (machine.calls["seccomp"], _SET_FILTER, _ALL_THREADS))
    return int(libc.syscall(*numbers, ctypes.create_string_buffer(header, len(header)))) == 0
