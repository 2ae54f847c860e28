"""Scripts that misbehave: one clear verdict each, and the judge is none the worse."""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from studybuddy.core.errors import RunnerError
from studybuddy.core.verdict import Verdict
from studybuddy.runner.judge import judge
from studybuddy.runner.warm.workers import Workers
from tests.runner.conftest import Judged
from tests.runner.sample import BRIEF_S, LIMITS, SCRIPT

QUICK = replace(SCRIPT, limits=replace(LIMITS, wall_s=BRIEF_S))

PROGRAMS = {
    "fine": ("print('hi')", Verdict.AC),
    "busy": ("while True: pass", Verdict.TLE),
    "sleep": ("import time; time.sleep(99)", Verdict.TLE),
    "deaf": (
        "import signal, time\nfor s in (1, 2, 3, 10, 15, 24): signal.signal(s, signal.SIG_IGN)\n"
        "while True:\n  try: time.sleep(9)\n  except BaseException: pass",
        Verdict.TLE,
    ),
    "redos": ("import re; re.match(r'(a+)+$', 'a' * 40 + 'b')", Verdict.TLE),
    "flood": ("while True: print('x' * 100)", Verdict.OLE),
    "flood in one line": ("print('x' * 10**7)", Verdict.OLE),
    "flood without line ends": ("while True: print('x' * 50, end='')", Verdict.OLE),
    "flood stderr": ("import sys\nwhile True: sys.stderr.write('e' * 1000)", Verdict.OLE),
    "allocate": ("a = []\nwhile True: a.append(bytes(4 * 10**7))", Verdict.MLE),
    "allocate at once": ("a = bytearray(10**11)", Verdict.MLE),
    "exit": ("exit()", Verdict.NR),
    "sys.exit": ("import sys; sys.exit(0)", Verdict.NR),
    "sys.exit with words": ("import sys; sys.exit('bye')", Verdict.RTE),
    "os._exit": ("import os; os._exit(0)", Verdict.NR),
    "raise": ("raise SystemError('x' * 10**6)", Verdict.RTE),
    "input": ("name = input('your name? ')", Verdict.RTE),
    "read stdin": ("import sys; print(repr(sys.stdin.read()))", Verdict.AC),
    "recursion": ("def f(): f()\nf()", Verdict.RTE),
    "segfault": ("import ctypes; ctypes.string_at(0)", Verdict.RTE),
    "kill itself": ("import os; os.kill(os.getpid(), 9)", Verdict.RTE),
    "control codes": ("print('\\x1b[2J\\x1b]0;title\\x07[b]bold[/b] [/b]')", Verdict.AC),
    "bad utf-8": ("import os; os.write(1, b'\\xff\\xfe ok\\n')", Verdict.AC),
    "lone surrogate": ("print('\\ud800')", Verdict.RTE),
    "nul byte": ("x = 1\0", Verdict.CE),
    "surrogate in the source": ("x = '\ud800'", Verdict.CE),
    "syntax": ("for", Verdict.CE),
    "tabs and spaces": ("if 1:\n\tx = 1\n        y = 2\n", Verdict.CE),
    "close everything": ("import os; os.closerange(0, 4096)", Verdict.NR),
    "close stdout": ("import sys; sys.stdout.close()", Verdict.AC),
    "no module": ("import not_a_module", Verdict.RTE),
    "endless thread": (
        "import threading, time\nthreading.Thread(target=time.sleep, args=(99,)).start()",
        Verdict.AC,
    ),
    "endless exit": ("import atexit, time\natexit.register(time.sleep, 99)", Verdict.AC),
    "fill the disk": ("f = open('big', 'wb')\nwhile True: f.write(b'x' * 10**6)", Verdict.RTE),
    "open files": ("l = []\nwhile True: l.append(open('/dev/null'))", Verdict.RTE),
    "hostile exception": (
        "class E(Exception):\n  def __str__(self): raise E\n  __class__ = property(lambda s: 1 / 0)\nraise E",
        Verdict.RTE,
    ),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_verdict(judged: Judged, name: str) -> None:
    source, verdict = PROGRAMS[name]
    result = judged(QUICK, source)
    assert result.verdict is verdict, result
    assert len(result.message.format(**result.parameters)) < 400
    assert len(result.stack) < 10_000
    assert result.ran_to_end is (verdict is Verdict.AC)


def test_a_fork_bomb_without_a_wall(judged: Judged) -> None:
    source = "import os\nwhile True:\n  try: os.fork()\n  except OSError: pass"
    assert judged(QUICK, source, walled=False).verdict in (Verdict.RTE, Verdict.TLE)


def test_cpu_time_is_limited_apart_from_wall_time(judged: Judged) -> None:
    result = judged(replace(SCRIPT, limits=replace(LIMITS, wall_s=9, cpu_s=0.2)), "while True:\n    pass\n")
    assert result.verdict is Verdict.TLE
    assert "processor time" in result.message
    assert "line 2" in result.stack or "line 1" in result.stack
    assert result.cpu_s > 0.2


def test_output_before_the_kill_is_kept(judged: Judged) -> None:
    result = judged(QUICK, "print('one')\nprint('two', end='')\nwhile True: pass\n")
    assert result.verdict is Verdict.TLE
    assert result.stdout == "one\ntwo"
    assert "line 3, in <module>" in result.stack


def test_output_streams_while_the_program_runs(judged: Judged) -> None:
    pieces: list[tuple[float, str]] = []
    source = "import time\nfor i in range(6):\n    print(i)\n    time.sleep(0.06)\n"
    result = judged(QUICK, source, on_output=lambda text: pieces.append((time.monotonic(), text)))
    assert "".join(text for _, text in pieces) == result.stdout == "0\n1\n2\n3\n4\n5\n"
    assert len(pieces) >= 3
    assert pieces[-1][0] - pieces[0][0] > 0.15


def test_streaming_is_coalesced_and_capped(judged: Judged) -> None:
    pieces: list[str] = []
    result = judged(SCRIPT, "for i in range(30000): print(i)\n", on_output=pieces.append)
    assert result.verdict is Verdict.AC
    assert result.truncated
    assert len(pieces) < 60
    assert sum(map(len, pieces)) < 66_000
    assert result.stdout.startswith("0\n1\n")
    assert "…(+" in result.stdout
    assert result.stdout.endswith("29999\n")
    assert len(result.stdout) < 66_000


def test_split_characters_arrive_whole(judged: Judged) -> None:
    source = "import os, time\nfor b in '反向传播'.encode():\n    os.write(1, bytes([b])); time.sleep(0.01)\n"
    pieces: list[str] = []
    assert judged(QUICK, source, on_output=pieces.append).stdout == "反向传播"
    assert "".join(pieces) == "反向传播"


def test_stop_ends_the_run(judged: Judged) -> None:
    stop = threading.Event()
    result = judged(SCRIPT, "print('on')\nwhile True: pass\n", stop=stop, on_output=lambda _: stop.set())
    assert result.verdict is Verdict.STOP
    assert result.wall_s < 20
    assert result.stdout.startswith("on")
    assert judged(SCRIPT, "print('never')", stop=stop).stdout == ""


def test_an_exception_in_the_listener_leaves_nothing_behind(judged: Judged) -> None:
    def listen(text: str) -> None:
        raise ZeroDivisionError(text)

    with pytest.raises(ZeroDivisionError):
        judged(SCRIPT, "print('on')\nwhile True: pass\n", on_output=listen)


def test_hints_say_what_to_do(judged: Judged) -> None:
    assert "no keyboard" in judged(QUICK, "input()").hint
    needs = replace(QUICK, packages=("not_a_module",))
    result = judged(needs, "import not_a_module")
    assert result.hint.format(**result.parameters) == "install it with: pip install not_a_module"
    result = judged(QUICK, "x = 1\ny = x * ...\n")
    assert "line 2" in result.hint.format(**result.parameters)
    result = judged(QUICK, "y = ____\n")
    assert "line 1" in result.hint.format(**result.parameters)
    assert judged(QUICK, "def f(*a: tuple[int, ...]) -> None: pass\n[].clear()\nx = 1 / 0\n").hint == ""


def test_a_broken_package_is_named(
    judged: Judged, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path_factory.mktemp("lib") / "site-packages"
    site.mkdir()
    (site / "brokenpkg.py").write_text("raise OSError('libc10.so: cannot open shared object file')\n")
    monkeypatch.setattr(sys, "path", [*sys.path, str(site)])
    result = judged(replace(QUICK, packages=("brokenpkg",)), "import brokenpkg\n")
    assert result.verdict is Verdict.RTE
    assert "libc10.so" in result.hint.format(**result.parameters)
    assert "pip install --force-reinstall brokenpkg" in result.hint.format(**result.parameters)


def test_the_environment_is_clean(judged: Judged, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "hunter2")
    monkeypatch.setenv("PYTHONSTARTUP", "/nowhere")
    source = """
import os, sys
print(sorted(os.environ))
print(os.getcwd() == os.environ["HOME"], os.listdir("."), sys.flags.isolated, __name__, sys.argv)
print(os.environ["OMP_NUM_THREADS"], os.environ["LANG"], sys.stdin.read() == "")
print([name for name in sys.modules if name.startswith("studybuddy")], os.getsid(0) == os.getpid())
"""
    lines = judged(QUICK, source).stdout.splitlines()
    assert "SECRET_TOKEN" not in lines[0]
    assert "PYTHON" not in lines[0]
    assert len(eval(lines[0])) <= 18
    assert lines[1:] == ["True [] 1 __main__ ['solution.py']", "1 C.UTF-8 True", "[] True"]


def test_a_script_is_the_main_module(judged: Judged) -> None:
    source = """
from __future__ import annotations
import dataclasses, pickle, sys
@dataclasses.dataclass
class Point:
    x: int = 1
count: int = 0
def step():
    global count
    count += 1
step()
if __name__ == "__main__":
    print(pickle.loads(pickle.dumps(Point(3))), count, hasattr(sys.modules["__main__"], "nothing"))
"""
    result = judged(QUICK, source)
    assert result.verdict is Verdict.AC, result
    assert result.stdout == "Point(x=3) 1 False\n"


def test_an_interpreter_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RunnerError) as caught:
        judge(SCRIPT, "print(1)", scratch=tmp_path, workers=Workers(tmp_path / "no-python"))
    assert "no-python" in str(caught.value)
    with pytest.raises(RunnerError):
        judge(SCRIPT, "print(1)", scratch=tmp_path / "no-folder")


def test_an_interpreter_that_is_none(tmp_path: Path) -> None:
    result = judge(SCRIPT, "print(1)", scratch=tmp_path, workers=Workers(Path("/bin/false")))
    assert result.verdict is Verdict.IE
