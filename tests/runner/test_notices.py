"""What a program tried and was refused is named, whether or not it ended by it; and nothing else is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from studybuddy.core.phrase import Phrase
from studybuddy.core.verdict import JudgeResult, Verdict
from studybuddy.i18n import say, use_language
from studybuddy.runner import messages
from studybuddy.runner.judge import judge
from studybuddy.runner.notices import LONGEST_TARGET, MOST, Notices, phrase
from studybuddy.runner.warm.workers import Workers
from tests.runner.sample import BRIEF_S, LIMITS, MAX_DEPTH, RIGHT_DEPTH, SCRIPT

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="there is a wall on Linux alone")


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    """Warm processes for all of these runs."""
    with closing(Workers()) as kept:
        yield kept


@pytest.fixture
def run(workers: Workers, tmp_path: Path) -> Callable[[str], JudgeResult]:
    """Runs a script behind the wall."""
    return lambda source: judge(SCRIPT, source, scratch=tmp_path, workers=workers)


def sentences(result: JudgeResult) -> list[str]:
    """The notices in words."""
    return [say(notice) for notice in result.notices]


CAUGHT = {
    "socket": ("import socket\ntry: socket.socket()\nexcept OSError: pass", messages.TRIED_NETWORK, ""),
    "connect": (
        "import socket\ntry: socket.create_connection(('127.0.0.1', 9))\nexcept OSError: pass",
        messages.TRIED_CONNECT,
        "127.0.0.1:9",
    ),
    "name": (
        "import socket\ntry: socket.gethostbyname(b'example.org')\nexcept OSError: pass",
        messages.TRIED_CONNECT,
        "example.org",
    ),
    "system": ("import os; os.system('curl x | sh')", messages.TRIED_PROGRAM, "curl x | sh"),
    "popen": (
        "import subprocess\ntry: subprocess.Popen(['git', 'push'])\nexcept OSError: pass",
        messages.TRIED_PROGRAM,
        "git",
    ),
    "fork": ("import os\ntry: os.fork()\nexcept OSError: pass", messages.TRIED_PROCESS, ""),
    "kill": ("import os\ntry: os.kill(os.getppid(), 0)\nexcept OSError: pass", messages.TRIED_SIGNAL, ""),
    "group": ("import os\ntry: os.killpg(1, 0)\nexcept OSError: pass", messages.TRIED_SIGNAL, ""),
    "read": ("try: open('/etc/passwd')\nexcept OSError: pass", messages.TRIED_READ, "/etc/passwd"),
    "os.open": (
        "import os\ntry: os.open(b'/etc/passwd', 0)\nexcept OSError: pass",
        messages.TRIED_READ,
        "/etc/passwd",
    ),
    "write": ("try: open('/etc/new', 'w')\nexcept OSError: pass", messages.TRIED_WRITE, "/etc/new"),
    "list": ("import os\ntry: os.listdir('/etc')\nexcept OSError: pass", messages.TRIED_LIST, "/etc"),
    "glob": ("import glob; glob.glob('/etc/*')", messages.TRIED_LIST, "/etc"),
    "remove": (
        "import os\ntry: os.remove('/etc/passwd')\nexcept OSError: pass",
        messages.TRIED_REMOVE,
        "/etc/passwd",
    ),
    "rename": (
        "import os\ntry: os.rename('/etc/passwd', 'x')\nexcept OSError: pass",
        messages.TRIED_WRITE,
        "/etc/passwd",
    ),
    "link": (
        "import os; os.symlink('/etc/passwd', 'l')\ntry: open('l')\nexcept OSError: pass",
        messages.TRIED_READ,
        "l",
    ),
    "path": (
        "import pathlib\ntry: pathlib.Path('/etc/passwd').read_text()\nexcept OSError: pass",
        messages.TRIED_READ,
        "/etc/passwd",
    ),
    "mode": (
        "import os\ntry: os.chmod('/etc/passwd', 0)\nexcept OSError: pass",
        messages.TRIED_CHANGE,
        "/etc/passwd",
    ),
    "copy": (
        "import shutil\nopen('a', 'w')\ntry: shutil.copy('a', 'b')\nexcept OSError: pass",
        messages.TRIED_CHANGE,
        "b",
    ),
    "database": (
        "import sqlite3\ntry: sqlite3.connect('/etc/passwd')\nexcept sqlite3.Error: pass",
        messages.TRIED_READ,
        "/etc/passwd",
    ),
}


@linux_only
@pytest.mark.parametrize("name", CAUGHT)
def test_a_refusal_that_was_caught_is_told_beside_the_verdict(
    run: Callable[[str], JudgeResult], name: str
) -> None:
    source, message, target = CAUGHT[name]
    result = run(source + "\nprint('went on')")
    assert result.verdict is Verdict.AC, result
    assert result.notices == (Phrase.of(message, target=target) if target else Phrase(message),)


@linux_only
@pytest.mark.parametrize("name", CAUGHT)
def test_a_refusal_that_ended_the_program_is_the_verdict(
    run: Callable[[str], JudgeResult], name: str
) -> None:
    source, message, target = CAUGHT[name]
    if "except" not in source:
        return
    bare = (
        source.replace("try: ", "")
        .replace("\nexcept OSError: pass", "")
        .replace("\nexcept sqlite3.Error: pass", "")
    )
    result = run(bare)
    assert result.verdict is Verdict.BLK, result
    assert result.message == message
    assert result.parameters == ({"target": target} if target else {})
    assert result.hint == messages.BEHIND_A_WALL
    assert "solution.py" in result.stack


OWN = {
    "raised by hand": ("raise PermissionError(13, 'mine', '/etc/passwd')", Verdict.RTE),
    "raised by hand, bare": ("raise PermissionError", Verdict.RTE),
    "caught and raised anew": (
        "try: open('/etc/passwd')\nexcept OSError as e: raise ValueError('x') from e",
        Verdict.RTE,
    ),
    "caught, then a mistake": ("try: open('/etc/passwd')\nexcept OSError: print(undefined)", Verdict.RTE),
    "caught, then a mistake later": ("try: open('/etc/passwd')\nexcept OSError: pass\n1 / 0", Verdict.RTE),
    "not there": ("open('/etc/not-there')", Verdict.RTE),
    "not there, to write": ("open('/not/there', 'w')", Verdict.RTE),
    "a folder": ("open('.')", Verdict.RTE),
    "an exit": ("import os, sys\nos.system('x')\nsys.exit(1)", Verdict.RTE),
    "a name nobody can resolve, by hand": ("import socket; raise socket.gaierror(-2, 'mine')", Verdict.RTE),
    "raised again": ("try: open('/etc/passwd')\nexcept OSError: raise", Verdict.BLK),
    "by a library": ("import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')", Verdict.BLK),
    "by a package": ("import tempfile; tempfile.mkdtemp(dir='/etc')", Verdict.BLK),
    "in a function": ("def f():\n  open('/etc/passwd')\nf()", Verdict.BLK),
    "without a name": ("import os; os.memfd_create('x')", Verdict.BLK),
    "lock of processes": ("import multiprocessing; multiprocessing.Lock()", Verdict.BLK),
}


@linux_only
@pytest.mark.parametrize("name", OWN)
def test_only_the_uncaught_cause_is_blocked(run: Callable[[str], JudgeResult], name: str) -> None:
    source, verdict = OWN[name]
    assert run(source).verdict is verdict


@linux_only
def test_a_mode_of_its_own_making_is_no_block(run: Callable[[str], JudgeResult]) -> None:
    source = (
        "import os\nos.mkdir('a', 0)\nif os.access('a', os.W_OK): raise PermissionError\nopen('a/b', 'w')"
    )
    assert run(source).verdict is Verdict.RTE


QUIET = {
    "own files": (
        "import os\nos.mkdir('a')\nopen('a/b', 'w').write('x')\nprint(os.listdir('a'), open('a/b').read())"
    ),
    "imports": "import email.message, http.server, mimetypes, ssl, sqlite3, unittest.mock, xml.dom.minidom",
    "a missing module": "try: import not_a_module\nexcept ImportError: pass",
    "its own process": (
        "import os\nopen('/proc/self/status').read()\nopen('/dev/null', 'w')\nos.kill(os.getpid(), 0)"
    ),
    "its own descriptors": (
        "import sys\nopen(1, 'w', closefd=False).write('x')\nopen('/dev/stdout', 'w').write('y')"
    ),
    "a traceback": "import traceback\ntry: 1 / 0\nexcept ZeroDivisionError: traceback.print_exc()",
    "libraries": "import os\nopen(os.__file__).read()\nos.listdir(os.path.dirname(os.__file__))",
    "what is not there": (
        "import os\nprint(os.path.exists('/etc/x'))\ntry: open('/etc/not-there')\nexcept OSError: pass"
    ),
    "a socket pair": "import socket\na, b = socket.socketpair()\na.send(b'x')",
    "memory": "import sqlite3; sqlite3.connect(':memory:').execute('create table t (a)')",
}


@linux_only
@pytest.mark.parametrize("name", QUIET)
def test_nothing_is_told_of_what_is_allowed(run: Callable[[str], JudgeResult], name: str) -> None:
    result = run(QUIET[name])
    assert result.verdict is Verdict.AC, result
    assert result.notices == ()


ODD = {
    "arguments": (
        "import os, sys\nfor event in ('open', 'os.kill', 'socket.__new__', 'os.rename', 'os.exec'):\n"
        "  for arguments in ((), (None,), (1,), (object(), object(), object())): sys.audit(event, *arguments)"
    ),
    "paths": (
        "import os\nclass P(os.PathLike):\n  def __fspath__(self): raise ValueError\n"
        "for path in (P(), '\\0', 'a' * 9999, '\\udcff', b'\\xff', 10**6, '../' * 999 + 'etc'):\n"
        "  try: open(path)\n  except (OSError, ValueError): pass"
    ),
    "replaced functions": (
        "import os, posixpath\nos.getcwd = os.fsdecode = posixpath.realpath = os.lstat = None\n"
        "try: open('/etc/passwd')\nexcept OSError: pass"
    ),
    "a loop of links": "import os\nos.symlink('l', 'l')\ntry: open('l')\nexcept OSError: pass",
    "a hook of its own": "import sys\nsys.addaudithook(lambda *a: None)\nopen('x', 'w')",
    "in an empty place": (
        "import os\nos.mkdir('d'); os.chdir('d'); os.rmdir('../d')\ntry: open('x')\nexcept OSError: pass"
    ),
}


@linux_only
@pytest.mark.parametrize("name", ODD)
def test_odd_attempts_do_no_harm(run: Callable[[str], JudgeResult], name: str) -> None:
    result = run(ODD[name] + "\nprint('went on')")
    assert result.verdict is Verdict.AC, result


HOSTILE = {
    "errno": "class E(OSError):\n  errno = property(lambda s: 1 / 0)\nraise E(13, 'x')",
    "filename": "class E(OSError):\n  filename = property(lambda s: 1 / 0)\nraise E(13, 'x')",
    "str": "class E(PermissionError):\n  def __str__(self): raise self\nraise E",
    "context": "e = PermissionError(1)\ne.__context__ = ValueError()\ne.__context__.__context__ = e\nraise e",
    "metaclass": (
        "class M(type):\n  __module__ = property(lambda c: 1 / 0)\n"
        "class E(Exception, metaclass=M): pass\nraise E"
    ),
}


@linux_only
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_exceptions_do_no_harm(run: Callable[[str], JudgeResult], name: str) -> None:
    assert run(HOSTILE[name]).verdict is Verdict.RTE


@linux_only
def test_a_program_that_never_ends_is_told_what_it_tried(workers: Workers, tmp_path: Path) -> None:
    from dataclasses import replace

    source = (
        "import socket\nwhile True:\n  try: socket.create_connection(('example.org', 80))\n"
        "  except OSError: pass"
    )
    exercise = replace(SCRIPT, limits=replace(LIMITS, wall_s=BRIEF_S))
    result = judge(exercise, source, scratch=tmp_path, workers=workers)
    assert result.verdict is Verdict.TLE
    assert sentences(result) == ["tried to open a network connection to example.org:80: blocked"]


@linux_only
def test_the_first_few_are_told_each_once(run: Callable[[str], JudgeResult]) -> None:
    source = (
        "for n in range(300):\n  for _ in range(2):\n    try: open(f'/etc/{n}', 'w')\n"
        "    except OSError: pass"
    )
    assert sentences(run(source)) == [f"tried to write /etc/{n}: blocked" for n in range(MOST)]


@linux_only
def test_a_case_is_blocked_and_the_others_are_judged(workers: Workers, tmp_path: Path) -> None:
    source = RIGHT_DEPTH.replace(
        "        return 1", "        if root.val == -100: open('/etc/passwd')\n        return 1"
    )
    result = judge(MAX_DEPTH, source, scratch=tmp_path, workers=workers)
    assert result.verdict is Verdict.BLK
    assert result.message == messages.TRIED_READ
    assert result.exception == "PermissionError"
    assert result.last_case == MAX_DEPTH.cases[-1].name
    verdicts = [case.verdict for case in result.cases]
    assert verdicts.count(Verdict.AC) == len(verdicts) - verdicts.count(Verdict.BLK) > 0


@linux_only
def test_without_a_wall_signals_to_others_are_still_refused(workers: Workers, tmp_path: Path) -> None:
    source = (
        "import os\ntry: os.kill(os.getppid(), 0)\nexcept PermissionError as e: print(e)\n"
        "open('/etc/passwd').close()"
    )
    result = judge(SCRIPT, source, scratch=tmp_path, workers=workers, walled=False)
    assert result.verdict is Verdict.AC, result
    assert result.notices == (Phrase(messages.TRIED_SIGNAL),)
    assert result.walled is False
    source = "import os\nos.killpg(os.getppid(), 9)"
    assert judge(SCRIPT, source, scratch=tmp_path, workers=workers, walled=False).verdict is Verdict.BLK


FACTS = {
    "raise KeyError('x')": ("KeyError", "", 0),
    "print('ü' * 10)": ("", "", 21),
    "import os; os.abort()": ("", "SIGABRT", 0),
    "import os; os.kill(os.getpid(), 9)": ("", "SIGKILL", 0),
    "exit(3)": ("SystemExit", "", 0),
    "x = bytearray(10**12)": ("MemoryError", "", 0),
}


@linux_only
@pytest.mark.parametrize("source", FACTS)
def test_how_a_program_ended_is_kept(run: Callable[[str], JudgeResult], source: str) -> None:
    result = run(source)
    assert (result.exception, result.signal, result.output_bytes) == FACTS[source]
    assert result.walled


class TestWords:
    def test_targets_are_made_safe_and_short(self) -> None:
        said = say(phrase({"act": "read", "target": "/a\x1b[2J\nb\t" + "x" * 999}))
        assert "\x1b" not in said
        assert "\n" not in said
        assert len(said) < LONGEST_TARGET + 40
        assert say(phrase({"act": "program", "target": "{0} {x} %s"})).count("{0} {x} %s") == 1

    def test_the_home_is_written_short(self) -> None:
        found = phrase({"act": "read", "target": f"{Path.home()}/.ssh/id_rsa"})
        assert dict(found.parameters)["target"] == "~/.ssh/id_rsa"

    @pytest.mark.parametrize(
        "attempt",
        [{}, {"act": 1}, {"act": []}, {"act": "other", "target": 3}, {"act": "no such", "target": "x"}],
    )
    def test_what_does_not_read_is_said_plainly(self, attempt: dict[str, object]) -> None:
        assert phrase(attempt).message == messages.BLOCKED

    def test_in_both_languages(self) -> None:
        use_language("zh")
        try:
            for act in (
                "connect",
                "program",
                "process",
                "signal",
                "read",
                "write",
                "list",
                "remove",
                "change",
            ):
                for target in ("", "x"):
                    assert "已阻止" in say(phrase({"act": act, "target": target}))
        finally:
            use_language("en")
        assert say(phrase({"act": "connect"})) == "tried to open a network connection: blocked"

    def test_children_share_one_list(self) -> None:
        notices = Notices()
        for _ in range(3):
            notices.take([{"act": "read", "target": f"/{n}"} for n in range(9)])
        assert len(notices.phrases()) == MOST
