"""The wall itself: what the filter says to each system call, what may be read, and what stands in a child."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import ModuleType

import pytest

from studybuddy.core.verdict import JudgeResult, Verdict
from studybuddy.runner.harness import landlock, seccomp, syscalls, wall
from studybuddy.runner.judge import judge
from studybuddy.runner.warm.workers import Workers
from tests.runner.sample import SCRIPT

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="there is a wall on Linux alone")
x86_only = pytest.mark.skipif(
    sys.platform != "linux" or os.uname().machine != "x86_64", reason="machine code"
)

ALLOW, EPERM, ENOSYS, KILL = 0x7FFF0000, 0x00050001, 0x00050026, 0x80000000
HEADERS = {
    "x86_64": "/usr/include/x86_64-linux-gnu/asm/unistd_64.h",
    "aarch64": "/usr/include/asm-generic/unistd.h",
}


def answer(filter_: bytes, audit: int, number: int, *arguments: int) -> int:
    """What the kernel would do, by the rules of classic BPF."""
    rows = list(struct.iter_unpack("HBBI", filter_))
    data = struct.pack("=iIQ6Q", number, audit, 0, *arguments, *(0,) * (6 - len(arguments)))
    at = value = 0
    while True:
        code, if_true, if_false, constant = rows[at]
        at += 1
        if code == 0x20:
            value = struct.unpack_from("=I", data, constant)[0]
        elif code == 0x54:
            value &= constant
        elif code == 0x06:
            return int(constant)
        else:
            holds = {0x15: value == constant, 0x35: value >= constant, 0x45: bool(value & constant)}[code]
            at += if_true if holds else if_false


@pytest.mark.parametrize("name", HEADERS)
class TestFilter:
    @staticmethod
    def ask(name: str, call: str | int, *arguments: int) -> int:
        machine = syscalls.this_machine(name)
        assert machine is not None
        filter_ = seccomp.assemble(machine, truncate=True, tkill=True)
        own = struct.pack("I", 4242)
        filter_ = filter_.replace(struct.pack("I", 0x7FFFFFFD), own)
        number = call if isinstance(call, int) else machine.calls[call]
        return answer(filter_, machine.audit, number, *arguments)

    def test_numbers_are_those_of_the_kernel(self, name: str) -> None:
        header = Path(HEADERS[name])
        if not header.is_file():
            pytest.skip("no headers of the kernel here")
        pairs = re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)\s", header.read_text())
        known = {call: int(number) for call, number in pairs}
        machine = syscalls.this_machine(name)
        assert machine is not None
        assert len(set(machine.calls.values())) == len(machine.calls)
        wrong = {c: n for c, n in machine.calls.items() if known.get(c, n) != n}
        assert wrong == {}
        assert {c for c, n in machine.calls.items() if c not in known} <= {
            *("fchmodat2", "setxattrat", "getxattrat", "listxattrat", "removexattrat"),
            *("open_tree_attr", "file_setattr"),
        }

    def test_what_a_program_needs_is_allowed(self, name: str) -> None:
        needed = {"x86_64": (0, 1, 9, 202, 257, 231, 24, 35), "aarch64": (63, 64, 222, 98, 56, 94, 124, 101)}
        assert [self.ask(name, number) for number in needed[name]] == [ALLOW] * 8
        assert self.ask(name, "clone", 0x3D0F00) == ALLOW  # a thread
        assert self.ask(name, "kill", 4242, 9) == ALLOW
        assert self.ask(name, "tgkill", 4242, 4243, 6) == ALLOW
        assert self.ask(name, "prlimit64", 0, 9, 1) == ALLOW
        assert self.ask(name, "fcntl", 3, 1030) == ALLOW
        assert self.ask(name, "ioctl", 3, 0x5421) == ALLOW
        assert self.ask(name, "socketpair", 1, 0o2000001) == ALLOW
        assert self.ask(name, "setpriority", 0, 0, 1) == ALLOW
        assert self.ask(name, "prctl", 15) == ALLOW

    def test_what_reaches_others_is_refused(self, name: str) -> None:
        for call in ("execve", "execveat", "socket", "connect", "bind", "ptrace", "fchmod", "utimensat"):
            assert self.ask(name, call) == EPERM, call
        for call in ("io_uring_setup", "bpf", "unshare", "setns", "mount", "keyctl", "memfd_create"):
            assert self.ask(name, call) == EPERM, call
        assert self.ask(name, "clone", 17) == EPERM
        assert self.ask(name, "clone", 0x10000 | 0x40000000) == EPERM
        assert self.ask(name, "clone3") == ENOSYS
        for pid in (1, 0, 0xFFFFFFFF, 4243):
            assert self.ask(name, "kill", pid, 9) == EPERM
            assert self.ask(name, "tgkill", pid, pid, 9) == EPERM
        assert self.ask(name, "prlimit64", 4243, 9, 1) == EPERM
        assert self.ask(name, "sched_setaffinity", 1) == EPERM
        assert self.ask(name, "setpriority", 2, 0) == EPERM
        assert self.ask(name, "setpriority", 0, 4243) == EPERM
        for call in ("shmat", "shmctl", "semop", "semtimedop", "semctl", "msgsnd", "msgrcv", "msgctl"):
            assert self.ask(name, call) == EPERM, call  # an id is enough, and they can be counted through
        for command in (8, 1024, 1026):  # owner, lease, what happens in a folder
            assert self.ask(name, "fcntl", 3, command) == EPERM
        assert self.ask(name, "ioctl", 3, 0x5412) == EPERM
        assert self.ask(name, "ioctl", 3, 0x8912) == EPERM
        assert self.ask(name, "ioctl", 3, 0x40086602) == EPERM
        assert self.ask(name, "ioctl", 3, 0x40806685) == EPERM  # a file sealed for ever
        assert self.ask(name, "socketpair", 1, 2) == EPERM
        assert self.ask(name, "socketpair", 2, 1) == EPERM
        assert self.ask(name, "prctl", 1) == EPERM

    def test_calls_that_nobody_knows_do_not_exist(self, name: str) -> None:
        assert self.ask(name, syscalls.NEWEST + 1) == ENOSYS
        assert self.ask(name, 100_000) == ENOSYS

    def test_every_call_that_is_named_gets_its_answer(self, name: str) -> None:
        machine = syscalls.this_machine(name)
        assert machine is not None
        for call in seccomp._REFUSED.split():
            assert call not in machine.calls or self.ask(name, call) == EPERM, call
        for call in ("truncate", "tkill", "seccomp"):
            assert self.ask(name, call) == ALLOW, call
        strict = seccomp.assemble(machine, truncate=False, tkill=False)
        for call in ("truncate", "tkill"):
            assert answer(strict, machine.audit, machine.calls[call]) == EPERM

    def test_another_kind_of_call_kills(self, name: str) -> None:
        machine = syscalls.this_machine(name)
        assert machine is not None
        filter_ = seccomp.assemble(machine, truncate=True, tkill=True)
        assert answer(filter_, 0x40000003, 1) == KILL
        if name == "x86_64":
            assert answer(filter_, machine.audit, 0x40000000 | 1) == KILL


def test_there_is_no_filter_for_other_machines() -> None:
    assert syscalls.this_machine("riscv64") is None
    assert syscalls.this_machine("i686") is None


@linux_only
class TestReadable:
    def test_no_place_holds_a_home_and_none_lies_in_another(self) -> None:
        materials = wall.prepare()
        assert materials is not None
        home = f"{wall._home()}/"
        for place in materials.readable:
            assert not home.startswith(f"{place}/")
            assert place not in ("/", "/etc", "/proc", "/dev", "/tmp", "/usr", "/var")
            assert not any(place.startswith(f"{other}/") for other in materials.readable)

    def test_modules_with_odd_paths_open_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for number, path in enumerate(("/etc", ["/"], [str(Path.home())], ["/opt/package"])):
            module = ModuleType(f"odd{number}")
            vars(module)["__path__"] = path
            monkeypatch.setitem(sys.modules, f"odd{number}", module)
        found = wall._python()
        assert "/opt/package" in found
        assert not {"/", "/etc", wall._home(), "/e", "e"} & set(found)

    def test_library_folders_are_taken_by_name(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("LD_LIBRARY_PATH", f"{Path.home()}::/opt/cuda/lib64:/srv/data")
        found = wall._python()
        assert "/opt/cuda/lib64" in found
        assert not {"/srv/data", wall._home(), ""} & set(found)


def test_a_wall_that_cannot_be_raised_raises_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OSError("an odd kernel")

    monkeypatch.setattr(wall, "prepare", fail)
    assert wall.raise_wall() == wall.Standing()
    monkeypatch.setattr(wall, "prepare", lambda: None)
    assert wall.raise_wall().fields() == {"files": 0, "calls": False}


@linux_only
def test_threads_that_run_already_are_not_passed_over(tmp_path: Path) -> None:
    code = (
        "import threading, time\nfrom studybuddy.runner.harness import landlock, wall\n"
        "threading.Thread(target=time.sleep, args=(9,), daemon=True).start()\n"
        "standing = wall.raise_wall()\n"
        "print(standing.files > 0, landlock.version(wall.prepare().libc) >= landlock.SYNCHRONISES)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True, text=True, check=True, timeout=20,
    )  # fmt: skip
    stands, reached = done.stdout.split()
    assert stands == reached


@pytest.fixture(scope="module", params=["forked", "fresh"])
def workers(request: pytest.FixtureRequest) -> Iterator[Workers]:
    """Children of both kinds."""
    with closing(Workers(forks=request.param == "forked", ahead=False)) as kept:
        yield kept


def run(workers: Workers, tmp_path: Path, source: str) -> JudgeResult:
    """A program behind the wall."""
    return judge(SCRIPT, source, scratch=tmp_path, workers=workers)


def shown(workers: Workers, tmp_path: Path, source: str) -> list[str]:
    """What a program prints that ends well."""
    result = run(workers, tmp_path, source)
    assert result.verdict is Verdict.AC, result
    return result.stdout.splitlines()


ATTEMPTS = {
    "interfaces of a socket pair": "fcntl.ioctl(socket.socketpair()[0], 0x8912, b'x' * 40)",
    "type into a terminal": "fcntl.ioctl(0, 0x5412, b'x')",
    "flags of a library": "fcntl.ioctl(os.open(os.__file__, 0), 0x40086602, b'x' * 8)",
    "memory of other programs": "check(LIBC.shmctl(0, 14, ctypes.create_string_buffer(64)) < 0)",
    "messages of other programs": "check(LIBC.msgctl(0, 12, ctypes.create_string_buffer(64)) < 0)",
    "a lease on a library": "fcntl.fcntl(os.open(os.__file__, 0), 1024, 0)",
    "outlive the app": "check(LIBC.prctl(1, 0, 0, 0, 0))",
    "hide from the judge": "check(LIBC.prctl(4, 0, 0, 0, 0))",
    "datagrams to a path": "socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)",
    "a library for all": "open(os.path.join(os.path.dirname(os.__file__), 'new.py'), 'w')",
    "compiled code for all": "open(importlib.util.cache_from_source(os.__file__), 'ab')",
    "the folder itself": "os.rmdir(os.environ['HOME'])",
    "a device": "os.mknod('null', 0o20666, os.makedev(1, 3))",
    "more memory than allowed": "resource.setrlimit(resource.RLIMIT_AS, (-1, -1))",
}


@linux_only
@pytest.mark.parametrize("name", ATTEMPTS)
def test_ways_around_are_closed(workers: Workers, tmp_path: Path, name: str) -> None:
    source = f"""
import ctypes, fcntl, importlib.util, os, resource, socket
LIBC = ctypes.CDLL(None, use_errno=True)
def check(result):
    if result: raise OSError(ctypes.get_errno(), "refused")
try:
    {ATTEMPTS[name]}
    print("open")
except (OSError, ValueError) as error:
    print(getattr(error, "errno", None) in (1, 13) or "maximum limit" in str(error))
"""
    assert shown(workers, tmp_path, source) == ["True"]


@linux_only
def test_what_stands_in_a_child(workers: Workers, tmp_path: Path) -> None:
    source = """
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(status["NoNewPrivs"].strip(), status["Seccomp"].strip(), int(status["CapEff"], 16) & ~6)
print(status["Threads"].strip())
"""
    assert shown(workers, tmp_path, source)[0] == "1 2 0"


@linux_only
def test_ordinary_programs_notice_nothing(workers: Workers, tmp_path: Path) -> None:
    source = """
import asyncio, concurrent.futures, csv, datetime, decimal, hashlib, json, os, pathlib, random, signal
import sqlite3, statistics, subprocess, tempfile, threading, time, unittest, uuid, zoneinfo
async def main(): return await asyncio.gather(*(asyncio.sleep(0.001, n) for n in range(3)))
assert asyncio.run(main()) == [0, 1, 2]
with concurrent.futures.ThreadPoolExecutor(4) as pool: assert sum(pool.map(abs, range(9))) == 36
threading.stack_size(64 << 20)
thread = threading.Thread(target=print, args=("thread",)); thread.start(); thread.join()
with tempfile.TemporaryDirectory() as folder: pathlib.Path(folder, "a").write_text("b")
sqlite3.connect("own.db").execute("create table t (a)")
datetime.datetime.now(zoneinfo.ZoneInfo("Asia/Shanghai"))
signal.raise_signal(signal.SIGCONT); os.kill(os.getpid(), 0); os.nice(0)
print(uuid.uuid4().version, os.cpu_count() > 0, random.SystemRandom().random() < 1, os.urandom(1) != b"")
"""
    result = run(workers, tmp_path, source)
    assert result.verdict is Verdict.AC, result
    assert result.stdout == "thread\n4 True True True\n"
    assert result.notices == ()


@x86_only
@pytest.mark.parametrize(
    "code",
    ["b814000000cd80c3", "b8270000400f05c3"],
    ids=["a call of 32 bits", "a call of the x32 kind"],
)
def test_calls_of_another_kind_end_the_program(workers: Workers, tmp_path: Path, code: str) -> None:
    source = f"""
import ctypes, mmap
page = mmap.mmap(-1, 4096, prot=7)
page.write(bytes.fromhex("{code}"))
ctypes.CFUNCTYPE(ctypes.c_long)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
"""
    result = run(workers, tmp_path, source)
    assert result.verdict is Verdict.BLK, result
    assert result.signal == "SIGSYS"


@linux_only
def test_a_package_imported_late_is_found(workers: Workers, tmp_path: Path) -> None:
    assert shown(workers, tmp_path, "import numpy as np; print((np.ones((9, 9)) @ np.ones(9))[0])") == ["9.0"]


@linux_only
@pytest.mark.parametrize("abi", range(1, 9))
def test_rights_grow_with_the_kernel(abi: int) -> None:
    handled = landlock._handled(abi)
    assert handled & 0x1FFF == 0x1FFF
    assert bool(handled & 1 << 13) is (abi >= 2)
    assert bool(handled & 1 << 14) is (abi >= 3)
    assert bool(handled & 1 << 15) is (abi >= 5)
    assert landlock.rights("/usr/lib", abi) == 0b1100
    assert landlock.rights("/etc/hostname", abi) == 0b100
    assert landlock.rights("/dev/null", abi) & 0b10
